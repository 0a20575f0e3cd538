"""Everything of Teams, put together once."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.routing import Route

from bot.answering import Answering, Join, Run
from bot.clock import Clock
from bot.config import Settings
from bot.errands import Errands
from bot.inbox import Inbox, Observe
from bot.teams.activity import Heard
from bot.teams.client import TeamsPlatform
from bot.teams.connector import Connector, new_session
from bot.teams.credentials import NO_TOKEN, KeptTokens, NoToken, of_endpoint, of_microsoft
from bot.teams.files import NoFiles
from bot.teams.filing import Filing
from bot.teams.http import MICROSOFTS_HOSTS, Door, Reply, may_send_to, teams_route
from bot.teams.invokes import Invokes
from bot.teams.listeners import Listeners, concerns_us
from bot.teams.name import NAME
from bot.teams.people import TeamsPeople
from bot.teams.private import Private
from bot.teams.tokens import MICROSOFTS_OWN, Doorkeeper, KeysAway, SigningKeys
from bot.teams.whereabouts import Way, Whereabouts
from commands.ports import NewUnitOfWork

log = logging.getLogger(__name__)

DEFAULT_SERVICE = "https://smba.trafficmanager.net/teams"


@dataclass(frozen=True, slots=True)
class Registration:
    """The bot as it is registered with Microsoft: who it is, by what it shows that, for which tenants. ``openid_url``
    leads to the keys Teams signs with; other than Microsoft's own it may also name a ``token_endpoint`` for services on
    this machine. ``hosts`` are those to which may be sent; none means Microsoft's."""

    client_id: str
    tenants: tuple[str, ...]
    secret: str | None = None
    identity: str | None = None
    openid_url: str | None = None
    hosts: tuple[str, ...] = ()


def registration_of(settings: Settings) -> Registration:
    """What is set of Teams; only where it is set (``Settings.teams_is_set``)."""
    assert settings.teams_client_id is not None
    secret = settings.teams_client_secret
    return Registration(
        client_id=settings.teams_client_id,
        tenants=settings.teams_tenants,
        secret=secret.get_secret_value() if secret is not None else None,
        identity=settings.teams_managed_identity,
        openid_url=settings.teams_openid_url,
        hosts=settings.teams_service_hosts,
    )


class Teams:
    """Teams, connected: ``platform`` delivers, ``inbox`` is to be run, and activities come by ``route``.

    Make it inside the event loop that runs it. ``wall_now`` is the real time (UTC), by which Microsoft signs. ``paced``
    keeps to Teams' rates. It holds one HTTP session: ``close`` it, after ``settle``.
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
    ) -> None:
        self._registration = registration
        self._session = new_session()
        seconds = asyncio.get_running_loop().time
        tenants = frozenset(one.casefold() for one in registration.tenants)
        self.keys = SigningKeys(registration.openid_url or MICROSOFTS_OWN, self._session, seconds)
        self.tokens = self._tokens(seconds, wall_now)
        self.connector = Connector(self._session, self.tokens)
        hosts = frozenset(one.casefold() for one in registration.hosts or MICROSOFTS_HOSTS)
        default = Way(DEFAULT_SERVICE, registration.tenants[0]) if may_send_to(DEFAULT_SERVICE, hosts) else None
        self.whereabouts = Whereabouts(new_uow, clock, default)
        self.platform = TeamsPlatform(self.connector, self.whereabouts, f"28:{registration.client_id}", paced=paced)
        self.errands = Errands()
        self._people = TeamsPeople(self.connector, self.whereabouts, tenants)
        answering = Answering(run, join, new_uow, clock, self._people, NoFiles())
        private = Private(self.platform)
        self._invokes = Invokes(answering, private, self.errands, new_uow, clock)
        Filing(self._invokes, answering, new_uow, clock).listen()
        listeners = Listeners(answering, self._people, private, self.errands, self.whereabouts, new_uow, clock)
        self.inbox = Inbox(NAME, listeners.dispatch, new_uow, clock, tick=tick, observe=observe)
        self._door = Door(Doorkeeper(registration.client_id, self.keys, wall_now), tenants, hosts)

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
        await self.keys.close()
        await self._session.close()

    async def _receive(self, said: Heard) -> Reply:
        """Invokes are answered; what else asks for something is stored, then acknowledged."""
        self._people.notice(said)
        await self.whereabouts.learn(said)
        if said.kind == "invoke":
            return await self._invokes.answer(said)
        if concerns_us(said):
            await self.inbox.store(said.key, said.body)
        else:
            log.debug("Nothing is done about an activity of the type %s.", said.kind[:80])
        return Reply()

    def _tokens(self, seconds: Callable[[], float], wall_now: Callable[[], datetime]) -> KeptTokens:
        at = self._registration
        microsofts = of_microsoft(at.client_id, at.secret, at.identity, at.tenants[0], wall_now)

        async def here() -> tuple[str, float]:
            try:
                endpoint = await self.keys.token_endpoint()
            except KeysAway as away:
                raise NoToken(str(away)) from away
            if endpoint is None:
                return NO_TOKEN
            token: tuple[str, float] = await of_endpoint(endpoint, at.client_id, at.secret, self._session)()
            return token

        return KeptTokens(microsofts, here if at.openid_url else None, seconds)
