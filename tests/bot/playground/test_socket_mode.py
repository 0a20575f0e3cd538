"""Socket Mode with Bolt's own client."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.playground.server import PlaygroundServer
from tests.bot.playground.conftest import NORTH, card, form


@pytest.fixture
async def over_socket(slack: PlaygroundServer, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    handler = AsyncSocketModeHandler(app, slack.workspace.app.app_token)
    handler.client.web_client.base_url = slack.url
    await handler.connect_async()
    await slack.sockets.connected()
    yield handler
    await handler.close_async()


@pytest.mark.usefixtures("over_socket")
async def test_commands_and_clicks_are_answered_through_the_socket(app: AsyncApp, slack: PlaygroundServer) -> None:
    @app.command("/claim")
    @app.action("claim")
    async def claim(ack: Any) -> None:
        await ack(text="Q-2 is yours.") if ack.response is None else await ack()

    posted = await app.client.chat_postMessage(channel=NORTH, text="x", blocks=card())

    answer = await slack.people.slash_command("U0BOB", NORTH, "/claim")

    assert answer.message is not None
    assert answer.message.text == "Q-2 is yours."
    assert (await slack.people.click("U0BOB", NORTH, posted["ts"], action_id="claim")).ok


@pytest.mark.usefixtures("over_socket")
async def test_a_form_is_submitted_through_the_socket(app: AsyncApp, slack: PlaygroundServer) -> None:
    @app.view("answered")
    async def save(ack: Any) -> None:
        await ack(response_action="errors", errors={"said": "No."})

    trigger = slack.workspace.handshakes.trigger("U0BOB")
    view = (await app.client.views_open(trigger_id=trigger, view=form()))["view"]

    assert (await slack.people.submit_view("U0BOB", view["id"], {"said": "yes"})).errors == {"said": "No."}


@pytest.mark.usefixtures("over_socket")
async def test_events_arrive_and_unanswered_ones_come_again(app: AsyncApp, slack: PlaygroundServer) -> None:
    heard = []

    @app.event("message")
    async def listen(body: dict[str, Any]) -> None:
        heard.append(body["event"]["text"])

    assert (await slack.people.say("U0BOB", NORTH, "one")).ok
    slack.sockets.go_deaf()
    answer = await slack.people.say("U0BOB", NORTH, "two")
    slack.sockets.go_deaf(False)
    await slack.settle()

    assert answer.error == "operation_timeout"
    assert heard == ["one", "two"]


async def test_a_connection_told_to_refresh_gets_nothing_more(
    over_socket: AsyncSocketModeHandler, slack: PlaygroundServer
) -> None:
    await slack.sockets.refresh()

    assert len(slack.sockets) == 0
    await slack.sockets.connected()


async def test_each_payload_goes_to_one_of_several_connections(
    app: AsyncApp, over_socket: AsyncSocketModeHandler, slack: PlaygroundServer
) -> None:
    heard = []

    @app.event("message")
    async def listen(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    second = AsyncSocketModeHandler(app, slack.workspace.app.app_token)
    second.client.web_client.base_url = slack.url
    await second.connect_async()
    await slack.sockets.connected(2)
    for number in range(4):
        await slack.people.say("U0BOB", NORTH, str(number))
    await second.close_async()

    assert sorted(heard) == ["0", "1", "2", "3"]
