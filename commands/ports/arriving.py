"""What arrives, once: deliveries of commands and clicks, and the inbox of events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coverage.ids import QuestionNumber


@dataclass(frozen=True, slots=True)
class Delivered:
    """What an earlier delivery of the same thing led to: its question, and a fingerprint of what it said."""

    question: QuestionNumber | None
    fingerprint: str


class Deliveries(Protocol):
    """Which commands, clicks and API calls had their effect already: kept 7 days."""

    def find(self, key: str) -> Delivered | None: ...

    def remember(self, key: str, now: datetime, question: QuestionNumber | None = None, fingerprint: str = "") -> bool:
        """False when the key is known already: then nothing may be done (on PostgreSQL it waits for a transaction that
        is just using the same key)."""
        ...

    def note_question(self, key: str, question: QuestionNumber) -> None:
        """The key remembered in this transaction led to this question."""
        ...

    def forget_before(self, instant: datetime) -> int:
        """Delete what was remembered before then; returns how many."""
        ...


@dataclass(frozen=True, slots=True)
class Arrived:
    """An event of a platform, stored before it was acknowledged."""

    key: str
    platform: str
    payload: Mapping[str, object]
    attempts: int


class Inbox(Protocol):
    def take(self, key: str, platform: str, payload: Mapping[str, object], now: datetime) -> bool:
        """Store an event; False when it was delivered before."""
        ...

    def pending(self, now: datetime, limit: int) -> list[Arrived]: ...

    def done(self, key: str, now: datetime) -> bool:
        """Note, in the transaction of its effect, that an event had its effect; False when it had it before."""
        ...

    def put_back(self, key: str, until: datetime, why: str) -> int: ...

    def forget_before(self, instant: datetime) -> int:
        """Delete what was done before then; returns how many."""
        ...
