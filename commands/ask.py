"""Asking: a client's question comes in, is kept, and goes to the pod that knows the client."""

from dataclasses import dataclass, replace
from datetime import datetime

from commands.calling import call_somebody
from commands.identify import client_of
from commands.ports import NewUnitOfWork, UnitOfWork
from commands.record import record_new
from commands.storable import storable
from coverage.charter import Level
from coverage.events import Asked as AskedEvent
from coverage.events import Event, Identified, Offered, OfferReason
from coverage.firm import Firm, Intake
from coverage.ids import PlaceId, QuestionNumber
from coverage.question import AskedBy, Attachment, Question, Status, Via

MAX_TEXT = 100_000
"""Characters of one question; longer ones are refused, never cut."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as it came in. ``client`` is the name somebody gave, ``channel`` where it was asked; ``remote`` and
    ``thread`` are what the channel's platform calls the message and the first message of its thread.

    ``asked_at`` (UTC) is when the client asked, if that was earlier than now. ``key`` makes a repeated delivery one
    question, ``fingerprint`` tells whether the repeat says the same.
    """

    text: str
    asked_by: AskedBy
    via: Via
    client: str | None = None
    level: Level = Level.ROUTINE
    asked_at: datetime | None = None
    channel: PlaceId | None = None
    remote: str | None = None
    thread: str | None = None
    attachments: tuple[Attachment, ...] = ()
    key: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    question: Question
    is_new: bool


class KeyReused(Exception):
    """The key of an earlier question came again with another text."""


class AskedInTheFuture(ValueError):
    """``asked_at`` lies after now."""


class TooLong(ValueError):
    """The text has more than MAX_TEXT characters."""


class NothingAsked(ValueError):
    """The text is empty."""


class NotSetUp(Exception):
    """The firm has no pod yet, so there is nobody to ask: import a roster first."""


def ask(asked: Ask, new_uow: NewUnitOfWork, now: datetime) -> Asked:
    """Keep the question and route it, in one transaction: when this returns it cannot be lost any more.

    Raises:
        NothingAsked, TooLong, AskedInTheFuture, NotSetUp, KeyReused: and then nothing was stored.
    """
    _check(asked, now)
    with new_uow() as uow:
        if asked.key and not uow.deliveries.remember(asked.key, now, fingerprint=asked.fingerprint):
            return _earlier(uow, asked)
        question = put_to_the_pod(uow, asked, now)
        if asked.key:
            uow.deliveries.note_question(asked.key, question.number)
        uow.commit()
    return Asked(question, is_new=True)


def put_to_the_pod(uow: UnitOfWork, asked: Ask, now: datetime) -> Question:
    """The same inside a transaction that is the caller's to commit. Raises as ``ask`` does, but for KeyReused."""
    _check(asked, now)
    asked = _as_kept(asked)
    firm = uow.firm()
    found = client_of(uow, named=asked.client, channel=asked.channel, email=asked.asked_by.email, text=asked.text)
    intake = intake_of(firm)
    pod = found.client.pod if found.client is not None else intake.pod
    question = Question(
        number=QuestionNumber(0),
        status=Status.ROUTED if found.client is not None else Status.UNIDENTIFIED,
        text=asked.text,
        level=asked.level,
        via=asked.via,
        asked_by=asked.asked_by,
        asked_at=asked.asked_at or now,
        arrived_at=now,
        offered_at=now,
        pod=pod,
        policy=firm.policy_of(pod),
        client=found.client.id if found.client is not None else None,
        candidates=found.candidates,
        named_as=asked.client,
        origin=asked.channel,
        origin_remote=asked.remote,
        origin_thread=asked.thread or asked.remote,
        attachments=asked.attachments,
    )
    events: tuple[Event, ...] = (AskedEvent(asked.asked_by.filed_by),)
    if found.client is not None:
        events += (Identified(None, found.client.id),)
    called, more = call_somebody(uow, firm, question, now)
    return record_new(uow, firm, called, (*events, Offered(OfferReason.ASKED), *more), now)


def _as_kept(asked: Ask) -> Ask:
    by = asked.asked_by
    name, email = (storable(text) if text is not None else None for text in (by.name, by.email))
    return replace(
        asked,
        text=storable(asked.text),
        client=storable(asked.client) if asked.client is not None else None,
        asked_by=replace(by, name=name, email=email),
        attachments=tuple(Attachment(storable(one.name), storable(one.url)) for one in asked.attachments),
    )


def _check(asked: Ask, now: datetime) -> None:
    if not asked.text.strip():
        raise NothingAsked("A question needs a text.")
    if len(asked.text) > MAX_TEXT:
        raise TooLong(f"The text has {len(asked.text):,} characters; {MAX_TEXT:,} are the most.")
    if asked.asked_at is not None and asked.asked_at > now:
        raise AskedInTheFuture("asked_at lies in the future.")


def _earlier(uow: UnitOfWork, asked: Ask) -> Asked:
    earlier = uow.deliveries.find(asked.key)
    if earlier is None or earlier.question is None or earlier.fingerprint != asked.fingerprint:
        raise KeyReused("This key was used for another question.")
    return Asked(uow.questions.look_at(earlier.question), is_new=False)


def intake_of(firm: Firm) -> Intake:
    """Who sorts out questions of unknown clients; the firm's first pod until somebody has set that."""
    if firm.intake is not None:
        return firm.intake
    if not firm.pods:
        raise NotSetUp("No pod is set up yet, so nobody can be asked. Import a roster: podline import roster FILE.")
    first = min(firm.pods.values(), key=lambda pod: pod.id)
    return Intake(first.channel, first.id)
