"""conversations.*: channels, members, history; the scope depends on the kind of conversation."""

from collections.abc import Sequence

from bot.playground.errors import SlackError
from bot.playground.method import Call, Method
from bot.playground.places import channel_the_app_sees
from bot.playground.records import Channel, Json, Message
from bot.playground.wire import channel_json, message_json

_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
_SCOPE_WORD = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
_WINDOW = "cursor limit oldest latest inclusive include_all_metadata"


def _open(call: Call) -> Json:
    workspace = call.workspace
    if call.text("channel"):
        channel = channel_the_app_sees(workspace, call.needed("channel"))
        return {"channel": {"id": channel.id}, "no_op": True, "already_open": True}
    users = [user.strip() for user in call.needed("users").split(",") if user.strip()]
    call.need_scope("im:write" if len(users) == 1 else "mpim:write")
    for user in users:
        _check_can_be_written_to(call, user)
    before = set(workspace.channels)
    place = workspace.dm_with(users[0]) if len(users) == 1 else workspace.group_dm(frozenset(users))
    known = {"no_op": True, "already_open": True} if place in before else {}
    whole = call.flag("return_im")
    return {"channel": channel_json(workspace, workspace.channel(place)) if whole else {"id": place}, **known}


def _check_can_be_written_to(call: Call, user: str) -> None:
    workspace = call.workspace
    person = workspace.person(user)
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot:
        raise SlackError("cannot_dm_bot")
    shared = any({user, workspace.app.bot_user_id} <= channel.members for channel in workspace.channels.values())
    if workspace.is_outside(user) and not shared:
        raise SlackError("user_not_visible")


def _info(call: Call) -> Json:
    channel = _channel(call, "read")
    return {"channel": channel_json(call.workspace, channel)}


def _list(call: Call) -> Json:
    visible = [c for c in call.workspace.channels.values() if _is_visible(call, c)]
    part, metadata = call.page(_of_types(call, visible), 100, 1000)
    return {"channels": [channel_json(call.workspace, c) for c in part], "response_metadata": metadata}


def _users_conversations(call: Call) -> Json:
    user = call.text("user") or call.workspace.app.bot_user_id
    call.workspace.person(user)
    joint = [c for c in call.workspace.channels.values() if user in c.members and _is_visible(call, c)]
    part, metadata = call.page(_of_types(call, joint), 100, 1000)
    return {"channels": [channel_json(call.workspace, c) for c in part], "response_metadata": metadata}


def _members(call: Call) -> Json:
    channel = _channel(call, "read")
    part, metadata = call.page(sorted(channel.members), 100, 1000)
    return {"members": part, "response_metadata": metadata}


def _join(call: Call) -> Json:
    workspace = call.workspace
    channel = channel_the_app_sees(workspace, call.needed("channel"))
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    if workspace.app.bot_user_id not in channel.members:
        workspace.add_member(channel.id, workspace.app.bot_user_id)
    return {"channel": channel_json(workspace, workspace.channel(channel.id))}


def _history(call: Call) -> Json:
    channel = _channel_to_read(call)
    seen = [m for m in call.workspace.messages(channel.id) if not m.is_reply or m.is_broadcast]
    part, metadata = call.page(_within(call, seen)[::-1], 100, 999)
    return _messages(call, part, metadata)


def _replies(call: Call) -> Json:
    channel = _channel_to_read(call)
    found = call.workspace.shelf.find(channel.id, call.needed("ts"))
    if found is None:
        raise SlackError("thread_not_found")
    root, *replies = call.workspace.thread(channel.id, found.thread_ts or found.ts)
    part, metadata = call.page([root, *_within(call, replies)], 1000, 1000)
    return _messages(call, part, metadata)


def _messages(call: Call, part: list[Message], metadata: Json) -> Json:
    with_metadata = call.flag("include_all_metadata")
    return {
        "messages": [message_json(call.workspace, message, with_metadata=with_metadata) for message in part],
        "has_more": bool(metadata["next_cursor"]),
        "pin_count": 0,
        "response_metadata": metadata,
    }


def _within(call: Call, messages: Sequence[Message]) -> list[Message]:
    oldest, latest, inclusive = call.text("oldest"), call.text("latest"), call.flag("inclusive")
    try:
        first, last = float(oldest or 0), float(latest or "inf")
    except ValueError:
        raise SlackError("invalid_ts_oldest" if not latest else "invalid_ts_latest") from None
    edges = {first, last} if inclusive else set()
    return [m for m in messages if first < float(m.ts) < last or float(m.ts) in edges]


def _channel(call: Call, act: str) -> Channel:
    channel = channel_the_app_sees(call.workspace, call.needed("channel"))
    call.need_scope(f"{_SCOPE_WORD[channel.kind]}:{act}")
    return channel


def _channel_to_read(call: Call) -> Channel:
    channel = _channel(call, "history")
    if call.workspace.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _is_visible(call: Call, channel: Channel) -> bool:
    return channel.kind == "channel" or call.workspace.app.bot_user_id in channel.members


def _of_types(call: Call, channels: Sequence[Channel]) -> list[Channel]:
    asked = [each.strip() for each in (call.text("types") or "public_channel").split(",")]
    if any(each not in _TYPES for each in asked):
        raise SlackError("invalid_types")
    kinds = {_TYPES[each] for each in asked}
    for kind in sorted(kinds):
        call.need_scope(f"{_SCOPE_WORD[kind]}:read")
    live = [c for c in channels if not (c.is_archived and call.flag("exclude_archived"))]
    return [channel for channel in live if channel.kind in kinds]


METHODS = {
    "conversations.open": Method(_open, "", "users channel return_im prevent_creation"),
    "conversations.info": Method(_info, "channel", "include_locale include_num_members"),
    "conversations.list": Method(_list, "", "cursor limit types exclude_archived team_id"),
    "conversations.members": Method(_members, "channel", "cursor limit"),
    "conversations.join": Method(_join, "channel", "", "channels:join"),
    "conversations.history": Method(_history, "channel", _WINDOW),
    "conversations.replies": Method(_replies, "channel ts", _WINDOW),
    "users.conversations": Method(_users_conversations, "", "user cursor limit types exclude_archived team_id"),
}
