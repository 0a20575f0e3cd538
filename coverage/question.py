"""The question: what it is, how it lives, and what may happen to it next."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from coverage.charter import Level
from coverage.events import (
    Answered,
    Claimed,
    Event,
    HandedOff,
    Identified,
    Moved,
    Offered,
    OfferReason,
    Promise,
    Released,
    Reopened,
    Resolved,
    Resumed,
    SnoozeEnded,
    Waiting,
)
from coverage.ids import ClientId, PersonId, PlaceId, PodId, QuestionNumber
from coverage.policy import EscalationPolicy


class Status(StrEnum):
    UNIDENTIFIED = "unidentified"
    ROUTED = "routed"
    CLAIMED = "claimed"
    WAITING = "waiting"
    ANSWERED = "answered"
    RESOLVED = "resolved"


UNCLAIMED = (Status.UNIDENTIFIED, Status.ROUTED)
"""Waiting for somebody: the claim clock runs and the steps fire."""
OWNED = (Status.CLAIMED, Status.WAITING, Status.ANSWERED)
"""Somebody answers for it."""
OPEN = (*UNCLAIMED, *OWNED)


class Via(StrEnum):
    """How a question reached the firm."""

    EMAIL = "email"
    PHONE = "phone"
    WEB = "web"
    CHAT = "chat"
    LETTER = "letter"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True)
class AskedBy:
    """Who asked, in their own words; ``filed_by`` is the colleague who passed it on. ``user`` is what the platform of
    the question's origin calls whoever asked there."""

    name: str | None = None
    email: str | None = None
    filed_by: PersonId | None = None
    user: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or a page that came with a client's words: kept as its name and where it is, never its content."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Pause:
    """From ``start`` to ``end`` (UTC) we waited for the client; no end while we still do."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When each promise falls due (UTC); None where the charter makes no such promise or the clock is stopped."""

    claim: datetime | None = None
    first_response: datetime | None = None
    resolution: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One incoming question. All instants are UTC.

    ``asked_at`` starts the first-response and resolution clocks, ``offered_at`` the claim clock and the steps;
    ``arrived_at`` is when we heard of it, later than ``asked_at`` for a letter or a call that was noted afterwards.
    ``step`` is the last escalation step that fired (0: only the card); ``brought_forward`` is when the next one fires
    although its own time has not come. ``version`` grows with every change of who has to act, so that a button or a
    timer made for an earlier turn can be told from a present one; ``revision`` grows with every save.
    ``origin`` is the place it was asked in, ``origin_remote`` what its platform calls that message, ``origin_thread``
    what it calls the first message of the thread in which it was asked (the same one, if it began one). Until
    ``snoozed_until`` nobody is reminded of it: only somebody who has it can put it off, so it is never without anybody
    responsible. ``merged_into`` is the question that it turned out to be the same as.
    """

    number: QuestionNumber
    status: Status
    text: str
    level: Level
    via: Via
    asked_by: AskedBy
    asked_at: datetime
    arrived_at: datetime
    offered_at: datetime
    pod: PodId
    policy: EscalationPolicy
    client: ClientId | None = None
    candidates: tuple[ClientId, ...] = ()
    named_as: str | None = None
    deadlines: Deadlines = field(default_factory=Deadlines)
    called: tuple[PersonId, ...] = ()
    step: int = 0
    reminded: int = 0
    managers_told_at: datetime | None = None
    brought_forward: datetime | None = None
    brought_forward_because: str = ""
    claimed_by: PersonId | None = None
    claimed_at: datetime | None = None
    nudged: bool = False
    answered_at: datetime | None = None
    answered_by: PersonId | None = None
    resolved_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    breached: frozenset[Promise] = frozenset()
    origin: PlaceId | None = None
    origin_remote: str | None = None
    origin_thread: str | None = None
    attachments: tuple[Attachment, ...] = ()
    urgent: bool = False
    snoozed_until: datetime | None = None
    merged_into: QuestionNumber | None = None
    version: int = 1
    revision: int = 0

    @property
    def is_unclaimed(self) -> bool:
        return self.status in UNCLAIMED

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_awaiting_answer(self) -> bool:
        """True while the first response is still to be given and its clock runs."""
        return self.answered_at is None and (self.is_unclaimed or self.status is Status.CLAIMED)

    @property
    def was_claimed_in_time_to_answer(self) -> bool:
        """True when somebody has had it since before the first response was due. Who claimed it later, when that was
        missed already, may keep it."""
        due = self.deadlines.first_response
        return self.claimed_at is not None and due is not None and self.claimed_at < due

    @property
    def is_exhausted(self) -> bool:
        """True when every step has fired."""
        return self.step >= len(self.policy.steps)

    @property
    def pause_spans(self) -> tuple[tuple[datetime, datetime | None], ...]:
        return tuple((pause.start, pause.end) for pause in self.pauses)


Change = tuple[Question, tuple[Event, ...]]


class NotPossible(Exception):
    """The question's state does not allow what was asked; says so in words for the person who asked."""


@dataclass
class AlreadyClaimed(Exception):
    """Somebody else was first: who has it and since when (UTC)."""

    by: PersonId
    since: datetime


def claim(question: Question, who: PersonId, now: datetime, *, from_outside: bool = False) -> Change:
    """``who`` answers for the question from now on; the steps stop.

    Claiming twice is a success that changes nothing. Claiming one's own question that waits for the client resumes it,
    and ends the snooze of one that is snoozed.

    Raises:
        AlreadyClaimed: somebody else has it.
        NotPossible: it is resolved.
    """
    if question.status is Status.RESOLVED:
        raise NotPossible("is resolved; reopen it to work on it again")
    if question.claimed_by is not None and question.claimed_by != who:
        raise AlreadyClaimed(question.claimed_by, question.claimed_at or question.offered_at)
    if question.status is Status.WAITING:
        return resume(question, who, now)
    if question.claimed_by == who:
        return wake(question, who)
    claimed = turn(
        question,
        status=Status.CLAIMED,
        claimed_by=who,
        claimed_at=now,
        nudged=False,
        brought_forward=None,
    )
    return claimed, (Claimed(who, from_outside),)


def release(question: Question, who: PersonId, now: datetime, why: str) -> Change:
    """Offer the question to its pod again.

    Raises:
        NotPossible: nobody has it.
    """
    if question.is_unclaimed:
        raise NotPossible("is not claimed by anybody, so there is nothing to release")
    owner = _owner(question)
    offered, events = offer(question, OfferReason.RELEASED, now, why=why)
    return offered, (Released(who, owner, why), *events)


def hand_off(question: Question, who: PersonId, to: PersonId, now: datetime, why: str) -> Change:
    """Give the question to a colleague: it stays claimed, by somebody else. Not an offer, so the steps stay stopped.

    Whether ``to`` is there is for the caller to check.

    Raises:
        NotPossible: it is resolved, or ``to`` has it already.
    """
    if question.status is Status.RESOLVED:
        raise NotPossible("is resolved; reopen it first")
    if question.claimed_by == to:
        raise NotPossible("is theirs already")
    status = question.status if question.status in OWNED else Status.CLAIMED
    handed = turn(question, status=status, claimed_by=to, claimed_at=now, nudged=False, brought_forward=None)
    return handed, (HandedOff(who, to, question.claimed_by, why),)


def answer(question: Question, who: PersonId, now: datetime, said: str) -> Change:
    """The client has their first response. Answering an unclaimed question claims it first.

    Raises:
        NotPossible: it was answered or resolved before.
    """
    events: tuple[Event, ...] = ()
    if question.status in (Status.ANSWERED, Status.RESOLVED):
        raise NotPossible(f"is {question.status} already")
    if question.claimed_by is None:
        question, events = claim(question, who, now)
    if question.status is Status.WAITING:
        question, resumed = resume(question, who, now)
        events += resumed
    answered = turn(
        question,
        status=Status.ANSWERED,
        answered_at=question.answered_at or now,
        answered_by=who,
    )
    return answered, (*events, Answered(who, said))


def wait(question: Question, who: PersonId, now: datetime, why: str = "") -> Change:
    """Stop the clocks until the client has answered us.

    Raises:
        NotPossible: nobody has it, or we wait already.
    """
    _owner(question)
    if question.status is Status.WAITING:
        raise NotPossible("waits for the client already")
    waiting = turn(question, status=Status.WAITING, pauses=(*question.pauses, Pause(now)))
    return waiting, (Waiting(who, why),)


def resume(question: Question, who: PersonId | None, now: datetime, why: str = "") -> Change:
    """The clocks run again: the client has answered, or ``who`` goes on without.

    Raises:
        NotPossible: it does not wait for the client.
    """
    if question.status is not Status.WAITING:
        raise NotPossible(f"does not wait for the client, it is {question.status}")
    resumed = turn(question, status=Status.CLAIMED, pauses=_ended(question.pauses, now))
    return resumed, (Resumed(who, why),)


def resolve(question: Question, who: PersonId, now: datetime, why: str = "") -> Change:
    """Nothing is left to do.

    Raises:
        NotPossible: it is resolved already.
    """
    if question.status is Status.RESOLVED:
        raise NotPossible("is resolved already")
    resolved = turn(
        question,
        status=Status.RESOLVED,
        resolved_at=now,
        pauses=_ended(question.pauses, now),
        brought_forward=None,
    )
    return resolved, (Resolved(who, why),)


def reopen(question: Question, who: PersonId | None, now: datetime, why: str) -> Change:
    """Offer a question again that was thought done; its first-response and resolution clocks still count from when it
    was asked.

    Raises:
        NotPossible: it was neither answered nor resolved.
    """
    if question.status not in (Status.ANSWERED, Status.RESOLVED):
        raise NotPossible("is still open: there is nothing to reopen")
    open_again = replace(question, resolved_at=None, merged_into=None)
    offered, events = offer(open_again, OfferReason.REOPENED, now, why=why)
    return offered, (Reopened(who, why), *events)


def identify(
    question: Question, who: PersonId | None, client: ClientId, pod: PodId, policy: EscalationPolicy, now: datetime
) -> Change:
    """The client is known now, or is another one than was thought: the question goes to their pod, under that pod's
    policy, from its first step. Nobody has it any more."""
    known = replace(question, client=client, pod=pod, policy=policy, candidates=())
    if question.client is None:
        offered, events = offer(known, OfferReason.IDENTIFIED, now)
        return offered, (Identified(who, client), *events)
    offered, events = offer(known, OfferReason.CORRECTED, now)
    return offered, (Moved(who, client, question.client, question.claimed_by), *events)


def offer(question: Question, reason: OfferReason, now: datetime, *, why: str = "") -> Change:
    """From ``now`` on the question waits for somebody of its pod: nobody has it, and the steps begin anew."""
    offered = turn(
        question,
        status=Status.ROUTED if question.client is not None else Status.UNIDENTIFIED,
        offered_at=now,
        called=(),
        step=0,
        reminded=0,
        managers_told_at=None,
        brought_forward=None,
        brought_forward_because="",
        claimed_by=None,
        claimed_at=None,
        nudged=False,
        pauses=_ended(question.pauses, now),
        breached=question.breached - {Promise.CLAIM},
    )
    return offered, (Offered(reason, why),)


def wake(question: Question, who: PersonId | None, why: str = "") -> Change:
    """End a snooze before its time: ``who`` takes it back, or the client has said something (None)."""
    if question.snoozed_until is None:
        return question, ()
    return turn(question), (SnoozeEnded(who, why),)


def _owner(question: Question) -> PersonId:
    if question.status is Status.RESOLVED:
        raise NotPossible("is resolved; reopen it first")
    if question.claimed_by is None or question.status not in OWNED:
        raise NotPossible("is not claimed by anybody: claim it first")
    return question.claimed_by


def _ended(pauses: Iterable[Pause], now: datetime) -> tuple[Pause, ...]:
    return tuple(pause if pause.end else replace(pause, end=now) for pause in pauses)


def turn(question: Question, **changes: object) -> Question:
    """The question's next turn: somebody else has to act, or something else has to be done. It ends a snooze."""
    snoozed = {"snoozed_until": None} | changes
    return replace(question, version=question.version + 1, **snoozed)  # type: ignore[arg-type]
