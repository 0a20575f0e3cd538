"""One database transaction of one firm, begun at its first statement; the repositories speak through it."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Executable, Row, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from commands.ports import Overtaken
from coverage.ids import FirmId
from storage import prepared

AnyRow = Row[*tuple[Any, ...]]


class EndedAlready(RuntimeError):
    """A unit of work is one transaction: after commit, or outside of its ``with``, nothing more can be done in it."""


class OnlyReading(RuntimeError):
    """A unit of work made by ``reading()`` was asked to write."""


class WritersInTurn:
    """Lets one thread of this process write at a time, before SQLite is asked for its lock.

    SQLite's own waiting polls with growing pauses; ours hands over at once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None

    def take(self) -> None:
        if self._owner == threading.get_ident():
            raise RuntimeError("This thread is in the middle of a unit of work already: end that one first.")
        self._lock.acquire()
        self._owner = threading.get_ident()

    def give_back(self) -> None:
        self._owner = None
        self._lock.release()


class PerEngine(NamedTuple):
    """A statement that the two engines know by different constructs."""

    sqlite: Executable
    postgresql: Executable


def insert_unless_there(table: Table, *returning: ColumnElement[Any]) -> PerEngine:
    """Insert a row and return ``returning``; where a unique key is taken, nothing is done and nothing returned."""
    return PerEngine(
        sqlite.insert(table).on_conflict_do_nothing().returning(*returning),
        postgresql.insert(table).on_conflict_do_nothing().returning(*returning),
    )


def insert_or_replace(table: Table, keys: Sequence[str], changed: Sequence[str]) -> PerEngine:
    """Insert a row, or change the columns ``changed`` of the one that has the same ``keys``."""

    def statement(insert: Any) -> Executable:
        return insert.on_conflict_do_update(index_elements=keys, set_={name: insert.excluded[name] for name in changed})  # type: ignore[no-any-return]

    return PerEngine(statement(sqlite.insert(table)), statement(postgresql.insert(table)))


def of_firm(table: Table) -> ColumnElement[bool]:
    """The rows of the transaction's firm, which every statement is given."""
    return table.c.firm == bindparam("of_firm")


class Transaction:
    """Begins when first used and belongs to one thread. ``turns`` orders SQLite's writers, None on PostgreSQL."""

    def __init__(self, engine: Engine, firm: FirmId, *, writes: bool, turns: WritersInTurn | None) -> None:
        self.firm = firm
        self.writes = writes
        self.has_written = False
        self.has_changed_setup = False
        self._engine = engine
        self._turns = turns if writes else None
        self._is_postgresql = engine.dialect.name == "postgresql"
        self._connection: Connection | None = None
        self._ended = False

    def rows(self, statement: Executable | PerEngine, **values: object) -> Sequence[AnyRow]:
        """Read the rows that a statement returns; its ``of_firm`` is filled in."""
        return self._run(statement, {"of_firm": self.firm, **values}).all()  # type: ignore[no-any-return]

    def first(self, statement: Executable | PerEngine, **values: object) -> AnyRow | None:
        return self._run(statement, {"of_firm": self.firm, **values}).first()  # type: ignore[no-any-return]

    def value(self, statement: Executable | PerEngine, **values: object) -> Any:
        """The first column of the first row; None if there is none."""
        return self._run(statement, {"of_firm": self.firm, **values}).scalar()

    def change(self, statement: Executable | PerEngine, **values: object) -> int:
        """Update or delete; returns how many rows that were."""
        return self._write(statement, {"of_firm": self.firm, **values}).rowcount  # type: ignore[no-any-return]

    def changed(self, statement: Executable | PerEngine, **values: object) -> Sequence[AnyRow]:
        """Update or delete; returns what the statement returns of the rows."""
        return self._write(statement, {"of_firm": self.firm, **values}).all()  # type: ignore[no-any-return]

    def insert(self, statement: Executable | PerEngine, **values: object) -> None:
        self._write(statement, {"firm": self.firm, **values})

    def inserted(self, statement: Executable | PerEngine, **values: object) -> Any:
        """Insert; returns the first column of what the statement returns, None where nothing was inserted."""
        return self._write(statement, {"firm": self.firm, **values}).scalar()

    def insert_all(self, statement: Executable | PerEngine, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            self._write(statement, [{"firm": self.firm, **row} for row in rows])

    def commit(self) -> bool:
        """Make it last; returns whether anything was written. Raises OnlyReading."""
        if not self.writes:
            raise OnlyReading("A unit of work that only reads has nothing to commit.")
        self._refuse_if_ended()
        if self._connection is not None:
            self._translated(self._connection.commit)
        self.end()
        return self.has_written

    def end(self) -> None:
        """Undo what was not committed and give everything back; ending twice is harmless."""
        self._ended = True
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.close()
        finally:
            if self._turns is not None:
                self._turns.give_back()

    def _write(self, statement: Executable | PerEngine, values: Any) -> Any:
        if not self.writes:
            raise OnlyReading("This unit of work only reads: make one to write in by calling new_uow().")
        self.has_written = True
        return self._run(statement, values)

    def _run(self, statement: Executable | PerEngine, values: Any) -> Any:
        if isinstance(statement, PerEngine):
            statement = statement.postgresql if self._is_postgresql else statement.sqlite
        connection = self._connection or self._begin()
        if self._is_postgresql:
            return self._translated(lambda: connection.execute(statement, values))
        driver: Any = connection.connection.dbapi_connection
        if isinstance(values, list):
            return prepared.run_many(driver, statement, connection.dialect, values)
        return prepared.run(driver, statement, connection.dialect, values)

    def _begin(self) -> Connection:
        self._refuse_if_ended()
        if self._turns is not None:
            self._turns.take()
        try:
            self._connection = self._begun()
        except BaseException:
            if self._turns is not None:
                self._turns.give_back()
            raise
        return self._connection

    def _begun(self) -> Connection:
        connection = self._engine.connect()
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection

    def _refuse_if_ended(self) -> None:
        if self._ended:
            raise EndedAlready("This unit of work has ended: make a new one.")

    def _translated(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except OperationalError as problem:
            if getattr(problem.orig, "sqlstate", None) in _BEGIN_AGAIN:
                raise Overtaken from problem
            raise


_BEGIN_AGAIN = ("40001", "40P01")
"""PostgreSQL could not put two transactions into an order, or they waited for each other."""
