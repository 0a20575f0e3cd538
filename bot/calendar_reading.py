"""Calendar files read where a hostile one can be ended: the events in them, the leave in them, and what changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.calendar_worker import run_capped, watched_series
from coverage.leave.calendar import Answers, CalendarKind, Reading, read_calendar
from coverage.leave.changes import Changed, changes_of_feed, refuse_a_sudden_loss
from coverage.leave.expansion import SeriesWatch
from coverage.leave.reading import read_feed
from coverage.people import Person

SECONDS_FOR_TWO = 90.0
"""A fetch of a feed is read together with the one before, by nobody who waits for it, on a machine that may be busy."""

_About = tuple[Sequence[Person], CalendarKind, Person | None, str | None, date, date, datetime]


@dataclass(frozen=True, slots=True)
class Span:
    """One occurrence as it stands in the file. ``start`` and ``end`` are ISO: dates, UTC with Z, or floating."""

    uid: str
    start: str
    end: str
    all_day: bool
    status: str | None
    transp: str | None
    summary: str | None


@dataclass(frozen=True, slots=True)
class Spans:
    """What takes place in a period; ``capped`` says which series were refused."""

    spans: tuple[Span, ...]
    warnings: tuple[str, ...]
    capped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeaveFile:
    """A calendar file to be read as leave, and for whom; see read_calendar. ``previous`` is an earlier fetch of it,
    ``answers`` what humans have said about it."""

    data: bytes
    people: Sequence[Person]
    kind: CalendarKind
    owner: Person | None
    country: str | None
    first_day: date
    last_day: date
    now: datetime
    previous: bytes | None = None
    answers: Answers = field(default_factory=dict)


def read_spans(data: bytes, first: date, end: date) -> Spans:
    """The raw occurrences in a file up to ``end`` (exclusive). Raises NotACalendar and TooMuch."""
    return run_capped(_spans, data, first, end)


def read_leave(file: LeaveFile) -> tuple[Reading, tuple[Changed, ...] | None]:
    """The leave in a file, and what changed since the previous fetch if there is one.

    Raises NotACalendar, HeldBack (the file must not be believed) and TooMuch.
    """
    return run_capped(_leave, file)


def read_fetched(file: LeaveFile) -> Reading:
    """The leave in what was fetched of a feed; with a ``previous`` fetch it must not have lost what is to come.

    Raises NotACalendar, HeldBack (a calendar, which must not be believed) and TooMuch.
    """
    return run_capped(read_fetched_here, file, seconds=SECONDS_FOR_TWO)


def read_fetched_here(file: LeaveFile, watch: SeriesWatch = watched_series) -> Reading:
    """The same in this process, where nothing can end it."""
    about = (*_about(file), watch)
    reading = read_calendar(file.data, *about, file.answers)
    if file.previous is not None:
        refuse_a_sudden_loss(read_calendar(file.previous, *about), reading)
    return reading


def _spans(data: bytes, first: date, end: date) -> Spans:
    feed = read_feed(data, first, end, watched_series)
    spans = tuple(
        Span(
            one.event.uid,
            _iso(one.start),
            _iso(one.end),
            one.is_all_day,
            one.event.status,
            one.event.transparency,
            one.event.summary,
        )
        for one in feed.occurrences
    )
    return Spans(spans, feed.warnings, feed.capped)


def _leave(file: LeaveFile) -> tuple[Reading, tuple[Changed, ...] | None]:
    about = (*_about(file), watched_series)
    changes = None if file.previous is None else changes_of_feed(file.previous, file.data, *about)
    return read_calendar(file.data, *about), changes


def _about(file: LeaveFile) -> _About:
    return file.people, file.kind, file.owner, file.country, file.first_day, file.last_day, file.now


def _iso(when: date) -> str:
    return when.isoformat().replace("+00:00", "Z")
