"""Questions, their history and their timers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from coverage.deadlines import Timer, TimerKind
from coverage.ids import ClientId, PersonId, PlaceId, PodId, QuestionNumber
from coverage.question import Attachment, Question, Status


class UnknownQuestion(LookupError):
    """There is no question of that number."""

    def __init__(self, number: QuestionNumber) -> None:
        super().__init__(f"there is no question Q-{number}")
        self.number = number


class Overtaken(Exception):
    """Somebody else changed the question between our reading and our saving it: begin again."""


class What(StrEnum):
    """The words of a question's history (DESIGN.md)."""

    ASKED = "asked"
    IDENTIFIED = "identified"
    OFFERED = "offered"
    CALLED = "called"
    STEP = "step"
    SKIPPED = "skipped"
    REMINDED = "reminded"
    CLAIMED = "claimed"
    RELEASED = "released"
    HANDED_OFF = "handed_off"
    NUDGED = "nudged"
    ANSWERED = "answered"
    WAITING = "waiting"
    RESUMED = "resumed"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    BREACHED = "breached"
    MOVED = "moved"
    MERGED = "merged"
    SNOOZED = "snoozed"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change of a question; ``who`` is None for what Podline did by itself."""

    at: datetime
    who: PersonId | None
    what: What
    why: str


@dataclass(frozen=True, slots=True)
class QuestionQuery:
    """Which questions to list, newest first; ``before`` is the number after which the page goes on."""

    status: Status | None = None
    client: ClientId | None = None
    pod: PodId | None = None
    before: QuestionNumber | None = None
    limit: int = 50


class Questions(Protocol):
    def add(self, question: Question) -> Question:
        """Store a new question under the firm's next number (its own ``number`` is ignored) and return it.

        The counter is taken here, so call this as late in the transaction as possible.
        """
        ...

    def get(self, number: QuestionNumber) -> Question:
        """The question, locked until the unit of work ends. Raises UnknownQuestion."""
        ...

    def look_at(self, number: QuestionNumber) -> Question:
        """The question, not locked: to show it, never to save it. Raises UnknownQuestion."""
        ...

    def save(self, question: Question) -> Question:
        """Store it if nobody else has since it was read (compare-and-swap on ``revision``); returns it with its new
        revision. Raises Overtaken."""
        ...

    def owned_by(self, person: PersonId) -> list[Question]:
        """Open questions the person answers for (claimed, waiting, answered), oldest first."""
        ...

    def unclaimed_in(self, pods: Iterable[PodId]) -> list[Question]:
        """Questions of these pods that wait for somebody, the earliest claim due first."""
        ...

    def of_clients_since(self, clients: Iterable[ClientId], since: datetime, limit: int) -> list[Question]:
        """The questions of these clients that arrived from ``since`` (UTC) on, newest first."""
        ...

    def open_of(self, client: ClientId) -> list[Question]:
        """The open questions of a client, newest first; not locked."""
        ...

    def count_open(self, pods: Iterable[PodId]) -> int:
        """How many questions of these pods are open."""
        ...

    def answered_of(self, client: ClientId, limit: int) -> list[Question]:
        """The questions of the client that somebody has answered, the last answer first."""
        ...

    def texts_of(self, client: ClientId) -> list[tuple[QuestionNumber, str]]:
        """What the client asked, the newest first."""
        ...

    def page(self, query: QuestionQuery) -> list[Question]: ...

    def under_old_rules(self, firm_version: int, limit: int) -> list[QuestionNumber]:
        """Open questions whose times were last worked out under a set-up older than ``firm_version``."""
        ...

    def mark_recomputed(self, number: QuestionNumber, firm_version: int) -> None: ...

    def in_thread(self, place: PlaceId, remote: str) -> QuestionNumber | None:
        """The question whose card is the message ``remote`` at ``place``."""
        ...

    def asked_as(self, place: PlaceId, remote: str) -> QuestionNumber | None:
        """The question that was asked with the message ``remote`` at ``place``."""
        ...

    def asked_in(self, place: PlaceId, thread: str, limit: int = 5) -> list[Question]:
        """The questions asked in the thread at ``place`` that begins with the message ``thread``, newest first."""
        ...

    def asked_by(self, place: PlaceId, user: str, limit: int = 5) -> list[Question]:
        """The questions that somebody of a client (the platform's id) asked at ``place`` and that are open or were
        merged, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the client added to a question. ``by`` is their person's name, ``remote`` what the platform of ``place``
    calls the message."""

    question: QuestionNumber
    at: datetime
    by: str | None
    text: str
    attachments: tuple[Attachment, ...] = ()
    place: PlaceId | None = None
    remote: str | None = None


class FollowUps(Protocol):
    """What clients said after they had asked: only ever added to."""

    def add(self, follow_up: FollowUp) -> None: ...

    def of(self, number: QuestionNumber) -> list[FollowUp]:
        """Oldest first."""
        ...

    def texts_of(self, client: ClientId) -> list[tuple[QuestionNumber, str]]:
        """What the client added to all of their questions."""
        ...

    def said_as(self, place: PlaceId, remote: str) -> QuestionNumber | None:
        """The question to which the message ``remote`` at ``place`` was added, the last one if to several."""
        ...


class History(Protocol):
    def append(self, number: QuestionNumber, rows: Iterable[HistoryRow]) -> None: ...

    def of(self, number: QuestionNumber) -> list[HistoryRow]:
        """Oldest first."""
        ...

    def answers_to(self, numbers: Iterable[QuestionNumber]) -> dict[QuestionNumber, HistoryRow]:
        """The last answer to each of these questions, as far as there is one."""
        ...

    def answers_of(self, client: ClientId) -> list[tuple[QuestionNumber, str]]:
        """The words of all answers to the client's questions, where there are any."""
        ...


@dataclass(frozen=True, slots=True)
class DueTimer:
    question: QuestionNumber
    kind: TimerKind
    due_at: datetime
    version: int
    attempts: int


class Timers(Protocol):
    def replace(self, number: QuestionNumber, timers: Sequence[Timer]) -> None:
        """These are all the timers the question has from now on."""
        ...

    def due(self, now: datetime, limit: int) -> list[DueTimer]:
        """Timers due at ``now``, the earliest first; nothing is locked. Several processes may see the same one: its
        question is locked and read again before anything is done, and of two who save it one is Overtaken."""
        ...

    def earliest(self) -> datetime | None: ...

    def of(self, number: QuestionNumber) -> list[DueTimer]: ...

    def defer(self, number: QuestionNumber, kind: TimerKind, until: datetime) -> None:
        """Look at it again at ``until``: service hours are closed."""
        ...

    def put_back(self, number: QuestionNumber, until: datetime) -> int:
        """After a failure: look at the question's due timers again at ``until``; returns how often that happened."""
        ...
