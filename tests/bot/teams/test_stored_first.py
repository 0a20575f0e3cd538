"""What Teams tells is stored before it is acknowledged, and has its effect once, whatever fails or dies in between."""

from datetime import datetime

import pytest

from bot.clock import SystemClock
from bot.teams.app import Teams
from bot.teams.name import NAME
from commands.invocation import Invocation
from commands.join import join
from commands.ports import NewUnitOfWork
from commands.run import run
from commands.views import Reply
from tests.bot.teams.conftest import BOB, World, registration_of


class FailsOnce:
    """Runs what is said, but for the first time."""

    def __init__(self) -> None:
        self.tried = 0

    def __call__(self, invocation: Invocation, new_uow: NewUnitOfWork, now: datetime) -> Reply:
        self.tried += 1
        if self.tried == 1:
            raise RuntimeError("nobody thought of that")
        return run(invocation, new_uow, now)


def is_stored(world: World) -> bool:
    with world.new_uow.reading() as uow:
        return uow.inbox.earliest(NAME) is not None


def another_process(world: World, runs: FailsOnce) -> Teams:
    """One that begins anew with what is stored."""
    registration = registration_of(world.playground)
    wall = SystemClock().now
    return Teams(registration, world.new_uow, world.clock, run=runs, join=join, wall_now=wall, paced=False)


async def test_what_was_acknowledged_when_the_process_died_has_its_effect_in_the_next(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    card = await world.ask_and_deliver()
    said = await world.playground.people.say(BOB, "claim Q-1")
    was_stored, runs = is_stored(world), FailsOnce()
    next_one = another_process(world, runs)

    await next_one.inbox.drain()
    first_try = world.question().claimed_by, is_stored(world)
    await world.later(seconds=2)
    await next_one.inbox.drain()
    await next_one.settle()
    await world.settle()

    assert said.ok
    assert was_stored
    assert "nobody thought of that" in caplog.text
    assert first_try == (None, True)
    assert runs.tried == 2
    assert "Bob Roy" in card.text
    assert ["Q-1 is yours" in one.text for one in world.tenant.told(BOB)] == [True]
    await next_one.close()
