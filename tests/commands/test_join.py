"""Joining: colleagues become members on their first act, guests, bots and outsiders never."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from commands.invocation import UnknownSender
from commands.join import Stranger, join
from commands.views import Notice
from coverage.people import Person, Role
from tests.world import World, user, words

EVE = Stranger(user("Eve"), "Eve Orr", "eve@firm.example", "Europe/Berlin")


def people(world: World) -> dict[str, Person]:
    with world.new_uow.reading() as uow:
        return {person.email: person for person in uow.firm().people.values()}


def test_somebody_new_is_asked_about_and_then_a_member(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    with pytest.raises(UnknownSender) as unknown:
        world.reply("Eve", "claim Q-1")
    assert unknown.value.identity == user("Eve")

    assert join(EVE, world.new_uow, world.now) is None

    world.say("Eve", "claim Q-1")
    assert people(world)["eve@firm.example"].role is Role.MEMBER
    assert people(world)["eve@firm.example"].timezone == "Europe/Berlin"


@pytest.mark.parametrize("change", [{"is_guest": True}, {"is_outsider": True}, {"is_bot": True}])
def test_guests_outsiders_and_bots_are_refused_and_leave_no_trace(world: World, change: dict[str, bool]) -> None:
    before = people(world)

    refused = join(replace(EVE, **change), world.new_uow, world.now)  # type: ignore[arg-type]

    assert isinstance(refused, Notice)
    assert refused.is_refusal
    assert words(refused)
    assert people(world) == before


def test_a_person_of_the_roster_is_found_by_their_address(world: World) -> None:
    world.change("people: [{name: Eve Orr, email: Eve@Firm.example, timezone: Europe/Paris}]")
    before = people(world)

    assert join(EVE, world.new_uow, world.now) is None

    assert people(world) == before
    assert world.say("Eve", "leave today").startswith("You are away")


def test_twenty_first_acts_at_once_are_one_member(world_on_both: World) -> None:
    world = world_on_both

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: join(EVE, world.new_uow, world.now), range(20)))

    assert set(answers) == {None}
    assert len(people(world)) == 6


def test_joining_again_changes_nothing(world: World) -> None:
    join(EVE, world.new_uow, world.now)
    before = people(world)

    join(replace(EVE, name="Another"), world.new_uow, world.now)

    assert people(world) == before


@pytest.mark.parametrize("timezone", [None, "", "Mars/Olympus", "../../etc/passwd", "GMT+3"])
def test_a_zone_nobody_knows_is_utc(world: World, timezone: str | None) -> None:
    join(replace(EVE, timezone=timezone), world.new_uow, world.now)

    assert people(world)["eve@firm.example"].timezone == "UTC"
    assert world.say("Eve", "leave today").startswith("You are away")


def test_without_a_name_or_an_address_somebody_is_still_somebody(world: World) -> None:
    join(replace(EVE, name=" ", email=None), world.new_uow, world.now)

    assert people(world)["u0eve@slack.invalid"].name == "u0eve"


def test_a_colleague_who_left_and_came_back_is_a_member_again(world: World) -> None:
    join(EVE, world.new_uow, world.now)
    with world.new_uow() as uow:
        uow.setup.prune(people=[people(world)["eve@firm.example"].id], pods=[], clients=[])
        uow.commit()
    with pytest.raises(UnknownSender):
        world.reply("Eve", "mine")

    assert join(EVE, world.new_uow, world.now) is None

    assert world.say("Eve", "mine")


def test_a_mention_of_somebody_new_is_asked_about_and_nothing_is_done_before(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    world.say("Bob", "claim Q-1")

    with pytest.raises(UnknownSender) as unknown:
        world.reply("Bob", "handoff Q-1 <@U0EVE> she knows", key="once")
    assert unknown.value.identity == user("Eve")
    assert world.owner() == "Bob"

    join(EVE, world.new_uow, world.now)
    world.reply("Bob", "handoff Q-1 <@U0EVE> she knows", key="once")
    assert world.owner() == "Eve"
