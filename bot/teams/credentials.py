"""What we show Teams when we send: a token, got with a secret or an identity that Azure manages."""

import asyncio
import logging
import os
import warnings
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp

from bot.proxies import proxy_for
from bot.teams.http import is_loopback

log = logging.getLogger(__name__)

EARLY = 300.0
"""Seconds before its end from which another is sought; until then the old one is used."""
AGAIN = 30.0
"""Seconds after which another is sought again, where there was none and the old one is still good."""
FETCH = aiohttp.ClientTimeout(total=10)
GETTING = 10.0
"""Seconds that getting a token may take: together with what is sent with it, less than a message has."""
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

    def forget(self, token: str) -> None:
        """It is not accepted: get another the next time."""
        ...


Get = Callable[[], Awaitable[tuple[str, float]]]
"""A token and for how many seconds it is good; another one, if the last should still be good. Raises NoToken."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A token, and from when another is sought and until when it is good, in seconds of ``KeptTokens``."""

    token: str
    sought_from: float
    end: float


class KeptTokens:
    """Gets a token when it is needed, once for all who ask meanwhile, and keeps it as long as it is good. While it is,
    nobody waits for the next.

    ``get`` is called for services in the net, ``get_here`` for those on this machine, if anybody gives tokens for them.
    """

    def __init__(self, get: Get, get_here: Get | None, seconds: Callable[[], float]) -> None:
        self._get = {False: get, True: get_here}
        self._seconds = seconds
        self._kept: dict[bool, _Kept] = {}
        self._getting: dict[bool, asyncio.Task[_Kept]] = {}

    async def for_service(self, service_url: str) -> str | None:
        here = is_loopback((urlsplit(service_url).hostname or "").casefold())
        get = self._get[here]
        if get is None:
            return None
        kept, now = self._kept.get(here), self._seconds()
        if kept is None or kept.end <= now:
            kept = await asyncio.shield(self._new(here, get))
        elif kept.sought_from <= now:
            self._new(here, get)
        return kept.token or None

    def forget(self, token: str) -> None:
        self._kept = {here: kept for here, kept in self._kept.items() if kept.token != token}

    async def close(self) -> None:
        """Nothing is waited for any more."""
        under_way = list(self._getting.values())
        for one in under_way:
            one.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def _new(self, here: bool, get: Get) -> asyncio.Task[_Kept]:
        """The one try that is under way, for all who wait for it."""
        if here not in self._getting:
            self._getting[here] = asyncio.create_task(self._gotten(here, get))
            self._getting[here].add_done_callback(partial(self._done, here))
        return self._getting[here]

    async def _gotten(self, here: bool, get: Get) -> _Kept:
        try:
            async with asyncio.timeout(GETTING):
                token, good_for = await get()
        except TimeoutError:
            raise NotReached(f"there was none within {GETTING:.0f} seconds") from None
        now = self._seconds()
        kept = self._kept[here] = _Kept(token, now + max(1.0, good_for - EARLY), now + max(1.0, good_for))
        return kept

    def _done(self, here: bool, task: asyncio.Task[_Kept]) -> None:
        self._getting.pop(here, None)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.warning("There is no new token to send to Teams with: %s", error)
        if error is not None and here in self._kept:
            self._kept[here] = replace(self._kept[here], sought_from=self._seconds() + AGAIN)


def of_microsoft(make: Callable[[], Any], wall_now: Callable[[], datetime]) -> Get:
    """Microsoft's own tokens, by the manager of the Teams SDK that ``make`` makes (``manager_of``); blocking, so that
    it is called in a thread. The manager gives the same one as long as it is good: for another it is made anew."""
    made: list[Any] = []
    good_until = [0.0]

    def manager() -> Any:
        if not made:
            made.append(make())
        return made[0]

    async def get() -> tuple[str, float]:
        if good_until[0] - wall_now().timestamp() > EARLY:
            made.clear()
        try:
            token = await (await asyncio.to_thread(manager)).get_bot_token()
        except OSError as error:  # what the SDK's HTTP library raises is one, too
            raise NotReached("Microsoft, which gives it, cannot be reached") from error
        except Exception as error:
            raise NoToken(f"Microsoft gives none ({type(error).__name__}: {first_line(error)})") from error
        now, expires = wall_now().timestamp(), token.expiration  # milliseconds since 1970
        good_until[0] = expires / 1000 if expires else now + HOUR
        return str(token), good_until[0] - now

    return get


def of_endpoint(url: str, client_id: str, secret: str | None, session: aiohttp.ClientSession) -> Get:
    """Tokens by the client credentials grant of OAuth (RFC 6749, 4.4) from ``url``."""

    async def get() -> tuple[str, float]:
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret or ""}
        form["scope"] = f"{client_id}/.default"
        try:
            async with session.post(url, data=form, timeout=FETCH, proxy=proxy_for(url)) as answer:
                if answer.status == 429 or answer.status >= 500:
                    raise NotReached(f"{url} answers {answer.status}")
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


def manager_of(client_id: str, secret: str | None, identity: str | None, tenant: str) -> Any:
    """The SDK's manager of tokens: with a secret, with the bot's own managed identity (``identity`` is the client id
    itself), or with another one that the app registration trusts (``system``, or its client id). Importing the SDK
    takes seconds and is for those alone who serve Teams."""
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
