"""Titles that say one thing of one person and another of the next: "Ann off, Bo working from home"."""

import re

from coverage.leave.meanings import KINDS, Meaning
from coverage.leave.names import NameBook
from coverage.leave.title_reading import TitleReading, read_title

_BETWEEN = (re.compile(r"[,;/|•\n]"), re.compile(r"[,;/|•\n+&]|\s+(?:and|und|et|y|e)\s+"))
"""What may divide clauses: first what cannot stand between two names that belong together as well."""
_STATEMENTS = frozenset(KINDS) | {
    Meaning.HALF,
    Meaning.WORKING,
    Meaning.COVER,
    Meaning.BACK,
    Meaning.NEGATED,
    Meaning.CANCELLED,
    Meaning.REQUESTED,
}


def clauses_of(title: str, book: NameBook) -> tuple[str, ...]:
    """The title in parts, where each names somebody else and says something of them; else the title as it is."""
    for between in _BETWEEN:
        parts = tuple(part for part in between.split(title) if part.strip())
        if len(parts) > 1 and _are_clauses([read_title(part, book) for part in parts]):
            return parts
    return (title,)


def _are_clauses(readings: list[TitleReading]) -> bool:
    return all(_is_a_statement(reading) for reading in readings) and not _name_somebody_twice(readings)


def _is_a_statement(reading: TitleReading) -> bool:
    return bool(reading.people) and bool(reading.meanings & _STATEMENTS)


def _name_somebody_twice(readings: list[TitleReading]) -> bool:
    named = [person for reading in readings for person in reading.people]
    return len(named) != len(set(named))
