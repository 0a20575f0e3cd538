"""Which days an event takes away: in the person's own zone and working hours, joined where they touch."""

from datetime import date

import pytest

from coverage.people import WorkingPattern
from coverage.timetable import parse_week
from tests.coverage.leave.calendars import ANN, STAFF, a_person, an_event, in_short, read

PATTERN = "Mon-Fri 07:00-11:00,12:00-15:00"


@pytest.mark.parametrize(
    ("first", "end", "days"),
    [
        ("20260302", "20260305", "02-04"),
        ("20260302", "20260302", "02"),
        ("20260302T090000", "20260304T170000", "02-04"),
        ("20260302T140000", "20260305T120000", "02pm-05am"),
        ("20260302T090000", "20260302T130000", "02am"),
        ("20260302T130000", "20260302T170000", "02pm"),
        ("20260302T000000", "20260304T000000", "02-03"),
        ("20260302T170000", "20260304T090000", "03"),
        ("20260302T000000", "20260302T235959", "02"),
    ],
)
def test_an_end_is_exclusive_and_half_a_morning_is_enough(first: str, end: str, days: str) -> None:
    assert in_short(read(an_event("Ann Lee - holiday", first, end))) == [f"Ann annual {days}"]


@pytest.mark.parametrize(("first", "end"), [("100000", "110000"), ("123000", "133000"), ("180000", "200000")])
def test_what_takes_less_than_half_a_morning_or_afternoon_is_no_leave(first: str, end: str) -> None:
    reading = read(an_event("Ann Lee - out", f"20260302T{first}", f"20260302T{end}"))

    assert reading.absences == ()
    assert "shorter" in reading.not_away[0].why


def test_days_are_those_of_the_persons_own_zone() -> None:
    event = an_event("Kei Tanaka - leave", "20260302T150000Z", "20260304T150000Z")

    [absence] = read(event, people=(a_person("Kei Tanaka", timezone="Asia/Tokyo"),)).absences

    assert (absence.first, absence.last, absence.half_days) == (date(2026, 3, 3), date(2026, 3, 4), ())


def test_mornings_and_afternoons_are_those_of_the_persons_pattern() -> None:
    early = a_person("Ann Lee", working_pattern=WorkingPattern(parse_week(PATTERN), PATTERN))
    event = an_event("Ann Lee - leave", "20260302T070000", "20260302T113000")

    [absence] = read(event, people=(early,)).absences

    assert [half.half.value for half in absence.half_days] == ["am"]


def test_local_times_stay_local_when_the_clock_changes() -> None:
    series = "UID:s\nDTSTART;TZID=Europe/London:20260323T130000\nDTEND;TZID=Europe/London:20260323T170000"
    reading = read(f"{series}\nRRULE:FREQ=WEEKLY;COUNT=2\nSUMMARY:Ann Lee - off (part-time)")

    assert in_short(reading) == ["Ann part_time 23pm", "Ann part_time 30pm"]


def test_a_free_day_every_week_is_part_time() -> None:
    reading = read(an_event("Ann Lee - off", "20260306", "20260307", more="RRULE:FREQ=WEEKLY;COUNT=2"))

    assert in_short(reading) == ["Ann part_time 06", "Ann part_time 13"]


def test_whole_days_that_follow_each_other_are_one_absence_with_the_first_uid() -> None:
    reading = read(
        an_event("Ann Lee - leave", "20260302", "20260303", uid="a"),
        an_event("Ann Lee - leave", "20260303", "20260305", uid="b"),
        an_event("Bo Chen - leave", "20260305", "20260306", uid="c"),
    )

    assert in_short(reading) == ["Ann unknown 02-04", "Bo unknown 05"]
    assert [one.uid for one in reading.absences] == ["a", "c"]
    assert [one.uid for one in reading.single] == ["a", "b", "c"]


def test_two_halves_of_a_day_are_a_day() -> None:
    reading = read(
        an_event("Ann Lee - leave am", "20260302", "20260303", uid="a"),
        an_event("Ann Lee - leave pm", "20260302", "20260303", uid="b"),
    )

    assert in_short(reading) == ["Ann unknown 02"]


def test_absences_are_whole_where_they_reach_out_of_the_period() -> None:
    [absence] = read(an_event("Ann Lee - parental leave", "20260215", "20260601")).absences

    assert (absence.first, absence.last) == (date(2026, 2, 15), date(2026, 5, 31))


def test_what_lies_outside_the_period_is_not_mentioned() -> None:
    reading = read(
        an_event("Ann Lee - leave", "20260401", "20260402"), an_event("Party", "20260226", "20260227", uid="p")
    )

    assert (reading.absences, reading.not_away, reading.needs_human) == ((), (), ())


@pytest.mark.parametrize(("first", "end"), [("20260302", "99991231"), ("20260302T000000Z", "99991231T235959Z")])
def test_leave_for_years_is_asked(first: str, end: str) -> None:
    [question] = read(an_event("Zoë Müller - leave", first, end)).needs_human

    assert "years" in question.why


@pytest.mark.parametrize(
    ("title", "more", "says"),
    [
        ("Out of Office", "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "unknown"),
        ("Client visit", "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "unknown"),
        (None, "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "unknown"),
        ("Annual leave", "TRANSP:TRANSPARENT", "annual"),
        ("Vacation", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "annual"),
        ("Holiday in Spain", "", "annual"),
        ("Krank", "", "sick"),
    ],
)
def test_on_a_personal_calendar_leave_is_the_owners(title: str | None, more: str, says: str) -> None:
    assert in_short(read(an_event(title, more=more), owner=ANN)) == [f"Ann {says} 02-04"]


@pytest.mark.parametrize(
    ("title", "more"),
    [
        ("Working from Leeds", "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"),
        ("Project deadline", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"),
        ("Busy", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"),
        ("Annual leave", "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"),
        ("Mum's birthday", "TRANSP:TRANSPARENT"),
        (None, "TRANSP:TRANSPARENT"),
        ("Office", "TRANSP:TRANSPARENT"),
        ("Bo on leave", ""),
        ("School holidays", ""),
        ("Leave for the airport", ""),
        ("Skiing", ""),
    ],
)
def test_on_a_personal_calendar_the_rest_is_not_leave(title: str | None, more: str) -> None:
    reading = read(an_event(title, more=more), owner=ANN)

    assert (reading.absences, reading.needs_human) == ((), ())


def test_a_timed_transparent_event_does_not_take_the_owner_away() -> None:
    event = an_event("Annual leave", "20260302T090000", "20260302T170000", more="TRANSP:TRANSPARENT")

    assert read(event, owner=ANN).absences == ()
    assert in_short(read(event.replace("Annual", "Ann Lee annual"))) == ["Ann annual 02"]


@pytest.mark.parametrize("title", ["Mum's holiday", "Office closed"])
def test_on_a_personal_calendar_what_may_be_somebody_elses_is_asked(title: str) -> None:
    [question] = read(an_event(title), owner=ANN, people=STAFF).needs_human

    assert question.candidates == (ANN.id,)
