"""How fast Teams lets us send (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit)."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Window:
    """At most ``most`` in any ``seconds``."""

    most: int
    seconds: float


CONVERSATION = (Window(7, 1), Window(8, 2), Window(60, 30), Window(1800, 3600))
TENANT = (Window(30, 1),)
MARGIN = 0.2
"""Seconds by which one message may be longer on its way than another: Teams counts when they arrive."""
FORGOTTEN_FROM = 500
"""So many conversations are remembered without looking whether they are quiet."""


@dataclass(slots=True)
class _Sends:
    """When was sent, the newest last; what is promised to those who ask meanwhile; until when Teams is to be left."""

    at: deque[float] = field(default_factory=deque)
    promised_until: float = 0.0
    closed_until: float = 0.0


class Pace:
    """Keeps to the windows for each conversation and for all together. ``clock`` counts real seconds from anywhere."""

    def __init__(
        self,
        clock: Callable[[], float],
        conversation: Sequence[Window] = CONVERSATION,
        tenant: Sequence[Window] = TENANT,
    ) -> None:
        self._clock = clock
        self._windows = [Window(one.most, one.seconds + MARGIN) for one in conversation]
        self._tenant_windows = [Window(one.most, one.seconds + MARGIN) for one in tenant]
        self._longest = max(one.seconds for one in self._windows)
        self._sends: dict[str, _Sends] = {}
        self._all = _Sends()

    def take(self, conversation: str) -> float:
        """0.0: go ahead, it is counted. Else so many seconds to come back after: those who ask meanwhile are told later
        times, so that they do not all return together."""
        now = self._clock()
        mine = self._of(conversation, now)
        free_at = max(_free_at(mine, self._windows, now), _free_at(self._all, self._tenant_windows, now))
        if free_at > now:
            return _promise(mine, free_at, self._windows) - now
        for sends, windows in ((mine, self._windows), (self._all, self._tenant_windows)):
            sends.at.append(now)
            _forget(sends, now - max(one.seconds for one in windows))
        return 0.0

    def close(self, conversation: str, seconds: float) -> None:
        """Teams has said how long to stay away."""
        now = self._clock()
        mine = self._of(conversation, now)
        mine.closed_until = max(mine.closed_until, now + seconds)

    def _of(self, conversation: str, now: float) -> _Sends:
        if conversation not in self._sends:
            if len(self._sends) >= FORGOTTEN_FROM:
                self._forget_the_quiet(now)
            self._sends[conversation] = _Sends()
        return self._sends[conversation]

    def _forget_the_quiet(self, now: float) -> None:
        since = now - self._longest
        self._sends = {
            name: one
            for name, one in self._sends.items()
            if (one.at and one.at[-1] > since) or max(one.closed_until, one.promised_until) > now
        }


def _free_at(sends: _Sends, windows: Sequence[Window], now: float) -> float:
    """When the next may be sent: the one that is ``most`` before it must be out of each window."""
    free_at = max(now, sends.closed_until)
    for window in windows:
        if len(sends.at) >= window.most:
            free_at = max(free_at, sends.at[-window.most] + window.seconds)
    return free_at


def _promise(sends: _Sends, free_at: float, windows: Sequence[Window]) -> float:
    between = min(window.seconds / window.most for window in windows)
    sends.promised_until = max(free_at, sends.promised_until + between)
    return sends.promised_until


def _forget(sends: _Sends, before: float) -> None:
    while sends.at and sends.at[0] <= before:
        sends.at.popleft()
