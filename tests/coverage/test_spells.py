"""Spells of leave: what belongs together, when the hand-over before it begins, and when somebody is back."""

from datetime import UTC, date, datetime

from coverage.absence import Absence, Half, HalfDay, Kind
from coverage.availability import Presence
from coverage.ids import PersonId
from coverage.people import Person, WorkingPattern
from coverage.spells import Spell, hand_over_at, spells_of
from coverage.timetable import parse_week

ANN = Person(PersonId(1), "Ann", "ann@firm.example", "Europe/London", country="GB", region="ENG")


def away(first: date, last: date, half: Half | None = None) -> Absence:
    return Absence(ANN.id, Kind.ANNUAL, first, last, (HalfDay(first, half),) if half else ())


def spells(*absences: Absence, person: Person = ANN) -> tuple[list[Spell], Presence]:
    presence = Presence({person.id: person}, absences)
    return list(spells_of(person, absences, presence)), presence


def test_two_weeks_and_the_weekend_between_them_are_one_spell_that_ends_on_monday_morning() -> None:
    [spell], _ = spells(away(date(2026, 8, 3), date(2026, 8, 7)), away(date(2026, 8, 10), date(2026, 8, 14)))

    assert (spell.first, spell.last) == (date(2026, 8, 3), date(2026, 8, 14))
    assert spell.back_at == datetime(2026, 8, 17, 7, 0, tzinfo=UTC)
    assert spell.is_long


def test_a_working_day_between_two_absences_makes_two_spells() -> None:
    found, _ = spells(away(date(2026, 8, 3), date(2026, 8, 4)), away(date(2026, 8, 6), date(2026, 8, 7)))

    assert [spell.first.day for spell in found] == [3, 6]


def test_an_event_a_day_is_one_spell() -> None:
    [spell], _ = spells(*(away(date(2026, 8, day), date(2026, 8, day)) for day in range(3, 8)))

    assert spell.last == date(2026, 8, 7)


def test_an_afternoon_off_needs_no_hand_over() -> None:
    [spell], _ = spells(away(date(2026, 8, 4), date(2026, 8, 4), Half.PM))

    assert not spell.is_long


def test_the_hand_over_begins_two_working_days_ahead_in_the_morning() -> None:
    [spell], presence = spells(away(date(2026, 8, 3), date(2026, 8, 14)))

    assert hand_over_at(spell, ANN, presence) == datetime(2026, 7, 30, 7, 0, tzinfo=UTC)


def test_days_off_holidays_and_other_leave_do_not_count_as_working_days() -> None:
    pattern = WorkingPattern(parse_week("Mon-Thu 09:30-15:00"), "Mon-Thu 09:30-15:00")
    part_time = Person(ANN.id, "Ann", ANN.email, "Europe/London", working_pattern=pattern)
    [spell], presence = spells(away(date(2026, 8, 3), date(2026, 8, 6)), person=part_time)
    easter, holidays = spells(away(date(2026, 4, 7), date(2026, 4, 10)))

    assert hand_over_at(spell, part_time, presence) == datetime(2026, 7, 29, 8, 30, tzinfo=UTC)
    assert hand_over_at(easter[0], ANN, holidays) == datetime(2026, 4, 1, 7, 0, tzinfo=UTC)
