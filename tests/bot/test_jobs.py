"""Periodic jobs: each once, however many processes look, and one that fails is done again."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.clock import PushedClock
from bot.jobs import LEASE, Job, Jobs
from bot.metrics import Metrics
from storage.unit_of_work import UnitsOfWork

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Deed:
    def __init__(self, *failures: Exception) -> None:
        self.at: list[datetime] = []
        self._failures = list(failures)

    async def __call__(self, now: datetime) -> None:
        self.at.append(now)
        if self._failures:
            raise self._failures.pop(0)


async def test_of_two_processes_one_does_the_job_until_it_is_due_again(new_uow: UnitsOfWork) -> None:
    clock, deed = PushedClock(NOON), Deed()
    job = Job("clean_up", HOUR, deed)
    one, other = (Jobs([job], new_uow, clock, Metrics()) for _ in range(2))

    first = await asyncio.gather(one.do(job), other.do(job))
    clock.push(timedelta(minutes=59))
    too_early = [await one.do(job), await other.do(job)]
    clock.push(timedelta(minutes=1))
    again = [await other.do(job), await one.do(job)]

    assert sorted(first) == [False, True]
    assert too_early == [False, False]
    assert again == [True, False]
    assert deed.at == [NOON, NOON + HOUR]


async def test_a_job_that_fails_is_done_again_when_its_lease_has_run_out(new_uow: UnitsOfWork) -> None:
    clock, deed = PushedClock(NOON), Deed(ConnectionError("away"))
    job = Job("audit", timedelta(seconds=30), deed)
    jobs = Jobs([job], new_uow, clock, Metrics())

    assert not await jobs.do(job)
    assert not await jobs.do(job)
    clock.push(timedelta(seconds=LEASE))

    assert await jobs.do(job)
    assert len(deed.at) == 2


async def test_all_jobs_are_begun_with_the_program(new_uow: UnitsOfWork) -> None:
    deeds = [Deed(), Deed()]
    jobs = [Job(f"job {number}", HOUR, deed) for number, deed in enumerate(deeds)]

    running = asyncio.create_task(Jobs(jobs, new_uow, PushedClock(NOON), Metrics()).run())
    async with asyncio.timeout(5):
        while not all(deed.at for deed in deeds):
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait([running])

    assert [len(deed.at) for deed in deeds] == [1, 1]
