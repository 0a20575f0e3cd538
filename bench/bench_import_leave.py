"""Importing leave out of a calendar of 10,000 events, against parsing and expanding it with the libraries alone."""

import time
from datetime import date, timedelta
from itertools import count

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]

from bench.bench_feeds import EVENTS, a_team_calendar
from bench.firm import MONDAY, a_folder, database_in
from bench.report import Direction, Measurement, interleaved
from bot.calendar_reading import LeaveFile, read_fetched_here
from commands.import_leave import import_leave
from coverage.leave.calendar import CalendarKind
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork

ROUNDS, TARGET = 3, 1.5
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)


def measure() -> list[Measurement]:
    with a_folder() as folder:
        engine = open_engine(database_in(folder))
        new_uow, body, sources = UnitsOfWork(engine), a_team_calendar(), count(1)
        with new_uow.reading() as uow:
            people = list(uow.firm().people.values())

        def imported() -> float:
            """Seconds from bytes to absences that are stored, each time as another calendar's."""
            file = LeaveFile(body, people, CalendarKind.TEAM, None, None, FIRST, LAST, MONDAY)
            began = time.perf_counter()
            reading = read_fetched_here(file)
            done = import_leave(reading.absences, f"bench:{next(sources)}", FIRST, LAST, new_uow, MONDAY)
            took = time.perf_counter() - began
            if not done.added:
                raise AssertionError("Nothing was imported, so its speed says nothing.")
            return took

        seconds = interleaved(imported, lambda: _parsed_and_expanded(body), ROUNDS)
        engine.dispose()
    name = f"leave: {EVENTS:,} events imported"
    return [Measurement(name, seconds.ours, seconds.floor, "seconds", seconds.ratio, TARGET, Direction.AT_MOST)]


def _parsed_and_expanded(body: bytes) -> float:
    began = time.perf_counter()
    parsed = icalendar.Calendar.from_ical(body)
    found = recurring_ical_events.of(parsed).between(FIRST, LAST + timedelta(days=1))
    took = time.perf_counter() - began
    if len(found) != EVENTS:
        raise AssertionError(f"{len(found)} of {EVENTS} events were expanded, so the floor says nothing.")
    return took
