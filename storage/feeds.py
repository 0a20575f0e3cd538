"""Calendar feeds: their state in the clear, their addresses and calendars encrypted, leases for who fetches them."""

import zlib
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, or_, select, text, update

from commands.ports import Body, CannotUnseal
from coverage.feeds import Feed, FeedState, Outcome
from coverage.ids import FeedId, PersonId
from coverage.leave.interpretation import CalendarKind
from storage import schema
from storage.feed_questions import FeedQuestions
from storage.sealing import Sealing
from storage.transaction import AnyRow, Transaction, insert_or_replace, of_firm

_f = schema.feed
_b = schema.feed_body
_q = schema.feed_question
_columns = [column for column in _f.c if column.name != "address"]
_one = (of_firm(_f), _f.c.id == bindparam("of_id"))
_body = (of_firm(_b), _b.c.feed == bindparam("of_feed"), _b.c.which == bindparam("of_which"))
_is_fetched = text("state <> 'paused'")
"""To the letter as the index has it."""

_ADD = insert(_f).returning(_f.c.id)
_LOOK = select(*_columns).where(*_one)
_GET = _LOOK.with_for_update()
_ALL = select(*_columns).where(of_firm(_f)).order_by(_f.c.name, _f.c.id)
_SAVE = update(_f).where(*_one)
_REMOVE = [
    delete(_q).where(of_firm(_q), _q.c.feed == bindparam("of_id")),
    delete(_b).where(of_firm(_b), _b.c.feed == bindparam("of_id")),
    delete(_f).where(*_one),
]
_DUE = (
    select(*_columns)
    .where(
        of_firm(_f),
        _is_fetched,
        _f.c.due_at <= bindparam("now"),
        or_(_f.c.leased_until.is_(None), _f.c.leased_until <= bindparam("now")),
    )
    .order_by(_f.c.due_at, _f.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_LEASE = update(_f).where(of_firm(_f), _f.c.id.in_(bindparam("ids", expanding=True)))
_EARLIEST = select(func.min(_f.c.due_at)).where(of_firm(_f), _is_fetched)
_ADDRESS = select(_f.c.address).where(*_one)
_PUT_BODY = insert_or_replace(_b, keys=("feed", "which"), changed=("sealed",))
_BODY = select(_b.c.sealed).where(*_body)
_DROP_BODY = delete(_b).where(*_body)
_OLDER = select(_f.c.id, _f.c.address).where(of_firm(_f), _f.c.sealed_with != bindparam("newest")).order_by(_f.c.id)
_LOCK_OLDER = _OLDER.with_for_update(skip_locked=True)
_BODIES = select(_b.c.which, _b.c.sealed).where(of_firm(_b), _b.c.feed == bindparam("of_feed"))


class SqlFeeds(FeedQuestions):
    def __init__(self, transaction: Transaction, sealing: Sealing) -> None:
        super().__init__(transaction)
        self._sealing = sealing

    def add(self, feed: Feed, address: str) -> Feed:
        fingerprint = self._sealing.fingerprint(address)
        values = _to_row(feed) | {"fingerprint": fingerprint, "sealed_with": self._sealing.newest}
        number = self._transaction.inserted(_ADD, address=self._sealing.seal(address.encode()), **values)
        return replace(feed, id=FeedId(number), fingerprint=fingerprint)

    def get(self, feed: FeedId) -> Feed | None:
        row = self._transaction.first(_GET if self._transaction.writes else _LOOK, of_id=feed)
        return None if row is None else _to_domain(row)

    def everything(self) -> list[Feed]:
        return [_to_domain(row) for row in self._transaction.rows(_ALL)]

    def save(self, feed: Feed) -> None:
        self._transaction.change(_SAVE, of_id=feed.id, **_to_row(feed))

    def remove(self, feed: FeedId) -> None:
        for statement in _REMOVE:
            self._transaction.change(statement, of_id=feed)

    def lease(self, now: datetime, lease: timedelta, limit: int) -> list[Feed]:
        rows = self._transaction.rows(_DUE, now=now, at_most=limit)
        if not rows:
            return []
        until = now + lease
        self._transaction.change(_LEASE, ids=[row.id for row in rows], leased_until=until)
        return [replace(_to_domain(row), leased_until=until) for row in rows]

    def earliest(self) -> datetime | None:
        earliest: datetime | None = self._transaction.value(_EARLIEST)
        return earliest

    def address_of(self, feed: FeedId) -> str:
        sealed = self._transaction.value(_ADDRESS, of_id=feed)
        if sealed is None:
            raise CannotUnseal
        return self._sealing.unseal(bytes(sealed)).decode()

    def put_body(self, feed: FeedId, which: Body, data: bytes) -> None:
        sealed = self._sealing.seal(zlib.compress(data))
        self._transaction.insert(_PUT_BODY, feed=feed, which=which.value, sealed=sealed)

    def body_of(self, feed: FeedId, which: Body) -> bytes | None:
        sealed = self._transaction.value(_BODY, of_feed=feed, of_which=which.value)
        return None if sealed is None else zlib.decompress(self._sealing.unseal(bytes(sealed)))

    def drop_body(self, feed: FeedId, which: Body) -> None:
        self._transaction.change(_DROP_BODY, of_feed=feed, of_which=which.value)

    def reseal(self) -> int:
        """One that no key opens stays as it is: its own fetch says so."""
        newest, done = self._sealing.newest, 0
        for row in self._transaction.rows(_LOCK_OLDER, newest=newest):
            try:
                address = self._sealing.reseal(bytes(row.address))
                bodies = [
                    (body.which, self._sealing.reseal(bytes(body.sealed)))
                    for body in self._transaction.rows(_BODIES, of_feed=row.id)
                ]
            except CannotUnseal:
                continue
            self._transaction.change(_SAVE, of_id=row.id, address=address, sealed_with=newest)
            for which, sealed in bodies:
                self._transaction.insert(_PUT_BODY, feed=row.id, which=which, sealed=sealed)
            done += 1
        return done

    def under_an_older_key(self) -> int:
        return len(self._transaction.rows(_OLDER, newest=self._sealing.newest))


def _to_row(feed: Feed) -> dict[str, object]:
    return {
        "name": feed.name,
        "kind": feed.kind.value,
        "owner": feed.owner,
        "country": feed.country,
        "host": feed.host,
        "added_at": feed.added_at,
        "added_by": feed.added_by,
        "due_at": feed.due_at,
        "state": feed.state.value,
        "why": feed.why,
        "leased_until": feed.leased_until,
        "failures": feed.failures,
        "interval_seconds": int(feed.interval.total_seconds()),
        "etag": feed.etag,
        "last_modified": feed.last_modified,
        "digest": feed.digest,
        "basis": feed.basis,
        "events": feed.events,
        "last_fetch_at": feed.last_fetch_at,
        "last_outcome": feed.last_outcome.value if feed.last_outcome is not None else None,
        "said": feed.said,
        "last_good_at": feed.last_good_at,
        "held_digest": feed.held_digest,
        "is_confirmed": feed.is_confirmed,
    }


def _to_domain(row: AnyRow) -> Feed:
    return Feed(
        id=FeedId(row.id),
        name=row.name,
        kind=CalendarKind(row.kind),
        owner=None if row.owner is None else PersonId(row.owner),
        country=row.country,
        host=row.host,
        fingerprint=row.fingerprint,
        added_at=row.added_at,
        added_by=None if row.added_by is None else PersonId(row.added_by),
        due_at=row.due_at,
        state=FeedState(row.state),
        why=row.why,
        leased_until=row.leased_until,
        failures=row.failures,
        interval=timedelta(seconds=row.interval_seconds),
        etag=row.etag,
        last_modified=row.last_modified,
        digest=row.digest,
        basis=row.basis,
        events=row.events,
        last_fetch_at=row.last_fetch_at,
        last_outcome=None if row.last_outcome is None else Outcome(row.last_outcome),
        said=row.said,
        last_good_at=row.last_good_at,
        held_digest=row.held_digest,
        is_confirmed=row.is_confirmed,
    )
