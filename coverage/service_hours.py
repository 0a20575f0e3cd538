"""Service hours: when a pod is open, how much open time passes, and when a target is due."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import assert_never

from coverage.durations import Duration, OpenDays, ServiceTime
from coverage.open_weeks import OpenWeeks, Span, Week, Window, merged, open_weeks_of
from coverage.public_holidays import check_region

__all__ = ["NaiveInstant", "NeverOpen", "Pause", "ServiceHours", "Span", "StillPaused", "Week", "Window"]

Pause = tuple[datetime, datetime | None]
"""From when to when a question waits on its client (aware instants); None while it still does. A Span is one too."""

_NOTHING = timedelta(0)


class NeverOpen(ValueError):
    """The hours have no open time, or none that is late enough for what was asked."""


class StillPaused(Exception):
    """The deadline lies beyond a pause that has no end yet, so there is none: ask again when the pause has ended."""


class NaiveInstant(ValueError):
    """An instant without a time zone was given where only aware ones make sense."""


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """A weekly timetable of wall-clock windows in an IANA zone, with holidays and exceptions.

    ``week`` holds the windows of Monday to Sunday. What is true on a date: ``date_hours`` where it names the date, else
    nothing if the date is in ``closed`` or a public holiday of one of ``holiday_regions``, else the week. A window
    belongs to the day it opens: Friday's night runs on into a Saturday that is closed.

    Service time is real elapsed time inside open windows. An opening that the clock jumps over is the first instant
    after the gap, one that happens twice is the first, a closing that happens twice is the last.

    Every method takes aware datetimes in any zone, answers in UTC, and raises NaiveInstant for naive ones. Equal hours
    are equal and hash alike. Raises UnknownZone, UnknownRegion, ValueError unless there are seven days, and NeverOpen
    if no day and no date has a window.
    """

    timezone: str
    week: Week
    holiday_regions: tuple[str, ...] = ()
    closed: frozenset[date] = frozenset()
    date_hours: Mapping[date, tuple[Window, ...]] = field(default_factory=dict)
    _open: OpenWeeks = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError(f"A week has seven days, Monday to Sunday, not {len(self.week)}.")
        if not any(self.week) and not any(self.date_hours.values()):
            raise NeverOpen("These hours never open. Give at least one day a window, such as Mon 09:00-17:00.")
        for region in self.holiday_regions:
            check_region(region)
        dates = frozenset(self.date_hours.items())
        known = open_weeks_of(self.timezone, self.week, self.holiday_regions, self.closed, dates)
        object.__setattr__(self, "_open", known)

    def __hash__(self) -> int:
        return hash((self.timezone, self.week, self.holiday_regions, self.closed, frozenset(self.date_hours.items())))

    def deadline(self, start: datetime, target: Duration, pauses: Iterable[Pause] = ()) -> datetime:
        """When a target that counts from ``start`` is due, in UTC.

        Pauses are cut out of the open time; they may overlap and come in any order. Service time that is used up
        exactly at a closing (or where a pause begins) is due then, not at the next opening; zero service time is due
        at once if it is open and not paused, else at the next opening. Open days are due at the same time of day on
        the N-th later day that has open time left after pauses; a start outside open time first moves to the next
        opening. On that day a target in a break (or a pause) is due at the break's start, before opening at the
        opening, after closing at the closing. After midnight a night window's day goes on: 02:00 is its 26 o'clock.

        Raises StillPaused if the deadline lies beyond an unfinished pause, NeverOpen if the hours stop opening before.
        """
        begin, cuts = _in_utc(start), _in_order(pauses)
        match target:
            case ServiceTime(seconds):
                return self._used_up(begin, timedelta(seconds=seconds), cuts)
            case OpenDays(days):
                return self._days_later(begin, days, cuts)
            case _:
                assert_never(target)

    def elapsed(self, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
        """Service time from ``start`` to ``end``, without pauses; nothing if ``end`` is not later."""
        begin, until = _in_utc(start), _in_utc(end)
        total = _NOTHING
        for stretch_begin, stretch_end in _not_paused(begin, _in_order(pauses)):
            stretch_end = until if stretch_end is None else min(stretch_end, until)
            if stretch_begin >= stretch_end:
                break
            for span in self._open.from_instant(stretch_begin, stretch_end):
                total += span.end - span.start
        return total

    def windows(self, start: datetime, end: datetime) -> Iterator[Span]:
        """The open spans from ``start`` to ``end`` in UTC, in order, clipped, joined where they touch or overlap."""
        begin, until = _in_utc(start), _in_utc(end)
        if begin < until:
            yield from merged(self._open.from_instant(begin, until))

    def is_open_at(self, instant: datetime) -> bool:
        """Whether ``instant`` is in open time: from the opening on, no longer at the closing."""
        begin = _in_utc(instant)
        return any(self._open.from_instant(begin, begin + timedelta(microseconds=1)))

    def open_days(self, begin: datetime, until: datetime) -> Iterator[tuple[date, tuple[Span, ...]]]:
        """The local days that have open time from ``begin`` to ``until``, with what of it lies there, in UTC.

        A night belongs to the day it opens.
        """
        begin, until = _in_utc(begin), _in_utc(until)
        before = self._open.day_of(begin) - timedelta(days=2)
        for day in self._open.days_after(before):
            if self._open.instant_of(day, _NOTHING) >= until:
                return
            spans = (Span(max(start, begin), min(end, until)) for start, end in self._open.of_day(day))
            if left := tuple(span for span in spans if span.start < span.end):
                yield day, left

    def next_opening(self, instant: datetime) -> datetime:
        """The first open instant from ``instant`` on, in UTC: ``instant`` itself if it is open. Raises NeverOpen."""
        return self._used_up(_in_utc(instant), _NOTHING, ())

    def start_of_next_day(self, instant: datetime) -> datetime:
        """The first instant (UTC) of the local day after the one of ``instant``, open or not."""
        tomorrow = self._open.day_of(_in_utc(instant)) + timedelta(days=1)
        return self._open.instant_of(tomorrow, _NOTHING)

    def _used_up(self, begin: datetime, remaining: timedelta, cuts: tuple[Pause, ...]) -> datetime:
        for stretch_begin, stretch_end in _not_paused(begin, cuts):
            for span in self._open.from_instant(stretch_begin, stretch_end):
                room = span.end - span.start
                if remaining <= room:
                    return span.start + remaining
                remaining -= room
            if stretch_end is None:
                raise _never_open_after(begin)
        raise _still_paused(cuts)

    def _days_later(self, start: datetime, days: int, cuts: tuple[Pause, ...]) -> datetime:
        begin = self._used_up(start, _NOTHING, cuts)
        if not days:
            return begin
        first_day, clock = self._open.day_and_clock(begin)
        for number, (day, spans) in enumerate(self._days_with_open_time(first_day, cuts), start=1):
            if number == days:
                return _nearest_open(self._open.instant_of(day, clock), spans)
        raise _never_open_after(begin)

    def _days_with_open_time(self, after: date, cuts: tuple[Pause, ...]) -> Iterator[tuple[date, list[Span]]]:
        for day in self._open.days_after(after):
            spans = self._open.of_day(day)
            if spans and _paused_for_good(spans[0].start, cuts):
                raise _still_paused(cuts)
            left = [piece for span in spans for piece in _without(span, cuts)]
            if left:
                yield day, left


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is UTC:
        return instant
    if instant.utcoffset() is None:
        raise NaiveInstant(f"{instant.isoformat()} has no time zone. Give an instant with its offset.")
    return instant.astimezone(UTC)


def _in_order(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The pauses in UTC, by start, without those that are empty. They may still overlap."""
    if pauses == ():
        return ()
    in_utc = [(_in_utc(begin), None if end is None else _in_utc(end)) for begin, end in pauses]
    real = [(begin, end) for begin, end in in_utc if end is None or begin < end]
    return tuple(sorted(real, key=lambda pause: pause[0]))


def _not_paused(begin: datetime, cuts: tuple[Pause, ...]) -> Iterator[Pause]:
    """The stretches from ``begin`` on that are not cut out; the last has no end unless a pause has none."""
    for paused_from, paused_until in cuts:
        if begin < paused_from:
            yield begin, paused_from
        if paused_until is None:
            return
        begin = max(begin, paused_until)
    yield begin, None


def _without(span: Span, cuts: tuple[Pause, ...]) -> Iterator[Span]:
    for begin, end in _not_paused(span.start, cuts):
        if begin >= span.end:
            return
        yield Span(begin, span.end if end is None else min(end, span.end))


def _nearest_open(due: datetime, spans: list[Span]) -> datetime:
    """``due`` if it is open, else the end of what was open before it on that day, else the day's opening."""
    latest = spans[0].start
    for start, end in spans:
        if due < start:
            break
        latest = min(due, end)
    return latest


def _paused_for_good(instant: datetime, cuts: tuple[Pause, ...]) -> bool:
    return any(begin <= instant and end is None for begin, end in cuts)


def _still_paused(cuts: tuple[Pause, ...]) -> StillPaused:
    since = next(begin for begin, end in cuts if end is None)
    return StillPaused(f"Paused since {since.isoformat()} with no end yet, so there is no deadline.")


def _never_open_after(begin: datetime) -> NeverOpen:
    return NeverOpen(f"These hours do not open often enough after {begin.isoformat()}. Give them a weekly window.")
