"""When it is open, in UTC: a timetable's windows worked out per day and per week, and remembered."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, TypeVar

from coverage.public_holidays import is_public_holiday
from coverage.wall_clock import first_instant, last_instant, zone_of

DAY_SECONDS = 86_400
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_FIRST_MONDAY = datetime(1, 1, 1, tzinfo=UTC)
_LAST_YEAR = 9990  # calendars end at 9999; the margin keeps every sum of dates inside
_REMEMBERED = 1024

Key = TypeVar("Key")
Value = TypeVar("Value")


class Span(NamedTuple):
    """A stretch of time in UTC, from ``start`` up to but not including ``end``."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Window:
    """Open from ``opens`` to ``closes``, wall-clock seconds since midnight of the day it belongs to.

    A close at or before the opening is on the next day and is kept as such: ``Window(72000, 14400)`` closes at 100800,
    ``Window(0, 0)`` is the full day ``Window(0, 86400)``. Raises ValueError for an opening outside the day, or a close
    more than a day after it.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            object.__setattr__(self, "closes", self.closes + DAY_SECONDS)
        if not (0 <= self.opens < DAY_SECONDS and self.opens < self.closes <= self.opens + DAY_SECONDS):
            raise ValueError(f"A window opens from 00:00 to before 24:00 and lasts at most a day, unlike {self}.")


Week = tuple[tuple[Window, ...], ...]


class OpenWeeks:
    """The open spans of one timetable. Shared by equal timetables, safe between threads, bounded in size."""

    def __init__(
        self,
        timezone: str,
        week: Week,
        holiday_regions: tuple[str, ...],
        closed: frozenset[date],
        date_hours: Mapping[date, tuple[Window, ...]],
    ) -> None:
        self.zone = zone_of(timezone)
        self._week = week
        self._holiday_regions = holiday_regions
        self._closed = closed
        self._date_hours = date_hours
        self._opens_weekly = any(week)
        self._special_days = tuple(sorted(day for day, windows in date_hours.items() if windows))
        self._days: dict[date, tuple[Span, ...]] = {}
        self._weeks: dict[int, tuple[Span, ...]] = {}

    def from_instant(self, begin: datetime, until: datetime | None) -> Iterator[Span]:
        """Open spans from ``begin`` on, clipped, in order, never overlapping; they may touch where two UTC weeks meet.

        Ends at ``until``, or where the timetable never opens again.
        """
        index: int | None = (begin - _FIRST_MONDAY) // _WEEK
        while index is not None:
            spans = self._weeks.get(index)
            for span in self._work_out_week(index) if spans is None else spans:
                if span.end <= begin:
                    continue
                if until is not None and span.end > until:
                    if span.start < until:
                        yield Span(max(span.start, begin), until)
                    return
                yield span if span.start >= begin else Span(begin, span.end)
            index = self._week_after(index)
            if until is not None and index is not None and _FIRST_MONDAY + index * _WEEK >= until:
                return

    def of_day(self, day: date) -> tuple[Span, ...]:
        """Spans of the windows that open on ``day`` (local), also what lies after midnight."""
        spans = self._days.get(day)
        if spans is None:
            spans = tuple(merged(self._span(day, window) for window in self._windows_on(day)))
            _remember(self._days, day, spans)
        return spans

    def days_after(self, day: date) -> Iterator[date]:
        """Later local days that may have windows, in order, as far as the timetable reaches."""
        if not self._opens_weekly:
            yield from self._special_days[bisect_right(self._special_days, day) :]
            return
        while day.year < _LAST_YEAR:
            day += _DAY
            yield day

    def day_and_clock(self, instant: datetime) -> tuple[date, timedelta]:
        """The local day whose window is open at ``instant``, and what its clock shows, above 24 h after midnight."""
        wall = instant.astimezone(self.zone).replace(tzinfo=None)
        day = wall.date()
        for opened_on in (day, day - _DAY, day - 2 * _DAY):
            if any(start <= instant < end for start, end in self.of_day(opened_on)):
                day = opened_on
                break
        return day, wall - datetime.combine(day, time())

    def instant_of(self, day: date, clock: timedelta) -> datetime:
        """When the clock shows so much after midnight of ``day``: the first time, or just after the gap."""
        return first_instant(datetime.combine(day, time()) + clock, self.zone)

    def day_of(self, instant: datetime) -> date:
        """The date on the wall at ``instant``."""
        return instant.astimezone(self.zone).date()

    def _work_out_week(self, index: int) -> tuple[Span, ...]:
        monday = _FIRST_MONDAY + index * _WEEK
        first_day, days = monday.date() - 2 * _DAY, range(7 + 4)  # any zone, and windows opened the day before
        near = chain.from_iterable(self.of_day(first_day + number * _DAY) for number in days)
        clipped = (Span(max(start, monday), min(end, monday + _WEEK)) for start, end in near)
        spans = tuple(merged(clipped))
        _remember(self._weeks, index, spans)
        return spans

    def _week_after(self, index: int) -> int | None:
        following = index + 1
        monday = _FIRST_MONDAY + following * _WEEK
        if monday.year >= _LAST_YEAR:
            return None
        if self._opens_weekly:
            return following
        next_special = bisect_right(self._special_days, monday.date() - 3 * _DAY)
        if next_special == len(self._special_days):
            return None
        days_ahead = (self._special_days[next_special] - monday.date()).days
        return max(following, following + (days_ahead - 2) // 7)

    def _windows_on(self, day: date) -> tuple[Window, ...]:
        special = self._date_hours.get(day)
        if special is not None:
            return special
        windows = self._week[day.weekday()]
        if windows and (day in self._closed or any(is_public_holiday(region, day) for region in self._holiday_regions)):
            return ()
        return windows

    def _span(self, day: date, window: Window) -> Span:
        midnight = datetime.combine(day, time())
        opening = first_instant(midnight + timedelta(seconds=window.opens), self.zone)
        closing = last_instant(midnight + timedelta(seconds=window.closes), self.zone)
        return Span(opening, closing)


@lru_cache(maxsize=256)
def open_weeks_of(
    timezone: str,
    week: Week,
    holiday_regions: tuple[str, ...],
    closed: frozenset[date],
    date_hours: frozenset[tuple[date, tuple[Window, ...]]],
) -> OpenWeeks:
    """One OpenWeeks for all equal timetables, so that hours read again from storage are not worked out again."""
    return OpenWeeks(timezone, week, holiday_regions, closed, dict(date_hours))


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """The same time in order, joined where spans touch or overlap; empty ones are dropped."""
    current: Span | None = None
    for span in sorted(span for span in spans if span.start < span.end):
        if current is None:
            current = span
        elif span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current is not None:
        yield current


def _remember(memory: dict[Key, Value], key: Key, value: Value) -> None:
    if len(memory) >= _REMEMBERED:
        memory.clear()
    memory[key] = value
