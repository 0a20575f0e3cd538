"""Kudos, kept as they were given."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from commands.ports import Kudos
from coverage.ids import PersonId, QuestionNumber
from storage import schema
from storage.transaction import AnyRow, Transaction, of_firm

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
_in_order = (_k.c.at, _k.c.id)
_MANY = select(_k).where(of_firm(_k), _k.c.id.in_(bindparam("ids", expanding=True))).order_by(*_in_order)
_RECEIVED = (
    select(_k)
    .where(of_firm(_k), _k.c.receiver == bindparam("of_receiver"))
    .order_by(_k.c.at.desc(), _k.c.id.desc())
    .limit(bindparam("limit"))
)
_BETWEEN = select(_k).where(of_firm(_k), _k.c.at >= bindparam("begin"), _k.c.at < bindparam("end")).order_by(*_in_order)
_SAME = (
    select(_k)
    .where(
        of_firm(_k),
        _k.c.receiver == bindparam("of_receiver"),
        _k.c.question == bindparam("of_question"),
        _k.c.sentence == bindparam("of_sentence"),
    )
    .limit(1)
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
        return None if row is None else _to_domain(row)

    def many(self, kudos: Iterable[int]) -> list[Kudos]:
        ids = sorted(set(kudos))
        parts = [ids[begin : begin + _AT_ONCE] for begin in range(0, len(ids), _AT_ONCE)]
        found = [_to_domain(row) for part in parts for row in self._transaction.rows(_MANY, ids=part)]
        return sorted(found, key=lambda one: (one.at, one.id))

    def received_by(self, receiver: PersonId, limit: int) -> list[Kudos]:
        rows = self._transaction.rows(_RECEIVED, of_receiver=receiver, limit=limit)
        return [_to_domain(row) for row in rows]

    def between(self, begin: datetime, end: datetime) -> list[Kudos]:
        return [_to_domain(row) for row in self._transaction.rows(_BETWEEN, begin=begin, end=end)]

    def same_as(self, kudos: Kudos) -> Kudos | None:
        row = self._transaction.first(
            _SAME, of_receiver=kudos.receiver, of_question=kudos.question, of_sentence=kudos.sentence
        )
        return None if row is None else _to_domain(row)

    def given_since(self, giver: PersonId, since: datetime) -> int:
        self._transaction.rows(_ONE_AT_A_TIME, of_giver=giver)
        count: int = self._transaction.value(_SINCE, of_giver=giver, since=since)
        return count


_AT_ONCE = 1000
"""Databases limit how many values a statement may name."""


def _to_domain(row: AnyRow) -> Kudos:
    question = None if row.question is None else QuestionNumber(row.question)
    return Kudos(row.id, PersonId(row.giver), PersonId(row.receiver), row.sentence, row.at, question)
