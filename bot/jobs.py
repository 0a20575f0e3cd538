"""What is done every so often: recomputing, cleaning up, the audit and its heartbeat; of several processes by one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.metrics import Metrics
from bot.real_time import in_real_seconds
from commands.ports import NewUnitOfWork

log = structlog.get_logger(__name__)

LOOK = 5.0
"""Real seconds between two looks at whether a job is due."""
LEASE = 300.0
"""Real seconds after which a job is done by somebody else, because whoever began it must have died."""


@dataclass(frozen=True, slots=True)
class Job:
    """``act`` is given the time (UTC) and done every ``every``, by the clock; ``name`` is its row in the database."""

    name: str
    every: timedelta
    act: Callable[[datetime], Awaitable[None]]


class Jobs:
    """Looks, by a scheduler, which jobs are due by their rows, and does those it gets the lease of.

    A job that fails is logged and counted, and done again when its lease has run out; it ends nothing else.
    """

    def __init__(
        self, jobs: Sequence[Job], new_uow: NewUnitOfWork, clock: Clock, metrics: Metrics, *, look: float = LOOK
    ) -> None:
        self._jobs = tuple(jobs)
        self._new_uow = new_uow
        self._clock = clock
        self._metrics = metrics
        self._look = look
        self._not_before: dict[str, datetime] = {}

    async def run(self) -> None:
        """Go on until cancelled; what is under way then is finished first."""
        running: set[asyncio.Task[object]] = set()

        async def begin(job: Job) -> None:
            task: asyncio.Task[object] = asyncio.create_task(self.do(job))
            running.add(task)
            task.add_done_callback(running.discard)
            await asyncio.shield(task)

        scheduler = AsyncIOScheduler(timezone=UTC)
        for job in self._jobs:
            scheduler.add_job(begin, "interval", args=[job], seconds=self._look, coalesce=True, max_instances=1)
        scheduler.start()
        try:
            await asyncio.gather(*(begin(job) for job in self._jobs))
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)
            if running:
                await asyncio.wait(running)

    async def do(self, job: Job) -> bool:
        """Do the job if it is due and nobody else does it; returns whether it was done."""
        now = self._clock.now()
        if now < self._not_before.get(job.name, now):
            return False
        try:
            if not await asyncio.to_thread(self._lease, job, now):
                return False
            await job.act(now)
            await asyncio.to_thread(self._done, job)
        except Exception as error:  # it is done again when its lease has run out
            log.error("a periodic job failed and is done again later", job=job.name, exc_info=error)
            self._metrics.job_ran(job.name, "failed")
            return False
        self._metrics.job_ran(job.name, "done")
        return True

    def _lease(self, job: Job, now: datetime) -> bool:
        with self._new_uow() as uow:
            is_ours = uow.jobs.lease(job.name, now, job.every, in_real_seconds(self._clock, LEASE) - now)
            if is_ours:
                uow.commit()
        return is_ours

    def _done(self, job: Job) -> None:
        now = self._clock.now()
        with self._new_uow() as uow:
            uow.jobs.done(job.name, now, job.every)
            uow.commit()
        self._not_before[job.name] = now + job.every
