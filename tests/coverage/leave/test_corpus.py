"""Real calendars by many producers: every one with an expected answer gives it, the others break nothing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coverage.leave.decoding import NotACalendar
from coverage.leave.expansion import Occurrence
from coverage.leave.reading import Feed, read_feed
from tests.shared import SHARED

CORPUS = (SHARED or Path("missing")) / "corpus" / "ics"
FILES = sorted(str(path.relative_to(CORPUS / "files")) for path in (CORPUS / "files").rglob("*") if path.is_file())
SOME_YEARS = {"from": "2024-01-01", "to": "2026-01-01"}


@pytest.mark.parametrize("name", FILES or ["missing.ics"])
def test_a_real_calendar_gives_the_spans_that_other_implementations_find(shared: Path, name: str) -> None:
    expected = expected_of(name) or {}
    window = expected.get("window", SOME_YEARS)

    state, feed = read(name, date.fromisoformat(window["from"]), date.fromisoformat(window["to"]))

    if not expected:
        return
    may_differ = expected.get("summary_differs", False)
    assert state == expected["import"]
    assert {row(one, may_differ) for one in (feed.occurrences if feed else ())} == {
        expected_row(span, may_differ) for span in expected.get("spans", ())
    }
    assert feed is None or feed.warnings or not expected.get("bad_series")


def read(name: str, first: date, end: date) -> tuple[str, Feed | None]:
    try:
        feed = read_feed((CORPUS / "files" / name).read_bytes(), first, end)
    except NotACalendar:
        return "error", None
    return ("capped" if feed.capped else "ok"), feed


def expected_of(name: str) -> dict[str, Any] | None:
    path = CORPUS / "expected" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def row(one: Occurrence, may_differ: bool) -> tuple[object, ...]:
    start, end = (when.isoformat().replace("+00:00", "Z") for when in (one.start, one.end))
    event = one.event
    text = None if may_differ else event.summary
    return event.uid, start, end, one.is_all_day, event.status, event.transparency, text


def expected_row(span: dict[str, Any], may_differ: bool) -> tuple[object, ...]:
    text = None if may_differ else span["summary"]
    return span["uid"], span["start"], span["end"], span["all_day"], span["status"], span["transp"], text
