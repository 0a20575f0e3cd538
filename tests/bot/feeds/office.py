"""The small firm with calendar feeds, a poller and a clock, and the server the calendars come from."""

from datetime import date, timedelta
from ipaddress import ip_network

from sqlalchemy import Engine

from bot.calendar_reading import LeaveFile, read_fetched_here
from bot.clock import PushedClock
from bot.feeds.connecting import CarefulTransport
from bot.feeds.fetching import Fetcher
from bot.feeds.polling import Polling
from commands.feed_changes import Wanted, add_feed
from commands.look_feeds import look_at_feeds
from coverage.leave.calendar import CalendarKind, Reading
from coverage.leave.reading import unwatched
from storage.sealing import Sealing
from storage.unit_of_work import UnitsOfWork
from tests.bot.feeds.calendar_server import CalendarServer, Say
from tests.world import MONDAY, Sent, World, only

KEY = "a key of at least 32 characters, for tests"
HERE = ip_network("127.0.0.1/32")
HOUR = timedelta(hours=1)


def day(number: int, month: int = 12) -> date:
    return date(2026, month, number)


class Office:
    """The small firm with feeds, a poller, and the server they come from."""

    def __init__(self, engine: Engine, server: CalendarServer) -> None:
        self.world = World(UnitsOfWork(engine, sealing=Sealing([KEY])))
        self.server = server
        self.clock = PushedClock(MONDAY)
        self.read: list[LeaveFile] = []
        self.outcomes: list[str] = []
        self.polling = self.another()

    def another(self) -> Polling:
        """Another process that polls the same database."""
        fetcher = Fetcher(CarefulTransport([HERE]), seconds=5)
        return Polling(
            self.world.new_uow, fetcher, self.clock, dice=lambda: 0.0, read=self._read, observe=self.outcomes.append
        )

    def _read(self, file: LeaveFile) -> Reading:
        self.read.append(file)
        return read_fetched_here(file, unwatched)

    def add(self, kind: CalendarKind = CalendarKind.TEAM, server: CalendarServer | None = None, more: str = "") -> None:
        with self.world.new_uow() as uow:
            firm = uow.firm()
            address = (server or self.server).address + more
            owner = next(person for person in firm.people.values() if person.name == "Ann Lee")
            added_by = next(person for person in firm.people.values() if person.name == "Mia Fox")
            add_feed(uow, firm, Wanted(address, kind, owner, "GB"), added_by.id, self.clock.now())
            uow.commit()

    async def poll(self, *answers: Say, after: timedelta = timedelta()) -> list[Sent]:
        """Time passes, the server answers as told to whoever is due; returns what people were sent."""
        if answers:
            self.server.says(*answers)
        self.pass_time(after)
        await self.polling.poll_all_due()
        self.world.tick()
        return self.world.deliver()

    def pass_time(self, by: timedelta) -> None:
        self.clock.push(by)
        self.world.now = self.clock.now()

    def away(self) -> list[str]:
        """``Ann 7-11``: the leave that came out of feeds."""
        with self.world.new_uow.reading() as uow:
            people = uow.firm().people
            found = [
                one.absence for feed in uow.feeds.everything() for one in uow.absences.of_source(f"feed:{feed.id}")
            ]
            return sorted(
                f"{people[one.person].name.split()[0]} {one.first.day}"
                f"{f'-{one.last.day}' if one.last != one.first else ''}"
                for one in found
            )

    def shown(self, name: str = "team") -> dict[str, str]:
        """The lines of `podline feeds`, and its state."""
        shown = only([one for one in look_at_feeds(self.world.new_uow, self.clock.now()) if one.name == name])
        said = {"state": shown.state_words, **dict(shown.lines())}
        assert not any(secret in repr((said, shown.as_json())) for secret in ("s3cr3t", "private-ann"))
        return said

    def next_fetch_in(self) -> timedelta:
        with self.world.new_uow.reading() as uow:
            return only(uow.feeds.everything()).due_at - self.clock.now()
