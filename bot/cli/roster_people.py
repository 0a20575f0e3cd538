"""The people of a roster file, for commands that need nothing else of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.roster.document import Document, open_document
from bot.roster.reading import roster_of
from commands.roster_checks import RosterRefused
from commands.roster_lines import UNSAID, PersonLine
from coverage.ids import PersonId
from coverage.people import Person
from coverage.wall_clock import UnknownZone, zone_of

_READ = ("name", "email", "timezone", "aliases", "country", "region", "working_pattern")


class NoPeople(ValueError):
    """The file has no usable list of people; says what is wrong."""


def roster_people(path: Path) -> list[Person]:
    """The people, numbered in the order of the file. Other sections, and keys that say nothing about leave, may say
    anything; ``tz`` is read as ``timezone``, as in files of service hours. Raises NoPeople, NotReadable, OSError.
    """
    document = open_document(path)
    content = document.content
    entries = content.get("people") if isinstance(content, Mapping) else None
    if not isinstance(entries, list) or not entries:
        raise NoPeople(f'{path} has no people. List them as "people: [{{name: Ann Lee, email: ann@firm.example}}]".')
    document.content = {"people": [_what_matters(entry) for entry in entries]}
    return [_person(number, line, path) for number, line in enumerate(_lines(document, path), start=1)]


def _what_matters(entry: object) -> object:
    if not isinstance(entry, Mapping):
        return entry
    known = {"timezone": entry["tz"], **entry} if "tz" in entry else entry
    return {name: value for name, value in known.items() if name in _READ}


def _lines(document: Document, path: Path) -> tuple[PersonLine, ...]:
    try:
        lines = roster_of(document).people or ()
    except RosterRefused as refused:
        first, more = refused.problems[0], len(refused.problems) - 1
        rest = f" There are {more} more problems." if more else ""
        raise NoPeople(f"{path}: {document.sentence(first)}{rest}") from None
    emails = [line.email.lower() for line in lines]
    twice = next((email for email in emails if emails.count(email) > 1), None)
    if twice is not None:
        raise NoPeople(f"{path}: {twice} is there twice. Each person has an address of their own.")
    return lines


def _person(number: int, line: PersonLine, path: Path) -> Person:
    said: dict[str, Any] = {name: value for name in _READ if (value := getattr(line, name)) is not UNSAID}
    person = Person(PersonId(number), **said)
    try:
        zone_of(person.timezone)
    except UnknownZone as unknown:
        raise NoPeople(f"{path}: {person.name}: {unknown}") from None
    return person
