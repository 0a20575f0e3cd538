"""A tick with the same ten due, over a thousand and over a million open questions."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import Insert, Table, create_engine, event, insert, literal, select, true

from bench.firm import MONDAY, a_folder, a_question, database_in, firm_of, store
from bench.report import Direction, Measurement, interleaved, seconds_for
from commands.tick import tick
from storage import schema
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork

ROUNDS = 20
DUE = 10
FEW, MANY = 1_000, 1_000_000
TARGET = 1.2
APART = timedelta(seconds=30)
"""Between the ten of one tick and those of the next: all first steps come before any second one."""
FIRST_STEP = timedelta(minutes=15)


def measure() -> list[Measurement]:
    with _ticking_over(MANY) as many, _ticking_over(FEW) as few:
        times = interleaved(many, few, ROUNDS)
    return [
        Measurement(
            f"a tick with {DUE} due over {MANY:,} open questions, not {FEW:,}",
            times.ours * 1000,
            times.floor * 1000,
            "ms",
            times.ratio,
            TARGET,
            Direction.AT_MOST,
        )
    ]


@contextmanager
def _ticking_over(open_questions: int) -> Iterator[Callable[[], float]]:
    """A tick at the next time when ten are due: how many seconds it took."""
    with a_folder() as folder:
        url = database_in(folder)
        _ask_a_thousand(url)
        _copy_those_for_later(url, open_questions)
        engine = open_engine(url)
        new_uow = UnitsOfWork(engine)
        rounds = count()

        def once() -> float:
            now = _asked_at(next(rounds)) + FIRST_STEP
            return seconds_for(lambda: _refuse_unless_ten(tick(new_uow, now).done))

        yield once
        engine.dispose()


def _ask_a_thousand(url: str) -> None:
    """Ten for each round and one that does not count, the others for some time next year."""
    engine = open_engine(url)
    new_uow = UnitsOfWork(engine)
    firm = firm_of(new_uow)
    due = [_asked_at(number) for number in range(ROUNDS + 1) for _ in range(DUE)]
    later = [MONDAY + timedelta(days=365, hours=number) for number in range(FEW - len(due))]
    store(new_uow, [a_question(firm, "Night", asked_at) for asked_at in (*due, *later)], firm)
    engine.dispose()


def _asked_at(number: int) -> datetime:
    return MONDAY + APART * number


def _copy_those_for_later(url: str, open_questions: int) -> None:
    """Again and again with their timers, under further numbers, until there are so many open questions."""
    engine = create_engine(url)
    event.listen(engine, "connect", _make_fast)
    with engine.begin() as connection:
        connection.execute(_copies(schema.question, "number", open_questions))
        connection.execute(_copies(schema.timer, "question", open_questions))
    engine.dispose()


def _make_fast(connection: sqlite3.Connection, _record: object) -> None:
    """Nothing is durable while it is filled; each connection says so for itself."""
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
        connection.execute(f"PRAGMA {pragma}")


def _copies(table: Table, number: str, up_to: int) -> Insert:
    """Into ``table``, as often as there is room, the rows of the questions of next year."""
    first = (ROUNDS + 1) * DUE + 1
    apart = FEW + 1 - first
    times = select(literal(1).label("time")).cte("times", recursive=True)
    times = times.union_all(select(times.c.time + 1).where(times.c.time < up_to // apart))
    copied = table.c[number] + times.c.time * apart
    columns = [copied if column.name == number else column for column in table.c]
    rows = select(*columns).select_from(table.join(times, true())).where(table.c[number] >= first, copied <= up_to)
    return insert(table).from_select(table.c.keys(), rows)


def _refuse_unless_ten(done: int) -> None:
    if done != DUE:
        raise AssertionError(f"The tick looked after {done} questions, not after {DUE}.")
