"""Who may speak to us as Teams: the signed token of a request, checked with keys that are fetched beside the requests.

The rules are the Bot Connector's (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication).
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import jwt
from jwt.types import Options

from bot.proxies import proxy_for

log = logging.getLogger(__name__)

MICROSOFTS_OWN = "https://login.botframework.com/v1/.well-known/openidconfiguration"
METADATA = "/openidconfiguration"
ISSUER = "https://api.botframework.com"
LEEWAY = 300.0
"""Seconds by which our clock and Microsoft's may differ, as those rules allow."""
KEPT = 24 * 3600.0
"""Seconds for which keys are believed without looking for newer ones."""
ASKED_AGAIN = 30.0
"""Seconds between two looks for a key that nobody knew."""
PATIENCE = 3.0
"""Seconds a request waits for keys that are not there yet: Teams sends again what it has no answer to."""
FETCH = aiohttp.ClientTimeout(total=10)
LONGEST_TOKEN = 16_000
MOST_ADMITTED = 1_000
ADMITTED_FOR = timedelta(minutes=5)


class NotAdmitted(Exception):
    """The request is not one of Teams' for us; says why, for the log alone."""


class KeysAway(Exception):
    """The keys cannot be had just now, so that nobody knows whether to admit it."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key by which is signed, and the channels it is good for; None where it does not say."""

    key: Any
    endorsements: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Admitted:
    """A token that is good until ``until`` (UTC): the service it speaks for, and what its key is endorsed for."""

    service_url: str
    endorsements: frozenset[str] | None
    until: datetime

    def check(self, channel: str, service_url: str) -> None:
        """Raises NotAdmitted where the activity is of another channel or another service than the token."""
        if self.endorsements is not None and channel not in self.endorsements:
            raise NotAdmitted(f"the key is not endorsed for the channel {channel[:40]!r}")
        if self.service_url.rstrip("/") != service_url.rstrip("/"):
            raise NotAdmitted("the activity names another serviceUrl than its token")


class SigningKeys:
    """The keys by name, as the OpenID metadata at ``openid_url`` leads to them. ``seconds`` is a clock that only runs.

    They are fetched by one errand for all who wait, which goes on when those who asked have gone.
    """

    def __init__(self, openid_url: str, session: aiohttp.ClientSession, seconds: Callable[[], float]) -> None:
        self._openid_url = openid_url
        self._session = session
        self._seconds = seconds
        self._keys: dict[str, Key] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._fetching: asyncio.Task[None] | None = None
        self._token_endpoint: str | None = None
        self.trouble = ""
        """Why the last look for them failed; empty where it did not."""

    async def named(self, name: str) -> Key:
        """Raises NotAdmitted where there is no such key, and KeysAway where that cannot be known in time."""
        known = self._keys.get(name)
        if known is not None:
            if self._is_due(KEPT, self._fetched_at):
                self._begin()
            return known
        if self._fetched_at is not None and not self._is_due(ASKED_AGAIN, self._tried_at):
            raise NotAdmitted("nobody knows the key it is signed with")
        await self.fetched(PATIENCE)
        if name not in self._keys:
            raise NotAdmitted("nobody knows the key it is signed with")
        return self._keys[name]

    @property
    def are_there(self) -> bool:
        """Whether keys have been fetched, however long ago."""
        return self._fetched_at is not None

    async def token_endpoint(self) -> str | None:
        """Where tokens to send with are given, if the metadata says so; Microsoft's does not. Raises KeysAway."""
        if not self.are_there:
            await self.fetched(PATIENCE)
        return self._token_endpoint

    async def fetched(self, patience: float) -> None:
        """Fetch them now, waiting at most so long. Raises KeysAway."""
        task = self._begin()
        await asyncio.wait([task], timeout=patience)
        if not task.done():
            raise KeysAway("the keys do not come in time")
        if self.trouble:
            raise KeysAway(self.trouble)

    async def close(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait([self._fetching])

    def _is_due(self, after: float, since: float | None) -> bool:
        is_under_way = self._fetching is not None and not self._fetching.done()
        last = max((at for at in (since, self._tried_at) if at is not None), default=None)
        return is_under_way or last is None or self._seconds() - last >= after

    def _begin(self) -> asyncio.Task[None]:
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _fetch(self) -> None:
        try:
            jwks_uri, endpoint = await self._metadata()
            async with self._session.get(jwks_uri, timeout=FETCH, proxy=proxy_for(jwks_uri)) as answer:
                found = keys_in(await answer.json(content_type=None))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            self.trouble = f"Teams' signing keys cannot be fetched ({type(error).__name__})"
            log.info("%s: %s", self.trouble, error)  # whoever waits for them says it louder
        else:
            self._keys, self._fetched_at, self.trouble = found, self._seconds(), ""
            self._token_endpoint = endpoint
        self._tried_at = self._seconds()

    async def _metadata(self) -> tuple[str, str | None]:
        """Where the keys are, and where tokens are given. Where there is no metadata, the keys are beside it, as
        Microsoft's own are and as the Teams SDK reads them."""
        async with self._session.get(self._openid_url, timeout=FETCH, proxy=proxy_for(self._openid_url)) as answer:
            is_beside = answer.status == 404 and self._openid_url.endswith(METADATA)
            said = {} if is_beside else await answer.json(content_type=None)
        if "jwks_uri" not in said and self._openid_url.endswith(METADATA):
            return f"{self._openid_url.removesuffix(METADATA)}/keys", None
        endpoint = said.get("token_endpoint")
        return str(said["jwks_uri"]), endpoint if isinstance(endpoint, str) else None


def keys_in(jwks: Mapping[str, Any]) -> dict[str, Key]:
    """The RSA keys of a key set; what is no such key is left out. Raises what a set that is none leads to."""
    found: dict[str, Key] = {}
    for written in jwks["keys"]:
        if written.get("kty") != "RSA" or not isinstance(written.get("kid"), str):
            continue
        try:
            key = jwt.PyJWK(written, algorithm="RS256").key
        except jwt.PyJWTError as error:
            log.warning("One of Teams' keys cannot be read: %s", error)
            continue
        endorsed = written.get("endorsements")
        found[written["kid"]] = Key(key, frozenset(endorsed) if isinstance(endorsed, list) else None)
    return found


class Doorkeeper:
    """Admits tokens that Teams signed for ``client_id``. ``wall_now`` is the real time (UTC)."""

    def __init__(self, client_id: str, keys: SigningKeys, wall_now: Callable[[], datetime]) -> None:
        self._client_id = client_id
        self._keys = keys
        self._wall_now = wall_now
        self._admitted: dict[str, Admitted] = {}

    async def admit(self, authorization: str) -> Admitted:
        """What the header's token is good for. Teams sends one token with many requests: it is checked once in a while.

        Raises NotAdmitted, KeysAway.
        """
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise NotAdmitted("it carries no token")
        if len(token) > LONGEST_TOKEN:
            raise NotAdmitted("its token is too long")
        known = self._admitted.get(token)
        if known is not None and self._wall_now() < known.until:
            return known
        admitted = await self._checked(token)
        if len(self._admitted) >= MOST_ADMITTED:
            self._admitted.clear()
        self._admitted[token] = admitted
        return admitted

    async def _checked(self, token: str) -> Admitted:
        key = await self._keys.named(_key_name(token))
        claims = self._claims(token, key)
        service_url = claims.get("serviceurl") or claims.get("serviceUrl")
        if not isinstance(service_url, str) or not service_url:
            raise NotAdmitted("its token names no serviceUrl")
        now = self._wall_now()
        until = min(now + ADMITTED_FOR, now + timedelta(seconds=self._seconds_left(claims, now)))
        return Admitted(service_url, key.endorsements, until)

    def _claims(self, token: str, key: Key) -> Mapping[str, Any]:
        """What the token says, its times not looked at yet: those go by our own clock."""
        unchecked: Options = {
            "verify_exp": False,
            "verify_nbf": False,
            "verify_iat": False,
            "require": ["exp", "iss", "aud"],
        }
        try:
            claims: Mapping[str, Any] = jwt.decode(
                token, key.key, algorithms=["RS256"], audience=self._client_id, issuer=ISSUER, options=unchecked
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise NotAdmitted(f"its token is not good ({type(error).__name__})") from None
        now = self._wall_now()
        if self._seconds_left(claims, now) <= 0:
            raise NotAdmitted("its token has expired")
        if _number(claims.get("nbf", 0)) > now.timestamp() + LEEWAY:
            raise NotAdmitted("its token is not good yet")
        return claims

    def _seconds_left(self, claims: Mapping[str, Any], now: datetime) -> float:
        return _number(claims["exp"]) + LEEWAY - now.timestamp()


def _key_name(token: str) -> str:
    """The key that the token says it is signed with. Raises NotAdmitted for one that is not signed by RS256."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise NotAdmitted("its token cannot be read") from None
    if header.get("alg") != "RS256":
        raise NotAdmitted("its token is not signed by RS256")
    name = header.get("kid")
    if not isinstance(name, str):
        raise NotAdmitted("its token names no key")
    return name


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAdmitted("its token has a time that is none")
    return float(value)
