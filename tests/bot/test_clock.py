"""Clocks: who may read the time, and how they wake who waits."""

import ast
import asyncio
import math
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.clock import FastClock, PushedClock, SystemClock, sleep_until
from tests.shared import ROOT

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

READS_THE_CLOCK = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("func", "now"),
    ("func", "current_timestamp"),
}


def test_a_pushed_clock_stands_still_until_it_is_pushed() -> None:
    clock = PushedClock(NOON)

    clock.push(timedelta(minutes=15))

    assert clock.now() == NOON + timedelta(minutes=15)
    assert clock.seconds_until(NOON) == 0.0
    assert clock.seconds_until(NOON + timedelta(hours=1)) == math.inf


def test_a_pushed_clock_does_not_run_backwards() -> None:
    clock = PushedClock(NOON)

    with pytest.raises(ValueError, match="backwards"):
        clock.set_to(NOON - timedelta(seconds=1))


def test_a_clock_answers_in_utc_whatever_zone_it_was_set_in() -> None:
    clock = PushedClock(datetime(2026, 3, 2, 14, 0, tzinfo=timezone(timedelta(hours=2))))

    assert clock.now() == NOON
    assert clock.now().tzinfo is UTC


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        PushedClock(NOON.replace(tzinfo=None))


def test_a_push_tells_the_listeners_until_they_leave() -> None:
    clock = PushedClock(NOON)
    heard: list[datetime] = []
    leave = clock.on_jump(lambda: heard.append(clock.now()))

    clock.push(timedelta(hours=1))
    leave()
    clock.push(timedelta(hours=1))

    assert heard == [NOON + timedelta(hours=1)]


def test_a_fast_clock_makes_long_waits_short() -> None:
    clock = FastClock(NOON, speed=3600)

    assert clock.now() >= NOON
    assert 0 < clock.seconds_until(clock.now() + timedelta(hours=10)) <= 10


def test_a_fast_clock_that_is_pushed_runs_on_from_there_and_tells_who_waits() -> None:
    clock = FastClock(NOON, speed=1)
    heard: list[datetime] = []
    clock.on_jump(lambda: heard.append(clock.now()))

    clock.push(timedelta(hours=2))

    assert NOON + timedelta(hours=2) <= clock.now() < NOON + timedelta(hours=3)
    assert len(heard) == 1
    with pytest.raises(ValueError, match="backwards"):
        clock.set_to(NOON)


def test_a_hurried_clock_reaches_its_aim_in_time_and_then_runs_as_before() -> None:
    clock = FastClock(NOON, speed=1)

    clock.hurry_to(NOON + timedelta(days=3), within=1000)

    assert 990 < clock.seconds_until(NOON + timedelta(days=3)) <= 1000
    assert 490 < clock.seconds_until(NOON + timedelta(days=1.5)) <= 500
    assert 1050 < clock.seconds_until(NOON + timedelta(days=3, minutes=1)) <= 1060


def test_a_clock_may_change_its_speed_and_never_stands_still() -> None:
    clock = FastClock(NOON, speed=1)

    clock.run_at(3600)

    assert 0 < clock.seconds_until(clock.now() + timedelta(hours=10)) <= 10
    with pytest.raises(ValueError, match="above 0"):
        clock.run_at(0)


def test_the_system_clock_is_aware_and_has_no_waits_for_the_past() -> None:
    clock = SystemClock()

    assert clock.now().utcoffset() == timedelta(0)
    assert clock.seconds_until(NOON - timedelta(days=10_000)) == 0.0


async def test_a_sleeper_wakes_at_its_time() -> None:
    clock = FastClock(NOON, speed=36_000)

    await sleep_until(clock, NOON + timedelta(minutes=5), asyncio.Event())

    assert clock.now() >= NOON + timedelta(minutes=5)


async def test_a_sleeper_wakes_when_told_before_its_time() -> None:
    woken = asyncio.Event()
    asyncio.get_running_loop().call_soon(woken.set)

    async with asyncio.timeout(10):
        await sleep_until(PushedClock(NOON), NOON + timedelta(days=1), woken)


async def test_a_sleeper_wakes_when_the_clock_is_pushed_from_another_thread() -> None:
    clock = PushedClock(NOON)
    sleeper = asyncio.create_task(sleep_until(clock, NOON + timedelta(days=1), asyncio.Event()))
    await asyncio.sleep(0)

    await asyncio.to_thread(clock.push, timedelta(days=2))

    async with asyncio.timeout(10):
        await sleeper


@pytest.mark.parametrize("package", ["bot", "commands", "coverage", "storage"])
def test_nothing_but_the_clock_reads_the_clock(package: str) -> None:
    readers = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / package).rglob("*.py"))
        if path != ROOT / "bot" / "clock.py"
        for line in _lines_that_read_the_clock(path)
    ]

    assert readers == [], "pass `now` or a Clock (bot/clock.py) instead"


def _lines_that_read_the_clock(path: Path) -> list[int]:
    lines = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            lines += [node.lineno for name in node.names if ("time", name.name) in READS_THE_CLOCK]
        if isinstance(node, ast.Attribute) and (_name_of(node.value), node.attr) in READS_THE_CLOCK:
            lines.append(node.lineno)
    return lines


def _name_of(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return None
