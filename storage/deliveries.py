"""Which commands, clicks and API calls had their effect already."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from commands.ports import Delivered
from coverage.ids import QuestionNumber
from storage import schema
from storage.transaction import Transaction, insert_unless_there, of_firm

_d = schema.delivery
_FIND = select(_d.c.question, _d.c.fingerprint).where(of_firm(_d), _d.c.key == bindparam("of_key"))
_REMEMBER = insert_unless_there(_d, _d.c.key)
_NOTE = update(_d).where(of_firm(_d), _d.c.key == bindparam("of_key"))
_FORGET = delete(_d).where(of_firm(_d), _d.c.at < bindparam("before"))


class SqlDeliveries:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def find(self, key: str) -> Delivered | None:
        row = self._transaction.first(_FIND, of_key=key)
        if row is None:
            return None
        return Delivered(None if row.question is None else QuestionNumber(row.question), row.fingerprint)

    def remember(self, key: str, now: datetime, question: QuestionNumber | None = None, fingerprint: str = "") -> bool:
        kept = self._transaction.inserted(_REMEMBER, key=key, at=now, question=question, fingerprint=fingerprint)
        return kept is not None

    def note_question(self, key: str, question: QuestionNumber) -> None:
        """The key remembered in this transaction led to this question."""
        self._transaction.change(_NOTE, of_key=key, question=question)

    def forget_before(self, instant: datetime) -> int:
        """Delete what was remembered before ``instant`` (UTC); returns how many that were."""
        return self._transaction.change(_FORGET, before=instant)
