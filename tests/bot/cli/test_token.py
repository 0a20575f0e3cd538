"""`podline token`: a token for the API, and the line that lets it in."""

import json

import pytest

from bot.cli.app import run
from bot.cli.token import hash_of
from bot.config import Settings
from bot.redaction import Redaction


def test_the_line_for_the_environment_lets_in_the_token_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["token", "crm"]) == 0

    token, line = capsys.readouterr().out.splitlines()
    name, _, value = line.partition("=")
    [allowed] = Settings.read(_env_file=None, **{name: value}).api_tokens
    assert (allowed.name, allowed.sha256) == ("crm", hash_of(token))


def test_two_tokens_are_never_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    run(["token", "crm", "--json"])
    run(["token", "crm", "--json"])

    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["token"] != second["token"]
    assert first["environment"].startswith("PODLINE_API_TOKENS=crm:")


def test_a_token_is_known_to_the_log_and_not_shown_there(capsys: pytest.CaptureFixture[str]) -> None:
    run(["token", "crm", "--json"])

    token = json.loads(capsys.readouterr().out)["token"]
    assert Redaction().of_text(f"called with {token}!") == "called with [removed]!"


@pytest.mark.parametrize("name", ["", "two words", "a:b", "a,b", "x" * 65])
def test_a_name_that_does_not_fit_in_the_line_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["token", name]) == 2
    assert "cannot be a token's name" in capsys.readouterr().err
