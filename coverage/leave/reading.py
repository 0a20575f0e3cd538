"""From the bytes of a feed to everything that takes place in a period, raw: what of it is leave comes later."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from coverage.leave.components import calendars_in
from coverage.leave.decoding import content_lines, keepable
from coverage.leave.expansion import Occurrence, SeriesWatch, expand
from coverage.leave.limits import MOST_OCCURRENCES


@dataclass(frozen=True, slots=True)
class Feed:
    """Everything in a feed that overlaps a period, by start.

    ``warnings`` say what was left out and why; ``capped`` says what was refused because it would not end or is too
    much. ``name`` is what the feed calls itself; ``events`` counts what it holds, in the period or not; ``refresh`` is
    how often it asks to be fetched (RFC 7986, 5.7, or Microsoft's X-PUBLISHED-TTL).
    """

    occurrences: tuple[Occurrence, ...]
    warnings: tuple[str, ...]
    capped: tuple[str, ...]
    name: str
    events: int
    refresh: timedelta | None = None


@contextmanager
def unwatched() -> Iterator[None]:
    """No limit on how long a series takes."""
    yield


def read_feed(data: bytes, first: date, end: date, watch: SeriesWatch = unwatched, *, to_keep: bool = False) -> Feed:
    """Read a calendar file; ``end`` is exclusive. Cancelled and zero-length occurrences are included. ``to_keep`` has
    the replacement character in all texts for what no database can keep; else they are as they stand in the file.

    Raises NotACalendar when the bytes are no calendar, only a part of one, or too many. Any number of broken events
    only leads to warnings. What is hostile may still take minutes: call it where it can be killed, with a ``watch``
    that ends a single series.
    """
    occurrences: list[Occurrence] = []
    warned: list[str] = []
    capped: list[str] = []
    name, events, refresh = "", 0, None
    lines = content_lines(data)
    for calendar in calendars_in(map(keepable, lines) if to_keep else lines):
        found = expand(calendar, events, first, end, watch)
        occurrences += found.occurrences
        warned += found.warnings
        capped += found.capped
        name = name or calendar.properties.get("X-WR-CALNAME", "") or calendar.properties.get("NAME", "")
        refresh = refresh or _refresh_of(calendar.properties)
        events += len(calendar.events)
    if len(occurrences) > MOST_OCCURRENCES:
        capped.append(f"More than {MOST_OCCURRENCES:,} events take place in this period; the rest was left out.")
    occurrences.sort(key=lambda one: (one.start.isoformat(), one.event.number))
    return Feed(tuple(occurrences[:MOST_OCCURRENCES]), tuple(warned), tuple(capped), name, events, refresh)


def _refresh_of(properties: Mapping[str, str]) -> timedelta | None:
    for name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL"):
        found = _DURATION.fullmatch(properties.get(name, "").strip().upper())
        if found is not None and any(found.groups()):
            weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
            return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return None


_PART = r"(?:(\d{1,6})%s)?"
_DURATION = re.compile(rf"\+?P{_PART % 'W'}{_PART % 'D'}(?:T{_PART % 'H'}{_PART % 'M'}{_PART % 'S'})?", re.ASCII)
