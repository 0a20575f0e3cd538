"""What one event says: somebody is away, nobody is, or only a human can tell. Each answer has its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from coverage.absence import Kind
from coverage.ids import PersonId
from coverage.leave.clauses import clauses_of
from coverage.leave.description import halves_of_description, status_in
from coverage.leave.doubts import (
    is_between_two_names,
    is_perhaps_given,
    is_somebody_elses,
    leave_stands_apart_from_cover,
    may_be_something_else,
)
from coverage.leave.events import Event
from coverage.leave.halves import Halves, halves_in
from coverage.leave.meanings import KINDS, Meaning
from coverage.leave.names import NameBook
from coverage.leave.title import is_compound_of
from coverage.leave.title_reading import TitleReading, read_title
from coverage.leave.whom import Unclear, who_else_invited, whom_it_is_about
from coverage.people import Person


class CalendarKind(StrEnum):
    """Whose calendar it is: many people's, one person's, or a country's public holidays."""

    TEAM = "team"
    PERSONAL = "personal"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, slots=True)
class Away:
    """These people are away, each on every occurrence of the event."""

    people: tuple[PersonId, ...]
    kind: Kind
    halves: Halves


@dataclass(frozen=True, slots=True)
class NotAway:
    why: str


@dataclass(frozen=True, slots=True)
class AskAHuman:
    """``candidates``: who it may be about, perhaps nobody we know. ``name``: what it calls somebody, where an alias of
    theirs would answer it."""

    why: str
    candidates: tuple[PersonId, ...] = ()
    name: str = ""


Verdict = Away | NotAway | AskAHuman

SOMEBODY_SAID_SO = "somebody was asked and said that it is nobody's leave"


@dataclass(frozen=True)
class Interpreter:
    """Reads the events of one feed. ``owner`` is set for a personal calendar; ``feed_name`` is what it calls itself."""

    book: NameBook
    owner: Person | None
    feed_name: str

    def verdicts(self, event: Event, *, is_all_day: bool) -> tuple[Verdict, ...]:
        """What ``event`` says (PRODUCT.md, Leave). Dates are not looked at, only whether it takes whole days.

        Several where a shared calendar says different things of different people in one title.
        """
        title = event.summary or ""
        clauses = clauses_of(title, self.book) if self.owner is None and not event.attendees else (title,)
        said = tuple(self._verdict(event, clause, is_all_day=is_all_day) for clause in clauses)
        return tuple(one for one in said if not isinstance(one, NotAway)) or said[:1]

    def _verdict(self, event: Event, title: str, *, is_all_day: bool) -> Verdict:
        reading = read_title(title, self.book)
        settled = _settled_by_status(event, reading, title, self.book)
        if settled is not None:
            return settled
        if self.owner is not None:
            return self._personal(self.owner, event, reading, title, is_all_day=is_all_day)
        return self._shared(event, reading, title, is_all_day=is_all_day)

    def as_answered(self, event: Event, people: tuple[PersonId, ...]) -> Verdict:
        """What it says once a human has told whose leave it is: of ``people``, or of nobody."""
        title = event.summary or ""
        reading = read_title(title, self.book)
        halves = _halves(event, title, reading, self.book)
        return Away(people, _kind(reading), halves) if people else NotAway(SOMEBODY_SAID_SO)

    def _personal(self, owner: Person, event: Event, reading: TitleReading, title: str, *, is_all_day: bool) -> Verdict:
        if reading.people and owner.id not in reading.people:
            return NotAway(f"it is about somebody else, not about {owner.name}")
        if event.busy_status == "OOF":
            return Away((owner.id,), _kind(reading), _halves(event, title, reading, self.book))
        if event.busy_status == "WORKINGELSEWHERE":
            return NotAway("working elsewhere is working")
        if _is_free(event) and (not is_all_day or not reading.words):
            return NotAway("shown as free")
        unsaid = _says_no(reading, (owner.id,)) or _mixed(reading, (owner.id,))
        if unsaid is not None:
            return unsaid
        if _is_for_everybody(reading):
            return AskAHuman("it is about everybody: does it apply to them?", (owner.id,))
        if not _says_leave(reading):
            return NotAway("nothing in it says leave")
        if is_somebody_elses(reading):
            return AskAHuman(f"whose leave is it, {owner.name}'s or {_quoted(reading.unknown)}'s?", (owner.id,))
        if may_be_something_else(reading):
            return AskAHuman(f"are they away, or only {_quoted(reading.unknown)}?", (owner.id,))
        colleague = who_else_invited(event, owner.id, self.book)
        if colleague is not None and not reading.people:
            return AskAHuman("one person invited another: who is away?", _in_order((owner.id, colleague)))
        return Away((owner.id,), _kind(reading), _halves(event, title, reading, self.book))

    def _shared(self, event: Event, reading: TitleReading, title: str, *, is_all_day: bool) -> Verdict:
        unsaid = _says_no(reading, reading.people) or _mixed(reading, reading.people)
        if unsaid is not None:
            return unsaid
        kind = _kind(reading) if _says_leave(reading) else self._kind_told_elsewhere(event, reading)
        if kind is None and event.busy_status == "WORKINGELSEWHERE":
            return NotAway("working elsewhere is working")
        if kind is None:
            if reading.people and is_all_day and Meaning.EVERYBODY not in reading.meanings:
                return AskAHuman("it names somebody but does not say that they are away", _in_order(reading.people))
            if not _is_for_everybody(reading):
                return NotAway("nothing in it says leave")
        if _is_for_everybody(reading):
            return AskAHuman("nobody is named: does it apply to everybody, to some or to none?")
        people = whom_it_is_about(event, reading, self.book)
        if isinstance(people, Unclear):
            return AskAHuman(people.why, _in_order(people.candidates), people.name)
        return Away(_in_order(people), kind or Kind.UNKNOWN, _halves(event, title, reading, self.book))

    def _kind_told_elsewhere(self, event: Event, reading: TitleReading) -> Kind | None:
        """For a title that is only a name: what the categories, the description or the feed's own name say.

        Jorani writes "leave" as the category and "paid leave / what they told their manager" as the description.
        """
        if event.busy_status == "OOF" and reading.people:
            return Kind.UNKNOWN
        if reading.unknown or not (reading.people or event.attendees or event.organizer):
            return None
        lines = (line.partition(" / ")[0] for line in event.description.splitlines()[:_FIRST_LINES])
        told = [read_title(text, self.book) for text in (*event.categories, *lines)]
        kinds = [_kind(one) for one in told if one.is_leave and not one.meanings & _NOT_LEAVE and not one.unknown]
        if kinds:
            return next((kind for kind in kinds if kind is not Kind.UNKNOWN), Kind.UNKNOWN)
        return Kind.UNKNOWN if reading.people and self._is_a_feed_of_leave else None

    @cached_property
    def _is_a_feed_of_leave(self) -> bool:
        """By what it calls itself: "Team holidays", "Urlaubskalender"."""
        name = read_title(self.feed_name, self.book)
        return name.is_leave or any(is_compound_of(word, frozenset(KINDS)) for word in name.words)


def _halves(event: Event, title: str, reading: TitleReading, book: NameBook) -> Halves:
    return halves_in(title, reading) or halves_of_description(event.description, book)


def _settled_by_status(event: Event, reading: TitleReading, title: str, book: NameBook) -> NotAway | None:
    """What holds in every calendar, whatever else the event says."""
    said = reading.meanings | (status_in(event.description, book) & _NOT_DECIDED)
    if event.status == "CANCELLED" or event.method == "CANCEL" or Meaning.CANCELLED in said:
        return NotAway("cancelled")
    if event.status == "TENTATIVE" or event.busy_status == "TENTATIVE":
        return NotAway("only tentative")
    if Meaning.REQUESTED in said or _is_questioned(title):
        return NotAway("only requested or planned, not certain")
    if Meaning.NEGATED in said:
        return NotAway("it says that they are not away")
    return None


def _says_no(reading: TitleReading, people: Iterable[PersonId]) -> Verdict | None:
    said = reading.meanings
    if Meaning.POSTPONED in said and reading.is_leave:
        return AskAHuman("it was put off: is this the old date or the new one?", _in_order(people))
    if Meaning.BACK in said:
        return NotAway("it says that they are back")
    if Meaning.COVER in said:
        if reading.is_leave and (leave_stands_apart_from_cover(reading) or is_between_two_names(reading)):
            return AskAHuman("it speaks of leave and of cover: who is away?", _in_order(people))
        return NotAway("it says who covers, and whoever covers is here")
    is_a_date = bool(said & {Meaning.FIRST_DAY, Meaning.LAST_DAY}) and not said & _HALVES
    if Meaning.OCCASION in said or is_a_date:
        return NotAway("an occasion, a meeting or a date to remember, not leave")
    return None


def _mixed(reading: TitleReading, people: Iterable[PersonId]) -> Verdict | None:
    if is_perhaps_given(reading):
        return AskAHuman("is this training given or attended?", _in_order(people))
    if Meaning.WORKING not in reading.meanings:
        return None
    if reading.is_leave:
        return AskAHuman("it says both working and away", _in_order(people))
    return NotAway("working, only not in the office" if reading.meanings else "working")


def _says_leave(reading: TitleReading) -> bool:
    return reading.is_leave or Meaning.HALF in reading.meanings


def _is_for_everybody(reading: TitleReading) -> bool:
    said = reading.meanings
    return not reading.people and (Meaning.CLOSED in said or (Meaning.EVERYBODY in said and _says_leave(reading)))


def _is_free(event: Event) -> bool:
    return event.transparency == "TRANSPARENT" or event.busy_status == "FREE"


def _is_questioned(title: str) -> bool:
    return title.rstrip(" )]").endswith("?")


def _kind(reading: TitleReading) -> Kind:
    return next((kind for meaning, kind in KINDS.items() if meaning in reading.meanings), Kind.UNKNOWN)


def _in_order(people: Iterable[PersonId]) -> tuple[PersonId, ...]:
    return tuple(sorted(people))


def _quoted(unknown: tuple[str, ...]) -> str:
    return f'"{" ".join(unknown)}"'


_NOT_DECIDED = frozenset({Meaning.CANCELLED, Meaning.REQUESTED})
_HALVES = frozenset({Meaning.HALF, Meaning.MORNING, Meaning.AFTERNOON})
_NOT_LEAVE = frozenset({Meaning.OCCASION, Meaning.WORKING, Meaning.COVER, Meaning.BACK, Meaning.CLOSED})
_FIRST_LINES = 5
