"""What of all that is said in Teams' channels is for us though it is not said to us: decided before anything is stored.

A firm may let Podline read its channels (``podline teams package --read-channels``). Clients are heard where they may
be: guests in the channels that belong to a client, people of other firms in shared channels as well; colleagues where
they reply to a client. What colleagues say among themselves is not kept.
"""

import asyncio
import logging

from bot.answering import IN_TIME, NobodyThere
from bot.teams.activity import CHANGED, DELETED, SAID, Heard
from bot.teams.name import NAME
from bot.teams.people import AWAY, TeamsPeople
from bot.teams.whereabouts import Whereabouts
from commands.join import Stranger
from commands.ports import NewUnitOfWork

log = logging.getLogger(__name__)

KEPT = 5.0
"""Real seconds for which the channels of clients are believed."""
KEPT_UNSHARED, MOST = 60.0, 10_000
"""The same of channels that are not shared, and how many of those."""


class Hearing:
    """``people`` says who somebody is whom the firm does not know, ``whereabouts`` which channels are shared ones."""

    def __init__(self, new_uow: NewUnitOfWork, people: TeamsPeople, whereabouts: Whereabouts) -> None:
        self._new_uow = new_uow
        self._people = people
        self._whereabouts = whereabouts
        self._unshared: dict[str, float] = {}
        self._channels: frozenset[str] = frozenset()
        self._until = 0.0

    async def concerns_us(self, said: Heard) -> bool:
        """Whether a message in a channel, or what became of it, is to be kept. Where Teams does not say just now who
        wrote it, it is: that is decided later, and no question is lost."""
        if said.is_chat or said.kind not in (SAID, CHANGED, DELETED) or not (said.id and said.is_by_a_person):
            return False
        is_clients = await self.is_a_clients(said.conversation)
        if not (is_clients or await self._is_shared(said)):
            return False
        try:
            author = await self.author(said)
        except AWAY as error:
            log.warning("Teams does not say just now who wrote in %s: %s", said.conversation, error)
            return True
        if author is None or is_a_colleague(author):
            return said.kind == SAID and said.root is not None and await self._was_asked_in(said.conversation)
        return not author.is_bot and (author.is_outsider or is_clients)

    async def may_be_read_by_clients(self, said: Heard) -> bool:
        """Whether people of other firms may be where it is said: nothing is said there of our own accord."""
        return not said.is_chat and (await self.is_a_clients(said.conversation) or await self._is_shared(said))

    async def author(self, said: Heard) -> Stranger | None:
        """Who wrote it by Teams' account; None for a person of the firm. Whom Teams does not know in the tenant is of
        another firm. Raises what the call raises."""
        if await asyncio.to_thread(self._is_known, said):
            return None
        try:
            async with asyncio.timeout(IN_TIME):
                return await self._people.stranger(said.identity)
        except NobodyThere:
            return Stranger(said.identity, said.user_name, None, None, is_outsider=True)

    async def is_a_clients(self, channel: str) -> bool:
        """Whether a client has the channel."""
        now = asyncio.get_running_loop().time()
        if now >= self._until:
            self._channels = await asyncio.to_thread(self._read)
            self._until = now + KEPT
        return channel in self._channels

    async def _is_shared(self, said: Heard) -> bool:
        """Whether people of other firms may be in the channel; that they may not is believed for a while."""
        if said.is_in_a_shared_channel:
            return True
        now = asyncio.get_running_loop().time()
        if now < self._unshared.get(said.conversation, 0.0):
            return False
        if await self._whereabouts.is_shared(said.conversation):
            return True
        if len(self._unshared) >= MOST:
            self._unshared.clear()
        self._unshared[said.conversation] = now + KEPT_UNSHARED
        return False

    async def _was_asked_in(self, channel: str) -> bool:
        return channel in self._channels or await asyncio.to_thread(self._is_a_place, channel)

    def _read(self) -> frozenset[str]:
        with self._new_uow.reading() as uow:
            return uow.places.of_clients(NAME)

    def _is_a_place(self, channel: str) -> bool:
        with self._new_uow.reading() as uow:
            return uow.places.find(NAME, channel) is not None

    def _is_known(self, said: Heard) -> bool:
        with self._new_uow.reading() as uow:
            return uow.people.by_identity(said.identity) in uow.firm().people


def is_a_colleague(author: Stranger) -> bool:
    """Whether somebody whom the firm does not know yet is one of its own."""
    return not (author.is_outsider or author.is_guest or author.is_bot)
