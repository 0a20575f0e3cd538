"""Kudos, kept as they were given."""

from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from commands.ports import Kudos
from coverage.ids import PersonId, QuestionNumber
from storage import schema
from storage.transaction import Transaction, of_firm

_k = schema.kudos
_p = schema.person

_ADD = insert(_k).returning(_k.c.id)
_GET = select(_k).where(of_firm(_k), _k.c.id == bindparam("of_id"))
_ONE_AT_A_TIME = select(_p.c.id).where(of_firm(_p), _p.c.id == bindparam("of_giver")).with_for_update(key_share=True)
"""PostgreSQL counts what was committed before; SQLite, which has one writer, leaves the lock out."""
_SINCE = (
    select(func.count())
    .select_from(_k)
    .where(of_firm(_k), _k.c.giver == bindparam("of_giver"), _k.c.at >= bindparam("since"))
)


class SqlKudos:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, kudos: Kudos) -> Kudos:
        number = self._transaction.inserted(
            _ADD,
            giver=kudos.giver,
            receiver=kudos.receiver,
            question=kudos.question,
            sentence=kudos.sentence,
            at=kudos.at,
        )
        return Kudos(number, kudos.giver, kudos.receiver, kudos.sentence, kudos.at, kudos.question)

    def get(self, kudos: int) -> Kudos | None:
        row = self._transaction.first(_GET, of_id=kudos)
        if row is None:
            return None
        question = None if row.question is None else QuestionNumber(row.question)
        return Kudos(row.id, PersonId(row.giver), PersonId(row.receiver), row.sentence, row.at, question)

    def given_since(self, giver: PersonId, since: datetime) -> int:
        self._transaction.rows(_ONE_AT_A_TIME, of_giver=giver)
        count: int = self._transaction.value(_SINCE, of_giver=giver, since=since)
        return count
