"""Events, stored before they are acknowledged and drained by a worker: each has its effect once, whatever dies when."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from bot.clock import Clock, sleep_until
from bot.real_time import in_real_seconds
from bot.schedule import finished
from commands.ports import Arrived, NewUnitOfWork

log = logging.getLogger(__name__)

AT_A_TIME = 20
LEASE = 30.0
"""Real seconds for which what was taken is ours; what we have not begun by then is left to whoever takes it next."""
FIRST_RETRY, LAST_RETRY = 1.0, 300.0
FAILURES = 8
SET_ASIDE = 24 * 3600.0
"""Seconds after which an event that failed ``FAILURES`` times is tried again, until it is forgotten after 7 days."""

Dispatch = Callable[[Arrived], Awaitable[str]]
"""Lets an event have its effect; says why it had none, or nothing where all is well."""
Observe = Callable[[str], None]
"""Told what became of an event: ``stored``, ``repeated``, ``done``, ``failed`` or ``set_aside``."""


class Inbox:
    """Stores the events of one platform and drains them, one after the other; of several processes one has each."""

    def __init__(
        self,
        platform: str,
        dispatch: Dispatch,
        new_uow: NewUnitOfWork,
        clock: Clock,
        *,
        tick: float = 2.0,
        observe: Observe | None = None,
    ) -> None:
        self._platform = platform
        self._dispatch_to = dispatch
        self._new_uow = new_uow
        self._clock = clock
        self._tick = tick
        self._observe = observe or (lambda _what: None)
        self._woken = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()

    async def store(self, key: str, body: Mapping[str, Any]) -> None:
        """Store an event; when this returns it may be acknowledged. Storing it again has no effect."""
        is_new = await asyncio.to_thread(self._store, key, body)
        self._observe("stored" if is_new else "repeated")
        if is_new:
            self._woken.set()

    async def run(self) -> None:
        """Drain until cancelled, what was left by an earlier process first; what was taken by then is finished."""
        while True:
            self._woken.clear()
            try:
                await self.drain()
            except Exception:
                log.exception("The inbox could not be read; trying again.")
            await sleep_until(self._clock, in_real_seconds(self._clock, self._tick), self._woken)

    async def drain(self) -> None:
        """Dispatch all that is pending at the present time of the clock."""
        async with self._one_at_a_time:
            while await finished(self._work_on_some()):
                pass

    async def _work_on_some(self) -> bool:
        """Take a few events and dispatch them; False where nothing was due. Others may have those whose lease ran out
        meanwhile: of two who work on one event, one has the effect and answers (``commands/run.py``)."""
        leased, until = await asyncio.to_thread(self._lease)
        for arrived in leased:
            if self._clock.now() < until:
                await self._dispatch(arrived)
        return bool(leased)

    async def _dispatch(self, arrived: Arrived) -> None:
        """One event. It is marked done by its use case, in the transaction of its effect, or else here."""
        try:
            why = await self._dispatch_to(arrived)
        except Exception as error:
            log.exception("The event %s failed.", arrived.key)
            why = f"{type(error).__name__}: {error}"
        what = await asyncio.to_thread(self._put_back if why else self._done, arrived, why)
        self._observe(what)

    def _store(self, key: str, body: Mapping[str, Any]) -> bool:
        with self._new_uow() as uow:
            is_new = uow.inbox.take(key, self._platform, body, self._clock.now())
            uow.commit()
        return is_new

    def _lease(self) -> tuple[list[Arrived], datetime]:
        """Take what is due, and say until when it is ours. Reading waits for nobody, so look first whether to write."""
        now = self._clock.now()
        until = in_real_seconds(self._clock, LEASE)
        with self._new_uow.reading() as uow:
            earliest = uow.inbox.earliest(self._platform)
        if earliest is None or earliest > now:
            return [], until
        with self._new_uow() as uow:
            leased = uow.inbox.lease(self._platform, now, until - now, AT_A_TIME)
            uow.commit()
        return leased, until

    def _done(self, arrived: Arrived, _why: str) -> str:
        with self._new_uow() as uow:
            uow.inbox.done(arrived.key, self._clock.now())
            uow.commit()
        return "done"

    def _put_back(self, arrived: Arrived, why: str) -> str:
        seconds = min(FIRST_RETRY * 2.0 ** min(arrived.attempts, 20), LAST_RETRY)
        is_last = arrived.attempts + 1 >= FAILURES
        until = in_real_seconds(self._clock, SET_ASIDE if is_last else seconds)
        with self._new_uow() as uow:
            uow.inbox.put_back(arrived.key, until, why)
            uow.commit()
        if is_last:
            log.critical("The event %s failed %s times and is set aside: %s", arrived.key, arrived.attempts + 1, why)
        return "set_aside" if is_last else "failed"
