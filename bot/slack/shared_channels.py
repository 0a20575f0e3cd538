"""What clients and colleagues say in channels shared with clients, from the inbox; nothing is ever answered there."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.slack.answering import Answering
from bot.slack.client import NAME
from bot.slack.connection import IN_TIME, Connection
from bot.slack.errors import code_of
from bot.slack.hearing import CHANGED, DELETED, is_deletion, spoken, team_of, thread_of
from bot.slack.messages import (
    attachment,
    files_in,
    is_to,
    link_to,
    must_ask_about,
    users_in,
    words_of,
    written_at,
)
from bot.slack.people import SlackPeople
from commands.client_said import client_deleted, client_edited, client_said
from commands.colleague_said import colleague_said
from commands.invocation import UnknownSender
from commands.join import Stranger
from commands.ports import Identity, NewUnitOfWork, Place
from commands.said import Said
from coverage.question import Attachment

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
MOST_NAMED = 5
"""How many of those whom one message mentions are asked after."""
_UNKNOWN = ("user_not_found", "users_not_found", "user_not_visible")


class Reading:
    """Reads Slack's messages: who wrote them, and what they say with all that belongs to them."""

    def __init__(self, connection: Connection, people: SlackPeople, new_uow: NewUnitOfWork, clock: Clock) -> None:
        self._connection = connection
        self._people = people
        self._new_uow = new_uow
        self._clock = clock

    async def said(self, key: str, team: str, channel: str, message: Body, author: Stranger | None) -> Said:
        """The message, ``author`` being who wrote it where that is no colleague. Raises what Slack's answers raise."""
        us = await self._connection.installation()
        ts, thread = str(message["ts"]), thread_of(message)
        link = link_to(us.url, channel, ts, thread)
        names = await self._names(team, users_in(str(message.get("text") or "")))
        user = str(message["user"])
        return Said(
            key=key,
            place=Place(NAME, channel),
            remote=ts,
            sender=Identity(NAME, team, user),
            text=words_of(message, us.bot_user_id, names.get),
            at=written_at(ts, self._clock.now()),
            thread=thread,
            name=author.name if author is not None and author.name != user else None,
            email=author.email if author is not None else None,
            attachments=tuple([await self._attachment(file, link) for file in files_in(message)]),
            to_us=is_to(message, us.bot_user_id),
            link=link,
        )

    async def author(self, team: str, message: Body) -> Stranger | None:
        """Who wrote it; None for a colleague. A client whom Slack does not show us is one by their team alone."""
        identity = Identity(NAME, team, str(message["user"]))
        if team_of(message) == team or await asyncio.to_thread(self._is_known, identity):
            return None
        try:
            async with asyncio.timeout(IN_TIME):
                return await self._people.stranger(identity)
        except SlackApiError as error:
            if team_of(message) is None or code_of(error) not in _UNKNOWN:
                raise
        return Stranger(identity, identity.user, None, None, is_outsider=True)

    async def _attachment(self, file: Body, link: str | None) -> Attachment:
        if must_ask_about(file) and file.get("id"):
            try:
                async with asyncio.timeout(IN_TIME):
                    file = (await self._connection.direct.files_info(file=str(file["id"])))["file"]
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                log.warning("Slack did not say what the file %s is: %s", file.get("id"), error)
        return attachment(file, link)

    def _is_known(self, identity: Identity) -> bool:
        with self._new_uow.reading() as uow:
            return uow.people.by_identity(identity) in uow.firm().people

    async def _names(self, team: str, users: frozenset[str]) -> dict[str, str]:
        """What people are called: our own as the firm knows them, others as Slack does."""
        if not users:
            return {}
        names = await asyncio.to_thread(self._colleagues, team, users)
        for user in sorted(users - names.keys())[:MOST_NAMED]:
            try:
                async with asyncio.timeout(IN_TIME / MOST_NAMED):
                    names[user] = (await self._people.stranger(Identity(NAME, team, user))).name
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                log.info("Slack did not say who %s is: %s", user, error)
        return names

    def _colleagues(self, team: str, users: frozenset[str]) -> dict[str, str]:
        with self._new_uow.reading() as uow:
            known = {user: uow.people.by_identity(Identity(NAME, team, user)) for user in users}
            people = uow.firm().people
        return {user: people[who].name for user, who in known.items() if who is not None and who in people}


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
        try:
            await asyncio.to_thread(colleague_said, said, self._new_uow, self._clock.now())
        except UnknownSender as unknown:
            if await self._answering.introduce(unknown.identity, said.sender) is None:
                await asyncio.to_thread(colleague_said, said, self._new_uow, self._clock.now())
