"""What happens when somebody goes on leave: their open questions are offered to the pod, whoever was called is not."""

from datetime import datetime

from commands.calling import call_somebody
from commands.ports import NewUnitOfWork, Overtaken, UnitOfWork
from commands.record import record
from coverage.absence import Kind
from coverage.events import OfferReason
from coverage.firm import Firm
from coverage.ids import PersonId, QuestionNumber
from coverage.question import Question, offer

NOT_LEAVE = frozenset({Kind.PUBLIC_HOLIDAY, Kind.PART_TIME})
"""Days off that come every week or to everybody: the work waits for the person, it is not given away."""


def offer_what_the_absent_have(new_uow: NewUnitOfWork, now: datetime) -> int:
    """Look at each absence that has begun since the last time; returns how many questions were offered again.

    One transaction per absence, so that a crash between two loses nothing and repeats nothing.
    """
    offered = 0
    while True:
        with new_uow() as uow:
            begun = uow.absences.started_unhandled(now, 1)
            if not begun:
                return offered
            try:
                offered += len(step_in_for(uow, begun[0].absence.person, begun[0].absence.kind, now))
            except Overtaken:
                continue  # a question changed under our hands: read it again
            uow.absences.mark_handled(begun[0].id)
            uow.commit()


def step_in_for(uow: UnitOfWork, person: PersonId, kind: Kind, now: datetime) -> list[Question]:
    """Offer what the person has to its pods, and call somebody else where they were called; within the caller's
    transaction. Returns the questions that were offered again."""
    firm = uow.firm()
    if kind in NOT_LEAVE or person not in firm.people:
        return []
    owned = uow.questions.owned_by(person)
    offered = [_offer_again(uow, firm, question.number, now) for question in owned]
    for question in uow.questions.unclaimed_in(pod.id for pod in firm.pods_of(person)):
        if person in question.called:
            _call_another(uow, firm, question, now)
    return offered


def _offer_again(uow: UnitOfWork, firm: Firm, number: QuestionNumber, now: datetime) -> Question:
    question = uow.questions.get(number)
    offered, events = offer(question, OfferReason.AWAY, now)
    called, more = call_somebody(uow, firm, offered, now)
    return record(uow, firm, called, (*events, *more), now)


def _call_another(uow: UnitOfWork, firm: Firm, shown: Question, now: datetime) -> None:
    """Not an offer: the claim clock goes on, only somebody else is called."""
    question = uow.questions.get(shown.number)
    called, events = call_somebody(uow, firm, question, now)
    if called.called != question.called or len(events) > 1:
        record(uow, firm, called, events, now)
