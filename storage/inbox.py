"""The inbox: events of the platforms, stored before they are acknowledged and worked off after."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, update

from commands.ports import Arrived
from storage import schema
from storage.transaction import Transaction, insert_unless_there, of_firm

_i = schema.inbox
_pending = _i.c.done_at.is_(None)
_keyed = (of_firm(_i), _i.c.key == bindparam("of_key"), _pending)
_of_platform = (of_firm(_i), _pending, _i.c.platform == bindparam("of_platform"))

_TAKE = insert_unless_there(_i, _i.c.id)
_EARLIEST = select(func.min(_i.c.due_at)).where(*_of_platform)
_DUE = (
    select(_i)
    .where(*_of_platform, _i.c.due_at <= bindparam("now"))
    .order_by(_i.c.due_at, _i.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_LEASE = update(_i).where(_i.c.id.in_(bindparam("ids", expanding=True)))
_TAKE_OVER = update(_i).where(of_firm(_i), _pending, _i.c.due_at > bindparam("now"))
_DONE = update(_i).where(*_keyed)
"""What was said in it is deleted with that: it may hold a secret, and nobody reads it again."""
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

    def earliest(self, platform: str) -> datetime | None:
        earliest: datetime | None = self._transaction.value(_EARLIEST, of_platform=platform)
        return earliest

    def lease(self, platform: str, now: datetime, lease: timedelta, limit: int) -> list[Arrived]:
        rows = self._transaction.rows(_DUE, of_platform=platform, now=now, at_most=limit)
        if rows:
            self._transaction.change(_LEASE, ids=[row.id for row in rows], due_at=now + lease)
        return [Arrived(row.key, row.platform, row.payload, row.attempts) for row in rows]

    def take_over(self, now: datetime) -> int:
        return self._transaction.change(_TAKE_OVER, now=now, due_at=now)

    def done(self, key: str, now: datetime) -> bool:
        return bool(self._transaction.change(_DONE, of_key=key, done_at=now, payload={}))

    def put_back(self, key: str, until: datetime, why: str) -> int:
        put_back = self._transaction.changed(_PUT_BACK, of_key=key, due_at=until, why=why)
        return max((row.attempts for row in put_back), default=0)

    def forget_before(self, instant: datetime) -> int:
        """Delete events that had their effect and arrived before ``instant`` (UTC); returns how many that were."""
        return self._transaction.change(_FORGET, before=instant)
