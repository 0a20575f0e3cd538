"""Which days, and which halves of them, a person is away for one occurrence: in their own zone and working hours."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coverage.absence import Half, HalfDay
from coverage.leave.expansion import Occurrence
from coverage.leave.halves import Halves
from coverage.people import NOON_SPLIT, Person

DAY = timedelta(days=1)
_USUAL_DAY = (time(9), NOON_SPLIT, NOON_SPLIT, time(17, 30))
"""The morning and afternoon of somebody whose pattern does not say."""
_MOST_DAYS = 3 * 366


class WhichDay(Exception):
    """A half day is said of an absence of several days, without saying which day is meant."""


class TooLong(Exception):
    """It lasts for years: a mistake, or nothing a calendar should decide."""


@dataclass(frozen=True, slots=True)
class Days:
    """``first`` to ``last``, inclusive, in the person's zone."""

    first: date
    last: date
    halves: tuple[HalfDay, ...]


def days_away(occurrence: Occurrence, halves: Halves, person: Person) -> Days | None:
    """None when less than half a morning or afternoon is affected. Raises WhichDay and TooLong.

    An all-day event whose end is its start is one day. A timed one takes away a morning or an afternoon when it
    covers at least half of that part of the person's working day.
    """
    days = _whole_days(occurrence) if occurrence.is_all_day else _touched_days(occurrence, person)
    if days is None or not halves:
        return days
    if not occurrence.is_all_day and days.halves:
        return days  # the clock says it more exactly than the title
    return _with_halves(days, halves)


def _whole_days(occurrence: Occurrence) -> Days:
    last = max(occurrence.end - DAY, occurrence.start)
    if (last - occurrence.start).days > _MOST_DAYS:
        raise TooLong
    return Days(occurrence.start, last, ())


def _touched_days(occurrence: Occurrence, person: Person) -> Days | None:
    if (occurrence.end - occurrence.start).days > _MOST_DAYS:  # before any conversion, which the year 9999 overflows
        raise TooLong
    start, end = (_wall_clock(when, person) for when in (occurrence.start, occurrence.end))
    touched: list[tuple[date, Half | None]] = []
    day = start.date()
    while day <= end.date():
        morning, afternoon = _lost(day, start, end, person)
        if morning or afternoon:
            touched.append((day, None if morning and afternoon else Half.AM if morning else Half.PM))
        day += DAY
    if not touched:
        return None
    return Days(touched[0][0], touched[-1][0], tuple(HalfDay(day, half) for day, half in touched if half is not None))


def _wall_clock(when: date, person: Person) -> datetime:
    """Naive, in the person's zone; floating times are on that wall already."""
    moment = when if isinstance(when, datetime) else datetime.combine(when, time())
    return moment.astimezone(ZoneInfo(person.timezone)).replace(tzinfo=None) if moment.tzinfo else moment


def _lost(day: date, start: datetime, end: datetime, person: Person) -> tuple[bool, bool]:
    """Whether the morning and the afternoon of a day are lost."""
    opens, breaks, resumes, closes = _working_day(person, day)
    return _covers(day, opens, breaks, start, end), _covers(day, resumes, closes, start, end)


def _covers(day: date, opens: time, closes: time, start: datetime, end: datetime) -> bool:
    begin, finish = datetime.combine(day, opens), datetime.combine(day, closes)
    overlap = min(end, finish) - max(start, begin)
    return 2 * overlap >= finish - begin > timedelta()


def _working_day(person: Person, day: date) -> tuple[time, time, time, time]:
    """When a person's morning and afternoon begin and end; a day off or a night shift counts as a usual day."""
    windows = person.working_pattern.days[day.weekday()] if person.working_pattern else ()
    if not windows or windows[-1].closes > _SECONDS_A_DAY:
        return _USUAL_DAY
    opens, closes = _time(windows[0].opens), _time(windows[-1].closes)
    if len(windows) > 1:
        return opens, _time(windows[0].closes), _time(windows[1].opens), closes
    return (opens, NOON_SPLIT, NOON_SPLIT, closes) if opens < NOON_SPLIT < closes else (opens, closes, opens, closes)


def _time(seconds: int) -> time:
    if seconds >= _SECONDS_A_DAY:
        return time.max
    minutes, second = divmod(seconds, 60)
    return time(minutes // 60, minutes % 60, second)


def _with_halves(days: Days, halves: Halves) -> Days:
    if halves.unplaced is not None and days.first != days.last:
        raise WhichDay
    placed = {days.last: halves.last, days.first: halves.first or halves.unplaced}
    if days.first == days.last:
        placed = {days.first: halves.first or halves.last or halves.unplaced}
    return Days(
        days.first, days.last, tuple(HalfDay(day, half) for day, half in sorted(placed.items()) if half is not None)
    )


_SECONDS_A_DAY = 24 * 3600
