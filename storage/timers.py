"""Timers: the row is the timer. What is due is found by its index, however many questions are open."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from commands.ports import DueTimer
from coverage.deadlines import Timer, TimerKind
from coverage.ids import QuestionNumber
from storage import schema
from storage.transaction import AnyRow, Transaction, of_firm

_t = schema.timer
_of_question = (of_firm(_t), _t.c.question == bindparam("of_question"))

_CLEAR = delete(_t).where(*_of_question)
_SET = insert(_t)
_LOOK_AT_DUE = (
    select(_t).where(of_firm(_t), _t.c.due_at <= bindparam("now")).order_by(_t.c.due_at).limit(bindparam("at_most"))
)
_DUE = _LOOK_AT_DUE.with_for_update(skip_locked=True)
_EARLIEST = select(func.min(_t.c.due_at)).where(of_firm(_t))
_OF = select(_t).where(*_of_question).order_by(_t.c.due_at, _t.c.kind)
_DEFER = update(_t).where(*_of_question, _t.c.kind == bindparam("of_kind"))
_PUT_BACK = (
    update(_t)
    .where(*_of_question, _t.c.due_at <= bindparam("until"))
    .values(attempts=_t.c.attempts + 1)
    .returning(_t.c.attempts)
)


class SqlTimers:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def replace(self, number: QuestionNumber, timers: Sequence[Timer]) -> None:
        self._transaction.change(_CLEAR, of_question=number)
        self._transaction.insert_all(
            _SET,
            [
                {"question": number, "kind": each.kind, "due_at": each.due_at, "version": each.version}
                for each in timers
            ],
        )

    def due(self, now: datetime, limit: int) -> list[DueTimer]:
        statement = _DUE if self._transaction.writes else _LOOK_AT_DUE
        return [_to_domain(row) for row in self._transaction.rows(statement, now=now, at_most=limit)]

    def earliest(self) -> datetime | None:
        earliest: datetime | None = self._transaction.value(_EARLIEST)
        return earliest

    def of(self, number: QuestionNumber) -> list[DueTimer]:
        return [_to_domain(row) for row in self._transaction.rows(_OF, of_question=number)]

    def defer(self, number: QuestionNumber, kind: TimerKind, until: datetime) -> None:
        self._transaction.change(_DEFER, of_question=number, of_kind=kind, due_at=until)

    def put_back(self, number: QuestionNumber, until: datetime) -> int:
        put_back = self._transaction.changed(_PUT_BACK, of_question=number, until=until, due_at=until)
        return max((row.attempts for row in put_back), default=0)


def _to_domain(row: AnyRow) -> DueTimer:
    return DueTimer(QuestionNumber(row.question), TimerKind(row.kind), row.due_at, row.version, row.attempts)
