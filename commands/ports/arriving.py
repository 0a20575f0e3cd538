"""What arrives, once: deliveries of commands and clicks, and the inbox of events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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


class Drafts(Protocol):
    """What somebody is making into a question in an open form: kept 7 days, since a form can carry only so much."""

    def keep(self, key: str, content: Mapping[str, object], now: datetime) -> None: ...

    def find(self, key: str) -> Mapping[str, object] | None: ...

    def forget_before(self, instant: datetime) -> int:
        """Delete what was kept before then; returns how many."""
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

    def earliest(self, platform: str) -> datetime | None:
        """When the next event of the platform is to be worked on (UTC); None where all had their effect."""
        ...

    def lease(self, platform: str, now: datetime, lease: timedelta, limit: int) -> list[Arrived]:
        """Take events to work on, oldest first; nobody else gets them until the lease runs out, and then anybody does,
        for whoever took them may have died."""
        ...

    def take_over(self, now: datetime) -> int:
        """Make all that is not done due at once, what a process that is gone had leased with it; only for whoever knows
        that nobody else is at work on it. Returns how many were to come later."""
        ...

    def done(self, key: str, now: datetime) -> bool:
        """Note, in the transaction of its effect, that an event had its effect; False when it had it before."""
        ...

    def put_back(self, key: str, until: datetime, why: str) -> int:
        """After a failure: it is due again at ``until``; returns how often that happened."""
        ...

    def forget_before(self, instant: datetime) -> int:
        """Delete what was done before then; returns how many."""
        ...
