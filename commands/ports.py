"""What the use cases need of storage, named here so that they know no database. Every instant is UTC."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, Self

from commands.outgoing import Message, Posting, Queued
from coverage.absence import Absence
from coverage.charter import Charter
from coverage.clients import Answer, Client
from coverage.deadlines import Timer, TimerKind
from coverage.firm import Firm, Intake, Settings
from coverage.ids import ClientId, PersonId, PlaceId, PodId, QuestionNumber
from coverage.people import Person, Pod
from coverage.policy import EscalationPolicy
from coverage.question import Question, Status
from coverage.service_hours import ServiceHours


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

    def page(self, query: QuestionQuery) -> list[Question]: ...

    def under_old_rules(self, firm_version: int, limit: int) -> list[QuestionNumber]:
        """Open questions whose times were last worked out under a set-up older than ``firm_version``."""
        ...

    def mark_recomputed(self, number: QuestionNumber, firm_version: int) -> None: ...

    def in_thread(self, place: PlaceId, remote: str) -> QuestionNumber | None:
        """The question whose card is the message ``remote`` at ``place``."""
        ...


class History(Protocol):
    def append(self, number: QuestionNumber, rows: Iterable[HistoryRow]) -> None: ...

    def of(self, number: QuestionNumber) -> list[HistoryRow]:
        """Oldest first."""
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
        """Timers due at ``now``, the earliest first; on PostgreSQL those another process works on are left out."""
        ...

    def earliest(self) -> datetime | None: ...

    def of(self, number: QuestionNumber) -> list[DueTimer]: ...

    def defer(self, number: QuestionNumber, kind: TimerKind, until: datetime) -> None:
        """Look at it again at ``until``: service hours are closed."""
        ...

    def put_back(self, number: QuestionNumber, until: datetime) -> int:
        """After a failure: look at the question's due timers again at ``until``; returns how often that happened."""
        ...


class Outbox(Protocol):
    def add(self, message: Message, now: datetime) -> None:
        """Queue it, unless a message of the same key was queued before."""
        ...

    def lease(self, now: datetime, lease: timedelta, limit: int) -> list[Queued]:
        """Take what is to be sent, most urgent first, only the oldest unsent one per (place or person, question).

        A message whose lease ran out counts as unclear: its sender may have died after sending.
        """
        ...

    def mark_sent(self, message: int, now: datetime, remote: str | None) -> None: ...

    def retry(self, message: int, at: datetime, *, unclear: bool, why: str) -> None:
        """Try again at ``at``; ``unclear`` means that the last try may have arrived."""
        ...

    def drop(self, message: int, now: datetime, why: str) -> None:
        """It need not be sent any more."""
        ...

    def bury(self, message: int, now: datetime, why: str) -> None:
        """It can never be delivered; what follows from that is decided by ``commands/undeliverable.py``."""
        ...

    def step_reached_nobody(self, number: QuestionNumber, step: int, version: int) -> bool:
        """True when no message of that step was accepted and none is still to be sent."""
        ...

    def earliest(self) -> datetime | None: ...

    def forget_before(self, instant: datetime) -> int:
        """Delete what was sent, dropped or buried before then; returns how many."""
        ...


class Postings(Protocol):
    def card(self, number: QuestionNumber, place: PlaceId) -> Posting | None: ...

    def cards(self, number: QuestionNumber) -> list[Posting]: ...

    def put_card(self, posting: Posting) -> None:
        """Remember where a card hangs and what it shows (insert or update)."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    platform: str
    address: str


class Places(Protocol):
    def at(self, platform: str, address: str) -> PlaceId:
        """The place of that address, made known if it was not."""
        ...

    def find(self, platform: str, address: str) -> PlaceId | None: ...

    def get(self, place: PlaceId) -> Place: ...


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is on a platform."""

    platform: str
    tenant: str
    user: str


class People(Protocol):
    def by_identity(self, identity: Identity) -> PersonId | None: ...

    def identities(self, person: PersonId) -> list[Identity]: ...

    def link(self, person: PersonId, identity: Identity) -> None: ...

    def unlink(self, person: PersonId, identity: Identity) -> None:
        """That is not ``person`` any more; harmless where it never was."""
        ...

    def save(self, person: Person) -> Person:
        """Insert (id 0) or update by id; the firm's version grows."""
        ...


@dataclass(frozen=True, slots=True)
class ClientName:
    """A name or alias by which people call a client."""

    client: ClientId
    text: str


class Clients(Protocol):
    def get(self, client: ClientId) -> Client: ...

    def many(self, clients: Iterable[ClientId]) -> dict[ClientId, Client]: ...

    def called(self, name: str) -> list[Client]:
        """Clients of exactly that name or alias, whatever the case and spacing."""
        ...

    def with_domain(self, domain: str) -> list[Client]: ...

    def with_channel(self, place: PlaceId) -> list[Client]: ...

    def with_address(self, email: str) -> list[Client]:
        """Clients for whom a person has confirmed that this address writes for them."""
        ...

    def confirm_address(self, email: str, client: ClientId) -> None: ...

    def names(self) -> list[ClientName]: ...

    def answers(self, client: ClientId, since: datetime) -> list[Answer]:
        """Who answered this client's questions, and when."""
        ...

    def of_pods(self, pods: Iterable[PodId]) -> list[Client]: ...

    def everyone(self) -> list[Client]: ...

    def save(self, client: Client) -> Client:
        """Insert (id 0) or update by id."""
        ...


@dataclass(frozen=True, slots=True)
class StoredAbsence:
    """An absence as stored: ``starts_at`` and ``ends_at`` (UTC) frame it; ``source`` says where it is from
    (``marked`` by hand, ``import:<name>``)."""

    id: int
    absence: Absence
    starts_at: datetime
    ends_at: datetime
    source: str


class Absences(Protocol):
    def add(self, absence: Absence, starts_at: datetime, ends_at: datetime, source: str) -> StoredAbsence: ...

    def remove(self, absence: int) -> None: ...

    def overlapping(self, people: Iterable[PersonId], start: datetime, end: datetime) -> list[StoredAbsence]: ...

    def of_source(self, source: str) -> list[StoredAbsence]: ...

    def started_unhandled(self, now: datetime, limit: int) -> list[StoredAbsence]:
        """Absences that have begun, have not ended, and whose open questions were not looked at yet."""
        ...

    def mark_handled(self, absence: int) -> None: ...

    def earliest_unhandled(self) -> datetime | None: ...

    def delete_ended_before(self, instant: datetime) -> int: ...


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


@dataclass(frozen=True, slots=True)
class SetupEdit:
    """The named parts of a firm's set-up to insert or replace by name; None leaves a part as it is."""

    hours: Mapping[str, ServiceHours] = field(default_factory=dict)
    charters: Mapping[str, Charter] = field(default_factory=dict)
    policies: Mapping[str, EscalationPolicy] = field(default_factory=dict)
    pods: Sequence[Pod] = ()
    intake: Intake | None = None
    alerts_channel: PlaceId | None = None
    kudos_channel: PlaceId | None = None
    settings: Settings | None = None


class Setup(Protocol):
    def edit(self, change: SetupEdit) -> list[Pod]:
        """Apply it; pods with id 0 are new and returned, all of them, with their ids. The firm's version grows."""
        ...

    def prune(self, *, people: Iterable[PersonId], pods: Iterable[PodId], clients: Iterable[ClientId]) -> None:
        """Delete these; what is in use (an open question, a membership) is refused with StillNeeded."""
        ...


class StillNeeded(Exception):
    """Something cannot be deleted because something open depends on it; says what."""


class Jobs(Protocol):
    def lease(self, name: str, now: datetime, every: timedelta, lease: timedelta) -> bool:
        """True when the periodic job ``name`` is due and ours to do now; due again ``every`` after it is done."""
        ...

    def done(self, name: str, now: datetime, every: timedelta) -> None: ...


class UnitOfWork(Protocol):
    """One transaction. Make a new one per use case; it belongs to one thread. Leaving without commit undoes all."""

    questions: Questions
    history: History
    timers: Timers
    outbox: Outbox
    postings: Postings
    places: Places
    people: People
    clients: Clients
    absences: Absences
    deliveries: Deliveries
    inbox: Inbox
    setup: Setup
    jobs: Jobs

    def firm(self) -> Firm:
        """The firm's set-up as of this transaction (cached by its version)."""
        ...

    def commit(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class NewUnitOfWork(Protocol):
    """Begins units of work."""

    def __call__(self) -> UnitOfWork:
        """One to write in."""
        ...

    def reading(self) -> UnitOfWork:
        """One that only reads: it waits for no writer, and commit is an error."""
        ...
