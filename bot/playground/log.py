"""Everything that happened in the workspace, numbered, to be read by tests and streamed to a page."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.records import Message, View

SEEN_BY_PEOPLE = frozenset(
    "posted updated deleted ephemeral view_opened view_pushed view_updated view_closed home_published"
    " reaction_added reaction_removed joined".split()
)
TROUBLE = frozenset({"trouble"})


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened. `by` is app, person or slack; `user` is who did it or who alone sees it."""

    seq: int
    at: datetime
    kind: str
    by: str
    channel: str | None = None
    user: str | None = None
    message: Message | None = None
    view: View | None = None
    detail: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """One line for a failing test."""
        what = self.message.text if self.message else self.view.content if self.view else self.detail
        return f"#{self.seq} {self.kind} by {self.by} in {self.channel} for {self.user}: {what!s:.160}"


class Log:
    """An append-only list of happenings; subscribers are called at once, in order of subscription."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.entries: list[Happening] = []
        self._now = now
        self._subscribers: list[Callable[[Happening], None]] = []

    def add(
        self,
        kind: str,
        by: str,
        *,
        channel: str | None = None,
        user: str | None = None,
        message: Message | None = None,
        view: View | None = None,
        **detail: Any,
    ) -> Happening:
        """Write one happening down and tell the subscribers."""
        entry = Happening(len(self.entries) + 1, self._now(), kind, by, channel, user, message, view, detail)
        self.entries.append(entry)
        for tell in tuple(self._subscribers):
            tell(entry)
        return entry

    def subscribe(self, callback: Callable[[Happening], None]) -> Callable[[], None]:
        """Have every later happening told to `callback`; what comes back ends that."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    def reader(self, by: Collection[str] = ("app",), kinds: Collection[str] = SEEN_BY_PEOPLE) -> "Reader":
        """A reader of what comes from now on; by default what the app makes people see, and any trouble."""
        return Reader(self, frozenset(by), frozenset(kinds))


class Reader:
    """A mailbox for tests: everything in it must be taken out, or `expect_nothing` fails."""

    def __init__(self, log: Log, by: frozenset[str], kinds: frozenset[str]) -> None:
        self.unread: list[Happening] = []
        self._by = by
        self._kinds = kinds
        self._waiting: list[asyncio.Event] = []
        self.close = log.subscribe(self._take_in)

    def next(
        self,
        kind: str,
        *,
        channel: str | None = None,
        user: str | None = None,
        where: Callable[[Happening], bool] | None = None,
    ) -> Happening:
        """Take out the first unread happening that fits.

        Raises:
            AssertionError: None fits; the text lists what is unread.
        """
        for entry in self.unread:
            if _fits(entry, kind, channel, user, where):
                self.unread.remove(entry)
                return entry
        raise AssertionError(f"no {kind} in {channel or 'any channel'} for {user or 'anybody'}; {self._listing()}")

    async def arrives(
        self,
        kind: str,
        *,
        channel: str | None = None,
        user: str | None = None,
        where: Callable[[Happening], bool] | None = None,
        timeout: float = 5.0,
    ) -> Happening:
        """The same as `next`, but waits up to `timeout` seconds of real time for it."""
        news = asyncio.Event()
        self._waiting.append(news)
        try:
            async with asyncio.timeout(timeout):
                while not any(_fits(entry, kind, channel, user, where) for entry in self.unread):
                    news.clear()
                    await news.wait()
        except TimeoutError:
            pass  # `next` below says what is missing, in the words of a failed test
        finally:
            self._waiting.remove(news)
        return self.next(kind, channel=channel, user=user, where=where)

    def expect_nothing(self) -> None:
        """Check that all was expected.

        Raises:
            AssertionError: Something is unread.
        """
        if self.unread:
            raise AssertionError(f"unexpected: {self._listing()}")

    def _take_in(self, entry: Happening) -> None:
        if entry.kind in TROUBLE or (entry.by in self._by and entry.kind in self._kinds):
            self.unread.append(entry)
            for news in self._waiting:
                news.set()

    def _listing(self) -> str:
        return "unread:\n" + "\n".join(f"  {entry}" for entry in self.unread) if self.unread else "nothing is unread"


def _fits(
    entry: Happening,
    kind: str,
    channel: str | None,
    user: str | None,
    where: Callable[[Happening], bool] | None,
) -> bool:
    right_place = channel in (None, entry.channel) and user in (None, entry.user)
    return entry.kind == kind and right_place and (where is None or where(entry))
