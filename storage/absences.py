"""Absences, and which of them still have to be acted upon."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from commands.ports import StoredAbsence
from coverage.absence import Absence, Kind
from coverage.ids import PersonId
from storage import schema
from storage.transaction import AnyRow, Transaction, of_firm

_a = schema.absence
_unhandled = (of_firm(_a), ~_a.c.handled)

_ADD = insert(_a).returning(_a.c.id)
_REMOVE = delete(_a).where(of_firm(_a), _a.c.id == bindparam("of_id"))
_OVERLAPPING = (
    select(_a)
    .where(
        of_firm(_a),
        _a.c.person.in_(bindparam("people", expanding=True)),
        _a.c.ends_at > bindparam("start"),
        _a.c.starts_at < bindparam("end"),
    )
    .order_by(_a.c.starts_at, _a.c.id)
)
_OF_SOURCE = select(_a).where(of_firm(_a), _a.c.source == bindparam("of_source")).order_by(_a.c.starts_at, _a.c.id)
_MISSED = update(_a).where(*_unhandled, _a.c.ends_at <= bindparam("now"))
_LOOK_AT_STARTED = (
    select(_a)
    .where(*_unhandled, _a.c.starts_at <= bindparam("now"), _a.c.ends_at > bindparam("now"))
    .order_by(_a.c.starts_at, _a.c.id)
    .limit(bindparam("at_most"))
)
_STARTED = _LOOK_AT_STARTED.with_for_update(skip_locked=True)
_HANDLED = update(_a).where(of_firm(_a), _a.c.id == bindparam("of_id"))
_EARLIEST = select(func.min(_a.c.starts_at)).where(*_unhandled)
_FORGET = delete(_a).where(of_firm(_a), _a.c.ends_at < bindparam("before"))


class SqlAbsences:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, absence: Absence, starts_at: datetime, ends_at: datetime, source: str) -> StoredAbsence:
        number = self._transaction.inserted(
            _ADD,
            person=absence.person,
            kind=absence.kind,
            first=absence.first,
            last=absence.last,
            half_days=absence.half_days,
            uid=absence.uid,
            starts_at=starts_at,
            ends_at=ends_at,
            source=source,
        )
        return StoredAbsence(number, absence, starts_at, ends_at, source)

    def remove(self, absence: int) -> None:
        self._transaction.change(_REMOVE, of_id=absence)

    def overlapping(self, people: Iterable[PersonId], start: datetime, end: datetime) -> list[StoredAbsence]:
        return self._list(_OVERLAPPING, people=list(people), start=start, end=end)

    def of_source(self, source: str) -> list[StoredAbsence]:
        return self._list(_OF_SOURCE, of_source=source)

    def started_unhandled(self, now: datetime, limit: int) -> list[StoredAbsence]:
        """Those that ended before anybody looked need nobody any more: they are marked, so nothing waits for them."""
        if not self._transaction.writes:
            return self._list(_LOOK_AT_STARTED, now=now, at_most=limit)
        self._transaction.change(_MISSED, now=now, handled=True)
        return self._list(_STARTED, now=now, at_most=limit)

    def mark_handled(self, absence: int) -> None:
        self._transaction.change(_HANDLED, of_id=absence, handled=True)

    def earliest_unhandled(self) -> datetime | None:
        earliest: datetime | None = self._transaction.value(_EARLIEST)
        return earliest

    def delete_ended_before(self, instant: datetime) -> int:
        return self._transaction.change(_FORGET, before=instant)

    def _list(self, statement: Any, **values: object) -> list[StoredAbsence]:
        return [_to_domain(row) for row in self._transaction.rows(statement, **values)]


def _to_domain(row: AnyRow) -> StoredAbsence:
    absence = Absence(PersonId(row.person), Kind(row.kind), row.first, row.last, row.half_days, row.uid)
    return StoredAbsence(row.id, absence, row.starts_at, row.ends_at, row.source)
