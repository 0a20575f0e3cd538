"""What reaches Teams: how the bot is registered, its keys, our tokens, the connector."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.config import Settings
from bot.teams.connector import Connector, new_session
from bot.teams.credentials import NO_TOKEN, KeptTokens, NotReached, manager_of, of_endpoint, of_microsoft
from bot.teams.http import MICROSOFTS_HOSTS, may_send_to
from bot.teams.tokens import MICROSOFTS_OWN, KeysAway, SigningKeys
from bot.teams.whereabouts import Way, Whereabouts
from commands.ports import NewUnitOfWork

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


class Link:
    """Its keys, our tokens, its connector, and where that is. Make it inside a running event loop, ``close`` it."""

    def __init__(
        self, registration: Registration, new_uow: NewUnitOfWork, clock: Clock, wall_now: Callable[[], datetime]
    ) -> None:
        self._registration = registration
        self.session = new_session()
        seconds = asyncio.get_running_loop().time
        self.keys = SigningKeys(registration.openid_url or MICROSOFTS_OWN, self.session, seconds)
        self.tokens = self._tokens(seconds, wall_now)
        self.connector = Connector(self.session, self.tokens)
        self.hosts = frozenset(one.casefold() for one in registration.hosts or MICROSOFTS_HOSTS)
        default = Way(DEFAULT_SERVICE, registration.tenants[0]) if may_send_to(DEFAULT_SERVICE, self.hosts) else None
        self.whereabouts = Whereabouts(new_uow, clock, default)

    async def close(self) -> None:
        await self.tokens.close()
        await self.keys.close()
        await self.session.close()

    def _tokens(self, seconds: Callable[[], float], wall_now: Callable[[], datetime]) -> KeptTokens:
        at = self._registration
        make = partial(manager_of, at.client_id, at.secret, at.identity, at.tenants[0])

        async def here() -> tuple[str, float]:
            try:
                endpoint = await self.keys.token_endpoint()
            except KeysAway as away:
                raise NotReached(str(away)) from away
            if endpoint is None:
                return NO_TOKEN
            return await of_endpoint(endpoint, at.client_id, at.secret, self.session)()

        return KeptTokens(of_microsoft(make, wall_now), here if at.openid_url else None, seconds)
