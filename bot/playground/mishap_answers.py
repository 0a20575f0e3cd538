"""How a mishap shows to whoever calls a stand-in: refused, late, cut off. What a refusal says is the platform's."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from bot.playground.misbehave import Mishap

Refusal = Callable[[Mishap], web.Response]


async def before(
    request: web.Request, mishap: Mishap, *, error: Refusal, rate_limited: Refusal
) -> web.StreamResponse | None:
    """What goes wrong before anything is done; ``error`` and ``status`` change nothing."""
    match mishap.kind:
        case "error":
            return error(mishap)
        case "rate_limit":
            return rate_limited(mishap)
        case "status":
            return web.Response(status=mishap.status, text="upstream trouble")
        case "hang":
            await asyncio.sleep(mishap.seconds)
            return _hung_up(request)
        case "drop_before":
            return _hung_up(request)
    return None


async def after(request: web.Request, mishap: Mishap) -> None:
    """What goes wrong once it is done: the answer is late, or lost."""
    if mishap.kind == "slow":
        await asyncio.sleep(mishap.seconds)
    elif mishap.kind == "drop_after":
        _hung_up(request)


def _hung_up(request: web.Request) -> web.StreamResponse:
    """End the connection; the response returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
