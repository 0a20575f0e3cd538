"""What adapters remember of how places and people are reached on their platform: opaque to everybody else."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage import schema
from storage.transaction import Transaction, insert_or_replace, of_firm

_r = schema.reference
_of_platform = (of_firm(_r), _r.c.platform == bindparam("of_platform"))
_PUT = insert_or_replace(_r, keys=("firm", "platform", "key"), changed=("content", "at"))
_FIND = select(_r.c.content).where(*_of_platform, _r.c.key == bindparam("of_key"))
_ALL = select(_r.c.key, _r.c.content).where(*_of_platform).order_by(_r.c.key)
_FORGET = delete(_r).where(*_of_platform, _r.c.key == bindparam("of_key"))


class SqlReferences:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, platform: str, key: str, content: Mapping[str, object], now: datetime) -> None:
        self._transaction.insert(_PUT, platform=platform, key=key, content=dict(content), at=now)

    def find(self, platform: str, key: str) -> Mapping[str, object] | None:
        found: Mapping[str, object] | None = self._transaction.value(_FIND, of_platform=platform, of_key=key)
        return found

    def of_platform(self, platform: str) -> Mapping[str, Mapping[str, object]]:
        return {row.key: row.content for row in self._transaction.rows(_ALL, of_platform=platform)}

    def forget(self, platform: str, key: str) -> None:
        self._transaction.change(_FORGET, of_platform=platform, of_key=key)
