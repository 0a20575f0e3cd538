"""Teams' rates: several windows for a conversation at once, and one for all of the tenant."""

from dataclasses import dataclass

from bot.teams.pace import MARGIN, Pace


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def taken_within(pace: Pace, clock: Seconds, seconds: float, conversation: str = "19:north") -> int:
    """How many may be sent in so many seconds by somebody who never rests."""
    taken, end = 0, clock.now + seconds
    while clock.now < end:
        wait = pace.take(conversation)
        taken += wait == 0
        clock.now += wait
    return taken


def test_of_a_burst_seven_go_in_the_first_second_and_the_eighth_in_the_next() -> None:
    clock = Seconds()
    pace = Pace(clock)

    waits = [pace.take("19:north") for _ in range(9)]

    assert waits[:7] == [0.0] * 7
    assert waits[7] == 1.0 + MARGIN
    assert waits[8] > waits[7]


def test_no_window_is_ever_overrun() -> None:
    clock = Seconds()
    pace = Pace(clock)

    assert taken_within(pace, clock, 30) <= 60
    assert taken_within(pace, clock, 3570) <= 1800 - 50


def test_one_conversation_does_not_hold_up_another_but_all_together_keep_to_thirty_a_second() -> None:
    clock = Seconds()
    pace = Pace(clock)

    waits = [pace.take(f"19:{number}") for number in range(31)]

    assert waits[:30] == [0.0] * 30
    assert waits[30] == 1.0 + MARGIN


def test_those_who_wait_are_told_different_times() -> None:
    pace = Pace(Seconds())

    waits = [pace.take("19:north") for _ in range(20)][7:]

    assert len(set(waits)) == len(waits)


def test_a_pause_that_teams_asks_for_is_kept_for_that_conversation_alone() -> None:
    clock = Seconds()
    pace = Pace(clock)

    pace.close("19:north", 7.0)

    assert pace.take("19:north") >= 7.0
    assert pace.take("19:south") == 0.0
