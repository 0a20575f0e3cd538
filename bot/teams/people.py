"""Who somebody is in Teams, for those whom the firm does not know yet."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.answering import NobodyThere
from bot.platform import CannotDeliver
from bot.teams.activity import Heard, others_mentioned
from bot.teams.connector import Connector
from bot.teams.credentials import NoToken
from bot.teams.errors import ConnectorError
from bot.teams.whereabouts import Way, Whereabouts
from commands.join import Stranger
from commands.ports import Identity
from commands.views import Code

log = logging.getLogger(__name__)

KEPT = 300.0
"""Seconds for which what Teams says of somebody is believed."""
MOST = 10_000
MOST_NAMED = 10
"""How many of those whom one message mentions are asked after."""
AWAY = (ConnectorError, NoToken, aiohttp.ClientError, TimeoutError)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where somebody was heard or mentioned last, and in which zone they said they are."""

    service_url: str
    conversation: str
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    account: Mapping[str, Any]
    until: float


class TeamsPeople:
    """Looks people up where they were heard, or else in a chat that is made with them (``new_chat``), each at most once
    in some minutes. ``tenants`` are our own."""

    def __init__(
        self,
        connector: Connector,
        whereabouts: Whereabouts,
        tenants: frozenset[str],
        new_chat: Callable[[str], Awaitable[Way]],
    ) -> None:
        self._connector = connector
        self._whereabouts = whereabouts
        self._tenants = tenants
        self._new_chat = new_chat
        self._seen: dict[str, _Seen] = {}
        self._users: dict[str, str] = {}
        self._known: dict[str, _Known] = {}

    def notice(self, said: Heard) -> None:
        """Remember where they can be asked after, and that their two ids are one person's."""
        if not said.is_by_a_person or not said.conversation:
            return
        if max(len(self._seen), len(self._users)) >= MOST:
            self._seen.clear()
            self._users.clear()
        self._seen[said.user] = _Seen(said.service_url, said.conversation, _zone(said.body))
        self._users[said.user_id] = said.user

    async def stranger(self, identity: Identity) -> Stranger:
        """Who this is by Teams' account, with the addresses of the directory. Raises NobodyThere, and what the call
        raises."""
        seen = await self._where(identity.user)
        return stranger_from(await self._account(seen, identity.user), identity, self._tenants, seen.timezone)

    async def mentioned(self, said: Heard) -> dict[str, str]:
        """The directory's ids of those whom a message mentions, by what Teams calls them to us. Who cannot be asked
        after just now is left out, and named instead."""
        wanted = others_mentioned(said)[:MOST_NAMED]
        return dict(await asyncio.gather(*(self._named(said, one) for one in wanted if one))) if wanted else {}

    async def _named(self, said: Heard, user_id: str) -> tuple[str, str]:
        if user_id not in self._users:
            try:
                found = await self._account(_Seen(said.service_url, said.conversation), user_id)
            except (*AWAY, NobodyThere) as error:
                log.info("Teams did not say who %s is: %s", user_id, error)
                return user_id, ""
            user = str(found.get("aadObjectId") or "").casefold()
            if not user:
                return user_id, ""
            self._users[user_id] = user
            self._seen.setdefault(user, _Seen(said.service_url, said.conversation))
        return user_id, self._users[user_id]

    async def _where(self, user: str) -> _Seen:
        """Where they can be asked after. Raises NobodyThere, and what making a chat raises."""
        if user in self._seen:
            return self._seen[user]
        way = await self._whereabouts.of_person(user)
        try:
            way = way or await self._new_chat(user)
        except CannotDeliver as error:
            log.info("There is no chat with %s to be had: %s", user, error)
            raise NobodyThere(
                "Teams does not tell who ", Code(user), " is. Add Podline for them, or let them write to it once; then "
                "try again."
            ) from error  # fmt: skip
        return _Seen(way.service_url, way.conversation)

    async def _account(self, seen: _Seen, user: str) -> Mapping[str, Any]:
        now = asyncio.get_running_loop().time()
        known = self._known.get(user)
        if known is None or known.until < now:
            try:
                account = await self._connector.member(seen.service_url, seen.conversation, user)
            except ConnectorError as error:
                if error.status == 404:
                    raise NobodyThere("Teams does not know the person ", Code(user), ".") from error
                raise
            if len(self._known) >= MOST:
                self._known.clear()
            known = self._known[user] = _Known(account, now + KEPT)
        return known.account


def stranger_from(
    account: Mapping[str, Any], identity: Identity, tenants: frozenset[str], timezone: str | None
) -> Stranger:
    """Teams' account in our words. Both its e-mail address and the name they sign in with are the directory's."""
    sign_in = str(account.get("userPrincipalName") or "")
    tenant = str(account.get("tenantId") or identity.tenant).casefold()
    email = str(account.get("email") or "")
    return Stranger(
        identity=identity,
        name=str(account.get("name") or "") or identity.user,
        email=email or sign_in or None,
        timezone=timezone,
        is_bot=str(account.get("id") or "").startswith("28:"),
        is_guest=account.get("userRole") in ("guest", "anonymous") or "#ext#" in sign_in.casefold(),
        is_outsider=tenant not in tenants,
        other_emails=(sign_in,) if sign_in and email else (),
    )


def _zone(body: Mapping[str, Any]) -> str | None:
    zone = body.get("localTimezone")
    return zone if isinstance(zone, str) and len(zone) < 100 else None
