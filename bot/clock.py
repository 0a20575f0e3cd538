"""The clock: the only place that asks what time it is, so that everything else can be told."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
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
    """Starts at ``start`` (aware), runs ``speed`` times as fast as the wall, can be pushed and hurried; for the demo.

    How it runs is a line of stretches, each from a real instant on: the last one that has begun says the time.
    """

    def __init__(self, start: datetime, speed: float) -> None:
        self._listeners: list[Listener] = []
        self._stretches: tuple[_Stretch, ...] = (_Stretch(_in_utc(start), time.monotonic(), _forwards(speed)),)

    def now(self) -> datetime:
        real = time.monotonic()
        stretches = self._stretches
        running = next((one for one in reversed(stretches) if one.begun <= real), stretches[0])
        return running.start + timedelta(seconds=(real - running.begun) * running.speed)

    def seconds_until(self, instant: datetime) -> float:
        stretches = self._stretches
        reached_in = next((one for one in reversed(stretches) if one.start <= instant), stretches[0])
        real = reached_in.begun + (instant - reached_in.start).total_seconds() / reached_in.speed
        return max(0.0, real - time.monotonic())

    def push(self, by: timedelta) -> None:
        """Move on by ``by`` at once and wake who waits; raises ValueError for a step back."""
        self.set_to(self.now() + by)

    def set_to(self, instant: datetime) -> None:
        """Move on to ``instant`` (aware) at once and wake who waits; raises ValueError for a step back."""
        if _in_utc(instant) < self.now():
            raise ValueError(f"Time does not run backwards: {instant} is before {self.now()}.")
        self._go_on(_Stretch(_in_utc(instant), time.monotonic(), self._stretches[-1].speed))

    def hurry_to(self, instant: datetime, within: float) -> None:
        """Run so fast that ``instant`` (aware) comes ``within`` real seconds, and as before from then on."""
        now, real = self.now(), time.monotonic()
        if _in_utc(instant) <= now or within <= 0:
            return self.set_to(instant)
        speed = (_in_utc(instant) - now).total_seconds() / within
        usual = _Stretch(_in_utc(instant), real + within, self._stretches[-1].speed)
        return self._go_on(_Stretch(now, real, speed), usual)

    def run_at(self, speed: float) -> None:
        """Run ``speed`` times as fast as the wall from now on."""
        self._go_on(_Stretch(self.now(), time.monotonic(), _forwards(speed)))

    def on_jump(self, listener: Listener) -> Unsubscribe:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _go_on(self, *stretches: "_Stretch") -> None:
        self._stretches = stretches
        for listener in tuple(self._listeners):
            listener()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From ``begun`` (of the monotonic clock) on, the time is ``start`` and runs at ``speed``."""

    start: datetime
    begun: float
    speed: float


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


def _forwards(speed: float) -> float:
    if speed <= 0:
        raise ValueError(f"A clock needs a speed above 0, not {speed}.")
    return speed


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone.")
    return instant.astimezone(UTC)


def _nothing() -> None:
    """Unsubscribe from a clock that has no listeners."""
