"""`podline leave`: what a calendar file holds, and what of it is leave."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.calendar_reading import LeaveFile, Spans, read_leave, read_spans
from bot.calendar_worker import TooMuch
from bot.cli.errors import WRONG_USAGE, fail, say
from bot.cli.leave_report import as_json, in_words, taken_back
from bot.cli.nearest import Group
from bot.cli.roster_people import NoPeople, roster_people
from bot.clock import SystemClock
from coverage.leave.calendar import CalendarKind
from coverage.leave.changes import HeldBack
from coverage.leave.decoding import NotACalendar
from coverage.leave.limits import MOST_BYTES
from coverage.people import Person

app = typer.Typer(cls=Group, help="Leave in calendar files.", no_args_is_help=True)

CalendarFile = Annotated[Path, typer.Argument(help="The calendar, an .ics file.", metavar="FILE.ics")]
RosterFile = Annotated[Path, typer.Option("--roster", help="Roster file; only its people are read.", metavar="FILE")]
StoredPeople = Annotated[
    Path | None, typer.Option("--roster", help="Only the people of this roster; else everybody stored.", metavar="FILE")
]
Kind = Annotated[CalendarKind, typer.Option("--kind", help="Whose calendar it is.")]
Owner = Annotated[str | None, typer.Option("--owner", help="Whose personal calendar it is.", metavar="EMAIL")]
Country = Annotated[str | None, typer.Option("--country", help="Of a calendar of public holidays.", metavar="GB")]
From = Annotated[str, typer.Option("--from", help="First day.", metavar="DATE")]
To = Annotated[str, typer.Option("--to", help="Last day.", metavar="DATE")]
Until = Annotated[str, typer.Option("--to", help="The day after the last.", metavar="DATE")]
Now = Annotated[str | None, typer.Option("--now", help="When the file was fetched; else now.", metavar="ISO")]
Previous = Annotated[
    Path | None, typer.Option("--previous", help="An earlier fetch of the same feed: what changed?", metavar="OLD.ics")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@app.command()
def preview(
    file: CalendarFile,
    roster: RosterFile,
    kind: Kind,
    first: From,
    last: To,
    owner: Owner = None,
    country: Country = None,
    now: Now = None,
    previous: Previous = None,
    to_json: AsJson = False,
) -> None:
    """What of a calendar is leave, what is not and why, and what only a human can say. Changes nothing."""
    asked = leave_file(file, _people_of(roster), kind, (first, last), owner, country, now, previous)
    try:
        reading, changes = read_leave(asked)
    except (NotACalendar, HeldBack, TooMuch) as problem:
        fail(f"{file}: {problem}")
    if to_json:
        typer.echo(json.dumps(as_json(reading, changes, asked.people), ensure_ascii=False, indent=1))
    else:
        typer.echo(in_words(reading, changes, asked.people))
    for warning in reading.warnings:
        say(f"{file}: {warning}")


@app.command("import")
def take_in(
    file: CalendarFile,
    kind: Kind,
    first: From,
    last: To,
    roster: StoredPeople = None,
    owner: Owner = None,
    country: Country = None,
    now: Now = None,
    previous: Previous = None,
    to_json: AsJson = False,
) -> None:
    """Store what of a calendar is leave, in the place of what that calendar said before; serve acts on it.

    It is the same calendar when the file has the same name, is of the same kind, and of the same owner or country.

    What only a human can say is printed, not stored: an alias in the roster, or the leave command, settles it.
    """
    from bot.cli.database import configured_uow
    from commands.import_leave import import_leave

    with configured_uow() as new_uow:
        with new_uow.reading() as uow:
            stored = list(uow.firm().people.values())
        people = stored if roster is None else _stored_ones(_people_of(roster), stored, roster)
        asked = leave_file(file, people, kind, (first, last), owner, country, now, previous)
        try:
            reading, changes = read_leave(asked)
        except (NotACalendar, HeldBack, TooMuch) as problem:
            fail(f"{file}: {problem}; nothing was stored.")
        days = (asked.first_day, asked.last_day)
        done = import_leave(reading.absences, _source(asked, file), *days, new_uow, asked.now)
    counts = {"added": done.added, "removed": done.removed, "unchanged": done.unchanged}
    if to_json:
        typer.echo(json.dumps(as_json(reading, changes, people) | {"stored": counts}, ensure_ascii=False, indent=1))
    else:
        for part in (in_words(reading, changes, people), taken_back(done.taken_back, stored)):
            typer.echo(f"{part}\n\n" if part else "", nl=False)
        typer.echo(f"Stored: {done.added} added, {done.removed} taken back, {done.unchanged} as they were.")
    for warning in reading.warnings:
        say(f"{file}: {warning}")


def _source(asked: LeaveFile, file: Path) -> str:
    """By what a calendar is known again: two people's files may both be called calendar.ics."""
    whose = asked.owner.email if asked.owner else asked.country if asked.kind is CalendarKind.HOLIDAYS else ""
    return f"import:{asked.kind.value}:{(whose or '').casefold()}:{file.name}"


def _stored_ones(wanted: Sequence[Person], stored: Sequence[Person], roster: Path) -> list[Person]:
    """The stored people whom the roster names: leave is kept under their ids."""
    by_address = {person.email.casefold(): person for person in stored}
    missing = [person.email for person in wanted if person.email.casefold() not in by_address]
    if missing:
        fail(f"{', '.join(missing)} of {roster} are not stored yet: podline import roster {roster} first.")
    return [by_address[person.email.casefold()] for person in wanted]


@app.command()
def events(file: CalendarFile, first: From, end: Until, to_json: AsJson = False) -> None:
    """Everything that takes place in a calendar, as it stands there; whether it is leave `leave preview` says."""
    begin, until = _day("--from", first), _day("--to", end)
    if until <= begin:
        fail(f"--to {until} must be after --from {begin}; it is the day after the last one.", WRONG_USAGE)
    try:
        found = read_spans(_bytes_of(file), begin, until)
    except (NotACalendar, TooMuch) as problem:
        if to_json:
            _print_events("error", str(problem), Spans((), (), ()))
        fail(f"{file}: {problem}")
    if to_json:
        _print_events("capped" if found.capped else "ok", "; ".join(found.capped) or None, found)
        return
    for span in found.spans:
        typer.echo(f"{span.start}  {span.end}  {span.summary or '(no title)'}")
    for warning in (*found.warnings, *found.capped):
        say(f"{file}: {warning}")


def leave_file(
    file: Path,
    people: Sequence[Person],
    kind: CalendarKind,
    days: tuple[str, str],
    owner: str | None,
    country: str | None,
    now: str | None,
    previous: Path | None = None,
) -> LeaveFile:
    """The flags of `leave preview` and `leave import` as one question; ends the command where they do not fit."""
    first_day, last_day = _day("--from", days[0]), _day("--to", days[1])
    if last_day < first_day:
        fail(f"--to {last_day} is before --from {first_day}.", WRONG_USAGE)
    fetched = _instant(now)
    if kind is CalendarKind.PERSONAL and owner is None:
        fail("A personal calendar needs --owner EMAIL: whose is it?", WRONG_USAGE)
    if kind is CalendarKind.HOLIDAYS and not country:
        fail("A calendar of public holidays needs --country, such as --country GB.", WRONG_USAGE)
    whose = _owner(owner, people) if kind is CalendarKind.PERSONAL else None
    before = None if previous is None else _bytes_of(previous)
    return LeaveFile(_bytes_of(file), people, kind, whose, country, first_day, last_day, fetched, before)


def _print_events(state: str, why: str | None, found: Spans) -> None:
    answer = {
        "import": state,
        "why": why,
        "warnings": list(found.warnings),
        "spans": [asdict(span) for span in found.spans],
    }
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))


def _people_of(roster: Path) -> list[Person]:
    try:
        return roster_people(roster)
    except NoPeople as problem:
        fail(str(problem))


def _owner(email: str | None, people: Sequence[Person]) -> Person:
    found = next((person for person in people if person.email.lower() == (email or "").strip().lower()), None)
    if found is None:
        fail(f"Nobody of these people has the address {email}. Check --owner.", WRONG_USAGE)
    return found


def _bytes_of(file: Path) -> bytes:
    """The file, or a little more of it than is read at most: what is larger is refused by its size."""
    with file.open("rb") as content:
        return content.read(MOST_BYTES + 1)


def _day(flag: str, text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        fail(f"{flag} {text} is not a date. Write it as {flag} 2026-03-31.", WRONG_USAGE)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        fail(f"{flag} {text} is too far away. Years from {_FIRST_YEAR} to {_LAST_YEAR} are read.", WRONG_USAGE)
    return day


_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def _instant(text: str | None) -> datetime:
    if text is None:
        return SystemClock().now()
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        fail(f"--now {text} is not a time. Write it as --now 2026-03-01T12:00:00Z.", WRONG_USAGE)
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
