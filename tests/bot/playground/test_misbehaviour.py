"""Slack on a bad day, as the client sees it."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.misbehave import Rates
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import NORTH, Hands, real_time

POST = "chat.postMessage"


async def test_a_rate_limit_says_when_to_come_again(client: AsyncWebClient, slack: PlaygroundServer) -> None:
    slack.misbehaviour.rate_limit(POST, retry_after=7)

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=NORTH, text="x")

    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert slack.workspace.messages(NORTH) == ()
    await client.chat_postMessage(channel=NORTH, text="x")


async def test_a_mishap_can_be_for_one_channel_and_some_times(client: AsyncWebClient, slack: PlaygroundServer) -> None:
    slack.misbehaviour.fail(POST, channel=NORTH, times=2, error="fatal_error")

    await client.chat_postMessage(channel="C0ACME", text="x")
    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            await client.chat_postMessage(channel=NORTH, text="x")
    await client.chat_postMessage(channel=NORTH, text="x")


async def test_a_server_error_changes_nothing(client: AsyncWebClient, slack: PlaygroundServer) -> None:
    slack.misbehaviour.status(POST, 503, times=None)

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=NORTH, text="x")

    assert caught.value.response.status_code == 503
    assert slack.workspace.messages(NORTH) == ()
    slack.misbehaviour.clear()
    await client.chat_postMessage(channel=NORTH, text="x")


@pytest.mark.parametrize(("mishap", "stored"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_dropped_connection_leaves_the_caller_in_the_dark(
    client: AsyncWebClient, slack: PlaygroundServer, mishap: str, stored: int
) -> None:
    getattr(slack.misbehaviour, mishap)(POST)
    client.retry_handlers.clear()

    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=NORTH, text="x")

    assert len(slack.workspace.messages(NORTH)) == stored


async def test_a_call_can_hang(client: AsyncWebClient, slack: PlaygroundServer) -> None:
    slack.misbehaviour.hang(POST, seconds=30)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.chat_postMessage(channel=NORTH, text="x"), timeout=0.1)

    assert slack.workspace.messages(NORTH) == ()


def test_slacks_rates_are_a_message_a_second_and_channel_with_a_small_burst() -> None:
    elapsed = [0.0]
    rates = Rates(lambda: elapsed[0])

    assert [rates.wait(POST, NORTH) for _ in range(4)] == [0, 0, 0, 0]
    assert rates.wait(POST, NORTH) == pytest.approx(1)
    assert rates.wait(POST, "C0ACME") == 0
    elapsed[0] = 1.0
    assert rates.wait(POST, NORTH) == 0
    assert rates.wait(POST, NORTH) > 0


async def test_rates_are_kept_when_asked_for(workspace: Workspace, clock: Hands) -> None:
    async with PlaygroundServer(workspace, wall_clock=real_time, enforce_rates=True) as server:
        client = AsyncWebClient(token=workspace.app.bot_token, base_url=server.url)
        for _ in range(4):
            await client.chat_postMessage(channel=NORTH, text="x")
        with pytest.raises(SlackApiError, match="ratelimited"):
            await client.chat_postMessage(channel=NORTH, text="x")
