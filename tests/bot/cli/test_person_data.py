"""`podline person export` and `forget`: what they print, what they refuse, and their exit codes."""

import json

import pytest

from bot.cli.app import run
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.small_firm import set_up_small_firm

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def firm(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(sqlite_url)
    set_up_small_firm(UnitsOfWork(engine))
    engine.dispose()
    monkeypatch.setenv("PODLINE_DATABASE_URL", sqlite_url)


def test_what_is_kept_about_somebody_is_printed_as_json(capsys: Captured) -> None:
    assert run(["person", "export", "ann@firm.example"]) == 0

    assert json.loads(capsys.readouterr().out)["person"][0]["email"] == "ann@firm.example"


def test_nobody_is_forgotten_without_saying_so_twice(capsys: Captured) -> None:
    assert run(["person", "forget", "ann@firm.example"]) == 2

    assert "--yes" in capsys.readouterr().err


def test_whoever_is_still_needed_is_not_forgotten_and_it_says_why(capsys: Captured) -> None:
    assert run(["person", "forget", "ann@firm.example", "--yes"]) == 1

    said = capsys.readouterr().err
    assert "Nothing was done." in said
    assert "first" in said


@pytest.mark.parametrize("act", [["export"], ["forget", "--yes"]])
def test_an_unknown_address_is_said_to_be_one(act: list[str], capsys: Captured) -> None:
    assert run(["person", *act, "nobody@firm.example"]) == 1

    assert "nobody@firm.example" in capsys.readouterr().err
