"""Timetables as text: what people write, what we write back, and what is refused."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage.calendar_file import read_calendar, read_instant
from coverage.service_hours import ServiceHours, Window
from coverage.timetable import InvalidTimetable, parse_week, parse_windows, read_hours, week_text, write_hours

NINE, NOON, ONE, FIVE = 9 * 3600, 12 * 3600, 13 * 3600, 17 * 3600
UK_OFFICE = {
    "timezone": "Europe/London",
    "week": "Mon-Fri 09:00-17:30",
    "holidays": ["GB-ENG"],
    "closed": [date(2026, 12, 24)],
    "date_hours": {date(2026, 12, 31): "09:00-12:00", "2026-12-23": "closed"},
}


def test_a_working_pattern_is_seven_days_of_windows() -> None:
    pattern = parse_week("Mon-Thu 09:00-12:00,13:00-17:00")

    assert pattern == ((Window(NINE, NOON), Window(ONE, FIVE)),) * 4 + ((),) * 3


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Mon-Fri 09:00-17:30", "Mon-Fri 09:00-17:30"),
        ("monday – friday: 9:00 – 17:30", "Mon-Fri 09:00-17:30"),
        ("Tue 9:00-12:00\nMon 9:00-12:00;", "Mon-Tue 09:00-12:00"),
        ("Mon,Wed,Fri 09:00-12:00, 13:00-17:00", "Mon,Wed,Fri 09:00-12:00,13:00-17:00"),
        ("Mon 13:00-17:00; Mon-Tue 09:00-12:00", "Mon 09:00-12:00,13:00-17:00; Tue 09:00-12:00"),
        ("Fri 20:00-04:00; Sat 00:00-24:00", "Fri 20:00-04:00; Sat 00:00-24:00"),
        ("Sat-Mon 00:00-00:00", "Mon,Sat-Sun 00:00-24:00"),
        ("Sun 23:59:30-00:00:15; Sat closed", "Sun 23:59:30-00:00:15"),
    ],
)
def test_a_week_is_written_short_and_always_alike(written: str, canonical: str) -> None:
    assert week_text(parse_week(written)) == canonical
    assert parse_week(canonical) == parse_week(written)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write it like"),
        (None, "Write it like"),
        ("Mon-Fri", '"Mon-Fri" does not say both days and times'),
        ("09:00-17:00", "does not say both days and times"),
        ("Mon-Fri 9-17", '"9" is not a time of day'),
        ("Mon-Fri 09:00", "not from when to when"),
        ("Mon-Fri 09:00-25:00", '"25:00" is not a time of day'),
        ("Mon 09:60-10:00", '"09:60" is not a time of day'),
        ("Mon 24:00-10:00", 'Nothing opens at "24:00"'),
        ("Lun-Ven 09:00-17:00", '"Lun" is not a day. The days are Mon, Tue'),
        (
            "Mon 09:00-12:00,11:00-13:00",
            "Mon: 09:00-12:00 and 11:00-13:00 overlap|^09:00-12:00 and 11:00-13:00 overlap",
        ),
        ("Mon-Fri 09:00-17:00; Fri 09:00-15:00", "Fri: 09:00-17:00 and 09:00-15:00 overlap"),
    ],
)
def test_a_week_that_cannot_be_read_is_refused_with_what_to_do(text: object, says: str) -> None:
    with pytest.raises(InvalidTimetable, match=says):
        parse_week(text)


def test_the_roster_form_reads_and_writes_back_the_same() -> None:
    office = read_hours(UK_OFFICE)

    assert office.holiday_regions == ("GB-ENG",)
    assert office.date_hours[date(2026, 12, 23)] == ()
    assert write_hours(office)["week"] == "Mon-Fri 09:00-17:30"
    assert read_hours(write_hours(office)) == office
    assert write_hours(read_hours({"timezone": "UTC", "week": "Mon 09:00-10:00"})) == {
        "timezone": "UTC",
        "week": "Mon 09:00-10:00",
    }


@pytest.mark.parametrize(
    ("part", "value", "says"),
    [
        ("timezone", None, 'need a time zone, such as "Europe/London"'),
        ("timezone", "Europe/Lodnon", 'no time zone "Europe/Lodnon". Did you mean "Europe/London"'),
        ("timezone", "../etc/passwd", "no time zone"),
        ("timezone", "Europe", "no time zone"),
        ("week", ["Mon"], "A week cannot be"),
        ("holidays", ["GB-ENGLAND"], 'Did you mean "GB-ENG"'),
        ("holidays", "GB-ENG", "holidays: 'GB-ENG' is not a list"),
        ("holidays", [7], "holidays: 7 is not a region"),
        ("closed", ["24.12.2026"], 'closed: "24.12.2026" is not a date. Write it like 2026-12-24'),
        ("closed", [datetime(2026, 12, 24, tzinfo=UTC)], "closed: .* is not a date"),
        ("date_hours", ["2026-12-24"], "date_hours: .* is not a set of dates"),
        ("date_hours", {"2026-12-24": "shut"}, "date_hours 2026-12-24: .*not from when to when"),
        ("date_hours", {"2026-12-24": ["09:00", "12:00"]}, 'date_hours 2026-12-24: .*Write "09:00-12:00" or "closed"'),
        ("holiday", ["FR"], 'no "holiday". Did you mean "holidays"'),
        ("colour", "red", "It can hold timezone, week"),
    ],
)
def test_hours_that_cannot_be_read_are_refused_by_part(part: str, value: object, says: str) -> None:
    with pytest.raises(InvalidTimetable, match=says):
        read_hours({**UK_OFFICE, part: value})


def test_hours_that_never_open_are_refused() -> None:
    with pytest.raises(InvalidTimetable, match="never open"):
        read_hours({"timezone": "UTC", "date_hours": {"2026-12-24": "closed"}})
    with pytest.raises(InvalidTimetable, match="never open"):
        read_calendar({"tz": "UTC", "week": {}})


def test_a_calendar_file_may_name_holidays_by_date_and_by_region() -> None:
    calendar = read_calendar(
        {
            "tz": "Europe/Berlin",
            "week": {"mon": [["09:00", "12:00"], ["13:00", "17:00"]], "Tuesday": "10:00-11:00"},
            "holidays": ["2026-08-10", "DE-BY"],
            "date_hours": {"2026-08-09": [["10:00", "12:00"]], "2026-08-11": []},
            "pauses": [["2026-08-09T10:30", "2026-08-09T09:00:00Z"], ["2026-08-10T12:00:00+02:00", None]],
        }
    )

    assert calendar.hours == ServiceHours(
        "Europe/Berlin",
        (parse_windows("09:00-12:00,13:00-17:00"), parse_windows("10:00-11:00"), (), (), (), (), ()),
        ("DE-BY",),
        frozenset({date(2026, 8, 10)}),
        {date(2026, 8, 9): parse_windows("10:00-12:00"), date(2026, 8, 11): ()},
    )
    assert calendar.pauses == (
        (datetime(2026, 8, 9, 8, 30, tzinfo=UTC), datetime(2026, 8, 9, 9, tzinfo=UTC)),
        (datetime(2026, 8, 10, 10, tzinfo=UTC), None),
    )


@pytest.mark.parametrize(
    ("part", "value", "says"),
    [
        ("tz", "Mars/Olympus", "no time zone"),
        ("week", ["mon"], "week: .* is not an object"),
        ("week", {"mon": [["09:00"]]}, "week mon: .* is not a pair"),
        ("week", {"mon": [["09:00", "9pm"]]}, 'week mon: "9pm" is not a time of day'),
        ("week", {"mon": 9}, "week mon: 9 is not a list"),
        ("week", {"moon": []}, '"moon" is not a day'),
        ("holidays", ["2026-02-30"], 'holidays: "2026-02-30" is not a date'),
        ("holidays", ["ZZ"], 'no public holidays for "ZZ"'),
        ("pauses", [["2026-08-09T10:30"]], "pauses: .* is not a pair"),
        ("pauses", [["now", None]], 'pauses: "now" is not an instant'),
        ("pauses", [["2026-08-09T10:30", "2026-08-09T10:00"]], "is before"),
        ("timezone", "UTC", "It can hold tz, week"),
    ],
)
def test_a_calendar_file_that_cannot_be_read_is_refused_by_part(part: str, value: object, says: str) -> None:
    with pytest.raises(InvalidTimetable, match=says):
        read_calendar({"tz": "UTC", "week": {"mon": [["09:00", "17:00"]]}, part: value})


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-10-25T01:30", "2026-10-25T00:30:00+00:00"),  # shown twice: the first
        ("2026-03-29T01:30", "2026-03-29T01:30:00+00:00"),  # never shown: with the offset from before
        ("2026-07-01T12:00:00Z", "2026-07-01T12:00:00+00:00"),
        ("2026-07-01T12:00:00-05:00", "2026-07-01T17:00:00+00:00"),
        ("2026-07-01", "2026-06-30T23:00:00+00:00"),
    ],
)
def test_a_time_without_offset_is_local_to_the_calendar(text: str, instant: str) -> None:
    assert read_instant(text, "Europe/London").isoformat() == instant


@pytest.mark.parametrize("text", ["", "tomorrow", None, 5, "0001-01-01T00:00", "9999-12-31T23:59:59Z"])
def test_an_instant_that_makes_no_sense_is_refused(text: object) -> None:
    with pytest.raises(InvalidTimetable, match=r"is not an instant|is too far away"):
        read_instant(text, "Europe/London")


windows = st.builds(Window, st.integers(0, 86_399), st.integers(0, 86_400))
weeks = st.tuples(*[st.lists(windows, max_size=1).map(tuple)] * 7).filter(any)


@given(weeks)
def test_any_week_reads_back(week: tuple[tuple[Window, ...], ...]) -> None:
    assert parse_week(week_text(week)) == week
    assert week_text(parse_week(week_text(week))) == week_text(week)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Mon-Thu 09:00-17:30, Fri 09:00-16:00", "Mon-Thu 09:00-17:30; Fri 09:00-16:00"),
        ("Mon,Wed 09:00-12:00,13:00-17:00 , Fri 09:00-16:00", "Mon,Wed 09:00-12:00,13:00-17:00; Fri 09:00-16:00"),
    ],
)
def test_a_comma_between_a_time_and_a_day_begins_the_next_days(written: str, canonical: str) -> None:
    assert week_text(parse_week(written)) == canonical
