"""What clients added to their questions: only ever added to."""

from sqlalchemy import bindparam, insert, select

from commands.ports import FollowUp
from coverage.ids import ClientId, PlaceId, QuestionNumber
from storage import schema
from storage.transaction import Transaction, of_firm

_f = schema.follow_up
_q = schema.question
_ADD = insert(_f)
_OF = select(_f).where(of_firm(_f), _f.c.question == bindparam("number")).order_by(_f.c.id)
_SAID_AS = (
    select(_f.c.question)
    .where(
        of_firm(_f),
        _f.c.place == bindparam("place"),
        _f.c.remote == bindparam("remote"),
        _f.c.remote.is_not(None),
    )
    .order_by(_f.c.id.desc())
    .limit(1)
)

_TEXTS_OF = (
    select(_f.c.question, _f.c.text)
    .join(_q, (_q.c.firm == _f.c.firm) & (_q.c.number == _f.c.question))
    .where(of_firm(_q), _q.c.client == bindparam("of_client"))
)


class SqlFollowUps:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, follow_up: FollowUp) -> None:
        self._transaction.insert(
            _ADD,
            question=follow_up.question,
            at=follow_up.at,
            by=follow_up.by,
            text=follow_up.text,
            attachments=follow_up.attachments,
            place=follow_up.place,
            remote=follow_up.remote,
        )

    def of(self, number: QuestionNumber) -> list[FollowUp]:
        return [
            FollowUp(
                QuestionNumber(row.question),
                row.at,
                row.by,
                row.text,
                row.attachments,
                None if row.place is None else PlaceId(row.place),
                row.remote,
            )
            for row in self._transaction.rows(_OF, number=number)
        ]

    def texts_of(self, client: ClientId) -> list[tuple[QuestionNumber, str]]:
        rows = self._transaction.rows(_TEXTS_OF, of_client=client)
        return [(QuestionNumber(row.question), row.text) for row in rows]

    def said_as(self, place: PlaceId, remote: str) -> QuestionNumber | None:
        number = self._transaction.value(_SAID_AS, place=place, remote=remote)
        return None if number is None else QuestionNumber(number)
