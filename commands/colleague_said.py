"""A colleague's reply in a client's thread: the client has an answer, and the question somebody who gave it."""

from datetime import datetime

from commands.again import again
from commands.belonging import question_of_thread
from commands.invocation import UnknownSender
from commands.permissions import colleagues
from commands.ports import NewUnitOfWork, UnitOfWork
from commands.record import record
from commands.said import Said, talk_of
from commands.storable import storable
from commands.wording import first_line
from coverage.events import Event
from coverage.question import Question, Status, answer, claim

ANSWERABLE = (Status.UNIDENTIFIED, Status.ROUTED, Status.CLAIMED)
"""While we wait for the client, a colleague who writes reminds them; what is answered needs no second answer."""


def colleague_said(said: Said, new_uow: NewUnitOfWork, now: datetime) -> None:
    """Hear what a colleague wrote in a client's channel: in the thread of an open question it counts as the answer, and
    claims a question that nobody had. What they say to Podline, and small talk, is no answer.

    Raises:
        UnknownSender: it would count, but the sender is not a person of the firm yet.
        Overtaken: others change the question all the time; nothing was done.
    """
    again(lambda: _hear_once(said, new_uow, now))


def _hear_once(said: Said, new_uow: NewUnitOfWork, now: datetime) -> None:
    with new_uow() as uow:
        if not uow.inbox.done(said.key, now):
            return
        question = _answered_by_this(uow, said)
        if question is not None:
            _answer(uow, question, said, now)
        uow.commit()


def _answered_by_this(uow: UnitOfWork, said: Said) -> Question | None:
    place = uow.places.find(said.place.platform, said.place.address)
    if place is None or said.thread is None or said.to_us:
        return None
    question = question_of_thread(uow, place, said.thread)
    if question is None or question.status not in ANSWERABLE:
        return None
    return question if not talk_of(said, uow.firm(), question.asked_by.name or "") else None


def _answer(uow: UnitOfWork, seen: Question, said: Said, now: datetime) -> None:
    firm = uow.firm()
    acting = uow.people.acting(said.sender)
    if acting is None or acting.person not in firm.people:
        raise UnknownSender(said.sender)
    who = acting.person
    if acting.comes_over:
        uow.people.acted(said.sender, now)
    question = uow.questions.get(seen.number)
    if question.status not in ANSWERABLE:
        return
    events: tuple[Event, ...] = ()
    if question.is_unclaimed:
        question, events = claim(question, who, now, from_outside=who not in colleagues(question, firm))
    words = f"in the client's channel: “{first_line(storable(said.text), _KEPT)}”" if said.text.strip() else _FILES
    answered, more = answer(question, who, now, words)
    record(uow, firm, answered, (*events, *more), now)


_KEPT = 300
_FILES = "with files in the client's channel"
