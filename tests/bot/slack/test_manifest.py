"""The Slack manifest: valid, the same in the file and in the code, each permission with its reason."""

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from bot.cli.app import run
from bot.slack.manifest import BOT_EVENTS, BOT_SCOPES, SLASH_COMMANDS, manifest
from tests.shared import ROOT

URL = "https://podline.firm.example"


@pytest.mark.parametrize("url", [None, URL], ids=["socket", "http"])
def test_the_manifest_is_valid(url: str | None, shared: Path) -> None:
    schema = json.loads((shared / "schemas" / "slack" / "manifest.schema.2.0.0.json").read_text(encoding="utf-8"))

    jsonschema.validate(manifest(url), schema)


def test_the_file_to_paste_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["manifest"]) == 0

    printed = capsys.readouterr().out
    assert (ROOT / "manifest.yml").read_text(encoding="utf-8") == printed, "run: podline manifest > manifest.yml"
    assert YAML(typ="safe", pure=True).load(printed) == manifest()


def test_socket_mode_needs_no_address() -> None:
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert "http" not in json.dumps(manifest())


def test_over_http_slack_calls_one_address_for_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["manifest", "--url", f"{URL}/", "--json"]) == 0

    content = json.loads(capsys.readouterr().out)
    addresses = [command["url"] for command in content["features"]["slash_commands"]]
    addresses += [content["settings"][part]["request_url"] for part in ("event_subscriptions", "interactivity")]
    assert set(addresses) == {f"{URL}/slack/events"}
    assert len(addresses) == len(SLASH_COMMANDS) + 2
    assert content["settings"]["socket_mode_enabled"] is False


@pytest.mark.parametrize("url", ["podline.firm.example", "http://podline.firm.example", "https://"])
def test_an_address_slack_would_not_call_is_refused(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["manifest", "--url", url]) == 2
    assert "https://" in capsys.readouterr().err


def test_typed_people_and_channels_arrive_as_ids() -> None:
    assert all(command["should_escape"] for command in manifest()["features"]["slash_commands"])


def test_no_command_takes_a_name_that_belongs_to_slack() -> None:
    assert {"/leave", "/who", "/away"} & set(SLASH_COMMANDS) == set()


@pytest.mark.parametrize("name", [*BOT_SCOPES, *BOT_EVENTS])
def test_each_permission_and_event_is_explained(name: str) -> None:
    documented = (ROOT / "docs" / "slack-scopes.md").read_text(encoding="utf-8")
    reason = (BOT_SCOPES | BOT_EVENTS)[name]

    assert f"| `{name}` | {reason} |" in documented
