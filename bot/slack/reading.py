"""Reading Slack's messages: who wrote them, and what they say with all that belongs to them."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.answering import NobodyThere
from bot.clock import Clock
from bot.slack.client import NAME
from bot.slack.connection import IN_TIME, Connection
from bot.slack.hearing import team_of, thread_of
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
from commands.join import Stranger
from commands.ports import Identity, NewUnitOfWork, Place
from commands.said import Said
from coverage.question import Attachment

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
MOST_NAMED = 5
"""How many of those whom one message mentions are asked after."""
_NO_ANSWER = (SlackApiError, NobodyThere, aiohttp.ClientError, TimeoutError)


class Reading:
    """``patience`` are the seconds Slack is given for each thing it is asked about a message."""

    def __init__(
        self,
        connection: Connection,
        people: SlackPeople,
        new_uow: NewUnitOfWork,
        clock: Clock,
        patience: float = IN_TIME,
    ) -> None:
        self._connection = connection
        self._people = people
        self._new_uow = new_uow
        self._clock = clock
        self._patience = patience

    async def said(self, key: str, team: str, channel: str, message: Body, author: Stranger | None) -> Said:
        """The message, ``author`` being who wrote it where that is no colleague. What Slack does not say of its files
        and of whom it mentions is left out."""
        us = await self._connection.installation()
        ts, thread, user = str(message["ts"]), thread_of(message), str(message.get("user") or "")
        link = link_to(us.url, channel, ts, thread)
        names, attachments = await asyncio.gather(
            self._names(team, users_in(str(message.get("text") or "")) - {us.bot_user_id}),
            asyncio.gather(*(self._attachment(file, link) for file in files_in(message))),
        )
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
            attachments=tuple(attachments),
            to_us=is_to(message, us.bot_user_id),
            link=link,
        )

    async def author(self, team: str, message: Body) -> Stranger | None:
        """Who wrote it; None for somebody of our own team or a person of the firm. A client whom Slack does not show us
        is one by their team alone. Raises what the call raises."""
        if team_of(message) == team:
            return None
        try:
            return await self.stranger(team, message)
        except NobodyThere:
            if team_of(message) is None:
                raise
        return nameless(team, message)

    async def stranger(self, team: str, message: Body) -> Stranger | None:
        """Who wrote it by Slack's account; None for a person of the firm. Raises what the call raises."""
        identity = Identity(NAME, team, str(message["user"]))
        if await asyncio.to_thread(self._is_known, identity):
            return None
        async with asyncio.timeout(self._patience):
            return await self._people.stranger(identity)

    async def _attachment(self, file: Body, link: str | None) -> Attachment:
        if must_ask_about(file) and file.get("id"):
            try:
                async with asyncio.timeout(self._patience):
                    file = (await self._connection.direct.files_info(file=str(file["id"])))["file"]
            except _NO_ANSWER as error:
                log.warning("Slack did not say what the file %s is: %s", file.get("id"), error)
        return attachment(file, link)

    async def _names(self, team: str, users: frozenset[str]) -> dict[str, str]:
        """What people are called: our own as the firm knows them, others as Slack does."""
        if not users:
            return {}
        names = await asyncio.to_thread(self._colleagues, team, users)
        others = sorted(users - names.keys())[:MOST_NAMED]
        found = await asyncio.gather(*(self._name(team, user) for user in others))
        return names | {user: name for user, name in zip(others, found, strict=True) if name is not None}

    async def _name(self, team: str, user: str) -> str | None:
        try:
            async with asyncio.timeout(self._patience):
                return (await self._people.stranger(Identity(NAME, team, user))).name
        except _NO_ANSWER as error:
            log.info("Slack did not say who %s is: %s", user, error)
            return None

    def _is_known(self, identity: Identity) -> bool:
        with self._new_uow.reading() as uow:
            return uow.people.by_identity(identity) in uow.firm().people

    def _colleagues(self, team: str, users: frozenset[str]) -> dict[str, str]:
        with self._new_uow.reading() as uow:
            known = {user: uow.people.by_identity(Identity(NAME, team, user)) for user in users}
            people = uow.firm().people
        return {user: people[who].name for user, who in known.items() if who is not None and who in people}


def nameless(team: str, message: Body) -> Stranger:
    """Somebody of whom no more is known than that they are of another team."""
    user = str(message["user"])
    return Stranger(Identity(NAME, team, user), user, None, None, is_outsider=True)
