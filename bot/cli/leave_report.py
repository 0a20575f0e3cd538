"""What `podline leave preview` prints: for programs and for people."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from coverage.absence import Absence, Half
from coverage.ids import PersonId
from coverage.leave.calendar import Excluded, Question, Reading
from coverage.leave.changes import Changed
from coverage.people import Person


def as_json(reading: Reading, changes: Sequence[Changed] | None, people: Iterable[Person]) -> dict[str, Any]:
    """The form DESIGN.md fixes; people are named by e-mail. ``changes`` is there only for a second fetch."""
    emails = {person.id: person.email for person in people}
    answer: dict[str, Any] = {
        "absences": [_absence(absence, emails) for absence in reading.absences],
        "not_away": [{"uid": one.uid, "why": one.why} for one in reading.not_away],
        "needs_human": [
            {"uid": one.uid, "why": one.why, "candidates": [emails[person] for person in one.candidates]}
            for one in reading.needs_human
        ],
    }
    if changes is not None:
        answer["changes"] = [{"uid": changed.uid, "change": changed.change.value} for changed in changes]
    return answer


def in_words(reading: Reading, changes: Sequence[Changed] | None, people: Iterable[Person]) -> str:
    """The same, to be read."""
    names = {person.id: person.name for person in people}
    parts = [
        _section("Away", (_away(absence, names) for absence in reading.absences), "Nobody is away in this period."),
        _section("Not leave", (_not_leave(one) for one in reading.not_away)),
        _section("Needs a human", (_asked(one, names) for one in reading.needs_human)),
        _section("Changed", (f"{one.uid}: {one.change.value}" for one in changes or ())),
    ]
    return "\n\n".join(part for part in parts if part)


def _absence(absence: Absence, emails: dict[PersonId, str]) -> dict[str, Any]:
    return {
        "person": emails[absence.person],
        "kind": absence.kind.value,
        "from": absence.first.isoformat(),
        "to": absence.last.isoformat(),
        "half_days": [{"date": half.date.isoformat(), "half": half.half.value} for half in absence.half_days],
        "uid": absence.uid,
    }


def _section(title: str, lines: Iterator[str], otherwise: str = "") -> str:
    body = "\n".join(f"  {line}" for line in lines)
    return f"{title}\n{body}" if body else otherwise


def taken_back(absences: Sequence[Absence], people: Iterable[Person]) -> str:
    """Whose leave an import took back; empty where it took none."""
    names = {person.id: person.name for person in people}
    return _section("Taken back", (_away(absence, names) for absence in absences))


def _away(absence: Absence, names: dict[PersonId, str]) -> str:
    days = f"{absence.first:%a %d %b %Y}"
    if absence.last != absence.first:
        days += f" - {absence.last:%a %d %b %Y}"
    halves = "".join(f", {_HALVES[half.half]} on {half.date:%d %b}" for half in absence.half_days)
    return f"{names[absence.person]}: {days} ({absence.kind.value.replace('_', ' ')}{halves})"


def _not_leave(event: Excluded) -> str:
    day = f" on {event.first:%a %d %b %Y}" if event.first else ""
    return f"{event.title or event.uid or '(no title)'}{day}: {event.why}"


def _asked(question: Question, names: dict[PersonId, str]) -> str:
    who = ", ".join(names[person] for person in question.candidates)
    return f"{question.title or question.uid}: {question.why}{f' ({who}?)' if who else ''}"


_HALVES = {Half.AM: "only the morning", Half.PM: "only the afternoon", Half.UNKNOWN: "half a day"}
