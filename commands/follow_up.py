"""What a client adds to a question: kept with it, told to whoever has it, and what it changes of the question."""

import json
from datetime import datetime
from enum import StrEnum

from commands.announce import home_of
from commands.calling import call_somebody
from commands.outgoing import Message, Priority, Topic
from commands.ports import FollowUp, UnitOfWork
from commands.progress import in_a_pod
from commands.record import record
from commands.said import Said
from commands.storable import storable
from commands.wording import shortened
from coverage.firm import Firm
from coverage.ids import PlaceId, QuestionNumber
from coverage.question import Attachment, Change, Question, Status, reopen, resume, wake


class Added(StrEnum):
    """What a client did."""

    SAID = "said"
    EDITED = "edited"
    DELETED = "deleted"


def add_words(uow: UnitOfWork, firm: Firm, place: PlaceId, number: QuestionNumber, said: Said, now: datetime) -> None:
    """The client said more: what waited for them goes on, what was put off is no longer, what was answered is offered
    again, all else stays. What was merged just now goes on with the other question."""
    question = uow.questions.get(number)
    while question.merged_into is not None:
        question = uow.questions.get(question.merged_into)
    _keep(uow, place, question, said, said.text, now)
    changed, events = _effect(uow, firm, question, now)
    if question.pod in firm.pods or events:
        uow.outbox.add(_told(firm, question, changed, said, Added.SAID), now)
    if events:
        record(uow, firm, changed, events, now)


def add_change(
    uow: UnitOfWork, firm: Firm, place: PlaceId, question: Question, said: Said, what: Added, now: datetime
) -> None:
    """The client changed or deleted what they had said: the question keeps its text and its state, the change is noted
    with it. ``said`` has the new words of an edited message, the former ones of one that is deleted."""
    _keep(uow, place, question, said, f"{_BEFORE[what]}{said.text}", now)
    if question.pod in firm.pods:
        uow.outbox.add(_told(firm, question, question, said, what), now)


def last_words(uow: UnitOfWork, question: Question, remote: str) -> str:
    """What a message said, as far as we know, that was asked as the question or added to it."""
    said = [one.text for one in uow.follow_ups.of(question.number) if one.remote == remote]
    return said[-1].removeprefix(_BEFORE[Added.EDITED]) if said else question.text


_BEFORE = {Added.EDITED: "Changed to: ", Added.DELETED: "Deleted: "}


def _keep(uow: UnitOfWork, place: PlaceId, question: Question, said: Said, text: str, now: datetime) -> None:
    name = storable(said.name) if said.name is not None else None
    attachments = tuple(Attachment(storable(one.name), storable(one.url)) for one in said.attachments)
    at = min(said.at, now)
    uow.follow_ups.add(FollowUp(question.number, at, name, storable(text), attachments, place, said.remote))


def _effect(uow: UnitOfWork, firm: Firm, question: Question, now: datetime) -> Change:
    match question.status:
        case Status.WAITING:
            return resume(question, None, now, _THEY_WROTE)
        case Status.ANSWERED:
            offered, events = reopen(in_a_pod(uow, firm, question), None, now, "the client goes on")
            called, more = call_somebody(uow, firm, offered, now)
            return called, (*events, *more)
        case _:
            return wake(question, None, _THEY_WROTE)


_THEY_WROTE = "the client has written"


def _told(firm: Firm, before: Question, question: Question, said: Said, what: Added) -> Message:
    """In the thread of the question's card. It calls whoever has the question, or had it until now, but for somebody
    who is called anyway."""
    people = (before.claimed_by,) if before.claimed_by is not None and before.claimed_by not in question.called else ()
    facts = {
        "what": what.value,
        "by": storable(said.name or ""),
        "text": shortened(storable(said.text), _TOLD),
        "woken": "yes" if before.snoozed_until is not None and question.snoozed_until is None else "",
        "attachments": json.dumps([[storable(one.name), storable(one.url)] for one in said.attachments]),
    }
    return Message(
        key=f"{said.key}:told",
        topic=Topic.FOLLOW_UP,
        priority=Priority.ESCALATION,
        to_place=home_of(question, firm),
        question=question.number,
        in_thread=True,
        people=people,
        facts=facts,
    )


_TOLD = 2_500
"""Characters of the client's words that are shown in the thread; ``explain`` has all of them."""
