"""The loop that fetches calendar feeds when they are due, and reads what came in a process that can be ended."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.calendar_reading import LeaveFile, read_fetched
from bot.calendar_worker import TooMuch
from bot.clock import Clock
from bot.config import Settings
from bot.feeds.connecting import CarefulTransport
from bot.feeds.fetching import BrokenOff, Fetched, Fetcher, NotModified, Trouble
from bot.real_time import in_real_seconds
from bot.schedule import finished
from commands.feed_polls import (
    ToPoll,
    digest_of,
    good_body,
    held_body,
    note_failed,
    note_held,
    note_unchanged,
    take_due,
    take_in,
)
from commands.ports import NewUnitOfWork
from coverage.feeds import Version
from coverage.leave.calendar import CalendarKind, Reading
from coverage.leave.changes import HeldBack
from coverage.leave.decoding import NotACalendar

log = structlog.get_logger(__name__)

LOOK = 2.0
"""Real seconds between two looks at whether a feed is due."""
AT_A_TIME = 4
READ_AT_A_TIME = 2
"""Each takes a processor and up to a gigabyte for a moment."""
LEASE = 300.0
"""Real seconds after which a feed is fetched by somebody else. It outlasts the longest fetch, waiting for a turn to be
read, and reading."""
NO_KEY = "no key in PODLINE_SECRET_KEY opens its address: set the key it was added under, or add the feed again"
OWNER_LEFT = "whose calendar it is has left the firm: remove the feed"

Read = Callable[[LeaveFile], Reading]


Observe = Callable[[str], None]
"""Told of each poll, by what came of it: ``read``, ``unchanged``, ``held`` or ``failed``."""


def _to_nobody(outcome: str) -> None:
    """Where nobody counts."""


def polling_of(settings: Settings, new_uow: NewUnitOfWork, clock: Clock, observe: Observe = _to_nobody) -> "Polling":
    """As the settings have it: which private networks feeds may reach."""
    return Polling(new_uow, Fetcher(CarefulTransport(settings.feed_allow)), clock, observe=observe)


class Polling:
    """Fetches what is due, a few at once. A feed that fails, however, touches no other.

    ``dice`` gives numbers from 0 to 1 for the jitter; ``read`` reads a calendar, in a thread.
    """

    def __init__(
        self,
        new_uow: NewUnitOfWork,
        fetcher: Fetcher,
        clock: Clock,
        *,
        dice: Callable[[], float] = random.random,
        read: Read = read_fetched,
        look: float = LOOK,
        observe: Observe = _to_nobody,
    ) -> None:
        self._observe = observe
        self._new_uow = new_uow
        self._fetcher = fetcher
        self._clock = clock
        self._dice = dice
        self._read = read
        self._look = look
        self._readers = asyncio.Semaphore(READ_AT_A_TIME)

    async def run(self) -> None:
        """Go on until cancelled. A fetch that is under way then is given up: its lease runs out."""
        while True:
            if await self.poll_due() < AT_A_TIME:
                await asyncio.sleep(self._look)

    async def poll_all_due(self) -> None:
        """Fetch feeds until none is due."""
        while await self.poll_due():
            pass

    async def poll_due(self) -> int:
        """Fetch the feeds that are due, a few of them; returns how many that were."""
        lease = in_real_seconds(self._clock, LEASE) - self._clock.now()
        due = await finished(asyncio.to_thread(take_due, self._new_uow, self._clock.now(), lease, AT_A_TIME))
        await asyncio.gather(*(self.poll(one) for one in due))
        return len(due)

    async def poll(self, polled: ToPoll) -> None:
        """Fetch a feed that was taken. Whatever goes wrong is its alone, is said in the list, and is tried again."""
        named = {"feed": polled.feed.id, "host": polled.feed.host, "fingerprint": polled.feed.fingerprint}
        try:
            await self._poll(polled)
        except Exception as error:
            log.error("a calendar feed could not be looked after; it is tried again", **named, exc_info=error)
            why = "something went wrong on our side; the log has it"
            await self._fail(polled, why, None)

    async def _poll(self, polled: ToPoll) -> None:
        if polled.address is None:
            return await self._fail(polled, NO_KEY, None)
        if polled.feed.kind is CalendarKind.PERSONAL and polled.owner is None:
            return await self._fail(polled, OWNER_LEFT, None)
        if polled.feed.is_confirmed and (body := await asyncio.to_thread(held_body, self._new_uow, polled.feed.id)):
            return await self._take_in(polled, _New(body, None, None, None), must_be_believable=False)
        return await self._fetch(polled, polled.address)

    async def _fetch(self, polled: ToPoll, address: str) -> None:
        feed = polled.feed
        has_good = feed.digest is not None
        etag, last_modified = (feed.etag, feed.last_modified) if has_good else (None, None)
        match await self._fetcher.fetch(address, etag, last_modified, self._clock.now()):
            case Trouble(why, retry_after):
                await self._fail(polled, why, retry_after)
            case BrokenOff(why):
                await self._hold(polled, f"{why}.", None)
            case NotModified() if not has_good:
                await self._fail(polled, f"{feed.host} says that nothing has changed, and we have nothing", None)
            case NotModified():
                await self._same(polled, None)
            case Fetched() as fetched if digest_of(fetched.data) == feed.digest:
                await self._same(polled, Version(feed.digest, fetched.etag, fetched.last_modified))
            case Fetched(data, new_etag, new_last_modified, max_age):
                await self._take_in(polled, _New(data, new_etag, new_last_modified, max_age))

    async def _same(self, polled: ToPoll, version: Version | None) -> None:
        """What we have is what there is; it is read again only where people, answers or the day have changed."""
        if polled.is_read_as_before:
            now = self._clock.now()
            await finished(asyncio.to_thread(note_unchanged, polled, version, self._new_uow, now, self._dice()))
            return self._observe("unchanged")
        data = await asyncio.to_thread(good_body, self._new_uow, polled.feed.id)
        if data is None:
            return await self._fetch(_without_marks(polled), polled.address or "")
        feed = polled.feed
        marks = version or Version(feed.digest, feed.etag, feed.last_modified)
        kept = _New(data, marks.etag, marks.last_modified, None, is_kept=True)
        return await self._take_in(polled, kept, must_be_believable=False)

    async def _take_in(self, polled: ToPoll, new: "_New", *, must_be_believable: bool = True) -> None:
        previous = None
        if must_be_believable and polled.feed.digest is not None:
            previous = await asyncio.to_thread(good_body, self._new_uow, polled.feed.id)
        feed, now = polled.feed, self._clock.now()
        file = LeaveFile(
            new.data, polled.people, feed.kind, polled.owner, feed.country, polled.first, polled.last, now, previous,
            polled.answers,
        )  # fmt: skip
        try:
            async with self._readers:
                reading = await finished(asyncio.to_thread(self._read, file))
        except HeldBack as why:
            return await self._hold(polled, str(why), new.data)
        except (NotACalendar, TooMuch) as why:
            return await self._hold(polled, str(why), None)
        version = Version(digest_of(new.data), new.etag, new.last_modified)
        wish = reading.refresh or new.max_age or (feed.interval if new.is_kept else None)
        body = None if new.is_kept else new.data
        await finished(
            asyncio.to_thread(take_in, polled, version, body, reading, wish, self._new_uow, now, self._dice())
        )
        return self._observe("read")

    async def _hold(self, polled: ToPoll, why: str, data: bytes | None) -> None:
        now = self._clock.now()
        await finished(asyncio.to_thread(note_held, polled, why, data, self._new_uow, now, self._dice()))
        self._observe("held")

    async def _fail(self, polled: ToPoll, why: str, retry_after: timedelta | None) -> None:
        now = self._clock.now()
        await finished(asyncio.to_thread(note_failed, polled, why, retry_after, self._new_uow, now, self._dice()))
        self._observe("failed")


@dataclass(frozen=True, slots=True)
class _New:
    """A calendar to be taken in, with the server's marks of it. ``is_kept``: it is the last good one, read again."""

    data: bytes
    etag: str | None
    last_modified: str | None
    max_age: timedelta | None
    is_kept: bool = False


def _without_marks(polled: ToPoll) -> ToPoll:
    """The last good calendar cannot be opened any more: as if there had been none."""
    return replace(polled, feed=replace(polled.feed, digest=None, etag=None, last_modified=None))
