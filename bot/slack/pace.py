"""How fast Slack lets us send (https://docs.slack.dev/apis/web-api/rate-limits), kept in memory."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` at once, then ``per_second``."""

    burst: float
    per_second: float


POST = Rate(burst=3, per_second=1)
"""chat.postMessage, for each channel."""
UPDATE = Rate(burst=10, per_second=50 / 60)
"""chat.update, for the workspace."""


@dataclass(slots=True)
class _Bucket:
    allowance: float
    filled_at: float
    promised_until: float = 0.0
    closed_until: float = 0.0


class Pace:
    """One bucket for each key. ``clock`` counts real seconds from anywhere (the event loop's ``time``)."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def take(self, key: str) -> float:
        """0.0: go ahead, it is counted. Else so many seconds to come back after: those who ask meanwhile are told
        later times, so that they do not all return together."""
        now = self._clock()
        bucket = self._bucket(key, now)
        if bucket.closed_until > now:
            return self._promise(bucket, bucket.closed_until, now)
        bucket.allowance = min(self._rate.burst, bucket.allowance + (now - bucket.filled_at) * self._rate.per_second)
        bucket.filled_at = now
        if bucket.allowance >= 1:
            bucket.allowance -= 1
            return 0.0
        return self._promise(bucket, now + (1 - bucket.allowance) / self._rate.per_second, now)

    def wait(self, key: str) -> float:
        """Seconds until ``take`` would say 0.0, as far as is known now; nothing is counted."""
        now = self._clock()
        bucket = self._bucket(key, now)
        allowance = bucket.allowance + (now - bucket.filled_at) * self._rate.per_second
        return max(0.0, bucket.closed_until - now, (1 - allowance) / self._rate.per_second)

    def close(self, key: str, seconds: float) -> None:
        """Slack has said how long to stay away."""
        now = self._clock()
        bucket = self._bucket(key, now)
        bucket.closed_until = max(bucket.closed_until, now + seconds)

    def _promise(self, bucket: _Bucket, free_at: float, now: float) -> float:
        bucket.promised_until = max(free_at, bucket.promised_until + 1 / self._rate.per_second)
        return bucket.promised_until - now

    def _bucket(self, key: str, now: float) -> _Bucket:
        if key not in self._buckets:
            self._forget_the_full(now)
            self._buckets[key] = _Bucket(self._rate.burst, now)
        return self._buckets[key]

    def _forget_the_full(self, now: float) -> None:
        """A bucket nobody has taken from for long is as good as a new one."""
        if len(self._buckets) < 1000:
            return
        idle = self._rate.burst / self._rate.per_second
        self._buckets = {
            key: one
            for key, one in self._buckets.items()
            if now - one.filled_at < idle or max(one.closed_until, one.promised_until) > now
        }
