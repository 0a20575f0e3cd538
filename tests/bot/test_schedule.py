"""The loop of the tick: when it runs, what wakes it, and that nothing ends it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import PushedClock
from bot.metrics import Metrics
from bot.schedule import LIMIT, Schedule
from commands.ports import NewUnitOfWork, UnitOfWork
from commands.tick import Ticked

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Ticks:
    """Stands in for the use case: notes when it was called, and answers what it is told to."""

    def __init__(self, *answers: Ticked | Exception) -> None:
        self.at: list[datetime] = []
        self._answers = list(answers)

    def __call__(self, _new_uow: NewUnitOfWork, now: datetime, _limit: int) -> Ticked:
        self.at.append(now)
        answer = self._answers.pop(0) if self._answers else nothing()
        if isinstance(answer, Exception):
            raise answer
        return answer


class NoDatabase:
    def __call__(self) -> UnitOfWork:
        raise AssertionError("the tick is another one here")

    reading = __call__


def nothing(next_due: datetime | None = None) -> Ticked:
    return Ticked(done=0, failed=0, lateness=(), next_due=next_due)


@asynccontextmanager
async def running(ticks: Ticks, clock: PushedClock) -> AsyncIterator[Schedule]:
    schedule = Schedule(NoDatabase(), clock, Metrics(), tick=ticks, breath=0, first_retry=0.01)
    task = asyncio.create_task(schedule.run())
    yield schedule
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def until(fact: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not fact():
            await asyncio.sleep(0.002)


async def test_it_sleeps_until_the_earliest_due_time() -> None:
    clock, ticks = PushedClock(NOON), Ticks(nothing(NOON + timedelta(seconds=1)))

    async with running(ticks, clock):
        await until(lambda: len(ticks.at) == 1)
        clock.push(timedelta(seconds=1))
        await until(lambda: len(ticks.at) == 2)

    assert ticks.at == [NOON, NOON + timedelta(seconds=1)]


async def test_a_commit_of_this_process_wakes_it() -> None:
    clock, ticks = PushedClock(NOON), Ticks()

    async with running(ticks, clock) as schedule:
        await until(lambda: len(ticks.at) == 1)
        await asyncio.to_thread(schedule.wake)
        await until(lambda: len(ticks.at) == 2)


async def test_a_full_round_is_followed_by_the_next_at_once() -> None:
    full = Ticked(done=LIMIT, failed=0, lateness=(), next_due=NOON)
    clock, ticks = PushedClock(NOON), Ticks(full, full)

    async with running(ticks, clock):
        await until(lambda: len(ticks.at) == 3)


async def test_a_round_that_fails_ends_nothing_and_says_that_we_are_not_ready() -> None:
    clock, ticks = PushedClock(NOON), Ticks(ConnectionError("the database is away"), nothing())

    async with running(ticks, clock) as schedule:
        await until(lambda: len(ticks.at) == 1)
        before = await schedule.findings()
        await until(lambda: len(ticks.at) == 2)
        async with asyncio.timeout(5):
            while after := await schedule.findings():
                await asyncio.sleep(0.002)

    assert before == ["no round of the tick was finished yet"]
    assert after == []


async def test_what_stays_due_because_another_process_has_it_is_no_reason_to_spin() -> None:
    clock, ticks = PushedClock(NOON), Ticks(*[nothing(NOON) for _ in range(100)])

    async with running(ticks, clock):
        await until(lambda: len(ticks.at) == 1)
        await asyncio.sleep(0.05)

    assert len(ticks.at) == 1


async def test_stopping_waits_for_the_round_that_is_under_way() -> None:
    clock, finished = PushedClock(NOON), []

    def slow(_new_uow: NewUnitOfWork, now: datetime, _limit: int) -> Ticked:
        time.sleep(0.1)
        finished.append(now)
        return nothing()

    task = asyncio.create_task(Schedule(NoDatabase(), clock, Metrics(), tick=slow, breath=0).run())
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert finished == [NOON]
