"""Everything of Teams, put together once."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from starlette.routing import Route

from bot.answering import Answering, Join, Run
from bot.clock import Clock
from bot.errands import Errands
from bot.feeds.addresses import Network
from bot.feeds.connecting import CarefulTransport
from bot.inbox import Inbox, Observe
from bot.teams.activity import Heard
from bot.teams.channel_names import ChannelNames
from bot.teams.client import TeamsPlatform
from bot.teams.files import TeamsFiles
from bot.teams.filing import Filing
from bot.teams.form_answers import FormAnswers
from bot.teams.hearing import Hearing
from bot.teams.home import Homes
from bot.teams.http import Door, Reply, teams_route
from bot.teams.invokes import Invokes
from bot.teams.link import Link, Registration
from bot.teams.listeners import Listeners, concerns_us
from bot.teams.name import NAME
from bot.teams.people import TeamsPeople
from bot.teams.private import Private
from bot.teams.shared_channels import SharedChannels
from bot.teams.tokens import Doorkeeper, KeysAway
from commands.home import home
from commands.ports import NewUnitOfWork

log = logging.getLogger(__name__)


class Teams:
    """Teams, connected: ``platform`` delivers, ``inbox`` is to be run, and activities come by ``route``.

    Make it inside the event loop that runs it. ``wall_now`` is the real time (UTC), by which Microsoft signs. ``paced``
    keeps to Teams' rates; ``allowed`` are networks from which files may be fetched though they are not public. It holds
    one HTTP session: ``close`` it, after ``settle``.
    """

    def __init__(
        self,
        registration: Registration,
        new_uow: NewUnitOfWork,
        clock: Clock,
        *,
        run: Run,
        join: Join,
        wall_now: Callable[[], datetime],
        tick: float = 2.0,
        paced: bool = True,
        observe: Observe | None = None,
        allowed: Iterable[Network] = (),
    ) -> None:
        link = self.link = Link(registration, new_uow, clock, wall_now)
        self._names = ChannelNames(new_uow, clock)
        self.keys, self.connector, self.whereabouts = link.keys, link.connector, link.whereabouts
        tenants = frozenset(one.casefold() for one in registration.tenants)
        self.platform = TeamsPlatform(self.connector, self.whereabouts, f"28:{registration.client_id}", paced=paced)
        self.errands = Errands()
        self._people = TeamsPeople(self.connector, self.whereabouts, tenants, self.platform.new_chat)
        files = TeamsFiles(new_uow, clock, CarefulTransport(allowed), registration.hosts)
        answering = Answering(run, join, new_uow, clock, self._people, files)
        self._hearing = Hearing(new_uow, self._people, self.whereabouts)
        homes = Homes(home, new_uow, clock)
        private = Private(self.platform, self._hearing, homes)
        self._invokes = Invokes(answering, private, homes, FormAnswers(self._names), self.errands, new_uow, clock)
        Filing(self._invokes, answering, new_uow, clock).listen()
        listeners = Listeners(
            answering,
            self._people,
            private,
            files,
            SharedChannels(self._hearing, answering, private, self.errands, new_uow, clock),
            self.errands,
            self.whereabouts,
            new_uow,
            clock,
        )
        self.inbox = Inbox(NAME, listeners.dispatch, new_uow, clock, tick=tick, observe=observe)
        self._door = Door(Doorkeeper(registration.client_id, self.keys, wall_now), tenants, link.hosts)

    def route(self) -> Route:
        """``POST /api/messages``, for a FastAPI or Starlette app."""
        return teams_route(self._door, self._receive)

    async def findings(self) -> list[str]:
        """Why Teams cannot reach us, or we not Teams, if so."""
        try:
            if not self.keys.are_there:
                await self.keys.fetched(4)
        except KeysAway as away:
            return [str(away)]
        return []

    async def settle(self) -> None:
        """Wait until everybody who did something has their answer."""
        await self.errands.settle()

    async def close(self) -> None:
        await self.errands.settle()
        await self.link.close()

    async def _receive(self, said: Heard) -> Reply:
        """Invokes are answered; what else asks for something is stored, then acknowledged."""
        self._people.notice(said)
        await self.whereabouts.learn(said)
        await self._names.learn(said)
        if said.kind == "invoke":
            return await self._invokes.answer(said)
        if concerns_us(said) or await self._hearing.concerns_us(said):
            await self.inbox.store(said.key, said.body)
        else:
            log.debug("Nothing is done about an activity of the type %s.", said.kind[:80])
        return Reply()
