"""Who is there: leave, working pattern and public holidays of one person at one instant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coverage.absence import Absence, Kind, away_spans
from coverage.ids import PersonId
from coverage.people import Person
from coverage.public_holidays import is_public_holiday
from coverage.service_hours import Span


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
        unavailable. Whoever has no pattern is there whenever their pod is. An unknown person is never available.
        """
        person = self.people.get(who)
        return (
            person is not None
            and not self.is_on_leave(who, at)
            and _works_at(person, at)
            and not _keeps_a_holiday(person, at)
        )

    def away_until(self, who: PersonId, at: datetime) -> date | None:
        """The last day (in the person's zone) of the leave that covers ``at``, leave that follows without a working
        day in between included; None when they are not on leave."""
        person = self.people[who]
        end = self._end_of_leave(who, at)
        if end is None:
            return None
        while (nxt := self._end_of_leave(who, self._next_working_instant(person, end))) is not None and nxt > end:
            end = nxt
        return (end - timedelta(microseconds=1)).astimezone(ZoneInfo(person.timezone)).date()

    def _end_of_leave(self, who: PersonId, at: datetime) -> datetime | None:
        end = max((span.end for span in self._away.get(who, ()) if span.start <= at < span.end), default=None)
        while end is not None:
            later = max((span.end for span in self._away[who] if span.start <= end < span.end), default=None)
            if later is None:
                return end
            end = later
        return None

    def _next_working_instant(self, person: Person, after: datetime) -> datetime:
        """``after`` itself, or noon of the next day on which the person works, within two weeks."""
        local = after.astimezone(ZoneInfo(person.timezone))
        for _ in range(14):
            if not _is_day_off(person, local.date()):
                return local if local >= after else after
            local = (local + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
        return after


def is_leave(absence: Absence) -> bool:
    """False for what a calendar merely says about everybody or every week: public holidays and part-time days."""
    return absence.kind not in (Kind.PUBLIC_HOLIDAY, Kind.PART_TIME)


def _works_at(person: Person, at: datetime) -> bool:
    if person.working_pattern is None:
        return True
    local = at.astimezone(ZoneInfo(person.timezone))
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    today = person.working_pattern.days[local.weekday()]
    yesterday = person.working_pattern.days[(local.weekday() - 1) % 7]
    runs_over = any(window.closes > _DAY and seconds < window.closes - _DAY for window in yesterday)
    return runs_over or bool(today and today[0].opens <= seconds < max(window.closes for window in today))


def _is_day_off(person: Person, day: date) -> bool:
    pattern = person.working_pattern
    works = pattern.days[day.weekday()] if pattern else day.weekday() < _SATURDAY
    return not works or (person.holiday_region is not None and is_public_holiday(person.holiday_region, day))


def _keeps_a_holiday(person: Person, at: datetime) -> bool:
    region = person.holiday_region
    return region is not None and is_public_holiday(region, at.astimezone(ZoneInfo(person.timezone)).date())


_DAY = 24 * 3600
_SATURDAY = 5
