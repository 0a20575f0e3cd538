"""A calendar read as leave: who is away when, what is not leave, and what a human must answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from types import MappingProxyType

from coverage.absence import Absence, Half, Kind
from coverage.ids import PersonId
from coverage.leave.days import DAY, Days, TooLong, WhichDay, days_away
from coverage.leave.events import Event
from coverage.leave.expansion import Occurrence, SeriesWatch
from coverage.leave.halves import Halves
from coverage.leave.holidays import HolidayReader
from coverage.leave.interpretation import (
    SOMEBODY_SAID_SO,
    AskAHuman,
    Away,
    CalendarKind,
    Interpreter,
    NotAway,
    Verdict,
)
from coverage.leave.names import NameBook
from coverage.leave.reading import Feed, read_feed, unwatched
from coverage.leave.title import folded
from coverage.people import Person

_NO_ANSWERS: Mapping[str, tuple[PersonId, ...]] = MappingProxyType({})
_MARGIN = timedelta(days=2)
"""How far days in other zones may lie beside those of a period."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """An event that is not leave, and why. ``title`` and ``first`` (its day, roughly) are to be shown, not kept."""

    uid: str
    why: str
    title: str = ""
    first: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An event only a human can read. ``title`` is the one text that is kept of it, until it is answered.

    ``name`` is what it calls somebody, where an alias would answer it. ``key``, a digest, is the same for all events
    that one answer settles, at each fetch.
    """

    uid: str
    why: str
    candidates: tuple[PersonId, ...]
    title: str
    first: date
    last: date
    name: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """That an event was in the feed, leave or not: how a sudden loss is noticed. The days are rough."""

    uid: str
    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Reading:
    """A calendar as leave. ``single`` are the absences one by one, ``absences`` the same with adjacent ones joined.

    ``warnings`` say what of the file had to be left out; ``events`` is how many events it holds, in the period or not;
    ``shared_uids`` are those that the producer gave to several events; ``read_at`` is when it was fetched (UTC).
    ``refresh`` is how often the calendar asks to be fetched.
    """

    read_at: datetime
    absences: tuple[Absence, ...]
    not_away: tuple[Excluded, ...]
    needs_human: tuple[Question, ...]
    warnings: tuple[str, ...] = ()
    single: tuple[Absence, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    shared_uids: frozenset[str] = frozenset()
    events: int = 0
    refresh: timedelta | None = None


Answers = Mapping[str, tuple[PersonId, ...]]
"""What humans have answered, by the ``key`` of the question: whose leave it is, or nobody's."""


def read_calendar(
    data: bytes,
    people: Sequence[Person],
    kind: CalendarKind,
    owner: Person | None,
    country: str | None,
    first_day: date,
    last_day: date,
    now: datetime,
    watch: SeriesWatch = unwatched,
    answers: Answers = _NO_ANSWERS,
) -> Reading:
    """Read the leave between ``first_day`` and ``last_day`` (inclusive) out of a calendar file.

    Absences that overlap the period are whole, not cut to it; their days are those of each person's own zone. ``kind``
    PERSONAL needs ``owner``, HOLIDAYS needs ``country`` (ISO code); ``now`` (aware UTC) is when the file was fetched.
    Raises NotACalendar when the bytes are none, ValueError when owner or country is missing. What is hostile may take
    minutes: call it where it can be killed.
    """
    _check(kind, owner, country)
    feed = read_feed(data, first_day - _MARGIN, last_day + _MARGIN + DAY, watch, to_keep=True)
    interpreter = Interpreter(NameBook(tuple(people)), owner, feed.name)
    reader = _Reader(people, first_day, last_day, interpreter, answers, kind is CalendarKind.HOLIDAYS)
    if kind is CalendarKind.HOLIDAYS:
        holidays = HolidayReader(tuple(people), country or "")
        for occurrence in feed.occurrences:
            reader.take(occurrence, holidays.verdicts(occurrence))
    else:
        verdicts: dict[tuple[int, bool], tuple[Verdict, ...]] = {}
        for occurrence in feed.occurrences:
            key = (occurrence.event.number, occurrence.is_all_day)
            if key not in verdicts:
                verdicts[key] = interpreter.verdicts(occurrence.event, is_all_day=occurrence.is_all_day)
            reader.take(occurrence, verdicts[key])
    return reader.reading(feed, now)


def _check(kind: CalendarKind, owner: Person | None, country: str | None) -> None:
    if kind is CalendarKind.PERSONAL and owner is None:
        raise ValueError("A personal calendar needs its owner.")
    if kind is CalendarKind.HOLIDAYS and not country:
        raise ValueError("A calendar of public holidays needs its country.")


@dataclass(slots=True)
class _Reader:
    """Collects the verdicts on the occurrences of one feed."""

    people: Sequence[Person]
    first_day: date
    last_day: date
    interpreter: Interpreter
    answers: Answers
    is_holidays: bool
    _absences: list[Absence] = field(default_factory=list)
    _not_away: dict[tuple[str, str], Excluded] = field(default_factory=dict)
    _questions: dict[tuple[str, str], Question] = field(default_factory=dict)
    _sightings: list[Sighting] = field(default_factory=list)
    _numbers: dict[str, set[int]] = field(default_factory=dict)

    def take(self, occurrence: Occurrence, verdicts: tuple[Verdict, ...]) -> None:
        event, (first, last) = occurrence.event, _rough_days(occurrence)
        self._numbers.setdefault(event.key, set()).add(event.number if not event.is_changed_occurrence else -1)
        if self._is_in_period(occurrence):
            self._sightings.append(Sighting(event.key, event.summary or "", first, last))
        for verdict in verdicts:
            match self._answered(event, verdict):
                case Away() as away:
                    self._take_absence(occurrence, away)
                case NotAway(why):
                    self._exclude(occurrence, why)
                case AskAHuman() as ask:
                    self._ask(occurrence, ask)

    def _answered(self, event: Event, verdict: Verdict) -> Verdict:
        """What a human has said about it before; else the verdict as it is."""
        if not self.answers or not isinstance(verdict, AskAHuman):
            return verdict
        people = self.answers.get(key_of(event, verdict))
        if people is None:
            return verdict
        answer = self.interpreter.as_answered(event, people)
        return replace(answer, kind=Kind.PUBLIC_HOLIDAY) if self.is_holidays and isinstance(answer, Away) else answer

    def _take_absence(self, occurrence: Occurrence, verdict: Away) -> None:
        for person in (person for person in self.people if person.id in verdict.people):
            try:
                days = days_away(occurrence, verdict.halves, person)
            except WhichDay:
                self._ask_about_days(occurrence, verdict, person, "which of its days is the half one?")
            except TooLong:
                self._ask(occurrence, AskAHuman("it lasts for years: is that right?", (person.id,)))
            else:
                self._add(occurrence, verdict.kind, person, days)

    def _ask_about_days(self, occurrence: Occurrence, verdict: Away, person: Person, why: str) -> None:
        """Somebody who says that it is their leave, and no more, means all of its days."""
        ask = AskAHuman(why, (person.id,))
        people = self.answers.get(key_of(occurrence.event, ask))
        if people is None:
            self._ask(occurrence, ask)
        elif person.id in people:
            self._add(occurrence, verdict.kind, person, days_away(occurrence, Halves(), person))
        else:
            self._exclude(occurrence, SOMEBODY_SAID_SO)

    def _add(self, occurrence: Occurrence, kind: Kind, person: Person, days: Days | None) -> None:
        if days is None:
            self._exclude(occurrence, "shorter than half a morning or afternoon")
        elif days.first <= self.last_day and days.last >= self.first_day:
            kind = Kind.PART_TIME if kind is Kind.UNKNOWN and occurrence.event.repeats_weekly else kind
            uid = occurrence.event.key
            self._absences.append(Absence(person.id, kind, days.first, days.last, days.halves, uid))

    def _exclude(self, occurrence: Occurrence, why: str) -> None:
        if self._is_in_period(occurrence):
            uid, (first, _) = occurrence.event.key, _rough_days(occurrence)
            self._not_away.setdefault((uid, why), Excluded(uid, why, occurrence.event.summary or "", first))

    def _ask(self, occurrence: Occurrence, ask: AskAHuman) -> None:
        if self._is_in_period(occurrence):
            event, (first, last) = occurrence.event, _rough_days(occurrence)
            title, key = event.summary or "", key_of(event, ask)
            question = Question(event.key, ask.why, ask.candidates, title, first, last, ask.name, key)
            self._questions.setdefault((event.key, ask.why), question)

    def _is_in_period(self, occurrence: Occurrence) -> bool:
        first, last = _rough_days(occurrence)
        return first <= self.last_day and last >= self.first_day

    def reading(self, feed: Feed, now: datetime) -> Reading:
        single = tuple(sorted(self._absences, key=lambda one: (one.first, one.person, one.last)))
        return Reading(
            read_at=now,
            absences=tuple(joined(single)),
            not_away=tuple(self._not_away.values()),
            needs_human=tuple(self._questions.values()),
            warnings=(*feed.warnings, *feed.capped),
            single=single,
            sightings=tuple(self._sightings),
            shared_uids=frozenset(uid for uid, numbers in self._numbers.items() if len(numbers - {-1}) > 1),
            events=feed.events,
            refresh=feed.refresh,
        )


def key_of(event: Event, ask: AskAHuman) -> str:
    """The same for whatever one answer settles: all events that call somebody by one name, else those of one title.

    UIDs and days do not count, since some feeds change them at each fetch; without a title there is nothing else.
    """
    title = folded(" ".join((event.summary or "").split()))
    about = f"name\n{folded(ask.name)}" if ask.name else f"title\n{ask.why}\n{title or event.key}"
    return sha256(about.encode("utf-8", "surrogatepass")).hexdigest()


def joined(absences: Iterable[Absence]) -> Iterator[Absence]:
    """Absences of one person and kind that touch or overlap become one, with the UID of the first; sorted by start."""
    latest: dict[tuple[PersonId, Kind], Absence] = {}
    done: list[Absence] = []
    for absence in sorted(absences, key=lambda one: (one.first, one.last)):
        key = (absence.person, absence.kind)
        before = latest.get(key)
        if before is not None and _touch(before, absence):
            latest[key] = _together(before, absence)
            continue
        if before is not None:
            done.append(before)
        latest[key] = absence
    yield from sorted((*done, *latest.values()), key=lambda one: (one.first, one.person, one.last))


def _touch(before: Absence, after: Absence) -> bool:
    """True when they overlap, or follow each other with whole days on both sides."""
    if after.first <= before.last:
        return True
    is_next_day = after.first - before.last == DAY
    return is_next_day and _half(before, before.last) is None and _half(after, after.first) is None


def _together(before: Absence, after: Absence) -> Absence:
    """A day that is half in one and whole, or the other half, in the other is whole."""
    halves = {
        half
        for one, other in ((before, after), (after, before))
        for half in one.half_days
        if not other.first <= half.date <= other.last or _half(other, half.date) is half.half
    }
    in_order = tuple(sorted(halves, key=lambda half: half.date))
    return replace(before, last=max(before.last, after.last), half_days=in_order)


def _half(absence: Absence, day: date) -> Half | None:
    return next((half.half for half in absence.half_days if half.date == day), None)


def _rough_days(occurrence: Occurrence) -> tuple[date, date]:
    """The days it touches, wherever it was written."""
    start, end = occurrence.start, occurrence.end
    first = start.date() if isinstance(start, datetime) else start
    if not isinstance(end, datetime):
        return first, max(first, end - DAY)
    return first, max(first, (end - timedelta(microseconds=1)).date())


__all__ = [
    "Answers",
    "CalendarKind",
    "Excluded",
    "Question",
    "Reading",
    "Sighting",
    "joined",
    "key_of",
    "read_calendar",
]
