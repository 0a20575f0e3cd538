"""The loop that lets things happen by themselves: it looks after what is due, then sleeps until the next is."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, TypeVar

import structlog

from bot.clock import Clock, sleep_until
from bot.metrics import Metrics
from bot.real_time import in_real_seconds
from commands.ports import NewUnitOfWork
from commands.tick import Ticked, tick

log = structlog.get_logger(__name__)

LIMIT = 200
"""Questions of one round; when there are more, the next round begins at once."""
BREATH = 0.1
"""Real seconds between two rounds, so that a burst of commits is one round and not as many."""
FIRST_RETRY, LAST_RETRY = 1.0, 30.0
STALE = 30.0
"""Real seconds without a finished round (or ten ticks, if that is longer) after which we are not ready."""

Result = TypeVar("Result")
Tick = Callable[[NewUnitOfWork, datetime, int], Ticked]


class Schedule:
    """Runs the tick, in a worker thread, whenever something is due and at least every ``tick_seconds`` (real ones).

    The rows are the timers: what a round misses, because the process died or the database was away, the next one does.
    """

    def __init__(
        self,
        new_uow: NewUnitOfWork,
        clock: Clock,
        metrics: Metrics,
        *,
        tick_seconds: float = 2.0,
        tick: Tick = tick,
        breath: float = BREATH,
        first_retry: float = FIRST_RETRY,
    ) -> None:
        self._new_uow = new_uow
        self._clock = clock
        self._metrics = metrics
        self._tick_seconds = tick_seconds
        self._tick = tick
        self._breath = breath
        self._first_retry = first_retry
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._finished_at: float | None = None
        self._failures = 0

    async def run(self) -> None:
        """Go on until cancelled; a round that has begun is finished first."""
        self._loop = asyncio.get_running_loop()
        while True:
            self._woken.clear()
            began = self._clock.now()
            ticked = await self._round(began)
            await asyncio.sleep(self._breath if ticked else self._back_off())
            if ticked and ticked.done + ticked.failed < LIMIT:
                await sleep_until(self._clock, self._next(ticked, began), self._woken)

    def wake(self) -> None:
        """Look again at once: something may be due earlier now. May be called from any thread."""
        if self._loop is not None and not self._woken.is_set() and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def findings(self) -> list[str]:
        """Why the work is not being done, if it is not."""
        if self._finished_at is None:
            return ["no round of the tick was finished yet"]
        silent = asyncio.get_running_loop().time() - self._finished_at
        if silent > max(STALE, 10 * self._tick_seconds):
            return [f"the last round of the tick was finished {silent:.0f} seconds ago"]
        return []

    async def _round(self, now: datetime) -> Ticked | None:
        """One tick; None when it failed as a whole, which must end nothing but this round."""
        try:
            ticked = await finished(asyncio.to_thread(self._tick, self._new_uow, now, LIMIT))
        except Exception as error:  # whatever it is, the next round tries again
            self._failures += 1
            self._metrics.tick_failed()
            log.error("the tick failed and is tried again", times=self._failures, exc_info=error)
            return None
        self._failures = 0
        self._finished_at = asyncio.get_running_loop().time()
        self._metrics.ticked(ticked.lateness, ticked.failed)
        return ticked

    def _next(self, ticked: Ticked, began: datetime) -> datetime:
        """The next due time, or the tick, whichever is first.

        What was due when the round began and still is has another process at work on it: that can wait for the tick.
        """
        tick_at = in_real_seconds(self._clock, self._tick_seconds)
        due = ticked.next_due
        return min(due, tick_at) if due is not None and due > began else tick_at

    def _back_off(self) -> float:
        doubled: float = self._first_retry * 2.0 ** min(self._failures - 1, 10)
        return min(doubled, LAST_RETRY)


async def finished(work: Coroutine[Any, Any, Result]) -> Result:
    """Await a thread's work; when cancelled meanwhile, wait for it before giving in, for a thread cannot be stopped."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
