"""A card that Podline sent twice after an unclear outcome: whoever presses on the first copy has the true card, too."""

from typing import Any

import pytest

from bot.teams_playground.tenant import Shown
from tests.bot.teams.conftest import ALERTS, ANN, BOB, NORTH, World


async def sent_twice(world: World) -> tuple[Shown, Shown]:
    world.ask()
    world.playground.misbehaviour.drop_after("create_activity", channel=NORTH)
    await world.delivery.drain()
    for _ in range(4):
        await world.later(seconds=10)
    first, known = world.tenant.posts(NORTH)
    return first, known


async def test_a_press_on_the_copy_has_the_true_card_in_its_place(world: World) -> None:
    first, known = await sent_twice(world)

    answer = await world.playground.people.click(BOB, first, text="Claim")
    await world.settle()

    assert "Claimed" in str(answer.card)
    assert "Bob Roy" in known.text


async def test_a_late_press_on_the_copy_shows_who_was_first(world: World) -> None:
    first, known = await sent_twice(world)
    await world.playground.people.click(BOB, known, text="Claim")
    await world.settle()

    answer = await world.playground.people.click(ANN, first, text="Claim")

    assert "Bob Roy" in str(answer.card)


async def test_what_is_longer_to_read_has_a_way_back_there_too(world: World) -> None:
    first, _ = await sent_twice(world)

    page = await world.playground.people.click(BOB, first, line="explain Q-1")
    back = next(one for one in page.card["actions"] if one.get("title") == "Back")
    again = await world.playground.people.press(BOB, world.tenant.conversations[NORTH], first, back)

    assert "Claim" in str(again.card)


async def test_a_message_that_calls_somebody_stays_as_it_is(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.say(BOB, "claim Q-1")
    await world.playground.people.say(BOB, "release Q-1")
    await world.settle()
    [called] = world.tenant.replies(NORTH, card.id)

    answer = await world.playground.people.click(BOB, called, line="claim Q-1")

    assert answer.card == {}
    assert "Q-1" in answer.words


@pytest.mark.parametrize("about", [2, 0, -1, 2**70, True, "1", None])
async def test_of_a_question_that_does_not_hang_there_no_card_is_shown(world: World, about: Any) -> None:
    world.ask()
    await world.delivery.drain()
    told = world.tenant.put(NORTH, {"type": "message", "text": "x"}, by_bot=True)
    elsewhere = world.tenant.put(ALERTS, {"type": "message", "text": "x"}, by_bot=True)
    press = {"type": "Action.Execute", "verb": "podline", "data": {"line": "who Acme", "about": about}}
    hers = {**press, "data": {"line": "who Acme", "about": 1}}

    here = await world.playground.people.press(ANN, world.tenant.conversations[NORTH], told, press)
    there = await world.playground.people.press(ANN, world.tenant.conversations[ALERTS], elsewhere, hers)

    assert (here.card, there.card) == ({}, {})
