"""Leave is found by person and time, and what follows from its beginning is done once."""

from datetime import date

import pytest

from coverage.absence import Absence, Half, HalfDay, Kind
from tests.storage.builders import MINUTE, NOW

HOUR = 60 * MINUTE


@pytest.fixture
def leave(office):
    return Absence(
        person=office.ann,
        kind=Kind.ANNUAL,
        first=date(2026, 11, 20),
        last=date(2026, 11, 23),
        half_days=(HalfDay(date(2026, 11, 20), Half.PM), HalfDay(date(2026, 11, 23), Half.UNKNOWN)),
        uid="event-1@calendar.example",
    )


def test_everything_of_an_absence_comes_back_until_it_is_removed(new_uow, office, leave):
    with new_uow() as uow:
        stored = uow.absences.add(leave, NOW, NOW + HOUR, "import:team")
        other = uow.absences.add(leave, NOW + HOUR, NOW + 2 * HOUR, "marked")
        assert uow.absences.of_source("import:team") == [stored]
        assert stored.absence == leave
        assert uow.absences.overlapping([office.ann], NOW, NOW + 2 * HOUR) == [stored, other]
        uow.absences.remove(stored.id)
        assert uow.absences.overlapping([office.ann], NOW, NOW + 2 * HOUR) == [other]


@pytest.mark.parametrize(
    ("begins", "ends", "overlaps"), [(-2, 0, False), (-2, 1, True), (0, 60, True), (60, 61, False)]
)
def test_an_absence_overlaps_what_lies_in_it_but_not_what_only_touches_it(
    new_uow, office, leave, begins, ends, overlaps
):
    with new_uow() as uow:
        uow.absences.add(leave, NOW, NOW + HOUR, "marked")
        found = uow.absences.overlapping([office.ann], NOW + begins * MINUTE, NOW + ends * MINUTE)
        assert bool(found) is overlaps
        assert uow.absences.overlapping([office.bob], NOW, NOW + HOUR) == []


def test_an_absence_that_has_begun_is_handled_once(new_uow, leave):
    with new_uow() as uow:
        begun = uow.absences.add(leave, NOW, NOW + HOUR, "marked")
        uow.absences.add(leave, NOW + HOUR, NOW + 2 * HOUR, "marked")
        assert uow.absences.earliest_unhandled() == NOW
        assert uow.absences.started_unhandled(NOW - MINUTE, limit=10) == []
        assert uow.absences.started_unhandled(NOW, limit=10) == [begun]

        uow.absences.mark_handled(begun.id)

        assert uow.absences.started_unhandled(NOW, limit=10) == []
        assert uow.absences.earliest_unhandled() == NOW + HOUR


def test_an_absence_that_had_ended_before_anybody_looked_keeps_nobody_awake(new_uow, leave):
    with new_uow() as uow:
        uow.absences.add(leave, NOW - 2 * HOUR, NOW - HOUR, "import:team")

        assert uow.absences.started_unhandled(NOW, limit=10) == []

        assert uow.absences.earliest_unhandled() is None


def test_old_leave_is_deleted(new_uow, office, leave):
    with new_uow() as uow:
        uow.absences.add(leave, NOW - 2 * HOUR, NOW - HOUR, "marked")
        kept = uow.absences.add(leave, NOW - HOUR, NOW, "marked")

        assert uow.absences.delete_ended_before(NOW) == 1

        assert uow.absences.overlapping([office.ann], NOW - 3 * HOUR, NOW) == [kept]
