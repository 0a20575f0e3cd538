"""What is being made into a question in an open form, kept whole until the form is sent."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage import schema
from storage.transaction import Transaction, insert_unless_there, of_firm

_d = schema.draft
_KEEP = insert_unless_there(_d, _d.c.key)
_FIND = select(_d.c.content).where(of_firm(_d), _d.c.key == bindparam("of_key"))
_FORGET = delete(_d).where(of_firm(_d), _d.c.at < bindparam("before"))


class SqlDrafts:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def keep(self, key: str, content: Mapping[str, object], now: datetime) -> None:
        self._transaction.inserted(_KEEP, key=key, content=dict(content), at=now)

    def find(self, key: str) -> Mapping[str, object] | None:
        found: Mapping[str, object] | None = self._transaction.value(_FIND, of_key=key)
        return found

    def forget_before(self, instant: datetime) -> int:
        return self._transaction.change(_FORGET, before=instant)
