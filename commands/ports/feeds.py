"""Calendar feeds, the calendars they gave, and what of them only a human can answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from coverage.feeds import Feed
from coverage.ids import FeedId, PersonId


class NoSecretKey(Exception):
    """An address is to be kept and there is no key to encrypt it with."""


class CannotUnseal(Exception):
    """What was encrypted cannot be read: the key it was encrypted with is not among those that are set."""


class Body(StrEnum):
    """The last calendar that was believed, and the one that is held back."""

    GOOD = "good"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Asked:
    """Something in a feed that only a human can answer. ``id`` is 0 until stored.

    ``key`` is the same for all that one answer settles. ``title`` is the event's text, ``name`` what it calls somebody,
    both "" once it is answered or old. ``answer`` is whose leave it is, nobody's when empty, None while it is open.
    """

    id: int
    feed: FeedId
    key: str
    uid: str
    why: str
    candidates: tuple[PersonId, ...]
    title: str
    name: str
    first: date
    last: date
    asked_at: datetime
    answer: tuple[PersonId, ...] | None = None
    answered_by: PersonId | None = None


class Feeds(Protocol):
    """The firm's feeds. Addresses and calendars are encrypted at rest."""

    def add(self, feed: Feed, address: str) -> Feed:
        """Keep it (its ``id`` and ``fingerprint`` are ignored); returned with both. Raises NoSecretKey."""
        ...

    def get(self, feed: FeedId) -> Feed | None:
        """Locked until the unit of work ends, in one that writes; None when it was removed."""
        ...

    def everything(self) -> list[Feed]:
        """By name."""
        ...

    def save(self, feed: Feed) -> None:
        """Store it as it stands now; its address stays."""
        ...

    def remove(self, feed: FeedId) -> None:
        """With its calendars and what was asked about it; leave that was read out of it is not its business."""
        ...

    def lease(self, now: datetime, lease: timedelta, limit: int) -> list[Feed]:
        """Take feeds that are due, earliest first, not paused and fetched by nobody else."""
        ...

    def earliest(self) -> datetime | None:
        """When a feed is due next."""
        ...

    def address_of(self, feed: FeedId) -> str:
        """Where it is fetched from. Raises CannotUnseal."""
        ...

    def put_body(self, feed: FeedId, which: Body, data: bytes) -> None: ...

    def body_of(self, feed: FeedId, which: Body) -> bytes | None:
        """None where there is none. Raises CannotUnseal."""
        ...

    def drop_body(self, feed: FeedId, which: Body) -> None: ...

    def reseal(self) -> int:
        """Encrypt with the newest key what an older one still opens; returns how many feeds. Raises NoSecretKey."""
        ...

    def under_an_older_key(self) -> int:
        """How many feeds are not encrypted with the newest key. Raises NoSecretKey."""
        ...

    def ask(self, asked: Asked) -> Asked | None:
        """Keep it; returned with its id, None when it was asked before."""
        ...

    def asked(self, number: int) -> Asked | None: ...

    def asked_about(self, feed: FeedId) -> list[Asked]:
        """Open and answered ones, oldest first."""
        ...

    def open_questions(self) -> list[Asked]:
        """Of all feeds, those that nobody has answered and that still have their text, oldest first."""
        ...

    def answer(self, number: int, people: Iterable[PersonId], by: PersonId | None, now: datetime) -> None:
        """Keep whose leave it is; its text is deleted."""
        ...

    def withdraw(self, numbers: Iterable[int]) -> None:
        """These are not in their feed any more, and nobody has answered them."""
        ...

    def forget_texts_before(self, instant: datetime) -> int:
        """Delete the text of what was asked before then; returns how many. It is not asked again."""
        ...
