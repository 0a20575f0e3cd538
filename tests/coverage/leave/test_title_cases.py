"""Over a thousand titles, each with what it says: the table is tests/data/leave_titles.txt, its rules at the top."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coverage.leave.calendar import Reading
from coverage.people import Person
from tests.coverage.leave.calendars import a_person, an_event, read

TABLE = Path(__file__).parents[2] / "data" / "leave_titles.txt"
PEOPLE = {
    "ann": "Ann Lee",
    "bo": "Bo Chen",
    "cara": "Cara Diaz",
    "dan": "Dan Roe",
    "zoe": "Zoë Müller",
    "jose": "José García",
    "jean": "Jean Petit",
    "luca": "Luca Bianchi",
    "joao": "João Silva",
    "sanne": "Sanne de Vries",
    "max": "Max Meier-Schulz",
    "sio": "Siobhán O'Brien",
    "rob": "Robert Jones",
    "tomr": "Tom Reed",
    "tomw": "Tom Wood",
    "liz": "Elizabeth Hart",
    "mk": "Mary Kate Nolan",
}
STAFF: tuple[Person, ...] = tuple(
    a_person(name, number=number, email=f"{name.split()[0].lower()}.{name.split()[-1].lower()}@example.com")
    if key != "rob"
    else a_person(name, number=number, aliases=("Bob",))
    for number, (key, name) in enumerate(PEOPLE.items(), start=1)
)
KEYS = dict(zip((person.id for person in STAFF), PEOPLE, strict=True))


def sections() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The parts of the table by their heading, with titles and what they say."""
    lines: list[tuple[str, str]] = []
    for line in TABLE.read_text(encoding="utf-8").split("\n\n", 1)[1].splitlines():
        if line.startswith("# "):
            lines = []
            yield line[2:].partition(" (")[0], lines
        elif line:
            title, _, said = line.removesuffix(" (opinion)").rpartition(" => ")
            lines.append((title, said))


SECTIONS = dict(list(sections()))


@pytest.mark.parametrize("section", SECTIONS)
def test_a_title_says_who_is_away(section: str) -> None:
    cases = SECTIONS[section]

    answers = [(title, answer(title)) for title, _ in cases]

    assert cases
    assert [one for one in answers if one not in cases] == []


def answer(title: str) -> str:
    """What the table would say of this title."""
    escaped = title.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return in_words(read(an_event(escaped, "20260302", "20260303"), people=STAFF))


def in_words(reading: Reading) -> str:
    away = [
        " ".join((KEYS[one.person], one.kind, *(half.half.value for half in one.half_days)))
        for one in sorted(reading.absences, key=lambda absence: absence.person)
    ]
    asked = [" ".join(("ask", *sorted(KEYS[who] for who in one.candidates))) for one in reading.needs_human]
    return " ; ".join((*away, *asked)) or "not away"
