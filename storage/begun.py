"""A transaction that has begun: through SQLAlchemy on PostgreSQL, on the driver's own connection on SQLite."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Engine, Executable
from sqlalchemy.exc import OperationalError

from commands.ports import Overtaken
from storage import prepared
from storage.prepared import Values, as_sqlalchemys


class PerEngine(NamedTuple):
    """A statement that the two engines know by different constructs."""

    sqlite: Executable
    postgresql: Executable


Statement = Executable | PerEngine


class Begun(Protocol):
    """Whatever fails raises what SQLAlchemy raises for it; Overtaken where PostgreSQL could not put it into an order
    with others."""

    def execute(self, statement: Statement, values: Values | Sequence[Values]) -> Any:
        """Run it with these values, or once with each of several; returns a result as SQLAlchemy has them."""
        ...

    def insert_each(self, statement: Executable, rows: Sequence[Values]) -> list[Any]:
        """Insert these rows; returns the first column of what the statement returns of each, in their order. The
        statement's ``returning`` says ``sort_by_parameter_order``."""
        ...

    def commit(self) -> None: ...

    def close(self) -> None:
        """Undo what was not committed, and give the connection back."""
        ...


def begin(engine: Engine) -> Begun:
    """Begin as the engine does. Raises DatabaseBusy."""
    return OnPostgresql(engine) if engine.dialect.name == "postgresql" else OnSqlite(engine)


class OnSqlite:
    """SQLAlchemy's pool and dialect, but neither its connection nor its execution: those cost more than SQLite does."""

    def __init__(self, engine: Engine) -> None:
        self._dialect = engine.dialect
        self._pooled = engine.raw_connection()
        self._driver: Any = self._pooled.driver_connection
        try:
            self._dialect.do_begin(self._pooled)
        except sqlite3.Error as problem:
            self._pooled.close()
            raise as_sqlalchemys(problem, "BEGIN") from problem
        except BaseException:
            self._pooled.close()
            raise

    def execute(self, statement: Statement, values: Values | Sequence[Values]) -> Any:
        run = statement.sqlite if isinstance(statement, PerEngine) else statement
        if isinstance(values, Sequence):
            return prepared.run_many(self._driver, run, self._dialect, values)
        return prepared.run(self._driver, run, self._dialect, values)

    def insert_each(self, statement: Executable, rows: Sequence[Values]) -> list[Any]:
        return [prepared.run(self._driver, statement, self._dialect, values).scalar() for values in rows]

    def commit(self) -> None:
        try:
            self._driver.commit()
        except sqlite3.Error as problem:
            raise as_sqlalchemys(problem, "COMMIT") from problem

    def close(self) -> None:
        self._pooled.close()


class OnPostgresql:
    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect()
        try:
            self._connection.begin()
        except BaseException:
            self._connection.close()
            raise

    def execute(self, statement: Statement, values: Values | Sequence[Values]) -> Any:
        run: Any = statement.postgresql if isinstance(statement, PerEngine) else statement
        return _in_order(lambda: self._connection.execute(run, values))

    def insert_each(self, statement: Executable, rows: Sequence[Values]) -> list[Any]:
        """Several rows in one statement: each would be a way there and back."""
        return _in_order(lambda: list(self._connection.execute(statement, list(rows)).scalars()))  # type: ignore[no-any-return]

    def commit(self) -> None:
        _in_order(self._connection.commit)

    def close(self) -> None:
        self._connection.close()


def _in_order(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except OperationalError as problem:
        if getattr(problem.orig, "sqlstate", None) in _BEGIN_AGAIN:
            raise Overtaken from problem
        raise


_BEGIN_AGAIN = ("40001", "40P01")
"""PostgreSQL could not put two transactions into an order, or they waited for each other."""
