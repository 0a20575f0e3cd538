"""Who somebody is in Teams, for those whom the firm does not know yet."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.answering import IN_TIME, NobodyThere
from bot.platform import CannotDeliver, TryLater
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
_OUR_NAME_FOR_THEM = "29:"
"""So begins the id that is a person's for one bot alone; the other is the directory's."""
_NOT_HERE = (403, 404)
"""Answers that say of a conversation that somebody is not in it, or we are not."""


@dataclass(frozen=True, slots=True)
class _Known:
    account: Mapping[str, Any]
    until: float


class TeamsPeople:
    """Looks people up where they were heard, else where the pods are, else in a chat that is made with them
    (``new_chat``); each at most once in some minutes. ``tenants`` are our own."""

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
        self._seen: dict[str, Way] = {}
        self._zones: dict[str, str | None] = {}
        self._users: dict[str, str] = {}
        self._known: dict[str, _Known] = {}

    def notice(self, said: Heard) -> None:
        """Remember where they can be asked after, their zone, and that their two ids are one person's."""
        if not said.is_by_a_person or not said.conversation:
            return
        for known in (self._seen, self._zones, self._users):
            if len(known) >= MOST:
                known.clear()
        self._users[said.user_id] = said.user
        self._zones[said.user] = _zone(said.body)
        if not said.is_by_an_extension:
            self._seen[said.user] = _at(said)

    async def stranger(self, identity: Identity) -> Stranger:
        """Who this is by Teams' account, with the addresses of the directory. Raises NobodyThere, and what the call
        raises."""
        account = await self._account(identity.user, self._seen.get(identity.user))
        return stranger_from(account, identity, self._tenants, self._zones.get(identity.user))

    async def mentioned(self, said: Heard) -> dict[str, str]:
        """The directory's ids of those whom a message mentions, by what Teams calls them to us. Who is not known in
        time is left out, and named instead."""
        wanted = [one for one in others_mentioned(said)[:MOST_NAMED] if one]
        try:
            async with asyncio.timeout(IN_TIME):
                await asyncio.gather(*(self._ask_after(said, one) for one in wanted if one not in self._users))
        except TimeoutError:
            log.info("Teams did not say in time who all are that %s mentioned.", said.user)
        return {one: self._users[one] for one in wanted if one in self._users}

    async def _ask_after(self, said: Heard, user_id: str) -> None:
        try:
            found = await self._account(user_id, _at(said))
        except (*AWAY, TryLater, NobodyThere) as error:
            log.info("Teams did not say who %s is: %s", user_id, error)
            return
        user = str(found.get("aadObjectId") or found.get("objectId") or "").casefold()
        if user:
            self._users[user_id] = user
            self._seen.setdefault(user, _at(said))

    async def _account(self, user: str, at: Way | None) -> Mapping[str, Any]:
        now = asyncio.get_running_loop().time()
        known = self._known.get(user)
        if known is None or known.until < now:
            account = await self._found(user, at)
            if len(self._known) >= MOST:
                self._known.clear()
            known = self._known[user] = _Known(account, now + KEPT)
        return known.account

    async def _found(self, user: str, at: Way | None) -> Mapping[str, Any]:
        """By either of their ids: where they were heard or mentioned, in their own chat, in the pods' channels. Raises
        NobodyThere."""
        own = await self._whereabouts.of_person(user)
        found = await self._member(user, [one for one in (at, own) if one is not None])
        if found is None:
            found = await self._member(user, await self._whereabouts.of_pods())
        if found is None and not user.startswith(_OUR_NAME_FOR_THEM):
            found = await self._in_a_new_chat(user)
        if found is None:
            raise NobodyThere(
                "Teams does not tell who ", Code(user), " is. Add Podline for them, or let them write to it once; then "
                "try again."
            )  # fmt: skip
        return found

    async def _in_a_new_chat(self, user: str) -> Mapping[str, Any] | None:
        try:
            way = await self._new_chat(user)
        except CannotDeliver as error:
            log.info("There is no chat with %s to be had: %s", user, error)
            return None
        return await self._member(user, [way])

    async def _member(self, user: str, ways: Iterable[Way]) -> Mapping[str, Any] | None:
        for way in ways:
            try:
                return await self._connector.member(way.service_url, way.conversation, user)
            except ConnectorError as error:
                if error.status not in _NOT_HERE:
                    raise
        return None


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


def _at(said: Heard) -> Way:
    return Way(said.service_url, said.tenant, said.conversation)


def _zone(body: Mapping[str, Any]) -> str | None:
    zone = body.get("localTimezone")
    return zone if isinstance(zone, str) and len(zone) < 100 else None
