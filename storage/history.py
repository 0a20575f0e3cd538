"""The history of questions: only ever added to."""

from collections.abc import Iterable

from sqlalchemy import bindparam, insert, literal, literal_column, select

from commands.ports import HistoryRow, What
from coverage.ids import ClientId, PersonId, QuestionNumber
from storage import schema
from storage.transaction import AnyRow, Transaction, of_firm

_h = schema.history
_q = schema.question
_APPEND = insert(_h)
_OF = (
    select(_h.c.at, _h.c.who, _h.c.what, _h.c.why)
    .where(of_firm(_h), _h.c.question == bindparam("number"))
    .order_by(_h.c.id)
)
# A literal, since the index over the answers is used for nothing else.
_is_answer = _h.c.what == literal_column(f"'{What.ANSWERED}'")
_ANSWERS_TO = (
    select(_h.c.question, _h.c.at, _h.c.who, _h.c.what, _h.c.why)
    .where(of_firm(_h), _h.c.question.in_(bindparam("numbers", expanding=True)), _is_answer)
    .order_by(_h.c.id)
)
_ANSWERS_OF = (
    select(_h.c.question, _h.c.why)
    .join(_q, (_q.c.firm == _h.c.firm) & (_q.c.number == _h.c.question))
    .where(of_firm(_q), _q.c.client == bindparam("of_client"), _is_answer, _h.c.why != literal(""))
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
        return [_to_domain(row) for row in self._transaction.rows(_OF, number=number)]

    def answers_to(self, numbers: Iterable[QuestionNumber]) -> dict[QuestionNumber, HistoryRow]:
        rows = self._transaction.rows(_ANSWERS_TO, numbers=list(numbers))
        return {QuestionNumber(row.question): _to_domain(row) for row in rows}

    def answers_of(self, client: ClientId) -> list[tuple[QuestionNumber, str]]:
        rows = self._transaction.rows(_ANSWERS_OF, of_client=client)
        return [(QuestionNumber(row.question), row.why) for row in rows]


def _to_domain(row: AnyRow) -> HistoryRow:
    return HistoryRow(row.at, None if row.who is None else PersonId(row.who), What(row.what), row.why)
