"""Persisting what happened to a question: its new state, history, timers and messages, in one transaction."""

from datetime import datetime

from commands.announce import messages_for
from commands.calling import rules_of
from commands.history import row_for
from commands.ports import UnitOfWork
from coverage.deadlines import Rules, timers_for, with_deadlines
from coverage.events import Called, Event, Identified, Moved
from coverage.firm import Firm
from coverage.question import Question


def record_new(uow: UnitOfWork, firm: Firm, question: Question, events: tuple[Event, ...], now: datetime) -> Question:
    """Store a question for the first time, with all that follows from it."""
    rules = rules_of(firm, question)
    stored = uow.questions.add(with_deadlines(question, rules))
    _follow(uow, firm, stored, rules, events, now)
    return stored


def record(uow: UnitOfWork, firm: Firm, question: Question, events: tuple[Event, ...], now: datetime) -> Question:
    """Store a change of a question and all that follows from it: deadlines and timers are worked out anew.

    Raises:
        Overtaken: somebody else changed it meanwhile.
    """
    rules = rules_of(firm, question)
    saved = uow.questions.save(with_deadlines(question, rules))
    _follow(uow, firm, saved, rules, events, now)
    return saved


def _follow(
    uow: UnitOfWork, firm: Firm, question: Question, rules: Rules, events: tuple[Event, ...], now: datetime
) -> None:
    client = uow.clients.get(question.client).name if _names_the_client(events) and question.client else None
    was = next((uow.clients.get(event.was).name for event in events if isinstance(event, Moved)), None)
    uow.history.append(question.number, [row_for(event, question, firm, now, client, was) for event in events])
    uow.timers.replace(question.number, timers_for(question, rules))
    for message in messages_for(uow, question, events, firm):
        uow.outbox.add(message, now)


def _names_the_client(events: tuple[Event, ...]) -> bool:
    return any(isinstance(event, Called | Identified | Moved) for event in events)
