"""A small firm, a server in front of it and a real Bolt app behind it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.loopback import on_loopback
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace

NORTH = "C0NORTH"


@dataclass
class Hands:
    """A clock turned by hand."""

    at: datetime = field(default=datetime(2026, 11, 20, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


def real_time() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def workspace(clock: Hands) -> Workspace:
    firm = Workspace(now=clock)
    firm.add_user("U0ANN", "ann", real_name="Ann Lee", tz="Europe/London")
    firm.add_user("U0BOB", "bob", real_name="Bob Roy", tz="America/New_York")
    firm.add_user("U0OUT", "zoe", real_name="Zoe Quist", team_id="T0ACME")
    firm.add_channel(NORTH, "north", members=["U0ANN", "U0BOB"])
    firm.add_channel("C0ACME", "acme", members=["U0ANN", "U0OUT"], is_ext_shared=True)
    return firm


@pytest.fixture
async def slack(workspace: Workspace) -> AsyncIterator[PlaygroundServer]:
    async with PlaygroundServer(workspace, wall_clock=real_time, pace=0, ack_timeout=0.5) as server:
        yield server


@pytest.fixture
def client(slack: PlaygroundServer) -> AsyncWebClient:
    return AsyncWebClient(token=slack.workspace.app.bot_token, base_url=slack.url, timeout=2)


@pytest.fixture
def app(slack: PlaygroundServer, client: AsyncWebClient) -> AsyncApp:
    return AsyncApp(client=client, signing_secret=slack.workspace.app.signing_secret)


@pytest.fixture
async def over_http(slack: PlaygroundServer, app: AsyncApp) -> AsyncIterator[PlaygroundServer]:
    """The Bolt app, reachable by signed requests."""

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    application = web.Application()
    application.router.add_post("/slack/events", events)
    runner, address = await on_loopback(application)
    slack.request_url = f"{address}/slack/events"
    yield slack
    await slack.delivery.close()
    await runner.cleanup()


def button(text: str = "Claim", value: str = "claim Q-1", action_id: str = "claim") -> dict[str, Any]:
    label = {"type": "plain_text", "text": text}
    return {"type": "button", "action_id": action_id, "text": label, "value": value}


def card(*buttons: dict[str, Any], block_id: str = "Q-1.3") -> list[dict[str, Any]]:
    """A section and a row of buttons."""
    words = {"type": "section", "text": {"type": "mrkdwn", "text": "*Q-1* Acme asks"}}
    return [words, {"type": "actions", "block_id": block_id, "elements": list(buttons or [button()])}]


def form(**changes: Any) -> dict[str, Any]:
    """A form with one required line of text."""
    line = {"type": "plain_text_input", "action_id": "words", "max_length": 20}
    view = {
        "type": "modal",
        "callback_id": "answered",
        "title": {"type": "plain_text", "text": "Answered"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [
            {"type": "input", "block_id": "said", "label": {"type": "plain_text", "text": "Said"}, "element": line}
        ],
    }
    return view | changes
