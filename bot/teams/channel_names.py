"""What the channels of Teams are called: some activities say so, and only their ids are shown otherwise."""

import asyncio
import logging
from collections.abc import Mapping

from bot.clock import Clock
from bot.teams.activity import Heard, channel_names
from bot.teams.name import NAME
from commands.channel_names import key_of
from commands.ports import NewUnitOfWork

log = logging.getLogger(__name__)

MOST = 10_000
"""How many names are kept in memory, so that what is known costs nothing."""


class ChannelNames:
    """Remembers them in the database; of several processes each learns and all know."""

    def __init__(self, new_uow: NewUnitOfWork, clock: Clock) -> None:
        self._new_uow = new_uow
        self._clock = clock
        self._known: dict[str, str] = {}

    async def learn(self, said: Heard) -> None:
        """Note what the activity calls channels. What cannot be noted is told again by another one."""
        news = {address: name for address, name in channel_names(said).items() if self._known.get(address) != name}
        if not news:
            return
        try:
            await asyncio.to_thread(self._keep, news)
        except Exception:
            log.exception("What channels of Teams are called could not be noted.")
            return
        if len(self._known) >= MOST:
            self._known.clear()
        self._known |= news

    def _keep(self, news: Mapping[str, str]) -> None:
        with self._new_uow() as uow:
            for address, name in sorted(news.items()):
                content = {"name": name}
                if uow.references.find(NAME, key_of(address)) != content:
                    uow.references.put(NAME, key_of(address), content, self._clock.now())
            uow.commit()
