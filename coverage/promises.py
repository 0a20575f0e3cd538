"""The promises to a client: which is due next, and what follows from one that is missed."""

from dataclasses import replace
from datetime import datetime

from coverage.events import Breached, Nudged, Promise
from coverage.question import Change, Question, Status


def next_promise(question: Question, now: datetime) -> tuple[Promise, datetime] | None:
    """The next promise of an answer or of a resolution that falls due from ``now`` on (UTC), and when."""
    due = question.deadlines
    promised = [(due.resolution, Promise.RESOLUTION)]
    if question.answered_at is None:
        promised.append((due.first_response, Promise.FIRST_RESPONSE))
    ahead = [(at, promise) for at, promise in promised if at is not None and at >= now and question.is_open]
    return next(((promise, at) for at, promise in sorted(ahead)), None)


def miss(question: Question, promise: Promise) -> Change:
    """Note that a promise was not kept; noted once."""
    if promise in question.breached:
        return question, ()
    return replace(question, breached=question.breached | {promise}), (Breached(promise),)


def nudge(question: Question) -> Change:
    """Tell the claimer, once per claim, that half of the time to the first response has passed.

    Nobody is nudged who waits for the client, or when the client has had an answer.
    """
    if question.nudged or question.claimed_by is None or not question.is_awaiting_answer:
        return question, ()
    return replace(question, nudged=True), (Nudged(question.claimed_by),)


def is_overdue_to_answer(question: Question) -> bool:
    """True when its claimer let the time for a first response pass: then it is offered to the pod again. While it is
    snoozed that waits until the snooze is over."""
    missed = Promise.FIRST_RESPONSE in question.breached
    is_due = missed and question.is_awaiting_answer and question.snoozed_until is None
    return is_due and question.status is Status.CLAIMED and question.was_claimed_in_time_to_answer
