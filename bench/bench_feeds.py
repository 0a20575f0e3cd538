"""A calendar feed that has not changed, against the import of one with 10,000 events: what polling costs a firm."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_network
from itertools import count
from pathlib import Path

from bench.firm import MONDAY, a_folder, database_in
from bench.report import Direction, Measurement, interleaved
from bot.clock import PushedClock
from bot.feeds.connecting import CarefulTransport
from bot.feeds.fetching import Fetcher
from bot.feeds.polling import Polling
from commands.feed_changes import Wanted, add_feed
from commands.look_feeds import look_at_feeds
from coverage.feeds import due_now
from coverage.ids import FeedId
from coverage.leave.calendar import CalendarKind
from storage.engine import open_engine
from storage.sealing import Sealing
from storage.unit_of_work import UnitsOfWork

EVENTS, ROUNDS, POLLS = 10_000, 2, 20
TARGET = 0.02
PEOPLE = ("Ann Lee", "Bob Roy", "Cara Diaz")


def measure() -> list[Measurement]:
    return [
        _compared("an unchanged feed, by its ETag", sends_marks=True),
        _compared("an unchanged feed, by its bytes", sends_marks=False),
    ]


def _compared(name: str, *, sends_marks: bool) -> Measurement:
    with a_folder() as folder, _office(folder, sends_marks=sends_marks) as office:
        seconds = interleaved(office.unchanged, office.imported, ROUNDS)
    return Measurement(name, seconds.ours, seconds.floor, "seconds", seconds.ratio, TARGET, Direction.AT_MOST)


class _Office:
    """A firm whose feeds all come from one server with one calendar of many events."""

    def __init__(self, new_uow: UnitsOfWork, *, sends_marks: bool) -> None:
        self._new_uow = new_uow
        self._clock = PushedClock(MONDAY)
        self._server = _Server(sends_marks=sends_marks)
        self._numbers = count(1)

    def imported(self) -> float:
        """Seconds for fetching, reading and storing it for the first time."""
        return asyncio.run(self._timed(lambda address: self._add(f"{address}?{next(self._numbers)}"), 1, "read"))

    def unchanged(self) -> float:
        """Seconds for one fetch of what is known already."""
        if not look_at_feeds(self._new_uow, MONDAY):
            self.imported()
        return asyncio.run(self._timed(lambda _: self._due(), POLLS, "unchanged"))

    async def _timed(self, prepare: Callable[[str], FeedId], times: int, outcome: str) -> float:
        """On average of so many ``times``, before each of which ``prepare`` makes one feed due."""
        listening = await asyncio.start_server(self._server.serve, "127.0.0.1", self._server.port)
        self._server.port = listening.sockets[0].getsockname()[1]
        fetcher = Fetcher(CarefulTransport([ip_network("127.0.0.1/32")]))
        polling = Polling(self._new_uow, fetcher, self._clock)
        loop, seconds = asyncio.get_running_loop(), 0.0
        async with listening:
            for _ in range(times):
                due = prepare(f"http://127.0.0.1:{self._server.port}/")
                began = loop.time()
                fetched = await polling.poll_due()
                seconds += loop.time() - began
                came = {one.id: one.last_outcome for one in look_at_feeds(self._new_uow, MONDAY)}[due]
                if (fetched, came) != (1, outcome):
                    raise AssertionError(f"{fetched} fetched, {came} instead of {outcome}: speeds say nothing.")
        return seconds / times

    def _add(self, address: str) -> FeedId:
        with self._new_uow() as uow:
            added = add_feed(uow, uow.firm(), Wanted(address, CalendarKind.TEAM), None, self._clock.now())
            uow.commit()
        return added.id

    def _due(self) -> FeedId:
        with self._new_uow() as uow:
            first = min(uow.feeds.everything(), key=lambda feed: feed.id)
            uow.feeds.save(due_now(first, self._clock.now()))
            uow.commit()
        return first.id


class _Server:
    """Gives one calendar, or says that it has not changed where it ``sends_marks``."""

    def __init__(self, *, sends_marks: bool) -> None:
        self.port = 0
        self._sends_marks = sends_marks
        self._body = a_team_calendar()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if b"if-none-match" in asked.lower():
            writer.write(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
        else:
            mark = b'ETag: "1"\r\n' if self._sends_marks else b""
            length = f"Content-Length: {len(self._body)}\r\n".encode()
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n" + mark + length + b"\r\n" + self._body)
        await writer.drain()
        writer.close()


def a_team_calendar() -> bytes:
    """Of so many events, as a server would give it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN"]
    for number in range(EVENTS):
        day = MONDAY.date() + timedelta(days=number % 360)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}@bench.example",
            "DTSTAMP:20260101T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{PEOPLE[number % len(PEOPLE)]}: vacation",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


@contextmanager
def _office(folder: Path, *, sends_marks: bool) -> Iterator[_Office]:
    engine = open_engine(database_in(folder))
    key = "a key of at least 32 characters, for this"
    yield _Office(UnitsOfWork(engine, sealing=Sealing([key])), sends_marks=sends_marks)
    engine.dispose()
