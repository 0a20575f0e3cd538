"""The inbox: events of the platforms, stored before they are acknowledged and worked off after."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from commands.ports import Arrived
from storage import schema
from storage.transaction import Transaction, insert_unless_there, of_firm

_i = schema.inbox
_keyed = (of_firm(_i), _i.c.key == bindparam("of_key"), _i.c.done_at.is_(None))

_TAKE = insert_unless_there(_i, _i.c.id)
_LOOK_AT_PENDING = (
    select(_i)
    .where(of_firm(_i), _i.c.done_at.is_(None), _i.c.due_at <= bindparam("now"))
    .order_by(_i.c.due_at, _i.c.id)
    .limit(bindparam("at_most"))
)
_PENDING = _LOOK_AT_PENDING.with_for_update(skip_locked=True)
_DONE = update(_i).where(*_keyed)
_PUT_BACK = update(_i).where(*_keyed).values(attempts=_i.c.attempts + 1).returning(_i.c.attempts)
_FORGET = delete(_i).where(of_firm(_i), _i.c.done_at.is_not(None), _i.c.received_at < bindparam("before"))


class SqlInbox:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def take(self, key: str, platform: str, payload: Mapping[str, object], now: datetime) -> bool:
        stored = self._transaction.inserted(
            _TAKE, key=key, platform=platform, payload=dict(payload), received_at=now, due_at=now
        )
        return stored is not None

    def pending(self, now: datetime, limit: int) -> list[Arrived]:
        statement = _PENDING if self._transaction.writes else _LOOK_AT_PENDING
        rows = self._transaction.rows(statement, now=now, at_most=limit)
        return [Arrived(row.key, row.platform, row.payload, row.attempts) for row in rows]

    def done(self, key: str, now: datetime) -> bool:
        return bool(self._transaction.change(_DONE, of_key=key, done_at=now))

    def put_back(self, key: str, until: datetime, why: str) -> int:
        put_back = self._transaction.changed(_PUT_BACK, of_key=key, due_at=until, why=why)
        return max((row.attempts for row in put_back), default=0)

    def forget_before(self, instant: datetime) -> int:
        """Delete events that had their effect and arrived before ``instant`` (UTC); returns how many that were."""
        return self._transaction.change(_FORGET, before=instant)
