"""Leave: on which days and halves somebody is away, and which instants that makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from coverage.ids import PersonId
from coverage.people import NOON_SPLIT, Person
from coverage.service_hours import Span
from coverage.wall_clock import first_instant, zone_of


class Kind(StrEnum):
    """Why somebody is away. Only the person themselves sees every kind (PRODUCT.md, Leave)."""

    ANNUAL = "annual"
    SICK = "sick"
    PARENTAL = "parental"
    TRAINING = "training"
    PUBLIC_HOLIDAY = "public_holiday"
    PART_TIME = "part_time"
    OTHER = "other"
    UNKNOWN = "unknown"


class Half(StrEnum):
    AM = "am"
    PM = "pm"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A day of an absence on which the person is away for one half only; an unknown half counts as the whole day."""

    date: date
    half: Half


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from ``first`` to ``last``, both inclusive, days of their own zone.

    ``uid`` names the event of an imported calendar it was read from; None for leave marked by hand.
    """

    person: PersonId
    kind: Kind
    first: date
    last: date
    half_days: tuple[HalfDay, ...] = ()
    uid: str | None = None


FOR_GOOD = date(2999, 12, 31)
"""The last day of an absence that never ends: of somebody who has left the firm."""


def away_spans(absence: Absence, person: Person) -> Iterator[Span]:
    """The instants (UTC) in which ``absence`` makes ``person`` away, in order and not touching each other.

    Days begin and end at midnight of the person's own zone; a half day splits at the break of their working
    pattern on that weekday (the longest, where it has several), else at 13:00. Both halves of a day are a whole day.
    """
    began = _instant(absence.first, time(0), person)
    for day, half in _halves(absence):
        midday = _instant(day, _split_of(person, day), person)
        if half is Half.AM:
            yield Span(began, midday)
            began = _instant(day + timedelta(days=1), time(0), person)
        else:
            midnight = _instant(day, time(0), person)
            if began < midnight:
                yield Span(began, midnight)
            began = midday
    end = _instant(absence.last + timedelta(days=1), time(0), person)
    if began < end:
        yield Span(began, end)


def _halves(absence: Absence) -> list[tuple[date, Half]]:
    """The days of the absence of which only one half is known to be away, in order."""
    away: dict[date, set[Half]] = {}
    for day in absence.half_days:
        if absence.first <= day.date <= absence.last:
            away.setdefault(day.date, set()).add(day.half)
    return sorted((day, half) for day, halves in away.items() for half in _KNOWN if halves == {half})


_KNOWN = (Half.AM, Half.PM)


def _split_of(person: Person, day: date) -> time:
    windows = person.working_pattern.days[day.weekday()] if person.working_pattern is not None else ()
    if len(windows) < 2:
        return NOON_SPLIT
    before, _ = max(pairwise(windows), key=lambda two: two[1].opens - two[0].closes)
    return time(before.closes // 3600, before.closes % 3600 // 60, before.closes % 60)


def _instant(day: date, at: time, person: Person) -> datetime:
    return first_instant(datetime.combine(day, at), zone_of(person.timezone))
