"""What we show Teams when we send: a token, got with a secret or an identity that Azure manages."""

import asyncio
import logging
import os
import warnings
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp

from bot.teams.http import is_loopback

log = logging.getLogger(__name__)

EARLY = 300.0
"""Seconds before its end from which a token is not used any more."""
FETCH = aiohttp.ClientTimeout(total=10)
GETTING = 15.0
"""Seconds that getting a token may take."""
HOUR = 3600.0
NO_TOKEN = ("", HOUR)
"""Of whoever gives none: a service on this machine that asks for none."""
SYSTEM = "system"
"""PODLINE_TEAMS_MANAGED_IDENTITY: the machine's own identity, which the app registration trusts."""


class NoToken(Exception):
    """No token was given to us: says why, for whoever runs Podline."""


class NotReached(NoToken):
    """Whoever gives tokens does not answer: nothing is wrong with what we show them."""


class Tokens(Protocol):
    async def for_service(self, service_url: str) -> str | None:
        """A token to send to this service with; None for one on this very machine, which gets none of Microsoft's.

        Raises NoToken.
        """
        ...

    def forget(self) -> None:
        """The last one is not accepted: get another the next time."""
        ...


Get = Callable[[], Any]
"""An awaitable of a token and for how many seconds it is good. Raises NoToken."""


class KeptTokens:
    """Gets a token when it is needed, once for all who ask meanwhile, and keeps it as long as it is good.

    ``get`` is called for services in the net, ``get_here`` for those on this machine, if anybody gives tokens for them.
    """

    def __init__(self, get: Get, get_here: Get | None, seconds: Callable[[], float]) -> None:
        self._get = {False: get, True: get_here}
        self._seconds = seconds
        self._kept: dict[bool, tuple[str, float]] = {}
        self._one_at_a_time = asyncio.Lock()

    async def for_service(self, service_url: str) -> str | None:
        here = is_loopback((urlsplit(service_url).hostname or "").casefold())
        get = self._get[here]
        if get is None:
            return None
        kept = self._kept.get(here)
        if kept is not None and self._seconds() < kept[1]:
            return kept[0] or None
        async with self._one_at_a_time:
            kept = self._kept.get(here)
            if kept is None or self._seconds() >= kept[1]:
                kept = self._kept[here] = await self._new(get)
        return kept[0] or None

    async def _new(self, get: Get) -> tuple[str, float]:
        try:
            async with asyncio.timeout(GETTING):
                token, good_for = await get()
        except TimeoutError:
            raise NotReached(f"there was none within {GETTING:.0f} seconds") from None
        return token, self._seconds() + max(1.0, good_for - EARLY)

    def forget(self) -> None:
        self._kept.clear()


def of_microsoft(
    client_id: str, secret: str | None, identity: str | None, tenant: str, wall_now: Callable[[], datetime]
) -> Get:
    """Microsoft's own tokens, by the Teams SDK: with a secret, with the bot's own managed identity (``identity`` is the
    client id itself), or with another one that the app registration trusts (``system``, or its client id)."""
    made: list[Any] = []

    def manager() -> Any:
        if not made:
            made.append(_manager(client_id, secret, identity, tenant))
        return made[0]

    async def get() -> tuple[str, float]:
        try:
            token = await (await asyncio.to_thread(manager)).get_bot_token()
        except OSError as error:  # what the SDK's HTTP library raises is one, too
            raise NotReached("Microsoft, which gives it, cannot be reached") from error
        except Exception as error:
            raise NoToken(f"Microsoft gives none ({type(error).__name__}: {first_line(error)})") from error
        expires = token.expiration  # milliseconds since 1970
        return str(token), expires / 1000 - wall_now().timestamp() if expires else HOUR

    return get


def of_endpoint(url: str, client_id: str, secret: str | None, session: aiohttp.ClientSession) -> Get:
    """Tokens by the client credentials grant of OAuth (RFC 6749, 4.4) from ``url``."""

    async def get() -> tuple[str, float]:
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret or ""}
        form["scope"] = f"{client_id}/.default"
        try:
            async with session.post(url, data=form, timeout=FETCH) as answer:
                if answer.status != 200:
                    raise NoToken(f"{url} answers {answer.status}")
                said = await answer.json(content_type=None)
                return str(said["access_token"]), float(said.get("expires_in", HOUR))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NotReached(f"{url} does not answer ({type(error).__name__})") from error
        except (ValueError, KeyError, TypeError) as error:
            raise NoToken(f"{url} gives none ({type(error).__name__})") from error

    return get


def first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:300]


def _manager(client_id: str, secret: str | None, identity: str | None, tenant: str) -> Any:
    """The SDK's manager of tokens. Importing the SDK takes seconds and is for those alone who serve Teams."""
    sdk = import_sdk()
    if identity is None:
        credentials = sdk.api.ClientCredentials(client_id=client_id, client_secret=secret or "", tenant_id=tenant)
    elif identity == client_id:
        credentials = sdk.api.ManagedIdentityCredentials(client_id=client_id, tenant_id=tenant)
    else:
        credentials = sdk.api.FederatedIdentityCredentials(
            client_id=client_id,
            managed_identity_type="system" if identity == SYSTEM else "user",
            managed_identity_client_id=None if identity == SYSTEM else identity,
            tenant_id=tenant,
        )
    return sdk.TokenManager(credentials, cloud=sdk.PUBLIC)


class _Sdk:
    """What we use of the SDK."""

    def __init__(self) -> None:
        from microsoft_teams import api
        from microsoft_teams.api.auth.cloud_environment import PUBLIC
        from microsoft_teams.apps.token_manager import TokenManager

        self.api, self.PUBLIC, self.TokenManager = api, PUBLIC, TokenManager


def import_sdk() -> _Sdk:
    """The SDK, imported so that it reads no ``.env`` of any folder, which it does when left alone, and warns of nothing
    that we do not use. Its settings from the environment are those of its ``App``, which we do not make."""
    before = os.environ.get("PYTHON_DOTENV_DISABLED")
    os.environ["PYTHON_DOTENV_DISABLED"] = "1"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _Sdk()
    finally:
        if before is None:
            del os.environ["PYTHON_DOTENV_DISABLED"]
        else:
            os.environ["PYTHON_DOTENV_DISABLED"] = before
