"""How places and people are reached in Teams: addresses that change, learnt from every activity and kept."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from bot.clock import Clock
from bot.platform import TryLater
from bot.teams.activity import CHANNEL_DELETED, Heard
from bot.teams.name import NAME
from commands.ports import NewUnitOfWork

log = logging.getLogger(__name__)

UNHEARD = 5.0
"""Seconds after which is tried again what nobody has told the way for."""
EVERYWHERE = "tenant"
"""Under this key is kept where the tenant was heard from last: for a channel nobody has spoken in yet."""

TOLD_IN_OUR_CHATS = frozenset({"message", "installationUpdate", "conversationUpdate"})
"""Of what comes from a chat of two, this comes only where we are the other one."""
OURS = "a:"
"""So begin the ids of chats that somebody has with a bot."""
MOST_ASKED = 5
"""In how many teams somebody is looked for."""


@dataclass(frozen=True, slots=True)
class Way:
    """How something is reached: through which service, of which tenant, in which conversation. A channel also knows its
    team, in which Podline is installed or not."""

    service_url: str
    tenant: str
    conversation: str = ""
    team: str = ""

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        known = ("service_url", "tenant", "conversation", "team")
        return cls(**{name: str(content.get(name) or "") for name in known})

    def tells_no_more_than(self, other: Self | None) -> bool:
        """Whether it is the other one; a team that it does not name may be any."""
        return other is not None and replace(self, team=self.team or other.team) == other


class Whereabouts:
    """Keeps ways in memory and in the database; of several processes each learns and all know.

    ``default`` is the way that is tried before anything was heard; None where there is none.
    """

    def __init__(self, new_uow: NewUnitOfWork, clock: Clock, default: Way | None) -> None:
        self._new_uow = new_uow
        self._clock = clock
        self._default = default
        self._known: dict[str, Way] = {}

    async def learn(self, said: Heard) -> None:
        """Note where the activity came from; what is known already costs nothing. What cannot be noted is not lost:
        the next activity tells it again."""
        news = {key: way for key, way in _ways_in(said).items() if not way.tells_no_more_than(self._known.get(key))}
        if not news:
            return
        try:
            self._known |= await asyncio.to_thread(self._keep, news)
        except Exception:
            log.exception("Where an activity of Teams came from could not be noted.")

    async def of_channel(self, conversation: str) -> Way:
        """The way to a channel; where nobody has spoken in it yet, the one by which the tenant was heard last."""
        return await self._find(conversation) or await self.anywhere()

    async def of_person(self, user: str) -> Way | None:
        """The chat with somebody; None where none is known."""
        return await self._find(_person(user))

    async def anywhere(self) -> Way:
        """The way to the tenant. Raises TryLater until it was heard from, where none is known without that."""
        way = await self._find(EVERYWHERE) or self._default
        if way is None:
            raise TryLater("nobody has spoken to Podline in Teams yet, so it is not known where to send to", UNHEARD)
        return way

    async def put_person(self, user: str, way: Way) -> None:
        self._known |= await asyncio.to_thread(self._keep, {_person(user): way})

    async def forget_person(self, user: str) -> None:
        """Their chat is gone."""
        self._known.pop(_person(user), None)
        await asyncio.to_thread(self._forget, _person(user))

    async def forget_channel(self, conversation: str) -> bool:
        """It is not reached by this way any more; False where only the tenant's was known."""
        was_known = await self._find(conversation) is not None
        self._known.pop(conversation, None)
        await asyncio.to_thread(self._forget, conversation)
        return was_known

    async def is_shared(self, conversation: str) -> bool:
        """Whether it was ever told that the channel is a shared one: not every activity in it says so."""
        return await self._find(_shared(conversation)) is not None

    async def channels_of(self, team: str) -> list[str]:
        """The channels of a team that were heard of."""
        ways = await asyncio.to_thread(self._all)
        return [key for key, way in ways.items() if way.team == team and not key.startswith("person:")]

    async def of_pods(self) -> list[Way]:
        """The ways to the pods' channels, one in each team. Raises TryLater like ``anywhere``."""
        ways: dict[str, Way] = {}
        for address in await asyncio.to_thread(self._pods):
            way = await self.of_channel(address)
            ways.setdefault(way.team or address, replace(way, conversation=address))
        return list(ways.values())[:MOST_ASKED]

    async def _find(self, key: str) -> Way | None:
        if key not in self._known:
            found = await asyncio.to_thread(self._look_up, key)
            if found is None:
                return None
            self._known[key] = found
        return self._known[key]

    def _look_up(self, key: str) -> Way | None:
        with self._new_uow.reading() as uow:
            content = uow.references.find(NAME, key)
        return None if content is None else Way.of(content)

    def _all(self) -> dict[str, Way]:
        with self._new_uow.reading() as uow:
            return {key: Way.of(content) for key, content in uow.references.of_platform(NAME).items()}

    def _pods(self) -> list[str]:
        with self._new_uow.reading() as uow:
            places = [uow.places.get(pod.channel) for pod in uow.firm().pods.values()]
        return sorted(place.address for place in places if place.platform == NAME)

    def _keep(self, news: Mapping[str, Way]) -> dict[str, Way]:
        """What is known with the news. A channel stays in its team, which not every activity names."""
        kept = {}
        with self._new_uow() as uow:
            for key, way in sorted(news.items()):
                before = uow.references.find(NAME, key)
                kept[key] = replace(way, team=way.team or Way.of(before or {}).team)
                if before != asdict(kept[key]):
                    uow.references.put(NAME, key, asdict(kept[key]), self._clock.now())
            uow.commit()
        return kept

    def _forget(self, key: str) -> None:
        with self._new_uow() as uow:
            uow.references.forget(NAME, key)
            uow.commit()


def _person(user: str) -> str:
    return f"person:{user}"


def _shared(conversation: str) -> str:
    return f"shared:{conversation}"


def _ways_in(said: Heard) -> dict[str, Way]:
    if not said.conversation or len(said.tenants) != 1:
        return {}
    ways = {EVERYWHERE: Way(said.service_url, said.tenant)}
    if said.is_by_an_extension:
        return ways
    if said.is_chat:
        if said.is_by_a_person and (said.kind in TOLD_IN_OUR_CHATS or said.conversation.startswith(OURS)):
            ways[_person(said.user)] = Way(said.service_url, said.tenant, said.conversation)
        return ways
    gone = said.channel if said.event == CHANNEL_DELETED else ""
    for channel in {said.conversation, said.channel} - {gone}:
        ways[channel] = Way(said.service_url, said.tenant, channel, said.team or "")
    if said.is_in_a_shared_channel:
        ways[_shared(said.conversation)] = Way(said.service_url, said.tenant, said.conversation)
    return ways
