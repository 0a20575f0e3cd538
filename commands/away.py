"""What happens when somebody goes on leave: their open questions are offered to the pod, whoever was called is not."""

import logging
from dataclasses import replace
from datetime import datetime

from commands.calling import call_somebody
from commands.ports import NewUnitOfWork, Overtaken, UnitOfWork
from commands.record import record
from coverage.absence import Kind
from coverage.events import OfferReason
from coverage.firm import Firm
from coverage.ids import PersonId, QuestionNumber
from coverage.question import Question, offer

log = logging.getLogger(__name__)

NOT_LEAVE = frozenset({Kind.PUBLIC_HOLIDAY, Kind.PART_TIME})
"""Days off that come every week or to everybody: the work waits for the person, it is not given away."""


def offer_what_the_absent_have(new_uow: NewUnitOfWork, now: datetime) -> int:
    """Look at each absence that has begun since the last time; returns how many questions were offered again.

    One transaction per absence, so that a crash between two loses nothing and repeats nothing. One that fails is
    reported and left for the next time; the others go on.
    """
    offered = 0
    failed: set[int] = set()
    while True:
        with new_uow() as uow:
            begun = [one for one in uow.absences.started_unhandled(now, len(failed) + 1) if one.id not in failed]
            if not begun:
                uow.commit()
                return offered
            try:
                offered += len(step_in_for(uow, begun[0].absence.person, begun[0].absence.kind, now))
                uow.absences.mark_handled(begun[0].id)
                uow.commit()
            except Overtaken:
                failed.add(begun[0].id)  # a question changed under our hands: the next time reads it again
            except Exception:
                failed.add(begun[0].id)
                log.exception("Leave %s could not be looked after; it is tried again", begun[0].id)


def step_in_for(uow: UnitOfWork, person: PersonId, kind: Kind, now: datetime) -> list[Question]:
    """Offer what the person has to its pods, and call somebody else where they were called; within the caller's
    transaction. Returns the questions that were offered again."""
    firm = uow.firm()
    if kind in NOT_LEAVE or person not in firm.people:
        return []
    owned = [uow.questions.get(question.number) for question in uow.questions.owned_by(person)]
    still_owned = [question for question in owned if question.claimed_by == person and question.is_open]
    offered = [_offer_again(uow, firm, question, now) for question in still_owned]
    for question in uow.questions.unclaimed_in(firm.pods):  # a named contact or a lead need not be of the pod
        if person in question.called:
            _call_another(uow, firm, person, question.number, now)
    return offered


def _offer_again(uow: UnitOfWork, firm: Firm, question: Question, now: datetime) -> Question:
    offered, events = offer(question, OfferReason.AWAY, now)
    called, more = call_somebody(uow, firm, offered, now)
    return record(uow, firm, called, (*events, *more), now)


def _call_another(uow: UnitOfWork, firm: Firm, person: PersonId, number: QuestionNumber, now: datetime) -> None:
    """Not an offer: the claim clock goes on, only somebody else is called."""
    question = uow.questions.get(number)
    if question.is_unclaimed and person in question.called:
        called, events = call_somebody(uow, firm, replace(question, called=()), now)
        record(uow, firm, called, events, now)
