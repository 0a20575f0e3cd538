"""Which messages follow from what happened to a question; their words are found when they are sent."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from commands.outgoing import Message, Priority, SentCall, Topic
from commands.ports import UnitOfWork, UnknownQuestion
from coverage.events import (
    Absorbed,
    Answered,
    Breached,
    Called,
    Claimed,
    Closed,
    Event,
    HandedOff,
    ManagersTold,
    MarkedUrgent,
    Merged,
    Moved,
    Nudged,
    Offered,
    Promise,
    Reminded,
    Resolved,
    SnoozeEnded,
    StepReached,
)
from coverage.firm import Firm
from coverage.ids import PersonId, PlaceId
from coverage.policy import Notify, Step
from coverage.question import Question


def home_of(question: Question, firm: Firm) -> PlaceId:
    """Where the question's card hangs: its pod's channel, or the intake's while nobody knows whose it is."""
    if question.client is None and firm.intake is not None:
        return firm.intake.channel
    return firm.pods[question.pod].channel


def messages_for(uow: UnitOfWork, question: Question, events: tuple[Event, ...], firm: Firm) -> Iterator[Message]:
    """What is to be sent because of ``events``: first the card, wherever it hangs, then everything else."""
    home = home_of(question, firm)
    hanging = [posting.place for posting in uow.postings.cards(question.number)]
    for place in dict.fromkeys([home, *hanging]):
        yield _card(question, place, is_new=place not in hanging)
    if any(_moves_on(event) for event in events):
        yield from _settled(uow, question)
    for event in events:
        yield from _because_of(event, events, question, firm, home, is_hanging=home in hanging)


def _moves_on(event: Event) -> bool:
    """Somebody else has to act now, or something else is to be done, than messages sent before say."""
    return isinstance(event, Claimed | HandedOff | Offered | Answered | Resolved | Closed | Merged)


def _because_of(  # noqa: C901 (one case an event)
    event: Event, events: tuple[Event, ...], question: Question, firm: Firm, home: PlaceId, *, is_hanging: bool
) -> Iterator[Message]:
    match event:
        case Called(person) if is_hanging:  # a new card calls by itself; an edited one notifies nobody
            offered = _why_offered(events)
            yield _in_thread(
                question, home, Topic.CALLED, (person,), f"called:{person}:r{question.revision}", step=0, facts=offered
            )
        case HandedOff(by, to, _, why):
            facts = {"by": str(by), "why": why}
            yield _in_thread(question, home, Topic.HANDED_OFF, (to,), f"handed:{to}", facts=facts)
            if by != to:
                yield _to_person(question, to, Topic.HANDED_OFF, "handed", step=0, facts=facts)
        case StepReached():
            yield from _step(question, event, firm, home)
        case Reminded(count):
            yield from _repeated_call(question, count, firm)
        case ManagersTold(people):
            told = f"{question.managers_told_at:%Y-%m-%dT%H:%M:%S}"
            for manager in people:
                yield _to_person(question, manager, Topic.MANAGERS, f"managers:{told}", step=0)
        case Nudged(person):
            yield _to_person(question, person, Topic.NUDGE, "nudge", step=0)
        case SnoozeEnded(_, _, person) if person is not None and person == question.claimed_by:
            yield _to_person(question, person, Topic.SNOOZE_OVER, "snooze", step=0)
        case MarkedUrgent(by, owner, why) if owner is not None and owner != by:
            facts = {"by": str(by), "why": why}
            yield _to_person(question, owner, Topic.URGENT, f"urgent:r{question.revision}", step=0, facts=facts)
        case Absorbed(by, other, owner):
            called = (owner,) if owner is not None and owner != by else ()
            facts = {"by": str(by), "other": str(other)}
            key = f"merged:{other}:r{question.revision}"
            yield _lasting(_in_thread(question, home, Topic.MERGED, called, key, facts=facts))
        case Moved(by, _, _, owner) if owner is not None and owner != by:
            yield _lasting(_to_person(question, owner, Topic.MOVED, "moved", facts={"by": str(by)}))
        case Breached(Promise.RESOLUTION):
            owners = [question.claimed_by] if question.claimed_by is not None else []
            for who in dict.fromkeys([*owners, *(manager.id for manager in firm.managers())]):
                yield _to_person(question, who, Topic.RESOLUTION_MISSED, "resolution", step=0)
        case _:
            return


def _lasting(message: Message) -> Message:
    """Worth reading also when the question has moved on."""
    return replace(message, version=None)


def _settled(uow: UnitOfWork, question: Question) -> Iterator[Message]:
    """What asked people before to act says now how it stands, with the buttons that are right now."""
    if question.step == 0 and question.version == _FIRST_CLAIM:
        return  # nothing but the card has called anybody
    for call in uow.outbox.sent_calls(question.number):
        yield _redraw(call, question)


def overtaken(uow: UnitOfWork, sent: Message, call: SentCall) -> Message | None:
    """What redraws a call that was on its way while its question moved on: whoever moved it could not see it yet.

    Ask before ``call`` is noted as sent: the question is locked, so that one of the two knows of the other.
    """
    if sent.step is None or sent.version is None or sent.question is None:
        return None
    try:
        question = uow.questions.get(sent.question)
    except UnknownQuestion:
        return None
    return _redraw(call, question) if question.version != sent.version else None


def _redraw(call: SentCall, question: Question) -> Message:
    return Message(
        key=f"settled:{call.id}:r{question.revision}",
        topic=Topic.SETTLED,
        priority=Priority.UPDATE,
        to_place=call.to_place,
        to_person=call.to_person,
        question=question.number,
        facts={"remote": call.remote} | ({"via": call.via} if call.via is not None else {}),
    )


_FIRST_CLAIM = 2
"""The version of a question whose first turn ended with a claim."""


def _why_offered(events: tuple[Event, ...]) -> dict[str, str]:
    for event in events:
        if isinstance(event, Offered):
            return {"reason": event.reason, "why": event.why}
    return {}


def _card(question: Question, place: PlaceId, *, is_new: bool) -> Message:
    return Message(
        key=f"card:{question.number}:{place}:{question.revision}",
        topic=Topic.CARD,
        priority=Priority.NEW_QUESTION if is_new else Priority.UPDATE,
        to_place=place,
        question=question.number,
        people=question.called,
        version=question.version,
    )


def _step(question: Question, event: StepReached, firm: Firm, home: PlaceId) -> Iterator[Message]:
    """A mention in the thread and a DM for each person called, a message in each channel: never twice the same step."""
    if event.people:
        yield _in_thread(question, home, Topic.STEP, event.people, f"step:{event.step}", step=event.step)
    for person, called_by in zip(event.people, event.called_by, strict=True):
        facts = {"called_by": str(called_by)}
        yield _to_person(question, person, Topic.STEP, f"step:{event.step}", step=event.step, facts=facts)
    places = [
        place for step in event.channel_steps for place in _channels(question, question.policy.steps[step - 1], firm)
    ]
    for place in dict.fromkeys(places):
        yield _into(question, place, Topic.STEP, f"step:{event.step}", event.step)


def _repeated_call(question: Question, count: int, firm: Firm) -> Iterator[Message]:
    last = len(question.policy.steps)
    for place in _channels(question, question.policy.steps[-1], firm):
        yield _into(question, place, Topic.REMINDER, f"reminder:{count}", last)


def _channels(question: Question, step: Step, firm: Firm) -> list[PlaceId]:
    """The step's own channel, else those of the team's other pods."""
    if step.channel is not None:
        return [step.channel]
    if step.notify is Notify.TEAM:
        return [pod.channel for pod in firm.team_of(question.pod)[1:]]
    return []


def _into(question: Question, place: PlaceId, topic: Topic, key: str, step: int) -> Message:
    return Message(
        key=f"{key}:{question.number}:v{question.version}:{place}",
        topic=topic,
        priority=Priority.ESCALATION,
        to_place=place,
        question=question.number,
        step=step,
        version=question.version,
    )


def _in_thread(
    question: Question,
    home: PlaceId,
    topic: Topic,
    people: tuple[PersonId, ...],
    key: str,
    *,
    step: int | None = None,
    facts: Mapping[str, str] | None = None,
) -> Message:
    return Message(
        key=f"{key}:{question.number}:v{question.version}:thread",
        topic=topic,
        priority=Priority.ESCALATION,
        to_place=home,
        question=question.number,
        in_thread=True,
        people=people,
        step=step,
        version=question.version,
        facts=facts or {},
    )


def _to_person(
    question: Question,
    who: PersonId,
    topic: Topic,
    key: str,
    *,
    step: int | None = None,
    facts: Mapping[str, str] | None = None,
) -> Message:
    return Message(
        key=f"{key}:{question.number}:v{question.version}:dm{who}",
        topic=topic,
        priority=Priority.REPORT if topic is Topic.MANAGERS else Priority.ESCALATION,
        to_person=who,
        question=question.number,
        people=(who,),
        step=step,
        version=question.version,
        facts=facts or {},
    )
