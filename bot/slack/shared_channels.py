"""What happens in channels, from the inbox: what clients and colleagues say in those shared with clients, where nothing
is ever answered, and what becomes of the channels themselves."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.answering import Answering
from bot.clock import Clock
from bot.slack.client import NAME
from bot.slack.hearing import CHANGED, DELETED, MOVED, is_deletion, spoken
from bot.slack.reading import Reading
from commands.channel_changes import Lost, channel_lost, channel_moved
from commands.client_said import client_deleted, client_edited, client_said
from commands.colleague_said import colleague_said
from commands.ports import NewUnitOfWork, Place
from commands.said import Said

Body = Mapping[str, Any]

_ADDING = "Type /invite @Podline in it"


class SharedChannels:
    """Hears what is said, changed and deleted there."""

    def __init__(self, reading: Reading, answering: Answering, new_uow: NewUnitOfWork, clock: Clock) -> None:
        self._reading = reading
        self._answering = answering
        self._new_uow = new_uow
        self._clock = clock

    async def on_message(self, key: str, body: Body) -> None:
        """One event of a message; raises what goes wrong, so that it is tried again."""
        event, team = body["event"], str(body["team_id"])
        message = spoken(event)
        author = await self._reading.author(team, message)
        if author is not None and (author.is_bot or (author.is_guest and not author.is_outsider)):
            return
        said = await self._reading.said(key, team, str(event["channel"]), message, author)
        if author is not None and author.is_outsider:
            await self._client(said, event, team)
        elif event.get("subtype") not in (CHANGED, DELETED) and said.thread is not None:
            await self._colleague(said)

    async def on_change(self, key: str, body: Body) -> None:
        """One event of a channel itself: it has another id, or is lost to us."""
        event, now = body["event"], self._clock.now()
        if event["type"] == MOVED:
            ids = str(event["old_channel_id"]), str(event["new_channel_id"])
            await asyncio.to_thread(channel_moved, key, NAME, *ids, self._new_uow, now)
        else:
            place = Place(NAME, str(event["channel"]))
            await asyncio.to_thread(channel_lost, key, place, _how(event["type"]), self._new_uow, now, adding=_ADDING)

    async def _client(self, said: Said, event: Body, team: str) -> None:
        now = self._clock.now()
        if is_deletion(event):
            await asyncio.to_thread(client_deleted, replace(said, at=now), self._new_uow, now)
        elif event.get("subtype") == CHANGED:
            former = {**event["message"], **(event.get("previous_message") or {})}
            before = await self._reading.said(said.key, team, said.place.address, former, None)
            if (before.text, before.attachments) != (said.text, said.attachments):  # Slack unfurled a link
                await asyncio.to_thread(client_edited, replace(said, at=now), before.text, self._new_uow, now)
        else:
            await asyncio.to_thread(client_said, said, self._new_uow, now)

    async def _colleague(self, said: Said) -> None:
        """A colleague whom the firm does not know yet joins by answering a client; a guest does not."""
        await self._answering.let_join(said.sender, lambda: colleague_said(said, self._new_uow, self._clock.now()))


def _how(kind: str) -> Lost:
    if kind.endswith("_archive"):
        return Lost.ARCHIVED
    return Lost.DELETED if kind.endswith("_deleted") else Lost.LEFT
