"""Messages on their way to Teams, on good days and on bad ones, as the people there see it."""

import pytest

from bot.delivery import Delivery
from bot.teams.client import TeamsPlatform
from commands.compose import compose
from commands.undeliverable import delayed, undeliverable, unneeded
from coverage.ids import QuestionNumber
from tests.bot.teams.conftest import ALERTS, ANN, BOB, DESK, NORTH, World


async def test_a_card_carries_its_mark_and_its_version_unseen(world: World) -> None:
    card = await world.ask_and_deliver()

    assert card.activity["channelData"]["podline"]["mark"]
    claim = next(one for one in card.card["actions"] if one["title"] == "Claim")
    assert claim["data"] == {"line": "claim Q-1", "about": 1, "version": 1}


@pytest.mark.parametrize(("trouble", "cards"), [("drop_before", 1), ("drop_after", 2)])
async def test_after_an_unclear_outcome_it_is_sent_again_and_never_lost(world: World, trouble: str, cards: int) -> None:
    world.ask()
    getattr(world.playground.misbehaviour, trouble)("create_activity", channel=NORTH)

    await world.delivery.drain()
    for _ in range(4):
        await world.later(seconds=10)

    assert len(world.tenant.posts(NORTH)) == cards
    with world.new_uow.reading() as uow:
        [hangs] = uow.postings.cards(QuestionNumber(1))
    assert hangs.remote == world.tenant.posts(NORTH)[-1].id


@pytest.mark.parametrize("status", [408, 500, 502, 503])
async def test_an_ailing_teams_gets_the_card_once_it_is_well(world: World, status: int) -> None:
    world.ask()
    world.playground.misbehaviour.status("create_activity", status, times=2)

    for _ in range(5):
        await world.later(seconds=10)

    assert len(world.tenant.posts(NORTH)) == 1


async def test_a_precondition_that_failed_is_tried_again_and_seen_once(world: World) -> None:
    world.ask()
    world.playground.misbehaviour.status("create_activity", 412)

    for _ in range(3):
        await world.later(seconds=10)

    assert len(world.tenant.posts(NORTH)) == 1


async def test_asked_to_slow_down_everything_arrives_later_once_and_in_its_order(world: World) -> None:
    for number in range(4):
        world.ask(f"Question number {number}")
    world.playground.misbehaviour.rate_limit("create_activity", retry_after=7, times=3)

    await world.delivery.drain()
    await world.later(seconds=6)
    early = len(world.tenant.posts(NORTH))
    for _ in range(4):
        await world.later(seconds=8)

    texts = [one.text for one in world.tenant.posts(NORTH)]
    assert early <= 1
    assert [sum(f"number {number}" in text for text in texts) for number in range(4)] == [1, 1, 1, 1]


@pytest.mark.parametrize("code", ["MessageWritesBlocked", "BotDisabledByAdmin", "BotNotInConversationRoster"])
async def test_a_channel_closed_to_us_tells_the_managers_and_takes_the_next_step_at_once(
    world: World, code: str
) -> None:
    world.tenant.conversations[NORTH].closed = code
    world.ask()

    await world.delivery.drain()

    assert any("could not be delivered to the channel of North" in one.text for one in world.tenant.posts(ALERTS))
    assert world.tenant.told(ANN) or world.tenant.posts(DESK)


async def test_a_channel_that_is_gone_tells_the_managers_and_takes_the_next_step_at_once(world: World) -> None:
    del world.tenant.conversations[NORTH]
    world.ask()

    await world.delivery.drain()

    assert any("does not exist any more" in one.text for one in world.tenant.posts(ALERTS))
    assert world.tenant.told(ANN) or world.tenant.posts(DESK)


async def test_a_clients_text_calls_nobody_and_becomes_no_markup(world: World) -> None:
    text = "<at>Ann Lee</at> **bold** [click](https://x.example) {{DATE(2026-01-01)}} & so on " * 700

    card = await world.ask_and_deliver(text)

    assert [one["mentioned"]["id"] for one in card.card["msteams"]["entities"]] == [BOB]
    assert "<at>Ann Lee</at>" not in str(card.card)


async def test_a_card_that_teams_refuses_is_said_in_plain_words(world: World) -> None:
    world.playground.misbehaviour.status("create_activity", 413)

    card = await world.ask_and_deliver()

    assert card.card == {}
    assert "@Podline claim Q-1" in card.text


async def test_a_deleted_card_is_hung_anew(world: World) -> None:
    card = await world.ask_and_deliver()
    card.is_deleted = True

    await world.playground.people.say(BOB, "claim Q-1")
    await world.settle()

    [again] = world.tenant.posts(NORTH)
    assert again.id != card.id
    assert "Bob Roy" in again.text


async def test_a_chat_that_is_gone_is_made_anew_for_a_message_to_a_person(world: World) -> None:
    await world.playground.people.say(ANN, "help")
    await world.settle()
    world.tenant.delete_chat(ANN)
    await world.ask_and_deliver()

    await world.playground.people.say(BOB, "claim Q-1")
    await world.settle()
    await world.playground.people.say(BOB, "handoff Q-1 Ann Lee she knows")
    await world.settle()

    assert any("hands you" in one.text for one in world.tenant.told(ANN))


async def test_a_secret_that_is_refused_loses_nothing_and_is_an_alarm_for_the_operator(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.playground.tokens.clear()
    world.playground.misbehaviour.status("token", 401, times=2)
    world.ask()

    await world.delivery.drain()
    for _ in range(4):
        await world.later(seconds=61)

    assert len(world.tenant.posts(NORTH)) == 1
    assert "check PODLINE_TEAMS_CLIENT_ID" in caplog.text


async def test_a_channel_nobody_has_spoken_in_is_reached_by_the_way_the_tenant_was_heard_last(world: World) -> None:
    world.teams.whereabouts._known.clear()

    card = await world.ask_and_deliver()

    assert card.conversation == NORTH


async def test_the_sender_keeps_to_teams_pace_and_nothing_is_lost(world: World) -> None:
    us = world.tenant.bot_id
    paced = Delivery(
        world.new_uow,
        [TeamsPlatform(world.teams.connector, world.teams.whereabouts, us)],
        world.clock,
        compose=compose,
        undeliverable=undeliverable,
        unneeded=unneeded,
        delayed=delayed,
    )
    for number in range(12):
        world.ask(f"Question number {number}")

    await paced.drain()
    at_once = len(world.tenant.posts(NORTH))
    await world.later(seconds=30)

    assert at_once < 12
    assert len(world.tenant.posts(NORTH)) == 12
