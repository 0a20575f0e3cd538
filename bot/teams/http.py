"""``POST /api/messages``: what Teams sends, admitted by its token, stored or done, answered."""

import json
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.teams.activity import Heard, heard
from bot.teams.tokens import Doorkeeper, KeysAway, NotAdmitted

log = logging.getLogger(__name__)

PATH = "/api/messages"
LARGEST = 1024 * 1024
"""Bytes; what Teams sends stays far below."""
HEARD_OUT = 10 * LARGEST
MICROSOFTS_HOSTS = ("smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com")
"""Where Teams takes what we send, in Microsoft's public cloud and in GCC, whose bots live in the public one. The clouds
of GCC High, DoD and China sign with other keys and give other tokens: nothing of theirs is admitted."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an activity is answered with."""

    status: int = 200
    body: Any = None


Receive = Callable[[Heard], Awaitable[Reply]]


class TooLarge(Exception):
    """The body is larger than anything Teams sends."""


@dataclass(frozen=True, slots=True)
class Door:
    """Who is let in: by token, for our tenants, and from hosts to which we may send."""

    keeper: Doorkeeper
    tenants: frozenset[str]
    hosts: frozenset[str]

    async def let_in(self, request: Request) -> Heard | Response:
        """The activity of an admitted request, or the answer to one that is not."""
        try:
            admitted = await self.keeper.admit(request.headers.get("authorization", ""))
            said = _activity(await _body(request))
        except NotAdmitted as why:
            log.info("A request as if from Teams was refused: %s", why)
            return Response(status_code=401)
        except KeysAway as why:
            log.warning("A request of Teams could not be checked: %s", why)
            return Response(status_code=503, headers={"Retry-After": "5"})
        except TooLarge:
            return Response(status_code=413)
        if said is None:
            return Response(status_code=400)
        try:
            admitted.check(said.channel_id, said.service_url)
        except NotAdmitted as why:
            log.info("A request as if from Teams was refused: %s", why)
            return Response(status_code=401)
        if (refused := self._not_ours(said)) is not None:
            log.warning("An activity of Teams was refused: %s", refused)
            return Response(status_code=403)
        return said

    def _not_ours(self, said: Heard) -> str | None:
        if not may_send_to(said.service_url, self.hosts):
            return f"its serviceUrl {said.service_url[:200]} is no address of Teams'"
        if not said.tenants or not said.tenants <= self.tenants:
            return f"the tenant {', '.join(sorted(said.tenants)) or 'nobody'} is not in PODLINE_TEAMS_TENANTS"
        return None


def teams_route(door: Door, receive: Receive) -> Route:
    """The route to mount. Whatever Teams sends, its answer is never a 500; what we cannot take just now, say while
    the database is locked, is to be sent again."""

    async def answer(request: Request) -> Response:
        try:
            let_in = await door.let_in(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if isinstance(let_in, Response):
            return let_in
        try:
            reply = await receive(let_in)
        except Exception:
            log.exception("An activity of Teams could not be taken; Teams is asked to send it again.")
            return Response(status_code=503, headers={"Retry-After": "5"})
        return Response(status_code=reply.status) if reply.body is None else JSONResponse(reply.body, reply.status)

    return Route(PATH, answer, methods=["POST"], include_in_schema=False)


def may_send_to(service_url: str, hosts: Collection[str]) -> bool:
    """Whether the address is one of Teams' own, or one that the operator has named, with or without its port. Only what
    is on this very machine may do without encryption."""
    try:
        parts = urlsplit(service_url)
        host = (parts.hostname or "").casefold()
        is_odd, with_port = parts.username is not None or parts.port == 0, f"{host}:{parts.port}"
    except ValueError:
        return False
    if is_odd or not {host, with_port} & set(hosts):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def is_loopback(host: str) -> bool:
    """Whether it is this very machine."""
    return host in ("localhost", "127.0.0.1", "::1")


def _activity(body: bytes) -> Heard | None:
    """The activity; None for what is none."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not isinstance(said.get("type"), str):
        return None
    return heard(said)


async def _body(request: Request) -> bytes:
    """The body. What is too much is heard out for a while: who is still sending may not hear an answer before that."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= LARGEST:
            chunks.append(chunk)
        elif size > HEARD_OUT:
            break
    if size > LARGEST:
        raise TooLarge
    return b"".join(chunks)
