"""Somebody's home in Teams: `mine` in their chat with Podline, drawn anew when they act in it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.answering import Answer
from bot.clock import Clock
from bot.teams.client import people_of
from bot.teams.render import activity, home_summary, to_home_card
from commands.grammar import Command, Name, parse
from commands.ports import Identity, NewUnitOfWork
from commands.views import Home

Json = dict[str, Any]
ShowHome = Callable[[Identity, NewUnitOfWork, datetime], Home]
"""``commands.home.home``."""


class Homes:
    """Draws homes as they are now."""

    def __init__(self, home: ShowHome, new_uow: NewUnitOfWork, clock: Clock) -> None:
        self._home = home
        self._new_uow = new_uow
        self._clock = clock

    async def activity(self, who: Identity) -> Json:
        """A message that is the home of ``who``. Raises UnknownSender."""
        shown = await self._of(who)
        return activity(to_home_card(shown, {}), home_summary(shown))

    async def card(self, who: Identity, answer: Answer | None = None) -> Json:
        """The home of ``who``, at its top the ``answer`` to what they did in it. Raises UnknownSender."""
        shown = await self._of(who)
        return to_home_card(shown, people_of(answer.users) if answer else {}, answer.reply if answer else None)

    async def _of(self, who: Identity) -> Home:
        return await asyncio.to_thread(self._home, who, self._new_uow, self._clock.now())


def asks_for_home(line: str) -> bool:
    """Whether the line is a plain ``mine``; the pages after the first are lists."""
    command = parse(line)
    return isinstance(command, Command) and command.name is Name.MINE and not command.words.strip()
