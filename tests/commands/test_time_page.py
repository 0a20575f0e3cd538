"""Every worked example in docs/time.md is what the code works out."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.roster.values import working_pattern
from commands.leave_words import read_leave
from commands.outgoing import Topic
from coverage.absence import Absence, away_spans
from coverage.durations import parse_duration
from coverage.ids import PersonId
from coverage.people import Person
from coverage.service_hours import ServiceHours
from tests.shared import ROOT
from tests.world import MONDAY, Sent, World

PAGE = (ROOT / "docs" / "time.md").read_text(encoding="utf-8")
LONDON = ZoneInfo("Europe/London")
WRITTEN = "%a %d %b %Y %H:%M"
PLACES = {"C0NORTH": "North's channel", "C0TEAM": "the team's channel", "C0DESK": "the contact centre"}

Row = tuple[str, ...]


def tables(kind: str) -> Iterator[tuple[str, list[Row]]]:
    """The checked tables of a kind: what its comment says more, and its rows."""
    for found in re.finditer(rf"<!-- checked: {kind}(?P<more>.*?) -->\n(?P<table>(?:\|.*\n)+)", PAGE):
        lines = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in found["table"].splitlines()]
        yield found["more"], lines[2:]


def rows(kind: str) -> list[Row]:
    return [row for _, table in tables(kind) for row in table]


def roster() -> str:
    [block] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    return str(block)


@cache
def hours(name: str) -> ServiceHours:
    known = roster_of(document_of(roster())).hours
    assert known is not None
    return known[name]


def instant(text: str) -> datetime:
    """``Fri 20 Nov 2026 16:30`` in London, in UTC; the first where it happens twice."""
    at = datetime.strptime(text, WRITTEN).replace(tzinfo=LONDON)
    assert f"{at:%a}" == text[:3]
    return at.astimezone(UTC)


def written(at: datetime) -> str:
    return re.sub(r" 0(\d )", r" \1", f"{at.astimezone(LONDON):{WRITTEN}}")


@pytest.mark.parametrize("row", rows("deadlines"))
def test_a_promise_is_due_when_the_page_says(row: Row) -> None:
    name, begin, promise, due, _ = row

    assert written(hours(name).deadline(instant(begin), parse_duration(promise))) == due


@pytest.mark.parametrize("row", rows("pauses"))
def test_a_pause_is_cut_out_as_the_page_says(row: Row) -> None:
    name, begin, promise, pause, due = row
    paused, resumed = (instant(each) for each in pause.split(" to "))

    assert written(hours(name).deadline(instant(begin), parse_duration(promise), [(paused, resumed)])) == due


@pytest.mark.parametrize(("when", "story"), [*tables("unclaimed"), *tables("claimed")])
def test_a_question_goes_its_way_as_the_page_says(world: World, when: str, story: list[Row]) -> None:
    asked, claimed = [*re.findall(r"\w{3} \d+ \w{3} \d{4} \d\d:\d\d", when), None][:2]
    world.change(roster())
    world.now = instant(str(asked))

    world.ask()
    sent = world.deliver()
    if claimed is not None:
        sent += world.wait(seconds=(instant(claimed) - world.now).total_seconds())
        world.say("Ann", "claim Q-1")
        world.deliver()
    sent += world.wait(seconds=(instant(story[-1][0]) - world.now).total_seconds())

    assert told(sent) == [(at, what, sorted(who.split(", "))) for at, what, who in story]


def told(sent: list[Sent]) -> list[tuple[str, str, list[str]]]:
    """Who was told what, together, by time; redraws tell nobody."""
    found: dict[tuple[datetime, str], list[str]] = {}
    for one in sent:
        if one.topic is not Topic.SETTLED and not (one.is_redrawn and one.topic is Topic.CARD):
            where = "the question's thread" if one.in_thread else PLACES.get(one.to, one.to)
            found.setdefault((one.at, one.topic.value), []).append(where)
    return [(written(at), what, sorted(who)) for (at, what), who in found.items()]


def test_leave_is_answered_as_the_page_says(world: World) -> None:
    world.now = MONDAY

    for typed, answer in rows("leave"):
        assert world.say("Bob", typed.strip("`")) == answer


@pytest.mark.parametrize("row", rows("half days"))
def test_leave_lasts_as_long_as_the_page_says(row: Row) -> None:
    pattern, typed, begins, ends = row
    days = read_leave(typed.strip("`"), date(2026, 11, 23)).days
    absence = Absence(
        PersonId(1), read_leave(typed.strip("`"), date(2026, 11, 23)).kind, days.first, days.last, days.half_days
    )
    works = None if pattern == "none" else working_pattern(pattern)

    [span] = away_spans(absence, Person(PersonId(1), "Bob", "", "Europe/London", working_pattern=works))

    assert (written(span.start), written(span.end)) == (begins, ends)
