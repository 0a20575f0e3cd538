"""What was measured against which floor, as one table, and whether the targets are met."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from rich.console import Console
from rich.table import Table


class Direction(StrEnum):
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Measurement:
    """Ours beside the floor, both in ``unit``, and the ratio that the target is about.

    ``ratio`` is whatever the target speaks of: how many times as fast, or a share of the floor's rate.
    """

    name: str
    ours: float
    floor: float
    unit: str
    ratio: float
    target: float
    direction: Direction = Direction.AT_LEAST

    @property
    def is_met(self) -> bool:
        if self.direction is Direction.AT_LEAST:
            return self.ratio >= self.target
        return self.ratio <= self.target


@dataclass(frozen=True, slots=True)
class Comparison:
    """Medians of several rounds, and the median of the rounds' own ratios ``ours / floor``."""

    ours: float
    floor: float
    ratio: float


def interleaved(ours: Callable[[], float], floor: Callable[[], float], rounds: int) -> Comparison:
    """Measure both in turn, each first in every other round, after one round that does not count.

    The two sides of a ratio are taken within the same moment, so a machine that slows down meanwhile slows both.
    """
    ours(), floor()
    pairs: list[tuple[float, float]] = []
    for number in range(rounds):
        if number % 2:
            theirs = floor()
            pairs.append((ours(), theirs))
        else:
            pairs.append((ours(), floor()))
    return Comparison(
        ours=median(mine for mine, _ in pairs),
        floor=median(theirs for _, theirs in pairs),
        ratio=median(mine / theirs for mine, theirs in pairs),
    )


def seconds_for(act: Callable[[], object]) -> float:
    """How long ``act`` takes, with the garbage collector held back as timeit does."""
    was_on = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        act()
        return time.perf_counter() - began
    finally:
        if was_on:
            gc.enable()


def report(measurements: Sequence[Measurement]) -> int:
    """Print the table; 0 if every target is met, else 1."""
    table = Table(title="Ours against the floor, measured in the same run", title_justify="left")
    for heading in ("what", "ours", "floor", "ratio", "target", ""):
        table.add_column(heading, justify="left" if heading in ("what", "") else "right")
    for measured in measurements:
        table.add_row(
            measured.name,
            f"{_figure(measured.ours)} {measured.unit}",
            f"{_figure(measured.floor)} {measured.unit}",
            f"{measured.ratio:.2f}",
            f"{measured.direction} {measured.target:g}",
            "met" if measured.is_met else "MISSED",
        )
    Console(width=None if Console().is_terminal else 140).print(table)
    return 0 if all(measured.is_met for measured in measurements) else 1


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
