"""Who is there: leave, working pattern and public holidays of one person at one instant."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from coverage.absence import Absence, away_spans
from coverage.ids import PersonId
from coverage.people import Person
from coverage.public_holidays import is_public_holiday
from coverage.service_hours import Span
from coverage.wall_clock import first_instant, last_instant, zone_of


@dataclass(frozen=True, slots=True)
class Presence:
    """The firm's people and their leave, as known at one moment: answers who is there."""

    people: Mapping[PersonId, Person]
    absences: Iterable[Absence] = ()
    _away: dict[PersonId, tuple[Span, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        away: dict[PersonId, list[Span]] = {}
        for absence in self.absences:
            person = self.people.get(absence.person)
            if person is not None:
                away.setdefault(absence.person, []).extend(away_spans(absence, person))
        object.__setattr__(self, "_away", {who: tuple(sorted(spans)) for who, spans in away.items()})

    def is_on_leave(self, who: PersonId, at: datetime) -> bool:
        """True when an absence covers the instant ``at`` (UTC)."""
        return any(span.start <= at < span.end for span in self._away.get(who, ()))

    def is_available(self, who: PersonId, at: datetime) -> bool:
        """True when the person works at ``at`` (UTC): no leave, not a day off, no public holiday where they live.

        A working pattern says whole days off and when a day begins and ends; its breaks do not make somebody
        unavailable. A night belongs to the day it begins, also for holidays. Whoever has no pattern is there whenever
        their pod is. An unknown person is never available.
        """
        person = self.people.get(who)
        return person is not None and not self.is_on_leave(who, at) and _works_at(person, at)

    def away_until(self, who: PersonId, at: datetime) -> date | None:
        """The last day (in the person's zone) of the leave that covers ``at``, leave that follows before they would
        work again included; None when they are not on leave, or unknown."""
        person, end = self.people.get(who), self._end_of_all_leave(who, at)
        if person is None or end is None:
            return None
        return (end - timedelta(microseconds=1)).astimezone(zone_of(person.timezone)).date()

    def back_at(self, who: PersonId, at: datetime) -> datetime | None:
        """When (UTC) the person works again after the leave that covers ``at`` and what follows it; None when they are
        not on leave, or unknown."""
        person, end = self.people.get(who), self._end_of_all_leave(who, at)
        if person is None or end is None:
            return None
        return _next_at_work(person, end) or end

    def _end_of_all_leave(self, who: PersonId, at: datetime) -> datetime | None:
        """The end of the leave that covers ``at``, with the leave that follows before they would work again."""
        person, end = self.people.get(who), self._end_of_leave(who, at)
        if person is None or end is None:
            return None
        while (back := _next_at_work(person, end)) is not None and (later := self._end_of_leave(who, back)) is not None:
            end = later
        return end

    def _end_of_leave(self, who: PersonId, at: datetime) -> datetime | None:
        end = None
        for span in self._away.get(who, ()):
            if span.start <= (end or at) < span.end:
                end = span.end
        return end


def _works_at(person: Person, at: datetime) -> bool:
    today = at.astimezone(zone_of(person.timezone)).date()
    if person.working_pattern is None:
        return not _keeps_holiday(person, today)
    days = (today - _DAY, today)
    return any(span.start <= at < span.end for day in days for span in at_work_on(person, day))


def _next_at_work(person: Person, after: datetime) -> datetime | None:
    """The first instant from ``after`` on at which the person works, within two weeks; those who have no pattern work
    from Monday to Friday."""
    first = after.astimezone(zone_of(person.timezone)).date() - _DAY
    for number in range(16):
        for span in at_work_on(person, first + number * _DAY):
            if after < span.end:
                return max(after, span.start)
    return None


def at_work_on(person: Person, day: date) -> Iterator[Span]:
    """From the beginning to the end (UTC) of what the person works on ``day`` of their zone, with the night after it,
    if they do; their leave is not looked at. Without a pattern it is the whole day, from Monday to Friday."""
    if _keeps_holiday(person, day):
        return
    if person.working_pattern is None:
        if day.weekday() < _SATURDAY:
            yield _span(person, day, timedelta(0), _DAY)
    elif windows := person.working_pattern.days[day.weekday()]:
        closes = max(window.closes for window in windows)
        yield _span(person, day, timedelta(seconds=windows[0].opens), timedelta(seconds=closes))


def _keeps_holiday(person: Person, day: date) -> bool:
    return person.holiday_region is not None and is_public_holiday(person.holiday_region, day)


def _span(person: Person, day: date, begins: timedelta, ends: timedelta) -> Span:
    midnight, zone = datetime.combine(day, time()), zone_of(person.timezone)
    return Span(first_instant(midnight + begins, zone), last_instant(midnight + ends, zone))


_DAY = timedelta(days=1)
_SATURDAY = 5
