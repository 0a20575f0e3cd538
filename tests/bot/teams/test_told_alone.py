"""What somebody is told alone arrives though Teams is busy; in public it is said only that they lack the app."""

from dataclasses import dataclass

import pytest

from bot.answering import Answer
from bot.teams.activity import heard
from bot.teams.client import TeamsPlatform
from bot.teams.home import Homes
from bot.teams.pace import MARGIN, Pace, Window
from bot.teams.private import Private
from bot.teams_playground.activities import message
from commands.home import home
from commands.views import notice
from tests.bot.teams.conftest import BOB, GUS, NORTH, World


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


async def tell_bob(world: World, platform: TeamsPlatform | None = None, clock: Seconds | None = None) -> list[float]:
    """Bob is told "Well." for what he said in the channel of North; for how long was waited."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if clock is not None:
            clock.now += seconds

    tenant = world.tenant
    said = message(tenant, world.playground.service_url, tenant.users[BOB], tenant.conversations[NORTH], "mine")
    homes = Homes(home, world.new_uow, world.clock)
    private = Private(platform or world.teams.platform, world.teams._hearing, homes, sleep)
    await private.tell(heard({**said, "id": "1"}), Answer(notice("Well.")), "mine")
    return waits


async def test_whoever_asks_while_teams_is_busy_has_the_answer_a_little_later(world: World) -> None:
    bobs = world.tenant.chat_with(BOB).id
    world.playground.misbehaviour.rate_limit("create_activity", channel=bobs, retry_after=1)

    await world.playground.people.say(BOB, "@Podline mine", at=NORTH)
    await world.settle()

    assert len(world.tenant.told(BOB)) == 1
    assert world.tenant.posts(NORTH) == []


async def test_teams_is_waited_for_as_long_as_it_asks_and_never_longer_than_somebody_would(world: World) -> None:
    mishaps = world.playground.misbehaviour
    for seconds in (3, 60):
        mishaps.rate_limit("create_activity", retry_after=seconds)
    mishaps.status("create_conversation", 412)

    waits = await tell_bob(world)

    assert waits == [1.0, 3.0, 10.0]
    assert [one.text for one in world.tenant.told(BOB)] == ["Well."]


async def test_a_teams_that_stays_busy_is_given_up_and_nothing_is_said_in_public(world: World) -> None:
    world.playground.misbehaviour.rate_limit("create_activity", retry_after=2, times=None)

    waits = await tell_bob(world)
    world.playground.misbehaviour.clear()

    assert waits == [2.0, 2.0, 2.0]
    assert world.tenant.told(BOB) == []
    assert world.tenant.posts(NORTH) == []


@pytest.mark.parametrize(("trouble", "arrived"), [("drop_after", 1), ("drop_before", 0)])
async def test_what_may_have_arrived_is_not_said_again_nor_anything_in_public(
    world: World, trouble: str, arrived: int
) -> None:
    getattr(world.playground.misbehaviour, trouble)("create_activity", channel=world.tenant.chat_with(BOB).id)

    waits = await tell_bob(world)

    assert waits == []
    assert len(world.tenant.told(BOB)) == arrived
    assert world.tenant.posts(NORTH) == []


async def test_a_service_that_is_ill_makes_nobody_believe_that_they_lack_the_app(world: World) -> None:
    world.playground.misbehaviour.status("create_activity", 503)

    await tell_bob(world)

    assert world.tenant.posts(NORTH) == []


async def test_our_own_pace_puts_answers_off_and_drops_none(world: World) -> None:
    clock = Seconds()
    platform = TeamsPlatform(world.teams.connector, world.teams.whereabouts, world.tenant.bot_id)
    platform._pace = Pace(clock, tenant=(Window(1, 3),))

    waits = [await tell_bob(world, platform, clock) for _ in range(4)]

    assert [[round(one, 6) for one in each] for each in waits] == [[], *[[3 + MARGIN]] * 3]
    assert [one.text for one in world.tenant.told(BOB)] == ["Well."] * 4


async def test_somebody_of_another_firm_who_cannot_be_written_to_is_told_nothing_in_public(world: World) -> None:
    card = await world.ask_and_deliver()
    world.tenant.installed_for.discard(GUS)

    await world.playground.people.say(GUS, "@Podline hello", at=NORTH, root=card.id)
    await world.settle()

    assert world.tenant.replies(NORTH, card.id) == []
