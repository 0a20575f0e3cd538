"""Messages on their way to Slack, on good days and on bad ones, as the people there see it."""

from datetime import timedelta

import pytest

from bot.delivery import Delivery
from bot.slack.client import SlackPlatform
from bot.slack.connection import Connection
from commands.compose import compose
from commands.undeliverable import delayed, undeliverable, unneeded
from coverage.ids import QuestionNumber
from storage.audit import Finding, audit
from storage.engine import open_engine
from tests.bot.slack.conftest import ALERTS, ANN, BOB, DESK, NORTH, World


async def test_a_card_carries_its_mark_and_its_version_unseen(world: World) -> None:
    card = await world.ask_and_deliver()

    assert card.metadata is not None
    assert card.metadata["event_type"] == "podline_message"
    assert [block["block_id"] for block in card.blocks if block["type"] == "actions"] == ["q:1:v1:0"]


@pytest.mark.parametrize("trouble", ["drop_after", "drop_before"])
async def test_a_connection_lost_while_posting_leaves_one_card(world: World, trouble: str) -> None:
    world.ask()
    getattr(world.playground.misbehaviour, trouble)("chat.postMessage", channel=NORTH)

    await world.delivery.drain()
    for _ in range(4):
        await world.later(seconds=10)

    assert len(world.workspace.messages(NORTH)) == 1
    assert _card_is_known(world)


@pytest.mark.parametrize("trouble", ["drop_after", "drop_before"])
async def test_a_connection_lost_while_writing_to_a_person_leaves_one_message(world: World, trouble: str) -> None:
    await _told_directly(world, trouble)

    assert len(world.workspace.messages(world.workspace.dm_with(ANN))) == 1


async def test_while_slack_answers_nothing_but_errors_the_audit_the_log_and_the_managers_know(
    world: World, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.ask()
    world.playground.misbehaviour.fail("chat.postMessage", error="internal_error", channel=NORTH, times=None)

    await world.delivery.drain()
    for _ in range(20):
        await world.later(seconds=10)

    assert [one.finding for one in audit(open_engine(sqlite_url), world.clock.now(), timedelta(seconds=60))] == [
        Finding.KEEPS_FAILING
    ]
    assert caplog.text.count("(card about Q-1) did not arrive at try") >= 5
    assert ["has not reached the channel of" in one.text for one in world.workspace.messages(ALERTS)] == [True]

    world.playground.misbehaviour.clear()
    await world.later(minutes=6)
    assert len(world.workspace.messages(NORTH)) == 1


@pytest.mark.parametrize("status", [500, 503])
async def test_an_ailing_slack_gets_the_card_once_it_is_well(world: World, status: int) -> None:
    world.ask()
    world.playground.misbehaviour.status("chat.postMessage", status, times=2)

    for _ in range(5):
        await world.later(seconds=10)

    assert len(world.workspace.messages(NORTH)) == 1


async def test_asked_to_slow_down_everything_arrives_later_once_and_in_its_order(world: World) -> None:
    for number in range(4):
        world.ask(f"Question number {number}")
    world.playground.misbehaviour.rate_limit("chat.postMessage", retry_after=7, times=3)

    await world.delivery.drain()
    await world.later(seconds=6)
    early = len(world.workspace.messages(NORTH))
    for _ in range(4):
        await world.later(seconds=8)

    texts = _texts(world, NORTH)
    assert early <= 1
    assert [sum(f"number {number}" in text for text in texts) for number in range(4)] == [1, 1, 1, 1]


async def test_a_dead_channel_tells_the_managers_and_takes_the_next_step_at_once(world: World) -> None:
    world.workspace.archive(NORTH)
    world.ask()

    await world.delivery.drain()

    assert any("archived" in text for text in _texts(world, ALERTS))
    assert _texts(world, world.workspace.dm_with(ANN)) or _texts(world, DESK)


async def test_a_clients_text_calls_nobody_and_becomes_no_markup(world: World) -> None:
    text = "<!channel> <@U0ANN> @here <https://x.example|click> *bold* & so on " * 700

    card = await world.ask_and_deliver(text)

    assert world.workspace.notified_by(card) == {BOB}
    assert len(str(card.blocks)) < 5000


async def test_blocks_that_slack_refuses_are_said_in_plain_words(world: World) -> None:
    world.playground.misbehaviour.fail("chat.postMessage", error="invalid_blocks")

    card = await world.ask_and_deliver()

    assert card.blocks == []
    assert "/podline claim Q-1" in card.text


async def test_a_deleted_card_is_hung_anew(world: World) -> None:
    card = await world.ask_and_deliver()
    world.playground.misbehaviour.fail("chat.update", error="message_not_found")

    await world.playground.people.slash_command(BOB, NORTH, "/claim", "Q-1")
    await world.settle()

    assert [one.ts == card.ts for one in world.workspace.messages(NORTH) if one.thread_ts is None] == [True, False]


async def test_a_broken_installation_loses_nothing(world: World) -> None:
    world.ask()
    world.playground.misbehaviour.fail("chat.postMessage", error="token_revoked", times=2)

    await world.delivery.drain()
    await world.later(seconds=61)
    await world.later(seconds=61)

    assert len(world.workspace.messages(NORTH)) == 1


async def test_the_sender_keeps_to_slacks_pace_and_nothing_is_lost(world: World) -> None:
    connection = Connection(world.workspace.app.bot_token, world.playground.url)
    platform = SlackPlatform(connection.plain)
    paced = Delivery(
        world.new_uow,
        [platform],
        world.clock,
        compose=compose,
        undeliverable=undeliverable,
        unneeded=unneeded,
        delayed=delayed,
    )
    for number in range(8):
        world.ask(f"Question number {number}")

    await paced.drain()
    at_once = len(world.workspace.messages(NORTH))
    await connection.close()
    await world.later(seconds=30)

    assert at_once < 8
    assert len(world.workspace.messages(NORTH)) == 8


async def _told_directly(world: World, trouble: str) -> None:
    """Ann is handed a question, which is said to her alone, while Slack loses the connection."""
    await world.ask_and_deliver()
    conversation = world.workspace.dm_with(ANN)
    getattr(world.playground.misbehaviour, trouble)("chat.postMessage", channel=conversation)
    await world.playground.people.slash_command(BOB, NORTH, "/claim", "Q-1")
    await world.playground.people.slash_command(BOB, NORTH, "/handoff", "Q-1 @ann she knows")
    for _ in range(4):
        await world.later(seconds=10)


def _texts(world: World, channel: str) -> list[str]:
    return [message.text for message in world.workspace.messages(channel)]


def _card_is_known(world: World) -> bool:
    with world.new_uow.reading() as uow:
        return bool(uow.postings.cards(QuestionNumber(1)))
