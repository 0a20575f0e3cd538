"""Slack's rates, kept in memory."""

from dataclasses import dataclass

import pytest

from bot.slack.pace import POST, UPDATE, Pace


@dataclass
class Seconds:
    at: float = 100.0

    def __call__(self) -> float:
        return self.at


def test_a_channel_takes_three_at_once_and_then_one_a_second() -> None:
    clock = Seconds()
    pace = Pace(POST, clock)

    at_once = [pace.take("C0NORTH") for _ in range(4)]
    clock.at += 1

    assert at_once == [0, 0, 0, pytest.approx(1)]
    assert pace.take("C0NORTH") == 0


def test_channels_do_not_wait_for_each_other() -> None:
    pace = Pace(POST, Seconds())

    assert [pace.take(f"C{number}") for number in range(50)] == [0] * 50


def test_those_who_must_wait_are_not_all_told_the_same_time() -> None:
    pace = Pace(POST, Seconds())

    waits = [pace.take("C0NORTH") for _ in range(6)][3:]

    assert waits == [pytest.approx(1), pytest.approx(2), pytest.approx(3)]


def test_fifty_updates_a_minute_are_not_exceeded() -> None:
    clock = Seconds()
    pace = Pace(UPDATE, clock)
    taken = 0
    for _ in range(600):
        taken += pace.take("") == 0
        clock.at += 0.1

    assert taken <= UPDATE.burst + 50


def test_it_says_how_long_to_wait_without_counting_that() -> None:
    clock = Seconds()
    pace = Pace(POST, clock)

    at_first = [pace.wait("C0NORTH") for _ in range(5)]
    for _ in range(3):
        pace.take("C0NORTH")
    clock.at += 0.25

    assert at_first == [0] * 5
    assert pace.wait("C0NORTH") == pytest.approx(0.75)
    pace.close("C0NORTH", 30)
    assert pace.wait("C0NORTH") == 30


def test_when_slack_says_how_long_to_stay_away_that_is_how_long() -> None:
    clock = Seconds()
    pace = Pace(POST, clock)
    pace.close("C0NORTH", 30)

    told = pace.take("C0NORTH")
    clock.at += 29
    too_early = pace.take("C0NORTH")
    clock.at += 1

    assert told == 30
    assert too_early > 0
    assert pace.take("C0NORTH") == 0


def test_channels_nobody_writes_to_any_more_are_forgotten() -> None:
    clock = Seconds()
    pace = Pace(POST, clock)
    for number in range(1000):
        pace.take(f"C{number}")
    clock.at += 3600

    pace.take("C0NEW")

    assert len(pace._buckets) == 1
