"""The changes of the set-up made in chat, each with what was there before it, so that it can be taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from commands.ports import SetupChange
from coverage.ids import PersonId
from storage import schema
from storage.transaction import AnyRow, Transaction, of_firm

_c = schema.setup_change
_ADD = insert(_c).returning(_c.c.id)
_GET = select(_c).where(of_firm(_c), _c.c.id == bindparam("of_id"))
_STANDING = select(_c).where(of_firm(_c), _c.c.undone_at.is_(None))
_LATEST = _STANDING.where(_c.c.id < bindparam("before")).order_by(_c.c.id.desc()).limit(bindparam("at_most"))
_SINCE = _STANDING.where(_c.c.id > bindparam("after")).order_by(_c.c.id)
_TAKE_BACK = update(_c).where(of_firm(_c), _c.c.id == bindparam("of_id"), _c.c.undone_at.is_(None))
_NEWEST = 2**31 - 1


class SqlSetupChanges:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, change: SetupChange) -> SetupChange:
        number = self._transaction.inserted(
            _ADD, at=change.at, by=change.by, words=change.words, before=change.before, after=change.after
        )
        return SetupChange(number, change.at, change.by, change.words, change.before, change.after)

    def get(self, change: int) -> SetupChange | None:
        row = self._transaction.first(_GET, of_id=change)
        return _to_domain(row) if row is not None else None

    def latest(self, limit: int, *, before: int | None = None) -> list[SetupChange]:
        return self._list(_LATEST, before=_NEWEST if before is None else before, at_most=limit)

    def since(self, change: int) -> list[SetupChange]:
        return self._list(_SINCE, after=change)

    def take_back(self, change: int, now: datetime) -> bool:
        return self._transaction.change(_TAKE_BACK, of_id=change, undone_at=now) == 1

    def _list(self, statement: Any, **values: object) -> list[SetupChange]:
        return [_to_domain(row) for row in self._transaction.rows(statement, **values)]


def _to_domain(row: AnyRow) -> SetupChange:
    return SetupChange(row.id, row.at, PersonId(row.by), row.words, row.before, row.after, row.undone_at)
