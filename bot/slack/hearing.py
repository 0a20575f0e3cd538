"""What of all that is said and done in Slack's channels is for us: decided cheaply, before anything is stored."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.slack.client import NAME
from commands.ports import NewUnitOfWork

Body = Mapping[str, Any]

KEPT = 5.0
"""Real seconds for which the channels of clients are believed."""
CHANNELS = frozenset({"channel", "group"})
"""Public and private ones."""
SAID = frozenset({None, "file_share", "thread_broadcast", "me_message"})
CHANGED, DELETED = "message_changed", "message_deleted"
LEFT = frozenset({"channel_left", "group_left"})
GONE = frozenset({"channel_archive", "group_archive", "channel_deleted", "group_deleted"})
MOVED = "channel_id_changed"
PERSON_LEFT = "member_left_channel"
OF_CHANNELS = GONE | LEFT | {MOVED, PERSON_LEFT}
"""Events that tell something of a channel itself."""


class Hearing:
    """Hears clients, who are of another team, in shared channels and in clients' channels, and colleagues where they
    reply there. What colleagues say among themselves is decided by the event alone, and never stored."""

    def __init__(self, new_uow: NewUnitOfWork) -> None:
        self._new_uow = new_uow
        self._channels: frozenset[str] = frozenset()
        self._until = 0.0

    async def concerns_us(self, body: Body) -> bool:
        """Whether an event of a channel asks for something."""
        event = body.get("event") or {}
        kind = event.get("type")
        if kind == "message":
            return await self._is_for_us(body, event)
        if kind == MOVED:
            return isinstance(event.get("old_channel_id"), str) and isinstance(event.get("new_channel_id"), str)
        if not isinstance(event.get("channel"), str):
            return False
        return kind in GONE or kind in LEFT or (kind == PERSON_LEFT and event.get("user") in _us(body))

    async def _is_for_us(self, body: Body, event: Body) -> bool:
        said = spoken(event)
        channel, user = event.get("channel"), said.get("user")
        needed = (body.get("team_id"), channel, user, said.get("ts"), said.get("text") or "")
        if event.get("channel_type") not in CHANNELS or said.get("bot_id") or not all(_is_text(one) for one in needed):
            return False
        if event.get("subtype") not in SAID | {CHANGED, DELETED} or user in _us(body):
            return False
        is_ours = team_of(said) == body["team_id"]
        if is_ours and (event.get("subtype") not in SAID or not thread_of(said)):
            return False
        if body.get("is_ext_shared_channel"):
            return True
        return await self._is_a_clients(str(channel), is_exact=not is_ours)

    async def _is_a_clients(self, channel: str, *, is_exact: bool) -> bool:
        """Whether a client has the channel; ``is_exact`` looks once more before it says no."""
        now = asyncio.get_running_loop().time()
        if now >= self._until:
            self._channels = await asyncio.to_thread(self._read)
            self._until = now + KEPT
        elif is_exact and channel not in self._channels:
            return await asyncio.to_thread(self._has_a_client, channel)
        return channel in self._channels

    def _read(self) -> frozenset[str]:
        with self._new_uow.reading() as uow:
            return uow.places.of_clients(NAME)

    def _has_a_client(self, channel: str) -> bool:
        with self._new_uow.reading() as uow:
            place = uow.places.find(NAME, channel)
            return place is not None and bool(uow.clients.with_channel(place))


def spoken(event: Body) -> Body:
    """The message that an event is about: itself, or the one that was changed or deleted."""
    if is_deletion(event):
        return event.get("previous_message") or {}
    return (event.get("message") or {}) if event.get("subtype") == CHANGED else event


def is_deletion(event: Body) -> bool:
    """Of a message with replies Slack keeps a tombstone, and says that it was changed into that."""
    is_tombstone = event.get("subtype") == CHANGED and (event.get("message") or {}).get("subtype") == "tombstone"
    return event.get("subtype") == DELETED or is_tombstone


def team_of(said: Body) -> str | None:
    """Whose the writer is, as far as the message says: one with a file does not always."""
    return said.get("user_team") or said.get("team") or said.get("source_team")


def thread_of(said: Body) -> str | None:
    """The first message of the thread it replies in; None where it begins one or is in none."""
    thread = said.get("thread_ts")
    return thread if isinstance(thread, str) and thread != said.get("ts") else None


def _us(body: Body) -> set[str]:
    return {str(one.get("user_id")) for one in body.get("authorizations") or () if isinstance(one, Mapping)}


def _is_text(value: object) -> bool:
    return isinstance(value, str)
