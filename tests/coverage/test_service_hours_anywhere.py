"""Service hours: any hours near a change-over of the clocks, against a minute-by-minute counter."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coverage.durations import OpenDays, ServiceTime
from coverage.service_hours import Pause, ServiceHours, Window
from coverage.timetable import parse_week
from tests.coverage.minute_counter import BeyondTheStretch, MinuteCounter

ALWAYS = "Mon-Sun 00:00-24:00"
OFFICE = "Mon-Fri 09:00-17:30"
LUNCH = "Mon-Fri 09:00-12:00,13:00-17:30"
NIGHTS = "Mon-Fri 22:00-06:00"

CHANGE_OVERS = [
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour back
    ("Australia/Lord_Howe", date(2026, 10, 4)),  # half an hour forward
    ("America/Havana", date(2026, 11, 1)),  # back to midnight
    ("America/Sao_Paulo", date(2018, 2, 18)),  # back over midnight
    ("America/Sao_Paulo", date(2018, 11, 4)),  # forward at midnight
    ("Pacific/Apia", date(2011, 12, 30)),  # a day that was skipped
    ("Pacific/Kwajalein", date(1993, 8, 21)),  # another
    ("Asia/Kathmandu", date(2026, 5, 13)),  # +05:45, never changes
]


a_time = st.integers(0, 95).map(lambda quarter: quarter * 900)
a_window = st.builds(Window, a_time, a_time)
a_day = st.lists(a_window, max_size=2).map(tuple)
an_offset = st.integers(-2 * 1440, 3 * 1440).map(lambda minutes: timedelta(minutes=minutes))
usual_weeks = [parse_week(text) for text in (ALWAYS, OFFICE, LUNCH, NIGHTS, "Sat-Sun 00:00-24:00; Mon 00:00-04:00")]
a_week = st.one_of(st.sampled_from(usual_weeks), st.tuples(*[a_day] * 7).filter(any))


@st.composite
def situations(draw: st.DrawFn) -> tuple[ServiceHours, date, datetime, list[Pause]]:
    """Any hours near a change-over, an instant near it, and pauses."""
    timezone, anchor = draw(st.sampled_from(CHANGE_OVERS))
    dates = st.integers(-2, 4).map(lambda days: anchor + timedelta(days=days))
    made = ServiceHours(
        timezone,
        draw(a_week),
        closed=draw(st.frozensets(dates, max_size=2)),
        date_hours=draw(st.dictionaries(dates, a_day, max_size=2)),
    )
    middle = datetime(anchor.year, anchor.month, anchor.day, tzinfo=UTC)
    begins = draw(st.lists(an_offset, max_size=3))
    pauses = [(middle + begin, middle + begin + timedelta(minutes=draw(st.integers(0, 2000)))) for begin in begins]
    return made, anchor, middle + draw(an_offset), list(pauses)


@given(situations(), an_offset)
@settings(max_examples=60, deadline=None)
def test_elapsed_is_what_a_minute_counter_counts(
    situation: tuple[ServiceHours, date, datetime, list[Pause]], later: timedelta
) -> None:
    made, anchor, start, pauses = situation
    end = start + abs(later)

    assert made.elapsed(start, end, pauses) == MinuteCounter(made, anchor, pauses).elapsed(start, end)


@given(situations(), st.one_of(st.just(0), st.integers(0, 3000)))
@settings(max_examples=60, deadline=None)
def test_a_deadline_is_what_a_minute_counter_finds(
    situation: tuple[ServiceHours, date, datetime, list[Pause]], minutes: int
) -> None:
    made, anchor, start, pauses = situation
    try:
        expected = MinuteCounter(made, anchor, pauses).deadline(start, minutes)
    except BeyondTheStretch:
        assume(False)

    assert made.deadline(start, ServiceTime(minutes * 60), pauses) == expected


@given(situations(), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_open_days_are_what_a_minute_counter_finds(
    situation: tuple[ServiceHours, date, datetime, list[Pause]], days: int
) -> None:
    made, anchor, start, pauses = situation
    counter = MinuteCounter(made, anchor, pauses)
    try:
        expected = counter.days_later(start, days) if days else counter.deadline(start, 0)
    except BeyondTheStretch:
        assume(False)

    assert made.deadline(start, OpenDays(days), pauses) == expected


@given(situations(), st.integers(0, 400_000), st.integers(0, 400_000))
@settings(max_examples=60, deadline=None)
def test_deadline_and_elapsed_undo_each_other_and_never_run_backwards(
    situation: tuple[ServiceHours, date, datetime, list[Pause]], seconds: int, more: int
) -> None:
    made, _, start, pauses = situation
    assume(any(made.week))

    due = made.deadline(start, ServiceTime(seconds), pauses)
    later = made.deadline(start, ServiceTime(seconds + more), pauses)
    later_start = made.deadline(start + timedelta(seconds=more), ServiceTime(seconds), pauses)

    assert made.elapsed(start, due, pauses) == timedelta(seconds=seconds)
    assert start <= due <= later
    assert due <= later_start
    if seconds:
        pause_after_it = (later, later + timedelta(hours=1))
        assert made.deadline(start, ServiceTime(seconds), [*pauses, pause_after_it]) == due


@given(situations())
@settings(max_examples=60, deadline=None)
def test_windows_are_apart_and_agree_with_is_open_at(
    situation: tuple[ServiceHours, date, datetime, list[Pause]],
) -> None:
    made, _, start, _ = situation
    end = start + timedelta(days=5)

    spans = list(made.windows(start, end))

    assert all(earlier.end < later.start for earlier, later in pairwise(spans))
    assert all(made.is_open_at(span.start) and made.is_open_at(span.end - timedelta(seconds=1)) for span in spans)
    assert not any(made.is_open_at(span.end) for span in spans if span.end < end)
    assert sum((span.end - span.start for span in spans), timedelta()) == made.elapsed(start, end)
