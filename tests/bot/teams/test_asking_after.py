"""Who somebody is whom Podline has never heard: looked for where they are likely to be, and never waited for long."""

import asyncio

import pytest

from tests.bot.teams.conftest import ANN, BOB, DAN, NORTH, World

EVE, FOX = "aad-eve", "aad-fox"


async def claimed_by_bob(world: World) -> None:
    await world.ask_and_deliver()
    await world.playground.people.say(BOB, "claim Q-1")
    await world.settle()


def owner(world: World) -> str | None:
    claimed_by = world.question().claimed_by
    with world.new_uow.reading() as uow:
        return uow.firm().people[claimed_by].name if claimed_by is not None else None


async def test_somebody_who_never_spoke_can_be_picked(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, card, text="Claim")
    await world.settle()
    form = await world.playground.people.click(BOB, card, line="handoff Q-1")

    where = world.tenant.conversations[NORTH]
    picked = {"entry_to": DAN, "entry_why": "he knows"}
    await world.playground.people.press(BOB, where, card, form.card["actions"][0], picked)
    await world.settle()

    assert owner(world) == "Dan Low"


async def test_somebody_who_never_spoke_can_be_picked_from_a_chat_in_which_they_are_not(world: World) -> None:
    await claimed_by_bob(world)

    await world.playground.people.say(BOB, f"handoff Q-1 <@{DAN}> he knows")
    await world.settle()

    assert owner(world) == "Dan Low"


async def test_somebody_whom_no_channel_of_a_pod_knows_is_nobody(world: World) -> None:
    await claimed_by_bob(world)

    await world.playground.people.say(BOB, "handoff Q-1 <@aad-nobody> he knows")
    await world.settle()

    assert "Teams does not tell who" in world.tenant.told(BOB)[-1].text
    assert owner(world) == "Bob Roy"


@pytest.mark.parametrize("says_object_id", [True, False])
async def test_the_directorys_id_is_read_by_either_of_its_names(world: World, says_object_id: bool) -> None:
    world.tenant.says_object_id = says_object_id
    world.tenant.add_user(EVE, "Eve Fox", email="eve@firm.example")
    await claimed_by_bob(world)

    await world.playground.people.say(BOB, "@Podline handoff Q-1 @Eve Fox she knows", at=NORTH, mentions=[EVE])
    await world.settle()

    assert owner(world) == "Eve Fox"


async def test_a_mention_that_teams_does_not_explain_in_time_keeps_nobody_waiting(world: World) -> None:
    await claimed_by_bob(world)
    for aad, name in ((EVE, "Eve Fox"), (FOX, "Fay Fox")):
        world.tenant.add_user(aad, name)
    world.playground.misbehaviour.hang("member", 30, times=None)
    said = "@Podline answered Q-1 @Eve Fox and @Fay Fox know"
    await world.playground.people.say(BOB, said, at=NORTH, mentions=[EVE, FOX])
    await world.playground.people.say(ANN, "question Acme: and that?")

    began = asyncio.get_running_loop().time()
    await world.teams.inbox.drain()
    took = asyncio.get_running_loop().time() - began
    world.playground.misbehaviour.clear()
    await world.settle()

    assert took < 7  # asking itself gives up after 10
    assert world.question(2).text == "and that?"


async def test_one_line_asks_after_all_whom_it_names_in_the_time_of_one(world: World) -> None:
    many = [f"aad-new-{number}" for number in range(5)]
    for number, aad in enumerate(many):
        world.tenant.add_user(aad, f"New {number}", email=f"new{number}@firm.example")
    world.playground.misbehaviour.slow("member", 1.5, times=None)
    await world.playground.people.say(ANN, f"pod North add {' '.join(f'<@{aad}>' for aad in many)}")

    began = asyncio.get_running_loop().time()
    await world.teams.inbox.drain()
    took = asyncio.get_running_loop().time() - began
    world.playground.misbehaviour.clear()
    await world.later(seconds=2)
    await world.settle()

    assert took < 6  # all five take 7.5
    with world.new_uow.reading() as uow:
        firm = uow.firm()
        [north] = firm.pods.values()
    assert {f"New {number}" for number in range(5)} <= {firm.people[one].name for one in north.members}
