"""A deadline in service hours, against the PyPI package businesstimedelta on the same calendars."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count
from typing import Any

import holidays
import pytz  # type: ignore[import-untyped]  # comes with businesstimedelta
from businesstimedelta import BusinessTimeDelta, HolidayRule, LunchTimeRule, Rules, WorkDayRule

from bench.report import Direction, Measurement, interleaved, seconds_for
from coverage.durations import ServiceTime
from coverage.service_hours import ServiceHours
from coverage.timetable import parse_week

ROUNDS = 5
TARGET = 5.0
ZONE = "Europe/London"
WEEKDAYS = [0, 1, 2, 3, 4]
STARTS = [datetime(2026, 1, 5, 7, 3, 11, tzinfo=UTC) + timedelta(hours=31 * number) for number in range(270)]
TARGETS = [timedelta(minutes=30), timedelta(hours=4), timedelta(hours=40)]


@dataclass(frozen=True)
class SameCalendar:
    """One timetable in both forms."""

    name: str
    ours: ServiceHours
    theirs: Any


def measure() -> list[Measurement]:
    calendars = _calendars()
    for calendar in calendars:
        _refuse_different_answers(calendar)
    known = [_compared(f"deadline, {same.name}", same, partial(_as_it_is, same.ours)) for same in calendars]
    office = calendars[0]
    never_seen = partial(_never_seen, office.ours, count(1))
    return [*known, _compared(f"deadline, {office.name}, a timetable never seen", office, never_seen)]


def _compared(name: str, calendar: SameCalendar, hours: Callable[[], ServiceHours]) -> Measurement:
    deadlines = len(STARTS) * len(TARGETS)

    def our_rate() -> float:
        return deadlines / seconds_for(lambda: _our_deadlines(hours()))

    def their_rate() -> float:
        return deadlines / seconds_for(lambda: _their_deadlines(calendar.theirs))

    rates = interleaved(our_rate, their_rate, ROUNDS)
    return Measurement(name, rates.ours, rates.floor, "a second", rates.ratio, TARGET, Direction.AT_LEAST)


def _our_deadlines(hours: ServiceHours) -> list[datetime]:
    targets = [ServiceTime(int(target.total_seconds())) for target in TARGETS]
    return [hours.deadline(start, target) for start in STARTS for target in targets]


def _their_deadlines(rules: Any) -> list[datetime]:
    targets = [BusinessTimeDelta(rules, timedelta=target) for target in TARGETS]
    return [start + target for start in STARTS for target in targets]


def _as_it_is(hours: ServiceHours) -> ServiceHours:
    return hours


def _never_seen(hours: ServiceHours, number: "count[int]") -> ServiceHours:
    """The same hours with a closed day long ago: equal to none before, so nothing of it is remembered."""
    return ServiceHours(hours.timezone, hours.week, closed=frozenset({date(1990, 1, 1) + timedelta(days=next(number))}))


def _refuse_different_answers(calendar: SameCalendar) -> None:
    ours, theirs = _our_deadlines(calendar.ours), _their_deadlines(calendar.theirs)
    different = sum(mine != other for mine, other in zip(ours, theirs, strict=True))
    if different:
        raise AssertionError(f"{calendar.name}: {different} of {len(ours)} deadlines differ, so speeds say nothing.")


def _calendars() -> list[SameCalendar]:
    zone = pytz.timezone(ZONE)
    office = WorkDayRule(time(9), time(17, 30), WEEKDAYS, tz=zone)
    lunch = LunchTimeRule(time(12), time(13), WEEKDAYS, tz=zone)
    bank_holidays = HolidayRule(holidays.country_holidays("GB", subdiv="ENG", years=range(2026, 2033)), tz=zone)
    return [
        SameCalendar("office hours", ServiceHours(ZONE, parse_week("Mon-Fri 09:00-17:30")), office),
        SameCalendar(
            "with lunch breaks",
            ServiceHours(ZONE, parse_week("Mon-Fri 09:00-12:00,13:00-17:30")),
            Rules([office, lunch]),
        ),
        SameCalendar(
            "with holidays",
            ServiceHours(ZONE, parse_week("Mon-Fri 09:00-17:30"), ("GB-ENG",)),
            Rules([office, bank_holidays]),
        ),
    ]
