"""Where the cards of questions hang, and which state they show."""

from sqlalchemy import bindparam, select

from commands.outgoing import Posting
from coverage.ids import PlaceId, QuestionNumber
from storage import schema
from storage.transaction import AnyRow, Transaction, insert_or_replace, of_firm

_p = schema.posting
_CARDS = select(_p).where(of_firm(_p), _p.c.question == bindparam("number")).order_by(_p.c.place)
_CARD = _CARDS.where(_p.c.place == bindparam("of_place"))
_PUT = insert_or_replace(_p, keys=("firm", "question", "place"), changed=("remote", "drawn"))


class SqlPostings:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def card(self, number: QuestionNumber, place: PlaceId) -> Posting | None:
        row = self._transaction.first(_CARD, number=number, of_place=place)
        return None if row is None else _to_domain(row)

    def cards(self, number: QuestionNumber) -> list[Posting]:
        return [_to_domain(row) for row in self._transaction.rows(_CARDS, number=number)]

    def put_card(self, posting: Posting) -> None:
        self._transaction.insert(
            _PUT, question=posting.question, place=posting.place, remote=posting.remote, drawn=posting.drawn
        )


def _to_domain(row: AnyRow) -> Posting:
    return Posting(QuestionNumber(row.question), PlaceId(row.place), row.remote, row.drawn)
