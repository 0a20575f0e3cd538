"""Publishing Home tabs: at once and best effort, once for each opening and each act in one, the newest state last."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from weakref import WeakValueDictionary

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.answering import Answer, Answering
from bot.clock import Clock
from bot.slack.blocks import Block
from bot.slack.connection import Connection
from bot.slack.errors import code_of, why_unreachable
from bot.slack.home import to_home
from commands.invocation import UnknownSender
from commands.ports import Identity, NewUnitOfWork
from commands.views import Home, Notice, notice

log = logging.getLogger(__name__)

ShowHome = Callable[[Identity, NewUnitOfWork, datetime], Home]
"""``commands.home.home``."""

_AWAY = (SlackApiError, aiohttp.ClientError, TimeoutError)


class HomeTab:
    """Shows people their home. What fails is logged: it is drawn anew when they open it the next time."""

    def __init__(
        self, connection: Connection, answering: Answering, home: ShowHome, new_uow: NewUnitOfWork, clock: Clock
    ) -> None:
        self._connection = connection
        self._answering = answering
        self._home = home
        self._new_uow = new_uow
        self._clock = clock
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def show(self, who: Identity, seen: str | None = None, answer: Answer | None = None) -> bool:
        """Publish the home of ``who``, at its top the ``answer`` to what they did; False where that did not work.

        ``seen`` is Slack's hash of the view they acted on. Where another one was published meanwhile, this is read anew
        and published in its place.
        """
        turn = self._turns.setdefault(who.user, asyncio.Lock())
        async with turn:  # what is read later is published later
            try:
                await self._publish(who, seen, answer)
            except _AWAY as error:
                why = code_of(error) if isinstance(error, SlackApiError) else why_unreachable(error)
                log.warning("The home of %s could not be published: %s", who.user, why)
                return False
        return True

    async def _publish(self, who: Identity, seen: str | None, answer: Answer | None) -> None:
        publish = self._connection.direct.views_publish
        view = await self._drawn(who, answer)
        try:
            await publish(user_id=who.user, view=view, hash=seen)
        except SlackApiError as error:
            if seen is None or code_of(error) != "hash_conflict":
                raise
            await publish(user_id=who.user, view=await self._drawn(who, answer))

    async def _drawn(self, who: Identity, answer: Answer | None) -> Block:
        try:
            shown = await asyncio.to_thread(self._home, who, self._new_uow, self._clock.now())
        except UnknownSender:
            refused = await self._answering.introduce(who, who)
            if refused is not None:
                return to_home(_not_theirs(refused), {})
            shown = await asyncio.to_thread(self._home, who, self._new_uow, self._clock.now())
        return to_home(shown, answer.users, answer.reply) if answer is not None else to_home(shown, {})


def _not_theirs(refused: Notice) -> Home:
    """What guests, bots and people of other firms find: nothing of the firm, and why."""
    welcome = notice("This is Podline: it puts clients' questions in front of somebody who knows them. ")
    return Home((*welcome.text, *refused.text))
