"""`podline import clients`: what it prints, what it refuses, and its exit codes."""

import json
from pathlib import Path

import pytest

from bot.cli.app import run
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.small_firm import set_up_small_firm

HEADER = "name,pod,domains\n"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def firm(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = open_engine(sqlite_url)
    set_up_small_firm(UnitsOfWork(engine))
    engine.dispose()
    monkeypatch.setenv("PODLINE_DATABASE_URL", sqlite_url)


def imported(written: str, *flags: str) -> int:
    Path("clients.csv").write_text(written, encoding="utf-8")
    return run(["import", "clients", "clients.csv", *flags])


def test_it_says_how_the_file_was_read_and_what_changed(capsys: Captured) -> None:
    code = imported(HEADER + "Beta,North,beta.example\nacme ltd,North,acme.example\n")

    printed = capsys.readouterr()
    assert code == 0
    assert printed.err == "clients.csv: read as UTF-8, separated by commas.\n"
    assert printed.out.splitlines() == [
        "changed client acme ltd: name: Acme Ltd -> acme ltd",
        "added client Beta",
        "Clients: 1 added, 1 changed, 0 as they were.",
    ]


def test_again_it_changes_nothing(capsys: Captured) -> None:
    imported(HEADER + "Beta,North,beta.example\n")
    capsys.readouterr()

    assert imported(HEADER + "Beta,North,beta.example\n") == 0
    assert capsys.readouterr().out == "Clients: 0 added, 0 changed, 1 as they were.\n"


def test_a_dry_run_stores_nothing(capsys: Captured) -> None:
    assert imported(HEADER + "Beta,North,\n", "--dry-run") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Clients: 1 would be added, 0 would be changed, 0 as they were."

    imported(HEADER + "Beta,North,\n", "--json")
    assert [one["name"] for one in json.loads(capsys.readouterr().out)["changes"]] == ["Beta"]


def test_every_bad_line_is_said_up_to_fifty_and_the_rest_is_counted(capsys: Captured) -> None:
    code = imported(HEADER + "".join(f"Client {number},Nort,\n" for number in range(362)))

    printed = capsys.readouterr()
    lines = printed.err.splitlines()
    assert (code, printed.out) == (1, "")
    assert lines[0] == 'clients.csv, line 2, pod: There is no pod "Nort". Did you mean "North"?'
    assert lines[50:] == ["... and 312 more mistakes.", "Nothing was changed: clients.csv has 362 mistakes."]


def test_programs_get_all_of_them(capsys: Captured) -> None:
    code = imported(HEADER + "".join(f"Client {number},Nort,\n" for number in range(362)), "--json")

    problems = json.loads(capsys.readouterr().out)["problems"]
    assert (code, len(problems)) == (1, 362)
    assert problems[-1] == {"line": 363, "column": "pod", "says": 'There is no pod "Nort". Did you mean "North"?'}


def test_what_two_clients_share_is_a_warning(capsys: Captured) -> None:
    assert imported(HEADER + "Beta,North,acme.example\n") == 0

    assert "acme.example is the domain of Acme Ltd and Beta" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("name,owner\nBeta,Ann\n", 'there is no column "owner"'),
        ("Beta\n", "the first line must name the columns"),
        ("", "no first line"),
    ],
)
def test_a_file_that_is_none_is_one_clear_line(capsys: Captured, written: str, says: str) -> None:
    assert imported(written) == 1

    printed = capsys.readouterr()
    assert says in printed.err
    assert (printed.err.count("\n"), printed.out) == (1, "")


def test_no_bar_is_printed_where_nobody_watches(capsys: Captured) -> None:
    imported(HEADER + "Beta,North,\n")

    assert "\x1b" not in capsys.readouterr().err
