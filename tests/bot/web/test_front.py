"""A platform's path is the platform's alone; everything else is the API's."""

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.web.front import Front


async def _site(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("the API")(scope, receive, send)


async def _platform(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"the platform heard {(await request.body()).decode()}")


@pytest.mark.parametrize(
    ("method", "path", "status", "answer"),
    [
        ("POST", "/chat/events", 200, "the platform heard a click"),
        ("GET", "/chat/events", 405, "Method Not Allowed"),
        ("POST", "/chat/events/more", 200, "the API"),
        ("POST", "/", 200, "the API"),
    ],
)
async def test_what_a_platform_sends_goes_straight_to_it(method: str, path: str, status: int, answer: str) -> None:
    front = Front(_site)
    front.add(Route("/chat/events", _platform, methods=["POST"]))

    async with httpx.AsyncClient(transport=httpx.ASGITransport(front), base_url="http://bot.example") as caller:
        answered = await caller.request(method, path, content="a click")

    assert (answered.status_code, answered.text) == (status, answer)
