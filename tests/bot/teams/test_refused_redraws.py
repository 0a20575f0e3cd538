"""A card that Teams refuses is said in plain words, when it is hung and when it is drawn anew."""

import pytest

from tests.bot.teams.conftest import ALERTS, BOB, NORTH, World


@pytest.mark.parametrize("status", [400, 413])
async def test_a_redraw_that_teams_refuses_is_said_in_plain_words(world: World, status: int) -> None:
    card = await world.ask_and_deliver()
    world.playground.misbehaviour.status("update_activity", status)

    await world.playground.people.say(BOB, "claim Q-1")
    await world.settle()

    assert world.tenant.posts(NORTH) == [card]
    assert card.card == {}
    assert "(Claimed)" in card.text
    assert "@Podline answered Q-1" in card.text
    assert world.tenant.posts(ALERTS) == []


async def test_a_card_that_is_said_in_plain_words_is_a_card_again_once_teams_takes_it(world: World) -> None:
    world.playground.misbehaviour.status("create_activity", 413)
    shown = await world.ask_and_deliver()
    assert shown.card == {}

    await world.playground.people.say(BOB, "claim Q-1")
    await world.settle()

    assert "Bob Roy" in str(shown.card)


async def test_a_redraw_that_is_refused_in_words_too_is_told_the_managers(world: World) -> None:
    await world.ask_and_deliver()
    world.playground.misbehaviour.status("update_activity", 413, times=2)

    await world.playground.people.say(BOB, "claim Q-1")
    await world.settle()

    assert any("could not be" in one.text for one in world.tenant.posts(ALERTS))
