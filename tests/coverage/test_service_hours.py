"""Service hours: the worked cases, and the rules one by one."""

import copy
import json
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from coverage.calendar_file import read_calendar, read_instant
from coverage.durations import OpenDays, ServiceTime, parse_duration
from coverage.service_hours import NaiveInstant, NeverOpen, ServiceHours, Span, StillPaused, Window
from coverage.timetable import parse_week, parse_windows

CASES = [
    case
    for name in ("service_hours.json", "service_hours_by_hand.json")
    for case in json.loads((Path(__file__).parents[1] / "data" / name).read_text())["cases"]
]
ALWAYS = "Mon-Sun 00:00-24:00"
OFFICE = "Mon-Fri 09:00-17:30"
LUNCH = "Mon-Fri 09:00-12:00,13:00-17:30"
NIGHTS = "Mon-Fri 22:00-06:00"


def hours(week: str = OFFICE, timezone: str = "Europe/London", **more: object) -> ServiceHours:
    return ServiceHours(timezone, parse_week(week), **more)  # type: ignore[arg-type]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("case", [case for case in CASES if case["op"] == "deadline"], ids=lambda case: case["id"])
def test_a_worked_deadline(case: dict) -> None:
    calendar = read_calendar(case["calendar"])
    start = read_instant(case["start"], calendar.hours.timezone)

    due = calendar.hours.deadline(start, parse_duration(case.get("for") or f"{case['seconds']}s"), calendar.pauses)

    assert due == datetime.fromisoformat(case["expected"])


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["op"] == "elapsed_seconds"], ids=lambda case: case["id"]
)
def test_worked_service_time(case: dict) -> None:
    calendar = read_calendar(case["calendar"])
    start, end = (read_instant(case[name], calendar.hours.timezone) for name in ("start", "end"))

    passed = calendar.hours.elapsed(start, end, calendar.pauses)

    assert passed.total_seconds() == case["expected"]


def test_asked_on_friday_evening_half_an_hour_is_due_on_monday_morning() -> None:
    due = hours().deadline(utc("2026-11-20T17:20"), ServiceTime(1800))

    assert due == utc("2026-11-23T09:20")


def test_a_deadline_exactly_at_closing_is_due_at_closing() -> None:
    assert hours().deadline(utc("2026-11-20T16:30"), ServiceTime(3600)) == utc("2026-11-20T17:30")
    assert hours(LUNCH).deadline(utc("2026-11-20T11:00"), ServiceTime(3600)) == utc("2026-11-20T12:00")


def test_at_closing_time_it_is_closed_and_a_zero_target_is_the_next_opening() -> None:
    closing = utc("2026-11-20T17:30")

    assert not hours().is_open_at(closing)
    assert hours().is_open_at(utc("2026-11-20T09:00"))
    assert hours().deadline(closing, ServiceTime(0)) == utc("2026-11-23T09:00")
    assert hours().next_opening(closing) == utc("2026-11-23T09:00")
    assert hours().next_opening(utc("2026-11-20T17:29:59")) == utc("2026-11-20T17:29:59")


@pytest.mark.parametrize(("day", "open_hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-07", 24)])
def test_an_open_day_has_as_many_hours_as_pass(day: str, open_hours: int) -> None:
    sunday = hours("Sun 00:00-24:00")

    [span] = sunday.windows(utc(day) - timedelta(hours=5), utc(day) + timedelta(hours=30))

    assert span.end - span.start == timedelta(hours=open_hours)


def test_an_opening_in_the_gap_is_the_first_instant_after_it() -> None:
    early = hours("Sun 01:30-10:00")  # the clock goes from 01:00 to 02:00

    assert early.next_opening(utc("2026-03-28T12:00")) == utc("2026-03-29T01:00")


def test_a_window_inside_the_gap_does_not_exist() -> None:
    early = hours("Sun 01:10-01:50")

    assert early.next_opening(utc("2026-03-28T12:00")) == utc("2026-04-05T00:10")


def test_an_opening_that_happens_twice_is_the_first_and_a_closing_the_last() -> None:
    assert hours("Sun 01:30-10:00").next_opening(utc("2026-10-24T12:00")) == utc("2026-10-25T00:30")
    [span] = hours("Sun 00:00-01:30").windows(utc("2026-10-24T00:00"), utc("2026-10-26T00:00"))
    assert span == Span(utc("2026-10-24T23:00"), utc("2026-10-25T01:30"))


def test_a_night_belongs_to_the_day_it_opens_also_when_the_next_day_is_closed() -> None:
    friday_night = hours("Fri 20:00-04:00; Sat 09:00-12:00", closed=frozenset({date(2026, 11, 21)}))

    spans = list(friday_night.windows(utc("2026-11-20T00:00"), utc("2026-11-23T00:00")))

    assert spans == [Span(utc("2026-11-20T20:00"), utc("2026-11-21T04:00"))]


def test_a_closed_friday_has_no_friday_night() -> None:
    friday_night = hours("Fri 20:00-04:00", closed=frozenset({date(2026, 11, 20)}))

    assert friday_night.next_opening(utc("2026-11-20T12:00")) == utc("2026-11-27T20:00")


def test_windows_that_touch_or_overlap_are_one() -> None:
    long_weekend = hours("Fri 20:00-04:00; Sat 00:00-24:00; Sun 00:00-12:00")

    assert list(long_weekend.windows(utc("2026-11-20T21:00"), utc("2026-11-30T00:00")))[:1] == [
        Span(utc("2026-11-20T21:00"), utc("2026-11-22T12:00"))
    ]
    assert list(hours(ALWAYS).windows(utc("2026-11-01T00:00"), utc("2026-12-01T00:00"))) == [
        Span(utc("2026-11-01T00:00"), utc("2026-12-01T00:00"))
    ]


def test_date_hours_win_over_holidays_and_those_over_the_week() -> None:
    christmas = {date(2026, 12, 25): parse_windows("10:00-11:00")}
    office = hours(holiday_regions=("GB-ENG",), closed=frozenset({date(2026, 12, 25)}), date_hours=christmas)

    spans = list(office.windows(utc("2026-12-25T00:00"), utc("2026-12-29T23:00")))

    assert spans == [
        Span(utc("2026-12-25T10:00"), utc("2026-12-25T11:00")),
        Span(utc("2026-12-29T09:00"), utc("2026-12-29T17:30")),  # the 28th stands in for Boxing Day
    ]


def test_special_hours_may_be_none() -> None:
    office = hours(date_hours={date(2026, 11, 20): ()})

    assert office.next_opening(utc("2026-11-20T10:00")) == utc("2026-11-23T09:00")


def test_two_days_are_the_same_time_two_open_days_later() -> None:
    assert hours().deadline(utc("2026-11-19T10:15"), OpenDays(2)) == utc("2026-11-23T10:15")
    assert hours(ALWAYS).deadline(utc("2026-10-24T09:00"), OpenDays(1)) == utc("2026-10-25T10:00")  # 25 hours


def test_days_that_start_outside_open_time_start_at_the_next_opening() -> None:
    assert hours().deadline(utc("2026-11-21T15:00"), OpenDays(1)) == utc("2026-11-24T09:00")
    assert hours(LUNCH).deadline(utc("2026-11-19T12:20"), OpenDays(1)) == utc("2026-11-20T13:00")


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("12:30", "12:00"),  # in the break: its start
        ("08:10", "09:00"),  # before opening: the opening
        ("19:00", "17:30"),  # after closing: the closing
        ("10:00", "10:00"),
    ],
)
def test_a_target_outside_the_days_windows_moves_into_them(asked: str, due: str) -> None:
    long_thursday = hours("Thu 08:00-20:00; Fri 09:00-12:00,13:00-17:30")

    assert long_thursday.deadline(utc(f"2026-11-19T{asked}"), OpenDays(1)) == utc(f"2026-11-20T{due}")


def test_a_night_counts_as_the_day_it_opens() -> None:
    saturday_at_two = utc("2026-11-21T02:00")  # still Friday's night

    assert hours(NIGHTS).deadline(saturday_at_two, OpenDays(1)) == utc("2026-11-24T02:00")
    assert hours(NIGHTS).deadline(utc("2026-11-20T23:00"), OpenDays(1)) == utc("2026-11-23T23:00")
    assert hours("Fri 20:00-04:00; Mon 09:00-17:00").deadline(saturday_at_two, OpenDays(1)) == utc("2026-11-23T17:00")


def test_a_day_counts_only_if_open_time_is_left_after_pauses() -> None:
    friday = (utc("2026-11-20T08:00"), utc("2026-11-20T18:00"))
    most_of_friday = (utc("2026-11-20T08:00"), utc("2026-11-20T17:00"))

    assert hours().deadline(utc("2026-11-19T10:00"), OpenDays(1), [friday]) == utc("2026-11-23T10:00")
    assert hours().deadline(utc("2026-11-19T10:00"), OpenDays(1), [most_of_friday]) == utc("2026-11-20T17:00")


def test_a_day_that_was_skipped_is_not_an_open_day() -> None:
    samoa = hours("Mon-Sun 09:00-17:00", "Pacific/Apia")
    thursday_at_ten = utc("2011-12-29T20:00")

    assert samoa.deadline(thursday_at_ten, OpenDays(1)) == utc("2011-12-30T20:00")  # Saturday 31st, ten o'clock
    assert samoa.start_of_next_day(thursday_at_ten) == utc("2011-12-30T10:00")


def test_pauses_are_cut_out_in_any_order_and_may_overlap() -> None:
    pauses = [
        (utc("2026-11-20T11:00"), utc("2026-11-20T12:30")),
        (utc("2026-11-20T10:00"), utc("2026-11-20T11:30")),
        (utc("2026-11-20T13:00"), utc("2026-11-20T13:00")),
    ]

    assert hours().deadline(utc("2026-11-20T09:30"), ServiceTime(3600), pauses) == utc("2026-11-20T13:00")
    assert hours().elapsed(utc("2026-11-20T09:30"), utc("2026-11-20T13:00"), pauses) == timedelta(hours=1)


def test_a_target_used_up_where_a_pause_begins_is_due_there() -> None:
    pause = (utc("2026-11-20T10:00"), None)

    assert hours().deadline(utc("2026-11-20T09:00"), ServiceTime(3600), [pause]) == utc("2026-11-20T10:00")


@pytest.mark.parametrize("target", [ServiceTime(3601), OpenDays(1), OpenDays(3)])
def test_while_it_waits_on_the_client_there_is_no_deadline_beyond(target: ServiceTime | OpenDays) -> None:
    pause = (utc("2026-11-20T10:00"), None)

    with pytest.raises(StillPaused, match="Paused since 2026-11-20T10:00"):
        hours().deadline(utc("2026-11-20T09:00"), target, [pause])

    assert hours().elapsed(utc("2026-11-20T09:00"), utc("2026-12-20T09:00"), [pause]) == timedelta(hours=1)


def test_no_service_time_passes_backwards() -> None:
    assert hours().elapsed(utc("2026-11-20T12:00"), utc("2026-11-20T10:00")) == timedelta(0)


def test_hours_that_never_open_are_refused() -> None:
    with pytest.raises(NeverOpen, match="never open"):
        ServiceHours("UTC", ((),) * 7)
    with pytest.raises(NeverOpen):
        ServiceHours("UTC", ((),) * 7, date_hours={date(2026, 12, 24): ()})


def test_a_search_in_hours_whose_dates_have_passed_ends() -> None:
    once = ServiceHours("UTC", ((),) * 7, date_hours={date(2026, 12, 24): parse_windows("09:00-12:00")})

    assert once.next_opening(utc("1990-01-01T00:00")) == utc("2026-12-24T09:00")
    assert once.deadline(utc("2026-12-01T00:00"), ServiceTime(3 * 3600)) == utc("2026-12-24T12:00")
    for target in (ServiceTime(3 * 3600 + 1), OpenDays(1)):
        with pytest.raises(NeverOpen, match="do not open often enough"):
            once.deadline(utc("2026-12-01T00:00"), target)
    assert once.elapsed(utc("1990-01-01T00:00"), utc("2190-01-01T00:00")) == timedelta(hours=3)
    assert not once.is_open_at(utc("2027-01-01T00:00"))


def test_dates_decades_apart_are_found_at_once() -> None:
    dates = {date(year, 6, 1): parse_windows("09:00-10:00") for year in (2026, 2090, 2190)}
    rare = ServiceHours("Pacific/Kiritimati", ((),) * 7, date_hours=dates)

    assert rare.deadline(utc("2026-01-01T00:00"), ServiceTime(3 * 3600)) == utc("2190-05-31T20:00")
    assert rare.deadline(utc("2026-01-01T00:00"), OpenDays(2)) == utc("2190-05-31T19:00")


def test_the_search_ends_with_the_calendar() -> None:
    with pytest.raises(NeverOpen):
        hours().deadline(utc("9989-12-30T00:00"), ServiceTime(10**8))


def test_naive_instants_are_refused() -> None:
    naive = datetime(2026, 11, 20, 12)  # noqa: DTZ001
    questions: list[Callable[[], object]] = [
        lambda: hours().deadline(naive, ServiceTime(60)),
        lambda: hours().elapsed(utc("2026-11-20T12:00"), naive),
        lambda: hours().is_open_at(naive),
        lambda: hours().elapsed(utc("2026-11-20T12:00"), utc("2026-11-21T12:00"), [(naive, None)]),
    ]

    for question in questions:
        with pytest.raises(NaiveInstant, match="no time zone"):
            question()


def test_equal_hours_are_equal_hash_alike_and_can_be_copied() -> None:
    first = hours(date_hours={date(2026, 12, 24): parse_windows("09:00-12:00")})
    second = hours(date_hours={date(2026, 12, 24): parse_windows("09:00-12:00")})

    assert first == second
    assert len({first, second, copy.deepcopy(first), pickle.loads(pickle.dumps(first))}) == 1
    assert first != hours()


def test_a_window_over_midnight_closes_after_it_opens() -> None:
    assert Window(20 * 3600, 4 * 3600) == Window(20 * 3600, 28 * 3600)
    assert Window(0, 0) == Window(0, 86_400)
    for opens, closes in ((86_400, 3600), (-1, 60), (3600, 90_001)):
        with pytest.raises(ValueError, match="A window"):
            Window(opens, closes)
