"""Periodic jobs: due rows with leases, so that of several processes one does each."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, bindparam, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from storage import schema
from storage.begun import PerEngine
from storage.transaction import Transaction, of_firm

_j = schema.job


def _lease(insert: Any) -> Executable:
    free = or_(_j.c.leased_until.is_(None), _j.c.leased_until <= insert.excluded.due_at)
    return insert.on_conflict_do_update(  # type: ignore[no-any-return]
        index_elements=("firm", "name"),
        set_={"leased_until": insert.excluded.leased_until},
        where=(_j.c.due_at <= insert.excluded.due_at) & free,
    ).returning(_j.c.name)


_LEASE = PerEngine(_lease(sqlite.insert(_j)), _lease(postgresql.insert(_j)))
"""A job nobody has heard of is due at once: its row is made with ``now`` as its due time."""
_DONE = update(_j).where(of_firm(_j), _j.c.name == bindparam("of_name")).values(leased_until=None)


class SqlJobs:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def lease(self, name: str, now: datetime, every: timedelta, lease: timedelta) -> bool:
        """A job that was never done is due at once; one whose lease ran out may be done again."""
        return self._transaction.inserted(_LEASE, name=name, due_at=now, leased_until=now + lease) is not None

    def done(self, name: str, now: datetime, every: timedelta) -> None:
        self._transaction.change(_DONE, of_name=name, due_at=now + every)
