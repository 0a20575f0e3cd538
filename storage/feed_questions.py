"""What feeds hold that only a human can answer: asked once, its text kept until it is answered or old."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, null, select, update

from commands.ports import Asked
from coverage.ids import FeedId, PersonId
from storage import schema
from storage.transaction import AnyRow, Transaction, insert_unless_there, of_firm

_q = schema.feed_question
_one = (of_firm(_q), _q.c.id == bindparam("of_id"))
_has_text = _q.c.title.is_not(None)

_ASK = insert_unless_there(_q, _q.c.id)
_GET = select(_q).where(*_one)
_ABOUT = select(_q).where(of_firm(_q), _q.c.feed == bindparam("of_feed")).order_by(_q.c.id)
_OPEN = select(_q).where(of_firm(_q), _has_text, _q.c.answered_at.is_(None)).order_by(_q.c.asked_at, _q.c.id)
_ANSWER = update(_q).where(*_one).values(title=null(), name=null())
_WITHDRAW = delete(_q).where(of_firm(_q), _q.c.id.in_(bindparam("ids", expanding=True)), _q.c.answered_at.is_(None))
_FORGET = (
    update(_q).where(of_firm(_q), _has_text, _q.c.asked_at < bindparam("before")).values(title=null(), name=null())
)


class FeedQuestions:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def ask(self, asked: Asked) -> Asked | None:
        number = self._transaction.inserted(
            _ASK,
            feed=asked.feed,
            key=asked.key,
            uid=asked.uid,
            why=asked.why,
            candidates=list(asked.candidates),
            title=asked.title,
            name=asked.name,
            first=asked.first,
            last=asked.last,
            asked_at=asked.asked_at,
        )
        return None if number is None else self.asked(number)

    def asked(self, number: int) -> Asked | None:
        row = self._transaction.first(_GET, of_id=number)
        return None if row is None else _to_domain(row)

    def asked_about(self, feed: FeedId) -> list[Asked]:
        return [_to_domain(row) for row in self._transaction.rows(_ABOUT, of_feed=feed)]

    def open_questions(self) -> list[Asked]:
        return [_to_domain(row) for row in self._transaction.rows(_OPEN)]

    def answer(self, number: int, people: Iterable[PersonId], by: PersonId | None, now: datetime) -> None:
        self._transaction.change(_ANSWER, of_id=number, answer=list(people), answered_by=by, answered_at=now)

    def withdraw(self, numbers: Iterable[int]) -> None:
        self._transaction.change(_WITHDRAW, ids=list(numbers))

    def forget_texts_before(self, instant: datetime) -> int:
        return self._transaction.change(_FORGET, before=instant)


def _to_domain(row: AnyRow) -> Asked:
    return Asked(
        id=row.id,
        feed=FeedId(row.feed),
        key=row.key,
        uid=row.uid,
        why=row.why,
        candidates=tuple(PersonId(who) for who in row.candidates),
        title=row.title or "",
        name=row.name or "",
        first=row.first,
        last=row.last,
        asked_at=row.asked_at,
        answer=None if row.answer is None else tuple(PersonId(who) for who in row.answer),
        answered_by=None if row.answered_by is None else PersonId(row.answered_by),
    )
