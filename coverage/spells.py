"""Spells of leave: absences with no working day between them are one time away, with a before and an after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coverage.absence import Absence, away_spans
from coverage.availability import Presence, at_work_on
from coverage.ids import PersonId
from coverage.people import Person
from coverage.wall_clock import first_instant, zone_of

AHEAD = 2
"""Working days before leave on which its hand-over begins (PRODUCT.md, Leave)."""
MORNING = time(8)
"""When the day of somebody begins who has no working pattern, by the clock of their own zone."""
_DAY = timedelta(days=1)
_LOOKED_BACK = 21
"""Days in which two working days are found, if there are any."""


@dataclass(frozen=True, slots=True)
class Spell:
    """``person`` is away from ``starts_at`` (UTC), a moment of the day ``first``, until the day ``last``, and works
    again at ``back_at`` (UTC). Days are those of their own zone. ``is_long``: more than half a day is missed, which is
    worth a hand-over."""

    person: PersonId
    starts_at: datetime
    first: date
    last: date
    back_at: datetime
    is_long: bool


def spells_of(person: Person, absences: Iterable[Absence], presence: Presence) -> Iterator[Spell]:
    """The person's spells of leave, in order; ``presence`` knows the same absences, and maybe more that join them."""
    began = sorted(span.start for absence in absences for span in away_spans(absence, person))
    back_at: datetime | None = None
    for starts_at in began:
        if back_at is not None and starts_at < back_at:
            continue
        last, back_at = presence.away_until(person.id, starts_at), presence.back_at(person.id, starts_at)
        if last is not None and back_at is not None:
            yield _spell(person, starts_at, last, back_at)


def _spell(person: Person, starts_at: datetime, last: date, back_at: datetime) -> Spell:
    zone = zone_of(person.timezone)
    first = starts_at.astimezone(zone).date()
    is_whole_day = starts_at == first_instant(datetime.combine(first, time()), zone)
    is_long = last > first or (is_whole_day and back_at.astimezone(zone).date() > first)
    return Spell(person.id, starts_at, first, last, _morning_of(person, back_at), is_long)


def hand_over_at(spell: Spell, person: Person, presence: Presence) -> datetime:
    """When (UTC) the hand-over before a spell begins: in the morning, AHEAD working days before its first day."""
    left, day = AHEAD, spell.first
    for _ in range(_LOOKED_BACK):
        day -= _DAY
        begins = _begins_work(person, day)
        if begins is not None and not presence.is_on_leave(person.id, begins):
            left -= 1
            if not left:
                return begins
    return spell.starts_at - AHEAD * _DAY


def first_morning_of_week(person: Person, day: date, presence: Presence) -> datetime | None:
    """When (UTC) the person begins to work in the week (Monday to Sunday) of ``day``, on the first day on which they
    work and are not on leave then; None where they do not work that week."""
    monday = day - day.weekday() * _DAY
    for number in range(7):
        begins = _begins_work(person, monday + number * _DAY)
        if begins is not None and not presence.is_on_leave(person.id, begins):
            return begins
    return None


def _morning_of(person: Person, back_at: datetime) -> datetime:
    """Whoever has no pattern works again from midnight on: nobody is told anything then."""
    zone = zone_of(person.timezone)
    morning = first_instant(datetime.combine(back_at.astimezone(zone).date(), MORNING), zone)
    return max(back_at, morning) if person.working_pattern is None else back_at


def _begins_work(person: Person, day: date) -> datetime | None:
    for span in at_work_on(person, day):
        return span.start if person.working_pattern is not None else _morning_of(person, span.start)
    return None
