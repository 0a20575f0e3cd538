"""The stand-in's arguments and events beside Slack's own lists, where those are at hand."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from bot.playground import payloads
from bot.playground.method import ADDED_BY_BOLT
from bot.playground.posting import post_as_person
from bot.playground.web_api import METHODS
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import NORTH

# Of the old API or needed by no list: accepted so that the stand-in can refuse them by their own error.
OLD = {"as_user"}


def arguments(definitions: dict[str, Any], node: dict[str, Any]) -> tuple[set[str], set[str]]:
    """All argument names of a schema, and those it always requires."""
    if "$ref" in node:
        return arguments(definitions, definitions[unquote(node["$ref"].split("/")[-1])])
    names, required = set(node.get("properties", {})), set(node.get("required", []))
    for part in node.get("allOf", []):
        more, needed = arguments(definitions, part)
        names, required = names | more, required | needed
    choices = [arguments(definitions, part) for part in node.get("anyOf", [])]
    for more, _ in choices:
        names |= more
    return names, required | (set.intersection(*(needed for _, needed in choices)) if choices else set())


NOT_DESCRIBED = {"api.test", "files.info"}
"""Methods of which the schemas say nothing."""


@pytest.mark.parametrize("name", sorted(METHODS.keys() - NOT_DESCRIBED))
def test_a_method_takes_the_arguments_that_slack_takes(name: str, shared: Path) -> None:
    schemas = json.loads((shared / "schemas/slack/webapi_methods.schema.json").read_text("utf-8"))["methods"]
    names, required = arguments(schemas[name]["definitions"], schemas[name])
    method = METHODS[name]

    assert set(method.required.split()) >= required
    assert {*method.required.split(), *method.optional.split()} <= names | OLD | {*ADDED_BY_BOLT}


@pytest.mark.parametrize("kind", ["AppMention", "Message", "MemberJoinedChannel", "ReactionAdded", "AppHomeOpened"])
def test_an_event_has_the_fields_of_slacks_envelope(kind: str, workspace: Workspace, shared: Path) -> None:
    sample = json.loads((shared / f"schemas/slack/event_samples/{kind}.json").read_text("utf-8"))
    message = post_as_person(workspace, "U0BOB", NORTH, "hello")
    channel = workspace.channel(NORTH)
    inner = {
        "AppMention": payloads.mention_event(workspace, message),
        "Message": payloads.message_event(workspace, message),
        "MemberJoinedChannel": payloads.membership_event(workspace, "member_joined_channel", "U0BOB", channel),
        "ReactionAdded": payloads.reaction_event(workspace, "reaction_added", "U0BOB", message, "eyes"),
        "AppHomeOpened": {"type": "app_home_opened", "user": "U0BOB", "channel": "D0BOB", "tab": "home"},
    }[kind]

    envelope = payloads.event(workspace, inner)

    assert envelope.keys() <= sample.keys() | {"context_team_id", "context_enterprise_id", "event_context"}
    assert inner.keys() <= sample["event"].keys() | {"team", "channel_type", "item_user"}
