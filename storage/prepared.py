"""Statements compiled once, then run on SQLite's own connection: only values are worked on at each run.

SQLAlchemy works out anew with each execution what does not change between two of them, which costs several times as
much as SQLite itself. Everything here is asked of its documented interface once: the SQL, the order of the values, how
a value is written and read.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import ExpandedState

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]


class Done(NamedTuple):
    """What a statement returned and how many rows it changed; speaks as SQLAlchemy's result does."""

    rows: list[Any]
    rowcount: int

    def all(self) -> list[Any]:
        return self.rows

    def first(self) -> Any:
        return self.rows[0] if self.rows else None

    def scalar(self) -> Any:
        return self.rows[0][0] if self.rows else None


def run(connection: sqlite3.Connection, statement: Executable, dialect: Dialect, values: Values) -> Done:
    """Execute the statement with these values. Raises what SQLAlchemy raises."""
    dialect = _one_for_all(dialect)
    prepared = _prepared(statement, dialect, tuple(values))
    if prepared.lists:
        lengths = tuple(len(values[name]) for name in prepared.lists)
        prepared = _prepared(statement, dialect, tuple(values), lengths)
    try:
        done = connection.execute(prepared.sql, prepared.bound(values))
        return Done(prepared.read(done.fetchall()), done.rowcount)
    except sqlite3.Error as problem:
        raise as_sqlalchemys(problem, prepared.sql) from problem


def run_many(connection: sqlite3.Connection, statement: Executable, dialect: Dialect, rows: Sequence[Values]) -> Done:
    """Execute a statement that returns nothing once for each of ``rows``, which all name the same values."""
    prepared = _prepared(statement, _one_for_all(dialect), tuple(rows[0]))
    try:
        done = connection.executemany(prepared.sql, [prepared.bound(values) for values in rows])
        return Done([], done.rowcount)
    except sqlite3.Error as problem:
        raise as_sqlalchemys(problem, prepared.sql) from problem


def _one_for_all(dialect: Dialect) -> Dialect:
    """The dialect of the first engine: a process has one SQLite, so what was prepared for one engine serves the others
    (a database has two, one to write through)."""
    return _SPOKEN.setdefault(type(dialect), dialect)


_SPOKEN: dict[type[Dialect], Dialect] = {}


class _Place(NamedTuple):
    """What a question mark stands for: the value ``name``, of a list its element ``number``, as ``write`` writes it; or
    without a name the same ``constant`` each time."""

    name: str | None
    number: int | None = None
    write: Convert | None = None
    constant: Any = None


class _Prepared(NamedTuple):
    """``reads`` are the columns that are stored otherwise than they are read. ``lists`` are the values of ``IN``: the
    statement is another one for each length."""

    sql: str
    places: tuple[_Place, ...]
    row: Callable[[Sequence[Any]], Any]
    reads: tuple[tuple[int, Convert], ...]
    lists: tuple[str, ...] = ()

    def bound(self, values: Values) -> list[Any]:
        bound = []
        for name, number, write, constant in self.places:
            if name is None:
                bound.append(constant)
            else:
                value = values[name] if number is None else values[name][number]
                bound.append(value if write is None else write(value))
        return bound

    def read(self, rows: list[Any]) -> list[Any]:
        read = []
        for row in rows:
            if self.reads:
                row = list(row)
                for number, convert in self.reads:
                    row[number] = convert(row[number])
            read.append(self.row(row))
        return read


@lru_cache(maxsize=512)
def _prepared(
    statement: Any, dialect: Dialect, names: tuple[str, ...], lengths: tuple[int, ...] | None = None
) -> _Prepared:
    """For the values ``names``. Without the ``lengths`` of its lists nothing is known but which those are."""
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    lists = tuple(name for name in names if name in compiled.binds and compiled.binds[name].expanding)
    if lists and lengths is None:
        return _Prepared("", (), tuple, (), lists)
    of = dict(zip(lists, lengths or (), strict=True))
    expanded = compiled.construct_expanded_state({name: [None] * of[name] if name in of else None for name in names})
    row, reads = _reading(statement, dialect)
    writes = {key: bind.type.dialect_impl(dialect).bind_processor(dialect) for key, bind in compiled.binds.items()}
    return _Prepared(expanded.statement, _places(expanded, writes, names), row, reads)


def _places(expanded: ExpandedState, writes: Mapping[str, Convert | None], names: Sequence[str]) -> tuple[_Place, ...]:
    known = {name: _Place(name) for name in names}
    for name in names:
        for number, element in enumerate(expanded.parameter_expansion.get(name, ())):
            known[element] = _Place(name, number)
    places = []
    for key in expanded.positiontup or ():
        write = expanded.processors.get(key) or writes.get(key)
        if key in known:
            places.append(known[key]._replace(write=write))
        else:
            constant = expanded.parameters[key]
            places.append(_Place(None, constant=constant if write is None else write(constant)))
    return tuple(places)


def _reading(
    statement: Any, dialect: Dialect
) -> tuple[Callable[[Sequence[Any]], Any], tuple[tuple[int, Convert], ...]]:
    """How a row is made of what SQLite returns. A column without a name gets one that nobody asks for."""
    columns = list(statement.exported_columns)
    row = namedtuple("Row", [column.key or "_" for column in columns], rename=True)  # type: ignore[misc]
    reads = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return row._make, tuple((number, read) for number, read in enumerate(reads) if read is not None)


def as_sqlalchemys(problem: sqlite3.Error, sql: str) -> BaseException:
    """The error that SQLAlchemy would have raised, without the values: clients' words do not belong into the log."""
    return DBAPIError.instance(sql, None, problem, sqlite3.Error, hide_parameters=True)
