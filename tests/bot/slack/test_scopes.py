"""No scope and no event that is not used, none missing: the manifest against what the code calls and listens to.

The code is read: what ``bot/slack`` asks of the Web API's client wants the scopes that Slack documents for the method
(https://docs.slack.dev/reference/methods). Events are delivered: those that leave something in the inbox are the ones
that something is done about.
"""

import ast
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.manifest import BOT_EVENTS, BOT_SCOPES, manifest
from tests.bot.slack.conftest import BOB, NORTH, OUT, World
from tests.shared import ROOT

NOTHING: frozenset[str] = frozenset()
CHANNELS = frozenset({"channels:read", "groups:read"})
"""We look at channels, public and private, never at direct conversations, which would want im:read."""
MESSAGES = frozenset({"channels:history", "groups:history", "im:history"})
SCOPES_OF_METHODS = {
    "apps.connections.open": NOTHING,  # the app-level token's connections:write, which no manifest can ask for
    "auth.test": NOTHING,
    "bots.info": frozenset({"users:read"}),
    "chat.delete": frozenset({"chat:write"}),
    "chat.getPermalink": NOTHING,
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": MESSAGES,
    "conversations.info": CHANNELS,
    "conversations.list": CHANNELS,
    "conversations.members": CHANNELS,
    "conversations.open": frozenset({"im:write"}),
    "conversations.replies": MESSAGES,
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "files.info": frozenset({"files:read"}),
    "team.info": frozenset({"team:read"}),
    "users.conversations": CHANNELS,
    "users.info": frozenset({"users:read"}),
    "users.list": frozenset({"users:read"}),
    "users.lookupByEmail": frozenset({"users:read.email"}),
    "views.open": NOTHING,
    "views.publish": NOTHING,
    "views.push": NOTHING,
    "views.update": NOTHING,
}
SCOPES_OF_FIELDS = {"email": "users:read.email", "url_private": "files:read", "url_private_download": "files:read"}
"""What stands in Slack's answers and events only, or can only be fetched, with a scope of its own."""


@dataclass(frozen=True)
class Event:
    """An event as Slack sends it, and the scopes one of which Slack wants before it does."""

    body: dict[str, Any]
    scopes: frozenset[str] = NOTHING


def said(kind: str, channel: str, user: str = OUT, **more: Any) -> dict[str, Any]:
    said = {"type": "message", "user": user, "text": "How do we file it?", "ts": "1.000001", "channel": channel}
    return said | {"channel_type": kind, "user_team": "T0ACME", "source_team": "T0ACME", "event_ts": "1.000001"} | more


def of_channel(kind: str, channel: Any = NORTH, **more: Any) -> dict[str, Any]:
    return {"type": kind, "channel": channel, "user": BOB, "event_ts": "1.000001"} | more


_READ = CHANNELS
_MESSAGE = {"type": "message", "channel": NORTH, "ts": "1.000001"}
_REACTION = {"user": BOB, "reaction": "tada", "item": _MESSAGE, "item_user": BOB}
EVENTS = {
    "app_home_opened": Event(of_channel("app_home_opened", "D0BOB", tab="home")),
    "app_mention": Event(
        said("channel", NORTH, BOB, type="app_mention", text="<@U0PODLINE> mine"), frozenset({"app_mentions:read"})
    ),
    "app_uninstalled": Event({"type": "app_uninstalled"}),
    "channel_archive": Event(of_channel("channel_archive"), frozenset({"channels:read"})),
    "channel_deleted": Event(of_channel("channel_deleted"), frozenset({"channels:read"})),
    "channel_id_changed": Event(
        {"type": "channel_id_changed", "old_channel_id": NORTH, "new_channel_id": "C0NEW", "event_ts": "1.000001"},
        _READ,
    ),
    "channel_left": Event(of_channel("channel_left"), frozenset({"channels:read"})),
    "channel_rename": Event(of_channel("channel_rename", {"id": NORTH, "name": "n"}), frozenset({"channels:read"})),
    "channel_shared": Event(of_channel("channel_shared", connected_team_id="T0ACME"), _READ),
    "channel_unarchive": Event(of_channel("channel_unarchive"), frozenset({"channels:read"})),
    "channel_unshared": Event(of_channel("channel_unshared", previously_connected_team_id="T0ACME"), _READ),
    "group_archive": Event(of_channel("group_archive"), frozenset({"groups:read"})),
    "group_deleted": Event(of_channel("group_deleted"), frozenset({"groups:read"})),
    "group_left": Event(of_channel("group_left"), frozenset({"groups:read"})),
    "group_rename": Event(of_channel("group_rename", {"id": NORTH, "name": "n"}), frozenset({"groups:read"})),
    "group_unarchive": Event(of_channel("group_unarchive"), frozenset({"groups:read"})),
    "member_joined_channel": Event(of_channel("member_joined_channel", team="T0FIRM"), _READ),
    "member_left_channel": Event(of_channel("member_left_channel", team="T0FIRM", user="U0PODLINE"), _READ),
    "message.channels": Event(said("channel", "C0ACME"), frozenset({"channels:history"})),
    "message.groups": Event(said("group", "C0ACME"), frozenset({"groups:history"})),
    "message.im": Event(said("im", "D0BOB", BOB, text="mine"), frozenset({"im:history"})),
    "message.mpim": Event(said("mpim", "G0MPIM", BOB), frozenset({"mpim:history"})),
    "reaction_added": Event({"type": "reaction_added"} | _REACTION, frozenset({"reactions:read"})),
    "reaction_removed": Event({"type": "reaction_removed"} | _REACTION, frozenset({"reactions:read"})),
    "team_join": Event({"type": "team_join", "user": {"id": "U0NEW"}}, frozenset({"users:read"})),
    "tokens_revoked": Event({"type": "tokens_revoked", "tokens": {"bot": ["U0PODLINE"]}}),
    "user_change": Event({"type": "user_change", "user": {"id": BOB}}, frozenset({"users:read"})),
}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "bot" / "slack").rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def methods_called() -> dict[str, str]:
    """The methods of the Web API's client that the code names, as Python calls them, each with a file that does."""
    clients = {name for name in dir(AsyncWebClient) if "_" in name and not name.startswith("_")}
    found: dict[str, str] = {}
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in clients:
                found.setdefault(node.attr, path.name)
    return found


def fields_read() -> set[str]:
    """Every text in the code that is the name of such a field."""
    texts = (node.value for _, tree in sources() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and text in SCOPES_OF_FIELDS}


def test_each_method_that_is_called_has_its_scopes_listed() -> None:
    listed = {method.replace(".", "_") for method in SCOPES_OF_METHODS}
    unlisted = {method: path for method, path in methods_called().items() if method not in listed}

    assert unlisted == {}, "add what Slack documents for it to SCOPES_OF_METHODS in this file"


def test_the_manifest_asks_for_the_scopes_that_are_used_and_for_no_others() -> None:
    called = methods_called()
    used = {one for method, scopes in SCOPES_OF_METHODS.items() if method.replace(".", "_") in called for one in scopes}
    used |= {SCOPES_OF_FIELDS[field] for field in fields_read()}
    used |= {scope for event in BOT_EVENTS if event in EVENTS for scope in EVENTS[event].scopes}
    if manifest()["features"]["slash_commands"] or manifest()["features"].get("shortcuts"):
        used.add("commands")

    assert set(BOT_SCOPES) == used


def test_each_event_that_is_subscribed_to_is_tried_here() -> None:
    assert set(BOT_EVENTS) <= set(EVENTS), "add how Slack sends it to EVENTS in this file"


@pytest.mark.parametrize("name", EVENTS)
async def test_an_event_is_subscribed_to_exactly_if_something_is_done_about_it(
    world: World, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    body = {
        "type": "event_callback",
        "team_id": "T0FIRM",
        "event_id": "Ev0001",
        "is_ext_shared_channel": True,
        "authorizations": [{"team_id": "T0FIRM", "user_id": "U0PODLINE", "is_bot": True}],
        "event": EVENTS[name].body,
    }

    await world.slack.inbox.take(body)

    with world.new_uow.reading() as uow:
        is_kept = uow.inbox.earliest("slack") is not None
    await world.slack.settle()
    is_drawn = world.workspace.home(BOB) is not None  # a Home tab that is opened is drawn at once, and nothing is kept
    assert (is_kept or is_drawn) is (name in BOT_EVENTS), (
        f"{name}: BOT_EVENTS of bot/slack/manifest.py against concerns_us of the inbox"
    )
    if is_kept:
        await world.slack.bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
        await world.slack.settle()
        assert "Nothing is done about" not in caplog.text


def test_a_call_that_nobody_listed_would_be_found() -> None:
    assert {"chat_postMessage", "views_open", "apps_connections_open", "users_info"} <= set(methods_called())
