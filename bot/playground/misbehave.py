"""Slack on a bad day: refusals, outages and lost connections on demand, and its rate limits."""

from collections.abc import Callable
from dataclasses import dataclass

RESPONSE_URL = "response_url"
DOWNLOAD = "download"

# Requests a minute and how many may come at once, by method; per channel where Slack counts so
# (https://docs.slack.dev/apis/web-api/rate-limits).
_RATES: dict[str, tuple[float, int]] = {
    "chat.postMessage": (60, 4),
    "chat.update": (50, 10),
    "chat.delete": (50, 10),
    "chat.postEphemeral": (100, 10),
    "views.open": (100, 20),
    "views.push": (100, 20),
    "views.update": (100, 20),
    "views.publish": (100, 20),
    "users.info": (100, 20),
    "conversations.open": (50, 10),
    "conversations.info": (50, 10),
    "conversations.history": (50, 10),
    "conversations.replies": (50, 10),
    "conversations.members": (100, 20),
    "users.list": (20, 4),
    "conversations.list": (20, 4),
}
_PER_CHANNEL = {"chat.postMessage"}


@dataclass(slots=True)
class Mishap:
    """One thing to go wrong: `kind` is error, rate_limit, status, hang, slow, drop_before or drop_after."""

    kind: str
    method: str
    channel: str | None
    times: int | None
    error: str = ""
    status: int = 500
    seconds: float = 0


class Misbehaviour:
    """The mishaps in store, used up in the order they were asked for; `times=None` lasts until `clear`.

    `method` is a Web API method, "response_url", "download" (of a file), or "*" for any.
    """

    def __init__(self) -> None:
        self._store: list[Mishap] = []

    def fail(self, method: str, *, error: str, channel: str | None = None, times: int | None = 1) -> None:
        """Answer ok: false with this error code, changing nothing."""
        self._store.append(Mishap("error", method, channel, times, error=error))

    def rate_limit(
        self, method: str, *, retry_after: int = 1, channel: str | None = None, times: int | None = 1
    ) -> None:
        """Answer 429 with Retry-After in seconds."""
        self._store.append(Mishap("rate_limit", method, channel, times, seconds=retry_after))

    def status(self, method: str, status: int = 500, *, channel: str | None = None, times: int | None = 1) -> None:
        """Answer with a bare HTTP status, changing nothing."""
        self._store.append(Mishap("status", method, channel, times, status=status))

    def hang(self, method: str, seconds: float, *, channel: str | None = None, times: int | None = 1) -> None:
        """Say nothing for so long, then drop the connection, changing nothing."""
        self._store.append(Mishap("hang", method, channel, times, seconds=seconds))

    def slow(self, method: str, seconds: float, *, channel: str | None = None, times: int | None = 1) -> None:
        """Do as asked, but answer so much later."""
        self._store.append(Mishap("slow", method, channel, times, seconds=seconds))

    def drop_before(self, method: str, *, channel: str | None = None, times: int | None = 1) -> None:
        """Drop the connection before doing anything."""
        self._store.append(Mishap("drop_before", method, channel, times))

    def drop_after(self, method: str, *, channel: str | None = None, times: int | None = 1) -> None:
        """Do as asked, then drop the connection without an answer."""
        self._store.append(Mishap("drop_after", method, channel, times))

    def clear(self) -> None:
        """Behave again."""
        self._store.clear()

    def take(self, method: str, channel: str | None) -> Mishap | None:
        """The mishap that befalls this call, if one does."""
        for mishap in self._store:
            if mishap.method in (method, "*") and mishap.channel in (channel, None):
                self._count_down(mishap)
                return mishap
        return None

    def _count_down(self, mishap: Mishap) -> None:
        if mishap.times is not None:
            mishap.times -= 1
            if mishap.times <= 0:
                self._store.remove(mishap)


class Rates:
    """Slack's rates as leaky buckets; `elapsed` is a monotonic clock in seconds."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._full_until: dict[tuple[str, str | None], float] = {}

    def wait(self, method: str, channel: str | None) -> float:
        """0 if the call may pass (it then counts), else after how many seconds to come again."""
        if method not in _RATES:
            return 0
        per_minute, burst = _RATES[method]
        key = (method, channel if method in _PER_CHANNEL else None)
        now, spacing = self._elapsed(), 60 / per_minute
        level = max(self._full_until.get(key, now), now)
        if level - now > spacing * (burst - 1):
            return level - now - spacing * (burst - 1)
        self._full_until[key] = level + spacing
        return 0
