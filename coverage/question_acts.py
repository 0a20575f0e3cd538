"""Rarer acts on a question: snooze it, mark it urgent, close it without an answer, merge it into the same one."""

from dataclasses import replace
from datetime import datetime

from coverage.deadlines import Rules, nudge_due
from coverage.escalation import bring_forward
from coverage.events import (
    Absorbed,
    Closed,
    Event,
    MarkedUrgent,
    Merged,
    NoLongerUrgent,
    Snoozed,
    SnoozeEnded,
)
from coverage.ids import PersonId
from coverage.question import Change, NotPossible, Question, Status, claim, turn

IT_IS_URGENT = "it is urgent"


def snooze(
    question: Question, who: PersonId, until: datetime, now: datetime, why: str = "", *, from_outside: bool = False
) -> Change:
    """Remind nobody of it until ``until`` (UTC); what was promised to the client does not move.

    A question that nobody has is claimed by this first, so that somebody answers for it meanwhile.

    Raises:
        NotPossible: it is resolved, or ``until`` is not later than ``now``.
    """
    if not question.is_open:
        raise NotPossible("is resolved; there is nothing to be reminded of")
    if until <= now:
        raise NotPossible("cannot be snoozed until a time that has passed")
    events: tuple[Event, ...] = ()
    if question.claimed_by is None:
        question, events = claim(question, who, now, from_outside=from_outside)
    return turn(question, snoozed_until=until), (*events, Snoozed(who, until, why))


def snooze_over(question: Question, rules: Rules, now: datetime) -> Change:
    """Its time has come: whoever has it is reminded, which also takes the place of a nudge that was due meanwhile."""
    if question.snoozed_until is None or question.snoozed_until > now:
        return question, ()
    due = nudge_due(question, rules) if question.is_awaiting_answer else None
    nudged = question.nudged or (due is not None and due <= now)
    return turn(question, nudged=nudged), (SnoozeEnded(None, remind=question.claimed_by),)


def mark_urgent(question: Question, who: PersonId, rules: Rules, now: datetime, why: str = "") -> Change:
    """The next step comes at once, or at the next opening; a snooze ends. A second time is harmless.

    No new turn: whoever was called is called still.

    Raises:
        NotPossible: it is resolved.
    """
    if not question.is_open:
        raise NotPossible("is resolved; reopen it first")
    if question.urgent:
        return question, ()
    marked = replace(question, urgent=True, snoozed_until=None)
    if question.brought_forward is None:
        marked = bring_forward(marked, rules, now, IT_IS_URGENT)
    return marked, (MarkedUrgent(who, question.claimed_by, why),)


def not_urgent(question: Question, who: PersonId, why: str = "") -> Change:
    """Take it back: the next step comes at its own time again. Harmless where it is not urgent."""
    if not question.urgent:
        return question, ()
    calm = replace(question, urgent=False)
    if question.brought_forward_because == IT_IS_URGENT:
        calm = replace(calm, brought_forward=None, brought_forward_because="")
    return calm, (NoLongerUrgent(who, why),)


def close(question: Question, who: PersonId, now: datetime, why: str) -> Change:
    """Resolved, and nobody answers it: spam, or whatever ``why`` says.

    Raises:
        NotPossible: it is answered or resolved.
    """
    if question.status is Status.RESOLVED:
        raise NotPossible("is resolved already")
    if question.answered_at is not None:
        raise NotPossible("has been answered, so it cannot be closed without an answer; resolve it")
    return _done(question, now), (Closed(who, why),)


def merge(question: Question, into: Question, who: PersonId, now: datetime, why: str = "") -> tuple[Change, Change]:
    """``question`` asks the same as ``into``: it is resolved, and the promises of ``into`` count from when the client
    asked first. Returns what becomes of each. That its words are kept with ``into`` is the caller's to do.

    Raises:
        NotPossible: it is answered or resolved, or ``into`` is resolved, or they are one; said of ``question``.
    """
    if question.number == into.number:
        raise NotPossible("cannot be merged into itself")
    if question.status is Status.RESOLVED:
        raise NotPossible("is resolved; reopen it first")
    if question.answered_at is not None:
        raise NotPossible("has been answered; resolve it, or merge the other one into it")
    if not into.is_open:
        raise NotPossible("cannot be merged into a question that is resolved; reopen that first")
    gone = replace(_done(question, now), merged_into=into.number)
    both = replace(into, asked_at=min(question.asked_at, into.asked_at), snoozed_until=None)
    return (gone, (Merged(who, into.number, why),)), (both, (Absorbed(who, question.number, into.claimed_by, why),))


def _done(question: Question, now: datetime) -> Question:
    ended = tuple(pause if pause.end else replace(pause, end=now) for pause in question.pauses)
    return turn(question, status=Status.RESOLVED, resolved_at=now, pauses=ended, brought_forward=None)
