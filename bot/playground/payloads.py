"""What Slack sends to an app: commands, clicks, submissions, shortcuts and events, field by field."""

from typing import Any

from bot.playground.records import Channel, Json, Message, Person, View
from bot.playground.wire import message_json, seconds, view_json
from bot.playground.workspace import Workspace


def command(
    workspace: Workspace, person: Person, channel: Channel, name: str, text: str, *, response_url: str
) -> dict[str, str]:
    """A slash command, to be form-encoded (https://docs.slack.dev/interactivity/implementing-slash-commands)."""
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": _shown_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": workspace.app.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": workspace.handshakes.trigger(person.id),
    }


def message_action(
    workspace: Workspace, person: Person, message: Message, action: Json, values: Json, response_url: str
) -> Json:
    """block_actions from a message; of an ephemeral one Slack does not send the message itself."""
    channel = workspace.channel(message.channel)
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    whole = {} if message.ephemeral_to else {"message": message_json(workspace, message, with_metadata=True)}
    return {
        **_interaction(workspace, "block_actions", person),
        "container": container,
        "trigger_id": workspace.handshakes.trigger(person.id),
        "channel": {"id": channel.id, "name": _shown_name(channel)},
        **whole,
        "state": {"values": values},
        "response_url": response_url,
        "actions": [action],
    }


def view_action(workspace: Workspace, person: Person, view: View, action: Json) -> Json:
    """block_actions from a form or home tab."""
    return {
        **_interaction(workspace, "block_actions", person),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": workspace.handshakes.trigger(person.id, view.id),
        "view": view_json(workspace, view),
        "actions": [action],
    }


def view_submission(workspace: Workspace, person: Person, view: View) -> Json:
    """A form submitted."""
    return {
        **_interaction(workspace, "view_submission", person),
        "trigger_id": workspace.handshakes.trigger(person.id, view.id),
        "view": view_json(workspace, view),
        "response_urls": [],
    }


def view_closed(workspace: Workspace, person: Person, view: View, *, is_cleared: bool) -> Json:
    """A form closed whose app asked to be told."""
    return {
        **_interaction(workspace, "view_closed", person),
        "view": view_json(workspace, view),
        "is_cleared": is_cleared,
    }


def shortcut(workspace: Workspace, person: Person, callback_id: str) -> Json:
    """A global shortcut."""
    return {
        **_interaction(workspace, "shortcut", person),
        "action_ts": workspace.next_ts(),
        "callback_id": callback_id,
        "trigger_id": workspace.handshakes.trigger(person.id),
    }


def message_shortcut(
    workspace: Workspace, person: Person, message: Message, callback_id: str, response_url: str
) -> Json:
    """A shortcut in the menu of a message."""
    channel = workspace.channel(message.channel)
    return {
        **_interaction(workspace, "message_action", person),
        "action_ts": workspace.next_ts(),
        "callback_id": callback_id,
        "trigger_id": workspace.handshakes.trigger(person.id),
        "response_url": response_url,
        "channel": {"id": channel.id, "name": _shown_name(channel)},
        "message_ts": message.ts,
        "message": message_json(workspace, message, with_metadata=True),
    }


def event(workspace: Workspace, inner: Json) -> Json:
    """The envelope around an event; the outer team is the installation's, not the sender's."""
    place = inner.get("channel") or inner.get("item", {}).get("channel")
    channel = workspace.channels.get(place) if isinstance(place, str) else None
    number = next(workspace.numbers)
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev0{number:08d}",
        "event_time": seconds(workspace.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
        "event_context": f"4-{number:08d}",
    }


def message_event(workspace: Workspace, message: Message) -> Json:
    """A message event; in a shared channel it says which team its writer is of."""
    channel = workspace.channel(message.channel)
    inner = message_json(workspace, message, with_metadata=True) | _place(channel, message.ts)
    if channel.is_ext_shared and message.user in workspace.people:
        team = workspace.person(message.user).team_id
        inner |= {"user_team": team, "source_team": team}
    return inner


def mention_event(workspace: Workspace, message: Message) -> Json:
    """An app_mention: the message once more, under another name."""
    inner = message_event(workspace, message) | {"type": "app_mention"}
    inner.pop("channel_type")
    return inner


def changed_event(workspace: Workspace, message: Message, before: Message | None) -> Json:
    """message_changed."""
    inner: Json = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": workspace.next_ts()}
    inner["message"] = message_json(workspace, message, with_metadata=True)
    if before is not None:
        inner["previous_message"] = message_json(workspace, before, with_metadata=True)
    return inner | _place(workspace.channel(message.channel), inner["ts"])


def deleted_event(workspace: Workspace, message: Message) -> Json:
    """message_deleted."""
    ts = workspace.next_ts()
    inner: Json = {"type": "message", "subtype": "message_deleted", "hidden": True, "ts": ts}
    inner |= {"deleted_ts": message.ts, "previous_message": message_json(workspace, message, with_metadata=True)}
    return inner | _place(workspace.channel(message.channel), ts)


def membership_event(workspace: Workspace, kind: str, user: str, channel: Channel) -> Json:
    """member_joined_channel or member_left_channel."""
    team = workspace.person(user).team_id
    return {"type": kind, "user": user, "team": team} | _place(channel, workspace.next_ts())


def reaction_event(workspace: Workspace, kind: str, user: str, message: Message, emoji: str) -> Json:
    """reaction_added or reaction_removed."""
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    ts = workspace.next_ts()
    return {"type": kind, "user": user, "reaction": emoji, "item": item, "item_user": message.user, "event_ts": ts}


def subscription_for(channel: Channel) -> str:
    """The name under which an app subscribes to messages of this kind of channel."""
    return {"channel": "message.channels", "group": "message.groups"}.get(channel.kind, f"message.{channel.kind}")


def _interaction(workspace: Workspace, kind: str, person: Person) -> Json:
    user: dict[str, Any] = {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id}
    return {
        "type": kind,
        "user": user,
        "api_app_id": workspace.app.app_id,
        "token": workspace.app.verification_token,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _place(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "channel_type": channel.kind, "event_ts": ts}


def _shown_name(channel: Channel) -> str:
    if channel.kind == "channel":
        return channel.name
    return "directmessage" if channel.kind == "im" else "privategroup"
