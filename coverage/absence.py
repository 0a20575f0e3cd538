"""Leave: on which days and halves somebody is away, and which instants that makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from coverage.ids import PersonId
from coverage.people import NOON_SPLIT, Person
from coverage.service_hours import Span


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


def away_spans(absence: Absence, person: Person) -> Iterator[Span]:
    """The instants (UTC) in which ``absence`` makes ``person`` away, in order and not touching each other.

    Days begin and end at midnight of the person's own zone; a half day splits at the break of their working
    pattern on that weekday, else at 13:00.
    """
    halves = {half.date: half.half for half in absence.half_days}
    zone = ZoneInfo(person.timezone)
    began: datetime | None = None
    day = absence.first
    while day <= absence.last:
        half = halves.get(day, Half.UNKNOWN)
        midday = _instant(day, _split_of(person, day), zone)
        if half is Half.PM:
            if began is not None:
                yield Span(began, _instant(day, time(0), zone))
            began = midday
        elif half is Half.AM:
            yield Span(began or _instant(day, time(0), zone), midday)
            began = None
        elif began is None:
            began = _instant(day, time(0), zone)
        day += timedelta(days=1)
    if began is not None:
        yield Span(began, _instant(day, time(0), zone))


def _split_of(person: Person, day: date) -> time:
    if person.working_pattern is None:
        return NOON_SPLIT
    windows = person.working_pattern.days[day.weekday()]
    if len(windows) < 2:
        return NOON_SPLIT
    closes = windows[0].closes % (24 * 3600)
    return time(closes // 3600, closes % 3600 // 60, closes % 60)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
