"""A feed of public holidays frees those who live where they are kept."""

from datetime import date

import pytest

from coverage.leave.calendar import CalendarKind, Reading, read_calendar
from coverage.people import Person
from tests.coverage.leave.calendars import NOW, a_calendar, a_person, an_event

ENGLISH = a_person("Ann Lee", number=1, country="GB", region="ENG")
SCOTTISH = a_person("Fay Reid", number=2, country="GB", region="SCT")
SOMEWHERE_BRITISH = a_person("Bo Chen", number=3, country="GB")
GERMAN = a_person("Zoe Miller", number=4, country="DE", region="BW")
EVERYBODY = (ENGLISH, SCOTTISH, SOMEWHERE_BRITISH, GERMAN)


def holidays(
    title: str, day: str, description: str, country: str = "GB", people: tuple[Person, ...] = EVERYBODY
) -> Reading:
    event = f"UID:h\nDTSTART;VALUE=DATE:{day}\nSUMMARY:{title}\nDESCRIPTION:{description}\nTRANSP:TRANSPARENT"
    period = (date(2026, 1, 1), date(2026, 12, 31), NOW)
    return read_calendar(a_calendar(event), people, CalendarKind.HOLIDAYS, None, country, *period)


def test_a_national_holiday_frees_everybody_of_the_country() -> None:
    reading = holidays("Good Friday", "20260403", "Public holiday")

    assert [one.person for one in reading.absences] == [1, 2, 3]
    assert {one.kind.value for one in reading.absences} == {"public_holiday"}


def test_a_regional_holiday_frees_those_of_its_regions_and_asks_for_the_others() -> None:
    reading = holidays("Easter Monday (regional holiday)", "20260406", "Public holiday in England\\, Wales")

    assert [one.person for one in reading.absences] == [1]
    assert [one.candidates for one in reading.needs_human] == [(3,)]


def test_a_regional_holiday_of_another_country() -> None:
    reading = holidays("Heilige Drei Könige (regionaler Feiertag)", "20260106", "Feiertag in Bayern", "DE")

    assert [one.person for one in reading.absences] == [4]


@pytest.mark.parametrize("description", ["Observance", "Observance\\nTo hide observances\\, go to the settings"])
def test_people_work_on_an_observance(description: str) -> None:
    reading = holidays("April Fools", "20260401", description)

    assert (reading.absences, len(reading.not_away)) == ((), 1)


def test_a_holiday_declared_for_once_is_believed() -> None:
    reading = holidays("National day of mourning", "20260922", "Public holiday")

    assert [one.person for one in reading.absences] == [1, 2, 3]


def test_a_day_that_nobody_calls_a_holiday_is_none() -> None:
    assert holidays("Pancake day", "20260217", "").absences == ()


def test_nobody_is_free_where_nobody_lives() -> None:
    assert holidays("Fête nationale", "20260714", "Jour férié", "FR").not_away[0].why.endswith("lives in FR")


@pytest.mark.parametrize(("kind", "says"), [(CalendarKind.HOLIDAYS, "country"), (CalendarKind.PERSONAL, "owner")])
def test_what_the_kind_of_calendar_needs_must_be_said(kind: CalendarKind, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_calendar(a_calendar(an_event("x")), (), kind, None, None, date(2026, 1, 1), date(2026, 1, 2), NOW)
