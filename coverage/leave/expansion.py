"""When the events of a calendar take place in a period: series are expanded one by one, a bad one harms no other."""

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, cast
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]
from icalendar.error import GloballyUniqueTZIDGuessed
from icalendar.timezone import tzp
from recurring_ical_events.util import compare_greater  # type: ignore[import-untyped]
from x_wr_timezone import to_standard  # type: ignore[import-untyped]

from coverage.leave.components import Line, RawCalendar
from coverage.leave.events import Event
from coverage.leave.limits import MOST_OCCURRENCES_OF_A_SERIES
from coverage.leave.rules import SeriesRefused, check_rule, compact_time, counting_the_start, is_harmless_zone
from coverage.leave.versions import current_versions

SeriesWatch = Callable[[], AbstractContextManager[None]]
"""Entered around each series; may raise SeriesRefused in the middle when it takes too long."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which an event takes place.

    ``start`` and ``end`` are both dates (a whole day; the end is exclusive), both aware UTC instants, or both naive
    date-times (floating: wall-clock time wherever the reader is).
    """

    event: Event
    start: date
    end: date

    @property
    def is_all_day(self) -> bool:
        return not isinstance(self.start, datetime)


@dataclass(slots=True)
class Expansion:
    """What was found, and in plain words what had to be left out. ``capped`` names the series that were refused."""

    occurrences: list[Occurrence]
    warnings: list[str]
    capped: list[str]


def expand(calendar: RawCalendar, first_number: int, first: date, end: date, watch: SeriesWatch) -> Expansion:
    """The occurrences between ``first`` and ``end`` (exclusive), in no order, raw: cancelled ones are included.

    Events are numbered from ``first_number`` in the order of the file. A series that breaks the rules is skipped
    with a warning; one that never ends in sight is refused. Time zones defined by this calendar hold for it alone.
    """
    expansion = Expansion([], [], [])
    if calendar.unfinished_events:
        expansion.warnings.append(f"{_events(calendar.unfinished_events)} without an end (END:VEVENT) left out.")
    method = calendar.properties.get("METHOD", "").upper()
    events = [Event(first_number + at, tuple(lines), method) for at, lines in enumerate(calendar.events)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)
        _define_zones(calendar.zones, expansion.warnings)
        zone = _zone_of(calendar)
        for series in _series_of(events, expansion.warnings):
            try:
                with watch():
                    found = list(_occurrences(series, zone, first, end))
            except SeriesRefused as refused:
                expansion.capped.append(f"{_named(series[0])}: {refused}")
            except Exception as reason:  # noqa: BLE001 - the parsers raise anything; reported, the others stand
                expansion.warnings.append(f"{_named(series[0])} is broken and was left out: {_short(reason)}")
            else:
                _take(found, series[0], expansion)
    return expansion


def _take(found: list[Occurrence], event: Event, expansion: Expansion) -> None:
    if len(found) > MOST_OCCURRENCES_OF_A_SERIES:
        expansion.capped.append(
            f"{_named(event)}: it takes place {len(found):,} times; the first {MOST_OCCURRENCES_OF_A_SERIES:,} are read"
        )
    expansion.occurrences += found[:MOST_OCCURRENCES_OF_A_SERIES]


def _define_zones(zones: Iterable[list[Line]], warned: list[str]) -> None:
    """Make the calendar's own time zones known, and those of calendars read before unknown.

    icalendar keeps them for the whole process by TZID: one person's feed would shift another's.
    """
    tzp.use_default()
    for lines in zones:
        tzid = next((line.value.strip() for line in lines if line.name == "TZID"), "")
        try:
            if not is_harmless_zone(lines):
                raise ValueError("its changes of the clock come too often")
            icalendar.Timezone.from_ical(_as_ical("VTIMEZONE", lines))
        except Exception as reason:  # noqa: BLE001 - as above
            warned.append(f"The time zone {tzid!r} is broken and was left out: {_short(reason)}")


def _zone_of(calendar: RawCalendar) -> ZoneInfo | None:
    """X-WR-TIMEZONE, which Google and Apple use for the floating times of a whole calendar."""
    name = calendar.properties.get("X-WR-TIMEZONE", "").strip()
    zone: object = tzp.timezone(name)
    return zone if isinstance(zone, ZoneInfo) else None


def _series_of(events: list[Event], warned: list[str]) -> Iterator[list[Event]]:
    """The events that belong together, the main one first: by UID; what has none stands alone."""
    for uid, group in groupby(sorted(events, key=lambda event: event.uid), key=lambda event: event.uid):
        if not uid:
            yield from ([event] for event in group)
            continue
        mains, changed = current_versions(list(group), warned)
        if not mains:
            yield changed
        for at, main in enumerate(mains):
            yield [main, *changed] if at == 0 else [main]


def _occurrences(series: list[Event], zone: ZoneInfo | None, first: date, end: date) -> Iterator[Occurrence]:
    for event in series:
        for rule in event.rules:
            check_rule(rule)
    calendar = icalendar.Calendar()
    if zone is not None:
        calendar.add("X-WR-TIMEZONE", zone.key)
    for event in series:
        calendar.add_component(_parsed(event))
    if len(series) == 1 and not series[0].repeats and not series[0].is_changed_occurrence:
        yield from _single(calendar, series[0], first, end)
        return
    events = {str(event.number): event for event in series}
    for found in recurring_ical_events.of(calendar).between(first, end):
        yield _occurrence(events[str(found[_NUMBER])], found["DTSTART"].dt, found["DTEND"].dt)


def _single(calendar: icalendar.Calendar, event: Event, first: date, end: date) -> Iterator[Occurrence]:
    """As the library would, without the recurrence: ends as late as the year 9999 cannot overflow here."""
    [component] = to_standard(calendar).subcomponents
    times = recurring_ical_events.EventAdapter(component)
    if times.is_in_span(first, end):
        yield _occurrence(event, times.start, times.end)


def _parsed(event: Event) -> icalendar.Event:
    """Only what says when it is goes through the parser: names and texts cannot break it or slow it down."""
    lines = [line for given in event.timing() if (line := _mended(given, event)) is not None]
    component = icalendar.Event.from_ical(_as_ical("VEVENT", lines))
    if not isinstance(component, icalendar.Event) or "DTSTART" not in component:
        raise ValueError("it does not say when it starts (DTSTART)")
    for name in ("DTSTART", "DTEND"):
        if name in component and not isinstance(_moment(component, name), date):
            raise ValueError(f"its {name} is a time without a date")
    if _ends_before_it_starts(component):
        raise ValueError("it ends before it starts")
    component.add("UID", "series")
    component.add("SEQUENCE", event.sequence)
    component.add(_NUMBER, str(event.number))
    return component


def _moment(component: icalendar.Event, name: str) -> Any:
    return cast("Any", component[name]).dt


def _ends_before_it_starts(component: icalendar.Event) -> bool:
    if "DTEND" not in component:
        return False
    return bool(compare_greater(_moment(component, "DTSTART"), _moment(component, "DTEND")))


def _mended(line: Line, event: Event) -> Line | None:
    if line.name == "RRULE":
        rule = counting_the_start(line.value.strip().upper(), event.starts)
        return Line("RRULE", {}, rule) if rule else None
    if line.name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        line = Line(line.name, line.parameters, compact_time(line.value))
    return _without_useless_zone(line) if "TZID" in line.parameters else line


def _without_useless_zone(line: Line) -> Line:
    """A date has no zone (RFC 5545 section 3.2.19); with one it would become a midnight and stop being all-day."""
    is_date = "T" not in line.value.upper()
    return Line(line.name, {k: v for k, v in line.parameters.items() if k != "TZID" or not is_date}, line.value)


def _as_ical(component: str, lines: Iterable[Line]) -> bytes:
    """The lines as a component of their own; as bytes, since a text without line breaks is opened as a file."""
    content = [f"BEGIN:{component}"]
    for line in lines:
        parameters = "".join(f';{name}="{value}"' for name, value in line.parameters.items() if name in _PARAMETERS)
        content.append(f"{line.name}{parameters}:{line.value.strip()}")
    content.append(f"END:{component}\r\n")
    return "\r\n".join(content).encode("utf-8", "replace")


def _occurrence(event: Event, start: date, end: date) -> Occurrence:
    return Occurrence(event, _plain(start), _plain(end))


def _plain(when: date) -> date:
    return when.astimezone(UTC) if isinstance(when, datetime) and when.tzinfo is not None else when


def _named(event: Event) -> str:
    return f"The event {event.uid!r}" if event.uid else f"Event number {event.number + 1}, which has no UID,"


def _events(count: int) -> str:
    return "One event" if count == 1 else f"{count} events"


def _short(reason: Exception) -> str:
    return " ".join(str(reason).split())[:200] or type(reason).__name__


_NUMBER = "X-PODLINE-NUMBER"
_PARAMETERS = ("TZID", "VALUE", "RANGE")
