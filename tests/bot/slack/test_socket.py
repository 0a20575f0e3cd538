"""Socket Mode: the same by a connection of ours, two of them, and what becomes of one that does not hear any more."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from bot.clock import SystemClock
from bot.slack.socket import SocketMode
from tests.bot.slack.conftest import BOB, NORTH, World


@pytest.fixture
async def by_socket(world: World) -> AsyncIterator[SocketMode]:
    """Slack reaches us by socket alone."""
    slack, app = world.slack, world.workspace.app
    socket = SocketMode(
        slack.bolt,
        slack.inbox,
        app.app_token,
        slack.connection.plain,
        SystemClock().now,
        ping=0.1,
        deaf=0.6,
        look=0.05,
    )
    world.playground.delivery.request_url = None
    running = asyncio.create_task(socket.run())
    await _until(lambda: len(world.playground.sockets) == 2)
    yield socket
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_command_by_socket_is_answered(world: World, by_socket: SocketMode) -> None:
    await world.ask_and_deliver()

    answer = await world.playground.people.slash_command(BOB, NORTH, "/claim", "Q-1")

    assert answer.ok
    assert answer.message is not None
    assert "Q-1" in answer.message.text


async def test_an_event_by_socket_is_stored_acknowledged_and_drained(world: World, by_socket: SocketMode) -> None:
    card = await world.ask_and_deliver()

    said = await world.playground.people.say(BOB, NORTH, "@podline claim", thread_ts=card.ts)
    await world.settle()

    assert said.ok
    assert "Claimed" in str(world.workspace.message(NORTH, card.ts).blocks)


async def test_a_connection_that_slack_refreshes_is_opened_again(world: World, by_socket: SocketMode) -> None:
    await world.playground.sockets.refresh()

    await _until(lambda: len(world.playground.sockets) == 2)
    answer = await world.playground.people.slash_command(BOB, NORTH, "/podline", "help")

    assert answer.ok


async def test_connections_that_are_deaf_are_not_healthy_and_are_built_anew(
    world: World, by_socket: SocketMode
) -> None:
    assert by_socket.is_healthy()

    world.playground.sockets.go_deaf()

    await asyncio.sleep(0.8)
    while_deaf = set()
    for _ in range(20):
        while_deaf.add(by_socket.is_healthy())
        await asyncio.sleep(0.02)
    world.playground.sockets.go_deaf(False)

    assert while_deaf == {False}
    await _until(by_socket.is_healthy)


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)


async def test_a_refused_app_token_is_one_line_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    slack = world.slack
    socket = SocketMode(slack.bolt, slack.inbox, "xapp-not-this-one", slack.connection.plain, SystemClock().now)

    running = asyncio.create_task(socket.run())
    await _until(lambda: "SLACK_APP_TOKEN" in caplog.text)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    [line] = [record for record in caplog.records if "refuse" in record.message or "Failed" in record.message]
    assert line.message.startswith("Slack refuses SLACK_APP_TOKEN (")
    assert line.exc_info is None
