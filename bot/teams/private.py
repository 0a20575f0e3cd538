"""What one person is told in Teams, which knows no words for one reader alone: in their own chat with the bot."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from bot.answering import Answer
from bot.platform import CannotDeliver, TryLater, Unclear
from bot.teams.activity import Heard
from bot.teams.client import TeamsPlatform, people_of
from bot.teams.errors import meaning_of
from bot.teams.hearing import Hearing
from bot.teams.home import Homes, asks_for_home
from bot.teams.people import AWAY
from bot.teams.render import to_activity
from commands.join import is_turned_away
from commands.views import Form, Listing, notice

log = logging.getLogger(__name__)

Json = dict[str, Any]
Sleep = Callable[[float], Awaitable[None]]

TRIES = 4
"""How often something is told before it is given up, where Teams only asks to wait."""
LONGEST_WAIT, USUAL_WAIT = 10.0, 1.0
"""Seconds between two tries, at most and where Teams does not say how long."""
_NOT_TOLD = (*AWAY, TryLater, Unclear, CannotDeliver)
_WRITE_TO_ME = notice(
    "I have an answer for you and cannot write to you alone. Add Podline to your chats (Apps, Podline, Add), then ask "
    "again."
)


class Private:
    """Tells one person something, at once and best effort. What fails is logged: the effect they caused is kept."""

    def __init__(self, platform: TeamsPlatform, hearing: Hearing, homes: Homes, sleep: Sleep = asyncio.sleep) -> None:
        self._platform = platform
        self._hearing = hearing
        self._homes = homes
        self._sleep = sleep

    async def tell(self, said: Heard, answer: Answer, line: str) -> None:
        """The answer to what was typed: in the chat it was typed in, or in their own one where others would read it.
        Who cannot be written to is told so where they are, without the answer; clients, or where they read, nothing."""
        try:
            await self._to_person(said.user, await self._drawn(said, answer, line))
        except CannotDeliver as error:
            log.warning("%s cannot be told in their chat: %s", said.user, error)
            if not (said.is_chat or is_turned_away(answer.reply) or await self._hearing.may_be_read_by_clients(said)):
                await self._where_they_are(said)
        except (TryLater, Unclear) as error:
            log.warning("%s may not have been told in their chat: %s", said.user, error)

    async def _drawn(self, said: Heard, answer: Answer, line: str) -> Json:
        if isinstance(answer.reply, Listing) and asks_for_home(line):
            return await self._homes.activity(said.identity)
        typed = line if isinstance(answer.reply, Form) else None
        return to_activity(answer.reply, people_of(answer.users), typed=typed)

    async def _to_person(self, user: str, activity: Json) -> None:
        """Where Teams asks to wait, it is waited for; what may have arrived is not said again. Raises what delivery
        knows."""
        for tries_left in reversed(range(TRIES)):
            try:
                await self._platform.to_person(user, activity)
            except Exception as error:
                meaning = meaning_of(error, writes=True)
                if not (isinstance(meaning, TryLater) and tries_left):
                    raise meaning from error
                log.info("%s is told a little later: %s", user, meaning)
                await self._sleep(min(meaning.after or USUAL_WAIT, LONGEST_WAIT))
            else:
                return

    async def _where_they_are(self, said: Heard) -> None:
        try:
            await self._platform.to_channel(said.conversation, said.thread, to_activity(_WRITE_TO_ME, {}))
        except _NOT_TOLD as error:
            log.warning("Nor can they be told in %s: %s", said.conversation, error)
