"""The clock: the only place that asks what time it is, so that everything else can be told."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

Listener = Callable[[], object]
Unsubscribe = Callable[[], None]


class Clock(Protocol):
    """What time it is, and how long to wait for another time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""

    def seconds_until(self, instant: datetime) -> float:
        """Real seconds from now until this clock shows ``instant`` (aware); 0.0 if it is past.

        ``math.inf`` where waiting does not help because the clock is pushed by hand.
        """

    def on_jump(self, listener: Listener) -> Unsubscribe:
        """Call ``listener`` after each jump of this clock, in the thread that made it jump."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def seconds_until(self, instant: datetime) -> float:
        return max(0.0, (instant - self.now()).total_seconds())

    def on_jump(self, listener: Listener) -> Unsubscribe:
        """Accept a listener that is never called: the machine's time jumps without telling anybody."""
        return _nothing


class PushedClock:
    """Stands still until it is pushed; for tests, where an afternoon takes a millisecond."""

    def __init__(self, start: datetime) -> None:
        self._now = _in_utc(start)
        self._listeners: list[Listener] = []

    def now(self) -> datetime:
        return self._now

    def seconds_until(self, instant: datetime) -> float:
        return 0.0 if instant <= self._now else float("inf")

    def push(self, by: timedelta) -> None:
        """Move on by ``by`` and wake who waits; raises ValueError for a step back."""
        self.set_to(self._now + by)

    def set_to(self, instant: datetime) -> None:
        """Move on to ``instant`` (aware) and wake who waits; raises ValueError for a step back."""
        if _in_utc(instant) < self._now:
            raise ValueError(f"Time does not run backwards: {instant} is before {self._now}.")
        self._now = _in_utc(instant)
        for listener in tuple(self._listeners):
            listener()

    def on_jump(self, listener: Listener) -> Unsubscribe:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)


class FastClock:
    """Starts at ``start`` (aware) and runs ``speed`` times as fast as the wall; for the demo."""

    def __init__(self, start: datetime, speed: float) -> None:
        if speed <= 0:
            raise ValueError(f"A clock needs a speed above 0, not {speed}.")
        self._start = _in_utc(start)
        self._speed = speed
        self._begun = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=(time.monotonic() - self._begun) * self._speed)

    def seconds_until(self, instant: datetime) -> float:
        return max(0.0, (instant - self.now()).total_seconds() / self._speed)

    def on_jump(self, listener: Listener) -> Unsubscribe:
        """Accept a listener that is never called: this clock runs fast and never jumps."""
        return _nothing


async def sleep_until(clock: Clock, instant: datetime, woken: asyncio.Event) -> None:
    """Return once ``clock`` shows ``instant``, or ``woken`` is set, or the clock jumps: whichever is first.

    The caller looks again at what is due, so returning early is harmless. ``woken`` is left as it is.
    """
    loop = asyncio.get_running_loop()
    jumped = asyncio.Event()
    unsubscribe = clock.on_jump(lambda: loop.call_soon_threadsafe(jumped.set))
    waiting = [loop.create_task(woken.wait()), loop.create_task(jumped.wait())]
    seconds = clock.seconds_until(instant)
    try:
        await asyncio.wait(
            waiting,
            timeout=None if seconds == float("inf") else seconds,
            return_when=asyncio.FIRST_COMPLETED,
        )
    finally:
        unsubscribe()
        for task in waiting:
            task.cancel()


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone.")
    return instant.astimezone(UTC)


def _nothing() -> None:
    """Unsubscribe from a clock that has no listeners."""
