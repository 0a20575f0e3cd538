"""One database transaction of one firm, begun at its first statement; the repositories speak through it."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Engine, Executable, Row, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from coverage.ids import FirmId
from storage.begun import Begun, PerEngine, Statement, begin

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
        self._has_turn = False
        self._begun: Begun | None = None
        self._ended = False

    def rows(self, statement: Statement, **values: object) -> Sequence[AnyRow]:
        """Read the rows that a statement returns; its ``of_firm`` is filled in."""
        return self._run(statement, {"of_firm": self.firm, **values}).all()  # type: ignore[no-any-return]

    def first(self, statement: Statement, **values: object) -> AnyRow | None:
        return self._run(statement, {"of_firm": self.firm, **values}).first()  # type: ignore[no-any-return]

    def value(self, statement: Statement, **values: object) -> Any:
        """The first column of the first row; None if there is none."""
        return self._run(statement, {"of_firm": self.firm, **values}).scalar()

    def change(self, statement: Statement, **values: object) -> int:
        """Update or delete; returns how many rows that were."""
        return self._write(statement, {"of_firm": self.firm, **values}).rowcount  # type: ignore[no-any-return]

    def changed(self, statement: Statement, **values: object) -> Sequence[AnyRow]:
        """Update or delete; returns what the statement returns of the rows."""
        return self._write(statement, {"of_firm": self.firm, **values}).all()  # type: ignore[no-any-return]

    def insert(self, statement: Statement, **values: object) -> None:
        self._write(statement, {"firm": self.firm, **values})

    def inserted(self, statement: Statement, **values: object) -> Any:
        """Insert; returns the first column of what the statement returns, None where nothing was inserted."""
        return self._write(statement, {"firm": self.firm, **values}).scalar()

    def inserted_each(self, statement: Executable, rows: Sequence[Mapping[str, object]]) -> list[Any]:
        """Insert these rows; returns the first column of what the statement returns of each, in their order."""
        if not rows:
            return []
        self._refuse_unless_writing()
        return (self._begun or self._begin()).insert_each(statement, [{"firm": self.firm, **row} for row in rows])

    def change_all(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        """Update or delete, once with each of these values."""
        if rows:
            self._write(statement, [{"of_firm": self.firm, **row} for row in rows])

    def insert_all(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            self._write(statement, [{"firm": self.firm, **row} for row in rows])

    def commit(self) -> bool:
        """Make it last; returns whether anything was written. Raises OnlyReading."""
        if not self.writes:
            raise OnlyReading("A unit of work that only reads has nothing to commit.")
        self._refuse_if_ended()
        if self._begun is not None:
            self._begun.commit()
            self._give_turn_back()  # before anything that the next writer need not wait for
        self.end()
        return self.has_written

    def end(self) -> None:
        """Undo what was not committed and give everything back; ending twice is harmless."""
        self._ended = True
        begun, self._begun = self._begun, None
        try:
            if begun is not None:
                begun.close()
        finally:
            self._give_turn_back()

    def _write(self, statement: Statement, values: Any) -> Any:
        self._refuse_unless_writing()
        return self._run(statement, values)

    def _refuse_unless_writing(self) -> None:
        if not self.writes:
            raise OnlyReading("This unit of work only reads: make one to write in by calling new_uow().")
        self.has_written = True

    def _run(self, statement: Statement, values: Any) -> Any:
        return (self._begun or self._begin()).execute(statement, values)

    def _begin(self) -> Begun:
        self._refuse_if_ended()
        if self._turns is not None:
            self._turns.take()
            self._has_turn = True
        try:
            self._begun = begin(self._engine)
        except BaseException:
            self._give_turn_back()
            raise
        return self._begun

    def _give_turn_back(self) -> None:
        if self._has_turn and self._turns is not None:
            self._has_turn = False
            self._turns.give_back()

    def _refuse_if_ended(self) -> None:
        if self._ended:
            raise EndedAlready("This unit of work has ended: make a new one.")
