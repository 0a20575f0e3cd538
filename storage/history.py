"""The history of questions: only ever added to."""

from collections.abc import Iterable

from sqlalchemy import bindparam, insert, select

from commands.ports import HistoryRow, What
from coverage.ids import PersonId, QuestionNumber
from storage import schema
from storage.transaction import Transaction, of_firm

_h = schema.history
_APPEND = insert(_h)
_OF = (
    select(_h.c.at, _h.c.who, _h.c.what, _h.c.why)
    .where(of_firm(_h), _h.c.question == bindparam("number"))
    .order_by(_h.c.id)
)


class SqlHistory:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def append(self, number: QuestionNumber, rows: Iterable[HistoryRow]) -> None:
        self._transaction.insert_all(
            _APPEND,
            [{"question": number, "at": row.at, "who": row.who, "what": row.what, "why": row.why} for row in rows],
        )

    def of(self, number: QuestionNumber) -> list[HistoryRow]:
        return [
            HistoryRow(row.at, None if row.who is None else PersonId(row.who), What(row.what), row.why)
            for row in self._transaction.rows(_OF, number=number)
        ]
