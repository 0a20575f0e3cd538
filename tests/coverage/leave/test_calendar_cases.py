"""Small calendars and second fetches of one, each with who is away by it: the tables are in tests/data."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coverage.leave.calendar import CalendarKind, Reading, read_calendar
from coverage.leave.changes import HeldBack, changes_of_feed
from coverage.people import Person
from tests.coverage.leave.calendars import FIRST, LAST, NOW, a_calendar, a_person

DATA = Path(__file__).parents[2] / "data"
CALENDARS, CHANGES = (
    json.loads((DATA / name).read_text(encoding="utf-8"))["cases"]
    for name in ("leave_calendars.json", "leave_changes.json")
)
HOMES = {
    "ann": ("Ann Lee", "Europe/London", "GB", "ENG"),
    "bo": ("Bo Chen", "Europe/London", "GB", None),
    "cara": ("Cara Diaz", "Europe/Madrid", "ES", None),
    "dan": ("Dan Roe", "America/New_York", "US", "NY"),
    "zoe": ("Zoë Müller", "Europe/Berlin", "DE", "BW"),
    "lea": ("Lea Kurz", "Europe/Berlin", "DE", "BE"),
    "jose": ("José García", "Europe/Madrid", "ES", "MD"),
    "jean": ("Jean Petit", "Europe/Paris", "FR", None),
    "luca": ("Luca Bianchi", "Europe/Rome", "IT", None),
    "kei": ("Kei Tanaka", "Asia/Tokyo", "JP", None),
    "fay": ("Fay Reid", "Europe/London", "GB", "SCT"),
    "rob": ("Robert Jones", "Europe/London", "GB", None),
    "lou": ("Lou Hall", "Australia/Lord_Howe", "AU", "NSW"),
}
PEOPLE = {
    key: a_person(
        name,
        number=number,
        email=f"{'robert' if key == 'rob' else key}@firm.example",
        aliases=("Bob",) if key == "rob" else (),
        timezone=zone,
        country=country,
        region=region,
    )
    for number, (key, (name, zone, country, region)) in enumerate(HOMES.items(), start=1)
}
KEYS = {person.id: key for key, person in PEOPLE.items()}
STAFF = tuple(PEOPLE.values())


@pytest.mark.parametrize("case", CALENDARS, ids=[case["id"] for case in CALENDARS])
def test_a_calendar_says_who_is_away(case: dict[str, Any]) -> None:
    first, last = (
        date.fromisoformat(case[key]) if key in case else day for key, day in (("from", FIRST), ("to", LAST))
    )

    reading = read_calendar(
        in_a_file(case["events"], case.get("head", [])),
        STAFF,
        CalendarKind(case["kind"]),
        owner_of(case),
        case.get("country"),
        first,
        last,
        NOW,
    )

    assert in_words(reading) == case["says"]


@pytest.mark.parametrize("case", CHANGES, ids=[case["id"] for case in CHANGES])
def test_a_second_fetch_says_what_changed(case: dict[str, Any]) -> None:
    kind = CalendarKind.PERSONAL if "owner" in case else CalendarKind.TEAM
    before, after = in_a_file(case["before"]), in_a_file(case["after"])

    try:
        changes = changes_of_feed(
            before, after, STAFF, kind, owner_of(case), None, date(2026, 1, 1), date(2026, 12, 31), NOW
        )
    except HeldBack:
        said: object = "held back"
    else:
        said = sorted([one.uid, one.change.value] for one in changes)

    assert said == case["changes"]


def owner_of(case: dict[str, Any]) -> Person | None:
    return PEOPLE[case["owner"]] if "owner" in case else None


def in_a_file(events: list[list[str]], head: Sequence[str] = ()) -> bytes:
    return a_calendar(*("\n".join(lines) for lines in events), head="\n".join(head))


def in_words(reading: Reading) -> list[str]:
    """``ann annual 0302-0304 0302pm``: person, kind, days, and those of which only a half is away."""
    away = [
        " ".join(
            (
                KEYS[one.person],
                one.kind,
                f"{one.first:%m%d}-{one.last:%m%d}",
                *(f"{half.date:%m%d}{half.half.value}" for half in one.half_days),
            )
        )
        for one in reading.absences
    ]
    asked = [" ".join(("ask", one.uid, *sorted(KEYS[who] for who in one.candidates))) for one in reading.needs_human]
    return [*sorted(away), *sorted(asked), *sorted(f"not {one.uid}" for one in reading.not_away)]
