"""Leave in Teams: a sentence to the bot, and what it does with the questions of whoever is gone."""

import asyncio

from commands.tick import tick
from tests.bot.teams.conftest import ANN, BOB, NORTH, World


async def test_whoever_calls_in_sick_with_an_open_question_keeps_it_from_nobody(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, card, text="Claim")
    await world.settle()

    await world.playground.people.say(BOB, "I'm sick today")
    await world.settle()
    await asyncio.to_thread(tick, world.new_uow, world.clock.now())
    await world.delivery.drain()

    assert world.question().is_unclaimed
    [offered] = world.tenant.replies(NORTH, card.id)
    assert [one["mentioned"]["id"] for one in offered.card["msteams"]["entities"]] == [ANN]
    assert "Claim" in card.text
    assert "sick" not in card.text.lower()


async def test_nobody_on_leave_is_called_or_written_to(world: World) -> None:
    await world.playground.people.say(BOB, "leave today")
    await world.settle()
    told = len(world.tenant.told(BOB))

    card = await world.ask_and_deliver()

    assert [one["mentioned"]["id"] for one in card.card["msteams"]["entities"]] == [ANN]
    assert len(world.tenant.told(BOB)) == told
