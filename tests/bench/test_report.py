"""Benchmarks: a missed target fails the run, and both sides are measured in the same moments."""

import pytest

from bench.__main__ import main
from bench.report import Direction, Measurement, interleaved, report


def measured(ratio: float, target: float, direction: Direction) -> Measurement:
    return Measurement("a thing", 100.0, 50.0, "a second", ratio, target, direction)


@pytest.mark.parametrize(
    ("ratio", "direction", "code"),
    [
        (5.0, Direction.AT_LEAST, 0),
        (4.9, Direction.AT_LEAST, 1),
        (5.0, Direction.AT_MOST, 0),
        (5.1, Direction.AT_MOST, 1),
    ],
)
def test_a_missed_target_fails_the_run(
    ratio: float, direction: Direction, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report([measured(ratio, 5.0, direction)]) == code

    assert ("MISSED" in capsys.readouterr().out) == bool(code)


def test_a_machine_that_slows_down_leaves_the_ratio_alone() -> None:
    speed = [100.0]

    def slowing(factor: float) -> float:
        speed[0] *= 0.97
        return speed[0] * factor

    compared = interleaved(lambda: slowing(6.0), lambda: slowing(1.0), rounds=9)

    assert compared.ratio == pytest.approx(6.0, rel=0.05)


def test_a_benchmark_nobody_knows_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nope"]) == 2

    assert "There are: " in capsys.readouterr().err
