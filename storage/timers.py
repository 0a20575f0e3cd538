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
_DUE = select(_t).where(of_firm(_t), _t.c.due_at <= bindparam("now")).order_by(_t.c.due_at).limit(bindparam("at_most"))
_EARLIEST = select(func.min(_t.c.due_at)).where(of_firm(_t))
_OF = select(_t).where(*_of_question)
_PUT_OFF = update(_t).where(*_of_question, _t.c.kind == bindparam("of_kind"))


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
        return [_to_domain(row) for row in self._transaction.rows(_DUE, now=now, at_most=limit)]

    def earliest(self) -> datetime | None:
        earliest: datetime | None = self._transaction.value(_EARLIEST)
        return earliest

    def of(self, number: QuestionNumber) -> list[DueTimer]:
        """The earliest first; sorted here, lest SQLite walk through all timers in their order to save the sorting."""
        timers = [_to_domain(row) for row in self._transaction.rows(_OF, of_question=number)]
        return sorted(timers, key=lambda timer: (timer.due_at, timer.kind))

    def defer(self, number: QuestionNumber, kind: TimerKind, until: datetime) -> None:
        self._transaction.change(_PUT_OFF, of_question=number, of_kind=kind, due_at=until)

    def put_back(self, number: QuestionNumber, until: datetime) -> int:
        """Each of them by its key, or SQLite would look for them among all that are due."""
        failed = [timer for timer in self.of(number) if timer.due_at <= until]
        for timer in failed:
            again = {"due_at": until, "attempts": timer.attempts + 1}
            self._transaction.change(_PUT_OFF, of_question=number, of_kind=timer.kind, **again)
        return max((timer.attempts + 1 for timer in failed), default=0)


def _to_domain(row: AnyRow) -> DueTimer:
    return DueTimer(QuestionNumber(row.question), TimerKind(row.kind), row.due_at, row.version, row.attempts)
