"""Who is there: leave, days off, nights, public holidays, and until when somebody is away."""

from datetime import date, datetime

import pytest

from coverage.absence import Kind
from coverage.ids import PersonId
from coverage.people import Person
from tests.coverage.builders import ANN, BOB, a_person, away, presence, utc

WEEKDAYS = "Mon-Fri 09:00-12:30,13:30-17:00"
NIGHTS = "Thu-Fri 22:00-06:00"


def is_in(person: Person, at: datetime) -> bool:
    return presence(people=[person]).is_available(person.id, at)


def test_somebody_on_leave_is_not_there_and_the_others_are() -> None:
    there = presence(away(ANN, "2026-11-23"))

    assert not there.is_available(ANN, utc("2026-11-23T10:00"))
    assert there.is_available(ANN, utc("2026-11-24T00:00"))
    assert there.is_available(BOB, utc("2026-11-23T10:00"))


def test_half_a_day_of_leave_leaves_the_other_half() -> None:
    there = presence(away(ANN, "2026-11-23", pm="2026-11-23"))

    assert there.is_available(ANN, utc("2026-11-23T12:59"))
    assert not there.is_available(ANN, utc("2026-11-23T13:00"))


@pytest.mark.parametrize(
    ("at", "is_there"),
    [
        ("2026-11-23T08:59", False),
        ("2026-11-23T09:00", True),
        ("2026-11-23T13:00", True),  # lunch does not make anybody unavailable
        ("2026-11-23T16:59", True),
        ("2026-11-23T17:00", False),
        ("2026-11-28T10:00", False),  # Saturday
    ],
)
def test_a_working_pattern_says_days_off_and_when_a_day_begins_and_ends(at: str, is_there: bool) -> None:
    assert is_in(a_person(ANN, WEEKDAYS), utc(at)) is is_there


def test_a_working_pattern_is_wall_clock_time_of_the_persons_own_zone() -> None:
    ann = a_person(ANN, WEEKDAYS, timezone="America/New_York")

    assert not is_in(ann, utc("2026-11-23T13:59"))
    assert is_in(ann, utc("2026-11-23T14:00"))
    assert is_in(ann, utc("2026-07-20T13:00"))


def test_whoever_has_no_pattern_is_there_whenever_their_pod_is_also_on_a_saturday() -> None:
    assert is_in(a_person(ANN), utc("2026-11-28T10:00"))


@pytest.mark.parametrize(
    ("at", "is_there"),
    [
        ("2026-11-26T21:59", False),
        ("2026-11-26T22:00", True),
        ("2026-11-27T05:59", True),  # Thursday's night
        ("2026-11-27T06:00", False),
        ("2026-11-28T03:00", True),  # Friday's night
        ("2026-11-29T03:00", False),
    ],
)
def test_a_night_runs_on_into_the_next_day(at: str, is_there: bool) -> None:
    assert is_in(a_person(ANN, NIGHTS), utc(at)) is is_there


def test_nobody_works_on_a_public_holiday_where_they_live() -> None:
    christmas = utc("2026-12-25T10:00")

    assert not is_in(a_person(ANN, WEEKDAYS, country="GB"), christmas)
    assert not is_in(a_person(ANN, country="GB"), christmas)
    assert is_in(a_person(ANN, WEEKDAYS), christmas)


def test_a_night_belongs_to_the_day_it_begins_also_for_holidays() -> None:
    ann = a_person(ANN, NIGHTS, country="GB")  # Christmas is on a Friday in 2026

    assert is_in(ann, utc("2026-12-25T03:00"))
    assert not is_in(ann, utc("2026-12-25T23:00"))
    assert not is_in(ann, utc("2026-12-26T03:00"))


def test_a_night_over_the_change_of_clocks_ends_by_the_clock_on_the_wall() -> None:
    ann = a_person(ANN, "Sat 22:00-06:00")

    assert is_in(ann, utc("2026-10-25T05:59"))
    assert not is_in(ann, utc("2026-10-25T06:00"))
    assert is_in(ann, utc("2026-03-29T04:59"))
    assert not is_in(ann, utc("2026-03-29T05:00"))


def test_somebody_unknown_is_never_there_and_never_on_leave() -> None:
    stranger = PersonId(99)
    there = presence(away(stranger, "2026-11-23"))

    assert not there.is_available(stranger, utc("2026-11-23T10:00"))
    assert not there.is_on_leave(stranger, utc("2026-11-23T10:00"))
    assert there.away_until(stranger, utc("2026-11-23T10:00")) is None


@pytest.mark.parametrize("kind", [Kind.PUBLIC_HOLIDAY, Kind.PART_TIME, Kind.UNKNOWN])
def test_every_kind_of_absence_makes_somebody_unavailable(kind: Kind) -> None:
    assert not presence(away(ANN, "2026-11-23", kind=kind)).is_available(ANN, utc("2026-11-23T10:00"))


def until(*absences: object, at: str = "2026-11-23T10:00", ann: Person | None = None) -> date | None:
    there = presence(*absences, people=[ann or a_person(ANN)])  # type: ignore[arg-type]
    return there.away_until(ANN, utc(at))


def test_away_until_is_the_last_day_of_the_leave() -> None:
    assert until(away(ANN, "2026-11-23", "2026-11-25")) == date(2026, 11, 25)
    assert until(away(ANN, "2026-11-23", "2026-11-25"), at="2026-11-26T00:00") is None
    assert until() is None


def test_away_until_is_a_day_where_the_person_lives() -> None:
    auckland = a_person(ANN, timezone="Pacific/Auckland")

    assert until(away(ANN, "2026-11-23", "2026-11-25"), ann=auckland) == date(2026, 11, 25)


def test_leave_that_follows_at_once_or_after_a_weekend_counts_as_one() -> None:
    first = away(ANN, "2026-11-23", "2026-11-25")

    assert until(first, away(ANN, "2026-11-26", kind=Kind.SICK)) == date(2026, 11, 26)
    assert until(first, away(ANN, "2026-11-26", "2026-11-27"), away(ANN, "2026-11-30")) == date(2026, 11, 30)
    assert until(first, away(ANN, "2026-11-27")) == date(2026, 11, 25)
    assert until(first, away(ANN, "2026-11-26", "2026-11-29")) == date(2026, 11, 29)
    assert until(away(ANN, "2026-11-23", "2026-11-27"), away(ANN, "2026-11-28", "2026-11-29")) == date(2026, 11, 29)


def test_leave_that_overlaps_counts_as_one() -> None:
    long = away(ANN, "2026-11-16", "2026-12-04")

    assert until(long, away(ANN, "2026-11-23"), away(ANN, "2026-12-02", "2026-12-09")) == date(2026, 12, 9)


def test_leave_after_days_off_of_the_pattern_counts_as_one() -> None:
    part_time = a_person(ANN, "Mon-Wed 09:00-17:00")

    assert until(away(ANN, "2026-11-23", "2026-11-25"), away(ANN, "2026-11-30"), ann=part_time) == date(2026, 11, 30)


def test_leave_around_public_holidays_counts_as_one() -> None:
    before, after = away(ANN, "2026-12-23", "2026-12-24"), away(ANN, "2026-12-29", "2026-12-31")
    at = "2026-12-23T10:00"

    assert until(before, after, at=at, ann=a_person(ANN, country="GB", pattern=WEEKDAYS)) == date(2026, 12, 31)
    assert until(before, after, at=at, ann=a_person(ANN, pattern=WEEKDAYS)) == date(2026, 12, 24)


def test_a_free_afternoon_before_the_next_leave_ends_the_first() -> None:
    assert until(away(ANN, "2026-11-23", am="2026-11-23"), away(ANN, "2026-11-24")) == date(2026, 11, 23)
    assert until(away(ANN, "2026-11-23"), away(ANN, "2026-11-24", pm="2026-11-24")) == date(2026, 11, 23)


def test_a_morning_of_leave_after_the_weekend_still_counts() -> None:
    early = a_person(ANN, "Mon-Fri 08:00-11:30,12:00-15:00")
    friday, at = away(ANN, "2026-11-27"), "2026-11-27T10:00"

    assert until(friday, away(ANN, "2026-11-30", am="2026-11-30"), at=at, ann=early) == date(2026, 11, 30)
    assert until(friday, away(ANN, "2026-11-30", pm="2026-11-30"), at=at, ann=early) == date(2026, 11, 27)


def test_an_afternoon_on_which_nobody_works_does_not_end_the_leave() -> None:
    mornings = a_person(ANN, "Mon-Fri 09:00-12:30")
    half = away(ANN, "2026-11-23", am="2026-11-23")

    assert until(half, away(ANN, "2026-11-24"), ann=mornings) == date(2026, 11, 24)
