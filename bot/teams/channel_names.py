"""What the channels of Teams are called: some activities say so, and only their ids are shown otherwise."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping

from bot.clock import Clock
from bot.teams.activity import Heard, channel_names
from bot.teams.name import NAME
from commands.channel_names import address_in, key_of
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

    async def everywhere(self) -> dict[str, str]:
        """The names of all channels that are known, by their addresses; those of one name are told apart."""
        names = await asyncio.to_thread(self._all)
        several = {name for name, how_many in Counter(names.values()).items() if how_many > 1}
        shown = {at: f"{name} ({_start_of(at)}…)" if name in several else name for at, name in names.items()}
        return dict(sorted(shown.items(), key=lambda one: (one[1].casefold(), one[0])))

    def _all(self) -> dict[str, str]:
        with self._new_uow.reading() as uow:
            known = uow.references.of_platform(NAME)
        names = ((address_in(key), str(content.get("name") or "")) for key, content in known.items())
        return {address: name for address, name in names if address is not None and name}

    def _keep(self, news: Mapping[str, str]) -> None:
        with self._new_uow() as uow:
            for address, name in sorted(news.items()):
                content = {"name": name}
                if uow.references.find(NAME, key_of(address)) != content:
                    uow.references.put(NAME, key_of(address), content, self._clock.now())
            uow.commit()


def _start_of(address: str) -> str:
    """So much of ``19:0a1b2c...@thread.tacv2`` as tells it from another."""
    return address.partition(":")[2][:8]
