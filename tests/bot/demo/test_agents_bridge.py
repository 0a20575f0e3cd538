"""The bridge for Microsoft's Agents Playground: what it passes on is signed so that Teams' checks take it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import jwt
import pytest
from aiohttp import web

from bot.clock import SystemClock
from bot.demo.agents_bridge import CLIENT_ID, ISSUER, Bridge
from bot.playground.loopback import on_loopback

SERVICE = "http://localhost:56150/_connector"
SAID = {"type": "message", "text": "claim Q-1", "serviceUrl": SERVICE, "channelId": "msteams"}


@dataclass
class Podline:
    """Where Podline would listen: keeps what comes, and answers as it is told to."""

    answer: Any = None
    got: list[tuple[dict[str, Any], str]] = field(default_factory=list)
    url: str = ""

    async def messages(self, request: web.Request) -> web.StreamResponse:
        self.got.append((await request.json(), request.headers["Authorization"]))
        return web.Response() if self.answer is None else web.json_response(self.answer)


@pytest.fixture
async def podline() -> AsyncIterator[Podline]:
    there = Podline()
    application = web.Application()
    application.add_routes([web.post("/api/messages", there.messages)])
    runner, there.url = await on_loopback(application)
    yield there
    await runner.cleanup()


@pytest.fixture
async def bridge(podline: Podline) -> AsyncIterator[Bridge]:
    async with Bridge(podline.url, SystemClock().now) as made:
        yield made


async def got(url: str) -> Any:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return await answer.json()


async def posted(url: str, **how: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, **how) as answer:
        return answer.status, await answer.text()


async def test_what_is_passed_on_is_signed_for_this_bot_and_this_service(bridge: Bridge, podline: Podline) -> None:
    assert await posted(f"{bridge.base_url}/api/messages", json=SAID) == (200, "")

    [(body, authorization)] = podline.got
    metadata = await got(bridge.settings()["PODLINE_TEAMS_OPENID_URL"])
    [key] = (await got(metadata["jwks_uri"]))["keys"]
    claims = jwt.decode(
        authorization.removeprefix("Bearer "),
        jwt.PyJWK(key, algorithm="RS256").key,
        algorithms=["RS256"],
        audience=CLIENT_ID,
        issuer=ISSUER,
    )
    assert body == SAID
    assert claims["serviceurl"] == SERVICE
    assert key["endorsements"] == ["msteams"]


async def test_podlines_answer_comes_back_as_it_is(bridge: Bridge, podline: Podline) -> None:
    podline.answer = {"statusCode": 200, "value": "Q-1 is yours."}

    status, text = await posted(f"{bridge.base_url}/api/messages", json={**SAID, "type": "invoke"})

    assert (status, json.loads(text)) == (200, podline.answer)


async def test_podline_gets_a_token_to_send_with(bridge: Bridge) -> None:
    metadata = await got(bridge.settings()["PODLINE_TEAMS_OPENID_URL"])

    status, text = await posted(metadata["token_endpoint"], data={"grant_type": "client_credentials"})

    assert status == 200
    assert json.loads(text)["access_token"]


async def test_no_podline_there_is_said_in_words() -> None:
    async with Bridge("http://127.0.0.1:1", SystemClock().now) as bridge:
        status, text = await posted(f"{bridge.base_url}/api/messages", json=SAID)

    assert status == 502
    assert "Podline does not answer at http://127.0.0.1:1/api/messages" in text


async def test_what_is_no_json_is_not_passed_on(bridge: Bridge, podline: Podline) -> None:
    status, _ = await posted(f"{bridge.base_url}/api/messages", data=b"{")

    assert (status, podline.got) == (400, [])
