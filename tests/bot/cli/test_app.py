"""The podline command: one line on standard error when something is wrong, and the exit code to match."""

import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
import typer

from bot import __version__
from bot.cli.app import run
from bot.cli.errors import exit_code_of, fail
from bot.errors import PlainError
from tests.shared import ROOT

HEAVY = {
    "alembic",
    "apscheduler",
    "fastapi",
    "pydantic_settings",
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
    "structlog",
    "uvicorn",
}


def raising(error: BaseException) -> NoReturn:
    raise error


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["version"]) == 0
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.count(f"podline {__version__} (Python ") == 2


def test_without_a_command_it_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert "manifest" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["versoin"], "Did you mean 'version'"),
        (["hours", "deadlin"], "Did you mean 'deadline'"),
        (["bogus"], "podline: No such command 'bogus'. See `podline --help`."),
        (["token"], "Missing argument"),
        (["version", "--loud"], "No such option: --loud. See `podline version --help`."),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert said in err


def test_a_group_without_a_command_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["hours"]) == 2
    assert "deadline" in capsys.readouterr().out


def test_a_plain_error_is_said_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(lambda: raising(PlainError("The port 3000 is taken: set PODLINE_PORT to another."))) == 1
    assert capsys.readouterr().err == "The port 3000 is taken: set PODLINE_PORT to another.\n"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(lambda: (tmp_path / "roster.yaml").read_text()) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'roster.yaml'}: no such file or directory.\n"


def test_what_nobody_expected_is_one_line_that_says_how_to_see_more(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PODLINE_DEBUG", raising=False)

    assert exit_code_of(lambda: raising(KeyError("Bearer abcdefghij1234"))) == 1

    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "KeyError: '[removed]'" in error
    assert "PODLINE_DEBUG=1" in error


def test_with_debug_on_the_traceback_is_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PODLINE_DEBUG", "1")

    assert exit_code_of(lambda: raising(KeyError("x"))) == 1
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_a_command_can_fail_with_a_line_and_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    app = typer.Typer()
    app.command()(lambda: fail("Two\nlines become one.", 2))

    assert exit_code_of(lambda: app(args=[], standalone_mode=False)) == 2
    assert capsys.readouterr().err == "Two lines become one.\n"


def test_python_dash_m_bot_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "version"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith(f"podline {__version__}")


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    code = "import sys; from bot.cli.app import run; run(['version']); print(*sys.modules, sep='\\n')"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert HEAVY & set(done.stdout.split()) == set()


def test_the_help_writes_no_type_after_a_flag(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["questions", "--help"]) == 0

    printed = capsys.readouterr().out
    assert "--json" in printed
    assert "<bool>" not in printed


def test_a_wrong_choice_is_told_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    days = ["--from", "2026-01-01", "--to", "2026-01-31"]
    assert run(["leave", "preview", "x.ics", "--roster", "r.yaml", "--kind", "teem", *days]) == 2
    assert "Invalid value for '--kind': 'teem' is not one of" in capsys.readouterr().err
