"""Real seconds on a clock that may run fast: leases, back-off and pauses that others asked for are real."""

from datetime import datetime, timedelta

from bot.clock import Clock


def in_real_seconds(clock: Clock, seconds: float) -> datetime:
    """What ``clock`` will show (UTC) in so many real seconds; a clock that is pushed by hand counts as a real one."""
    now = clock.now()
    hour = clock.seconds_until(now + timedelta(hours=1))
    speed = 3600 / hour if 0 < hour < float("inf") else 1.0
    return now + timedelta(seconds=seconds * speed)
