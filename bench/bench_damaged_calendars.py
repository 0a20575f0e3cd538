"""50,000 real calendars, damaged: how many of them do harm (none may), read by as many processes as there are cores."""

import os
import random
import resource
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench.damage import KINDS, calendars_in, damaged
from bench.report import Direction, Measurement
from bench.withstanding import Hangs, with_leave, withstand
from bot.calendar_worker import MEMORY_MB
from tests.shared import SHARED

HOW_MANY, AT_ONCE, SEED = 50_000, 250, 41
SHARES = {"bytes": 40, "lines": 40, "exchanged": 15, "rules, zones and encodings": 5}
"""Of a hundred. Rules that never end take a hundred times as long as anything else."""
SMALL = 6_000
"""Bytes. All are damaged in turn, but the larger ones, which take as long as fifty others, only every tenth time."""


def measure() -> list[Measurement]:
    if SHARED is None:
        print("Skipped: it needs the folder with corpus/ics; set PODLINE_SHARED.", file=sys.stderr)
        return []
    corpus = SHARED / "corpus" / "ics"
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _begin, (corpus,)) as pool:
        failed = [said for batch in pool.map(_batch, range(0, HOW_MANY, AT_ONCE)) for said in batch]
    for said in failed[:10]:
        print(said, file=sys.stderr)
    name = f"{HOW_MANY:,} damaged calendars, those that do harm"
    return [Measurement(name, len(failed), 0, "calendars", len(failed), 0, Direction.AT_MOST)]


_calendars: list[bytes] = []


def _begin(corpus: Path) -> None:
    """In each process: what is read may take no more memory than where it is read for a firm."""
    most = MEMORY_MB * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    _calendars[:] = [with_leave(data) for data in calendars_in(corpus)]


def _batch(begin: int) -> list[str]:
    return [said for number in range(begin, begin + AT_ONCE) if (said := _harm(number, _calendars))]


def _harm(number: int, calendars: Sequence[bytes]) -> str:
    """What went wrong with the calendar of that number, empty where nothing did; always the same one."""
    dice = random.Random(SEED * HOW_MANY + number)
    chosen = [data for data in calendars if len(data) <= SMALL] if number % 10 else calendars
    original = chosen[dice.randrange(len(chosen))]
    [kind] = dice.choices(list(SHARES), list(SHARES.values()))
    harmed = damaged(original, KINDS[kind], dice.randrange, calendars)
    try:
        withstand(original, harmed, is_personal=dice.random() < 1 / 2)
    except (Exception, Hangs) as broken:  # noqa: BLE001 - whatever it is, it is what is looked for
        return f"No. {number} of seed {SEED} ({kind}): {type(broken).__name__}: {str(broken)[:300]}"
    return ""
