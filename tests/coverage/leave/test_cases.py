"""The worked cases of leave.json, scored by the rules at its top."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coverage.absence import Absence
from coverage.ids import PersonId
from coverage.leave.calendar import CalendarKind, Reading, read_calendar
from coverage.leave.changes import changes_of_feed
from coverage.people import Person

DATA = Path(__file__).parents[2] / "data"
CASES = json.loads((DATA / "leave.json").read_text(encoding="utf-8"))["cases"]
DAY = timedelta(days=1)
HalfDay = tuple[str, date, str, str]
"""Person, day, am or pm, kind."""


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_worked_case_is_read_as_expected(case: dict[str, Any]) -> None:
    asked = Asked(case)
    reading = asked.reading()
    expected = case["expect"]

    assert problems(reading, expected, asked) == []
    assert {one.uid for one in reading.not_away} == {one["uid"] for one in expected["not_away"]}
    assert {one.uid: {asked.ids[who] for who in one.candidates} for one in reading.needs_human} == {
        one["uid"]: set(one["candidates"]) for one in expected["needs_human"]
    }
    assert all(one.why for one in reading.not_away)
    assert all(one.why for one in reading.needs_human)


def test_a_second_fetch_says_what_changed() -> None:
    [case] = [case for case in CASES if "changes" in case["expect"]]
    asked = Asked(case)

    changes = changes_of_feed(asked.files[0], asked.files[1], *asked.about)

    wanted = {
        (one["uid"], one["change"]) for one in case["expect"]["changes"] if not one["change"].startswith("history")
    }
    assert {(one.uid, one.change.value) for one in changes} == wanted


@dataclass
class Asked:
    """A case as the arguments of read_calendar."""

    case: dict[str, Any]

    @property
    def ids(self) -> dict[PersonId, str]:
        return {PersonId(number): person["id"] for number, person in enumerate(self.case["roster"], start=1)}

    @property
    def files(self) -> list[bytes]:
        return [(DATA / name).read_bytes() for name in self.case["calendar"]["files"]]

    @property
    def people(self) -> list[Person]:
        return [
            Person(
                PersonId(number),
                person["name"],
                person["email"],
                person["tz"],
                aliases=tuple(person.get("aliases", ())),
                country=person["country"],
                region=person.get("region"),
            )
            for number, person in enumerate(self.case["roster"], start=1)
        ]

    @property
    def about(self) -> tuple[Any, ...]:
        calendar, window = self.case["calendar"], self.case["window"]
        owner = next((who for who in self.people if self.ids[who.id] == calendar["owner"]), None)
        first, last = date.fromisoformat(window["from"]), date.fromisoformat(window["to"])
        now = datetime.fromisoformat(self.case["expect"].get("now", "2026-03-01T12:00:00Z"))
        return self.people, CalendarKind(calendar["kind"]), owner, calendar.get("country"), first, last, now

    def reading(self) -> Reading:
        return read_calendar(self.files[-1], *self.about)


def problems(reading: Reading, expected: dict[str, Any], asked: Asked) -> list[str]:
    """Half days that are missing, too many, or of another kind: joining adjacent absences makes no difference."""
    got = {(who, day, half): kind for one in reading.absences for who, day, half, kind in of_absence(one, asked)}
    wanted = {(who, day, half): kinds for one in expected["absences"] for who, day, half, kinds in of_expected(one)}
    return [
        *(f"missing: {key}" for key in wanted.keys() - got.keys()),
        *(f"too many: {key}" for key in got.keys() - wanted.keys()),
        *(f"kind of {key}: {got[key]}" for key in wanted.keys() & got.keys() if got[key] not in wanted[key]),
    ]


def of_absence(absence: Absence, asked: Asked) -> Iterable[HalfDay]:
    halves = {half.date: half.half.value for half in absence.half_days}
    for day in days_of(absence.first, absence.last):
        for half in halves_of(halves.get(day)):
            yield asked.ids[absence.person], day, half, absence.kind.value


def of_expected(one: dict[str, Any]) -> Iterable[tuple[str, date, str, set[str]]]:
    halves = {date.fromisoformat(half["date"]): half["half"] for half in one["half_days"]}
    for day in days_of(date.fromisoformat(one["from"]), date.fromisoformat(one["to"])):
        for half in halves_of(halves.get(day)):
            yield one["person"], day, half, {one["kind"], *one.get("accept_kinds", ())}


def days_of(first: date, last: date) -> list[date]:
    return [first + offset * DAY for offset in range((last - first).days + 1)]


def halves_of(half: str | None) -> tuple[str, ...]:
    return ("am", "pm") if half is None else (half,)
