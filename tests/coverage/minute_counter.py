"""Service hours worked out the slow way, minute by minute, from what a clock on the wall would show."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from coverage.service_hours import Pause, ServiceHours, Window

MINUTE = timedelta(minutes=1)
DAYS_AROUND = 12


class BeyondTheStretch(Exception):
    """The answer lies outside the days that were counted."""


class MinuteCounter:
    """Walks through the minutes of the days around ``anchor`` and knows nothing of how ServiceHours works."""

    def __init__(self, hours: ServiceHours, anchor: date, pauses: Iterable[Pause] = ()) -> None:
        self._zone = ZoneInfo(hours.timezone)
        self._shown = _when_shown(hours.timezone, anchor)
        self._end = max(minutes[-1] for minutes in self._shown.values())
        self._open: dict[date, set[datetime]] = {}
        days = sorted({wall.date() for wall in self._shown})
        for day in (days[0] + timedelta(days=number) for number in range((days[-1] - days[0]).days + 1)):
            minutes = {minute for window in _windows(hours, day) for minute in self._minutes(day, window)}
            self._open[day] = {minute for minute in minutes if not _is_paused(minute, pauses)}
        self._any = sorted(set().union(*self._open.values()))

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        return sum((MINUTE for minute in self._any if start <= minute < end), timedelta())

    def deadline(self, start: datetime, minutes: int) -> datetime:
        left = [minute for minute in self._any if minute >= start]
        if len(left) <= minutes:
            raise BeyondTheStretch
        return left[minutes - 1] + MINUTE if minutes else left[0]

    def days_later(self, start: datetime, days: int) -> datetime:
        begin = self.deadline(start, 0)
        day, wall = self._day_of(begin)
        clock = wall - _midnight(day)
        later = [other for other in sorted(self._open) if other > day and self._open[other]]
        if len(later) <= days:
            raise BeyondTheStretch
        target_day = later[days - 1]
        return self._into(target_day, self._first(_midnight(target_day) + clock))

    def _into(self, day: date, target: datetime) -> datetime:
        minutes = self._open[day]
        before = [minute for minute in minutes if minute < target]
        if target in minutes:
            return target
        return max(before) + MINUTE if before else min(minutes)

    def _day_of(self, begin: datetime) -> tuple[date, datetime]:
        wall = begin.astimezone(self._zone).replace(tzinfo=None)
        for days_ago in range(3):
            day = wall.date() - timedelta(days=days_ago)
            if begin in self._open.get(day, ()):
                return day, wall
        raise AssertionError(f"{begin} is open but belongs to no day")

    def _minutes(self, day: date, window: Window) -> list[datetime]:
        opening = self._first(_midnight(day) + timedelta(seconds=window.opens))
        closing = self._last(_midnight(day) + timedelta(seconds=window.closes))
        return [opening + MINUTE * number for number in range((closing - opening) // MINUTE)]

    def _first(self, wall: datetime) -> datetime:
        return self._shown[wall][0] if wall in self._shown else self._jumped_over(wall)

    def _last(self, wall: datetime) -> datetime:
        return self._shown[wall][-1] if wall in self._shown else self._jumped_over(wall)

    def _jumped_over(self, wall: datetime) -> datetime:
        return min((self._shown[later][0] for later in self._shown if later > wall), default=self._end)


@lru_cache(maxsize=64)
def _when_shown(timezone: str, anchor: date) -> dict[datetime, list[datetime]]:
    """The minutes at which the clock shows each time, around ``anchor``."""
    middle = datetime.combine(anchor, time(), UTC)
    zone = ZoneInfo(timezone)
    shown: dict[datetime, list[datetime]] = {}
    for minute in (middle + MINUTE * number for number in range(-5 * 1440, (DAYS_AROUND - 5) * 1440)):
        shown.setdefault(minute.astimezone(zone).replace(tzinfo=None), []).append(minute)
    return shown


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _windows(hours: ServiceHours, day: date) -> tuple[Window, ...]:
    if day in hours.date_hours:
        return hours.date_hours[day]
    return () if day in hours.closed else hours.week[day.weekday()]


def _is_paused(minute: datetime, pauses: Iterable[Pause]) -> bool:
    return any(begin <= minute and (end is None or minute < end) for begin, end in pauses)
