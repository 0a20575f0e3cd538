"""A calendar feed of leave: what each fetch makes of it, when it is fetched next, and when it is too old to trust."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from coverage.ids import FeedId, PersonId
from coverage.leave.interpretation import CalendarKind

SHORTEST, USUAL, LONGEST = timedelta(minutes=15), timedelta(hours=1), timedelta(hours=24)
"""Between two fetches; usual is what a feed gets that does not say how often it wants to be fetched."""
_JITTER = 0.1
"""How much later than that, at most, so that feeds of one server do not all come at once."""
_STALE_AFTER = 3
"""So many of its own intervals without a good fetch, and at least a day."""


class FeedState(StrEnum):
    """HELD: its newest fetch must not be believed until a person has confirmed it; it goes on being fetched."""

    ACTIVE = "active"
    HELD = "held"
    PAUSED = "paused"


class Outcome(StrEnum):
    """What came of a fetch."""

    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it stands. Its address is a secret and kept apart: here are only its ``host`` and ``fingerprint``.

    ``owner`` is whose calendar it is, ``country`` whose holidays. ``said`` is in words what came of the last fetch,
    ``why`` for what it is held. ``interval`` is how often it is fetched when all is well; ``leased_until`` is set while
    somebody fetches it. ``etag``, ``last_modified`` and ``digest`` are of the last good calendar, ``basis`` of the
    people and answers it was read with; ``held_digest`` is of a calendar that can be confirmed. All instants are UTC.
    """

    id: FeedId
    name: str
    kind: CalendarKind
    owner: PersonId | None
    country: str | None
    host: str
    fingerprint: str
    added_at: datetime
    added_by: PersonId | None
    due_at: datetime
    state: FeedState = FeedState.ACTIVE
    why: str = ""
    leased_until: datetime | None = None
    failures: int = 0
    interval: timedelta = USUAL
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    basis: str | None = None
    events: int = 0
    last_fetch_at: datetime | None = None
    last_outcome: Outcome | None = None
    said: str = ""
    last_good_at: datetime | None = None
    held_digest: str | None = None
    is_confirmed: bool = False

    @property
    def is_paused(self) -> bool:
        return self.state is FeedState.PAUSED


@dataclass(frozen=True, slots=True)
class Version:
    """Which calendar a server gave: its own marks of it, and the digest of its bytes."""

    digest: str | None
    etag: str | None = None
    last_modified: str | None = None


def clamped(wish: timedelta | None) -> timedelta:
    """How often to fetch a feed that wishes to be fetched every ``wish``."""
    return USUAL if wish is None else min(max(wish, SHORTEST), LONGEST)


def taken_in(
    feed: Feed, version: Version, basis: str, events: int, wish: timedelta | None, said: str, now: datetime, dice: float
) -> Feed:
    """Its newest calendar was read and believed. ``dice`` is a random number from 0 to 1."""
    good = _good(replace(feed, interval=clamped(wish)), Outcome.READ, said, now, dice)
    return replace(
        good,
        digest=version.digest,
        etag=version.etag,
        last_modified=version.last_modified,
        basis=basis,
        events=events,
    )


def unchanged(feed: Feed, version: Version | None, now: datetime, dice: float) -> Feed:
    """The server still gives the last good calendar; ``version`` where it has new marks for it."""
    good = _good(feed, Outcome.UNCHANGED, "", now, dice)
    if version is None:
        return good
    return replace(good, etag=version.etag, last_modified=version.last_modified)


def failed(feed: Feed, why: str, retry_after: timedelta | None, now: datetime, dice: float) -> Feed:
    """It could not be fetched: tried again later and later, never before ``retry_after``; what was good stays."""
    failures = feed.failures + 1
    delay = max(_back_off(failures, dice), min(retry_after or timedelta(), LONGEST))
    return replace(
        feed,
        failures=failures,
        due_at=now + delay,
        leased_until=None,
        last_fetch_at=now,
        last_outcome=Outcome.FAILED,
        said=why,
        is_confirmed=False,
    )


def held(feed: Feed, why: str, digest: str | None, now: datetime, dice: float) -> Feed:
    """What came must not be believed; with a ``digest`` it is a calendar, and a person may say that it is right."""
    return replace(
        feed,
        state=FeedState.HELD,
        why=why,
        failures=feed.failures + 1,
        due_at=now + _jittered(feed.interval, dice),
        leased_until=None,
        last_fetch_at=now,
        last_outcome=Outcome.HELD,
        said=why,
        held_digest=digest,
        is_confirmed=False,
    )


def confirmed(feed: Feed, now: datetime) -> Feed:
    """A person says that what was held back is right: it is taken in at once."""
    return replace(feed, is_confirmed=True, due_at=now)


def paused(feed: Feed) -> Feed:
    return replace(feed, state=FeedState.PAUSED, leased_until=None, is_confirmed=False)


def resumed(feed: Feed, now: datetime) -> Feed:
    """Fetched again, from now on; what was held back is looked at anew."""
    return replace(feed, state=FeedState.ACTIVE, why="", failures=0, held_digest=None, due_at=now)


def due_now(feed: Feed, now: datetime) -> Feed:
    return replace(feed, due_at=now)


def is_stale(feed: Feed, now: datetime) -> bool:
    """True when its last good calendar is so old that what it says of today may be wrong."""
    since = feed.last_good_at or feed.added_at
    return not feed.is_paused and now - since >= max(_STALE_AFTER * feed.interval, LONGEST)


def _good(feed: Feed, outcome: Outcome, said: str, now: datetime, dice: float) -> Feed:
    return replace(
        feed,
        state=FeedState.ACTIVE,
        why="",
        failures=0,
        due_at=now + _jittered(feed.interval, dice),
        leased_until=None,
        last_fetch_at=now,
        last_outcome=outcome,
        said=said,
        last_good_at=now,
        held_digest=None,
        is_confirmed=False,
    )


def _back_off(failures: int, dice: float) -> timedelta:
    """A quarter of an hour, half an hour, an hour ... a day."""
    return min(_jittered(SHORTEST * 2 ** min(failures - 1, 10), dice), LONGEST)


def _jittered(delay: timedelta, dice: float) -> timedelta:
    return delay * (1 + _JITTER * dice)
