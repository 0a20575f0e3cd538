"""Which instants leave makes somebody away: whole days, halves, change-over days and zones."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coverage.absence import Absence, Half, HalfDay, Kind, away_spans
from coverage.people import Person
from coverage.service_hours import Span
from tests.coverage.builders import ANN, a_person, away, utc


def spans(absence: Absence, person: Person | None = None) -> list[Span]:
    return list(away_spans(absence, person or a_person(ANN)))


def span(start: str, end: str) -> Span:
    return Span(utc(start), utc(end))


def test_leave_is_from_midnight_to_midnight_of_the_persons_own_zone() -> None:
    ann = a_person(ANN, timezone="America/New_York")

    assert spans(away(ANN, "2026-11-23", "2026-11-24"), ann) == [span("2026-11-23T05:00", "2026-11-25T05:00")]


def test_a_half_day_splits_at_one_oclock() -> None:
    assert spans(away(ANN, "2026-11-23", am="2026-11-23")) == [span("2026-11-23T00:00", "2026-11-23T13:00")]
    assert spans(away(ANN, "2026-11-23", pm="2026-11-23")) == [span("2026-11-23T13:00", "2026-11-24T00:00")]


def test_a_half_day_splits_at_the_break_of_that_weekday() -> None:
    ann = a_person(ANN, "Mon 09:00-12:30,13:30-17:00; Tue 08:00-14:00")

    assert spans(away(ANN, "2026-11-23", pm="2026-11-23"), ann) == [span("2026-11-23T12:30", "2026-11-24T00:00")]
    assert spans(away(ANN, "2026-11-24", pm="2026-11-24"), ann) == [span("2026-11-24T13:00", "2026-11-25T00:00")]


def test_of_several_breaks_the_longest_splits_the_day() -> None:
    ann = a_person(ANN, "Mon 09:00-10:30,10:45-12:15,13:00-15:00,15:10-17:00")

    assert spans(away(ANN, "2026-11-23", am="2026-11-23"), ann) == [span("2026-11-23T00:00", "2026-11-23T12:15")]


def test_leave_from_the_afternoon_of_its_first_to_the_morning_of_its_last_day() -> None:
    absence = away(ANN, "2026-11-23", "2026-11-27", pm="2026-11-23", am="2026-11-27")

    assert spans(absence) == [span("2026-11-23T13:00", "2026-11-27T13:00")]


def test_a_half_day_in_the_middle_leaves_a_gap() -> None:
    morning = away(ANN, "2026-11-23", "2026-11-25", am="2026-11-24")
    afternoon = away(ANN, "2026-11-23", "2026-11-25", pm="2026-11-24")

    assert spans(morning) == [
        span("2026-11-23T00:00", "2026-11-24T13:00"),
        span("2026-11-25T00:00", "2026-11-26T00:00"),
    ]
    assert spans(afternoon) == [
        span("2026-11-23T00:00", "2026-11-24T00:00"),
        span("2026-11-24T13:00", "2026-11-26T00:00"),
    ]


def test_a_half_that_is_not_known_and_both_halves_are_the_whole_day() -> None:
    day = date(2026, 11, 23)
    unknown = Absence(ANN, Kind.OTHER, day, day, (HalfDay(day, Half.UNKNOWN),))
    both = away(ANN, "2026-11-23", am="2026-11-23", pm="2026-11-23")

    assert spans(unknown) == spans(both) == [span("2026-11-23T00:00", "2026-11-24T00:00")]


def test_a_half_day_outside_the_leave_means_nothing() -> None:
    assert spans(away(ANN, "2026-11-23", am="2026-11-30")) == [span("2026-11-23T00:00", "2026-11-24T00:00")]


@pytest.mark.parametrize(
    ("timezone", "day", "length"),
    [
        ("Europe/London", "2026-03-29", 23),
        ("Europe/London", "2026-10-25", 25),
        ("America/Havana", "2026-03-08", 23),  # has no midnight
        ("America/Havana", "2026-11-01", 25),  # has two midnights
    ],
)
def test_a_day_off_is_as_long_as_that_day(timezone: str, day: str, length: int) -> None:
    ann = a_person(ANN, timezone=timezone)
    after = (date.fromisoformat(day) + timedelta(days=1)).isoformat()

    [today] = spans(away(ANN, day), ann)
    [tomorrow] = spans(away(ANN, after), ann)

    assert today.end - today.start == timedelta(hours=length)
    assert tomorrow.start == today.end


days = st.dates(date(2026, 3, 20), date(2026, 4, 5))


@settings(max_examples=60)
@given(
    first=days,
    length=st.integers(0, 9),
    halves=st.lists(st.tuples(days, st.sampled_from(Half)), max_size=4),
    timezone=st.sampled_from(["Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_any_leave_is_away_exactly_on_its_days_and_halves(
    first: date, length: int, halves: list[tuple[date, Half]], timezone: str
) -> None:
    last = first + timedelta(days=length)
    person = a_person(ANN, timezone=timezone)
    absence = Absence(ANN, Kind.ANNUAL, first, last, tuple(HalfDay(day, half) for day, half in halves))

    found = spans(absence, person)

    assert all(one.end < other.start for one, other in pairwise(found))
    assert all(one.start < one.end for one in found)
    for day in (first + timedelta(days=number) for number in range(-1, length + 2)):
        known = {half for on, half in halves if on == day}
        inside = first <= day <= last
        assert _covers(found, day, 10, person) == (inside and known != {Half.PM})
        assert _covers(found, day, 16, person) == (inside and known != {Half.AM})


def _covers(found: list[Span], day: date, hour: int, person: Person) -> bool:
    at = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(person.timezone))
    return any(one.start <= at < one.end for one in found)
