"""The tick: everything that happens by itself because its time has come, one transaction per question."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.away import offer_what_the_absent_have
from commands.calling import (
    audience_of,
    call_somebody,
    managers_there,
    rules_of,
    surroundings_of,
    waits_to_be_called,
)
from commands.ports import NewUnitOfWork, Overtaken, UnitOfWork, UnknownQuestion
from commands.record import record
from coverage.deadlines import Rules, TimerKind, timers_for, with_deadlines
from coverage.escalation import advance, remind, tell_managers
from coverage.events import Event, OfferReason, Promise
from coverage.firm import Firm
from coverage.ids import QuestionNumber
from coverage.promises import is_overdue_to_answer, miss, nudge
from coverage.question import Change, Question, offer
from coverage.question_acts import snooze_over

log = logging.getLogger(__name__)

_AT_CLOSING, _IN_PASSING = timedelta(minutes=5), timedelta(seconds=10)
"""A step due exactly at closing is done at closing, and one due just before it too, by a tick that always comes a
little later; what was missed for longer waits for the opening."""
_FIRST_RETRY = timedelta(seconds=5)
_LONGEST_RETRY = timedelta(minutes=10)


_COUNTED_FROM_OFFERED = (
    TimerKind.STEP,
    TimerKind.REMINDER,
    TimerKind.MANAGERS,
    TimerKind.NUDGE,
    TimerKind.SNOOZE_OVER,
)
"""The other times count from when the client asked: a letter noted a week later is late without anybody being late."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did: questions looked after and failed, how late each was in seconds, and when the next is due."""

    done: int
    failed: int
    lateness: tuple[float, ...]
    next_due: datetime | None


def tick(new_uow: NewUnitOfWork, now: datetime, limit: int = 200) -> Ticked:
    """Do what is due at ``now`` (UTC), at most ``limit`` questions. Repeating it with the same ``now`` changes nothing.

    A question that fails is put back with growing delays and reported; the others go on.
    """
    with new_uow.reading() as uow:
        due = uow.timers.due(now, limit)
        somebody_left = uow.absences.started_unhandled(now, 1)
    if somebody_left:
        offer_what_the_absent_have(new_uow, now)
    done = failed = 0
    tries = {timer.question: timer.attempts for timer in due}
    for number in dict.fromkeys(timer.question for timer in due):
        try:
            look_after(number, new_uow, now)
            done += 1
        except Overtaken:
            continue  # somebody else just changed it; its timers were set anew by them
        except Exception:
            failed += 1
            log.exception("Q-%s could not be looked after (try %s); it is tried again", number, tries[number] + 1)
            _put_back(number, tries[number], new_uow, now)
    acts = (timer for timer in due if timer.kind in _COUNTED_FROM_OFFERED)
    lateness = tuple((now - timer.due_at).total_seconds() for timer in acts)
    with new_uow.reading() as uow:
        times = (uow.timers.earliest(), uow.absences.earliest_unhandled())
    return Ticked(done, failed, lateness, min((at for at in times if at is not None), default=None))


def look_after(number: QuestionNumber, new_uow: NewUnitOfWork, now: datetime) -> None:
    """Do what is due for one question, in one transaction."""
    with new_uow() as uow:
        try:
            question = uow.questions.get(number)
        except UnknownQuestion:
            return
        firm = uow.firm()
        rules = rules_of(firm, question)
        due = [timer for timer in uow.timers.of(number) if timer.due_at <= now]
        closed = {timer.kind for timer in due if not _may_act(timer.kind, timer.due_at, rules, now)}
        events: tuple[Event, ...] = ()
        before = question
        for timer in sorted(due, key=lambda one: one.due_at):
            if timer.version == question.version and timer.kind not in closed:
                question, more = _act(timer.kind, question, uow, firm, now)
                events += more
        if question is not before:
            record(uow, firm, question, events, now)
        elif len(closed) < len(due):  # set under rules that have changed since: nothing came of them
            uow.timers.replace(number, timers_for(with_deadlines(question, rules), rules))
        for kind in closed:
            uow.timers.defer(number, kind, rules.next_opening(now))
        uow.commit()


def _act(kind: TimerKind, question: Question, uow: UnitOfWork, firm: Firm, now: datetime) -> Change:
    match kind:
        case TimerKind.STEP:
            return _step(question, uow, firm, now)
        case TimerKind.REMINDER:
            return remind(question, rules_of(firm, question), now)
        case TimerKind.MANAGERS:
            return tell_managers(question, managers_there(uow, firm, now), now)
        case TimerKind.CLAIM_DUE:
            return miss(question, Promise.CLAIM)
        case TimerKind.NUDGE:
            return nudge(question)
        case TimerKind.FIRST_RESPONSE_DUE:
            return _offered_unless_answered(miss(question, Promise.FIRST_RESPONSE), uow, firm, now)
        case TimerKind.RESOLUTION_DUE:
            return miss(question, Promise.RESOLUTION)
        case TimerKind.SNOOZE_OVER:
            return _offered_unless_answered(snooze_over(question, rules_of(firm, question), now), uow, firm, now)


def _step(question: Question, uow: UnitOfWork, firm: Firm, now: datetime) -> Change:
    if waits_to_be_called(question):
        return call_somebody(uow, firm, question, now)
    around = surroundings_of(uow, firm, question, now)
    return advance(question, rules_of(firm, question), audience_of(firm, question, around, now), now)


def _offered_unless_answered(change: Change, uow: UnitOfWork, firm: Firm, now: datetime) -> Change:
    """A claimed question whose first response was due and not given is offered to the pod again."""
    question, events = change
    if not events or not is_overdue_to_answer(question):
        return change
    offered, again = offer(question, OfferReason.NOT_ANSWERED, now)
    called, more = call_somebody(uow, firm, offered, now, avoid=question.claimed_by)
    return called, (*events, *again, *more)


def _may_act(kind: TimerKind, due_at: datetime, rules: Rules, now: datetime) -> bool:
    """Nobody is called while closed; a breach is noted whenever it happens."""
    if kind is TimerKind.CLAIM_DUE or rules.is_open_at(now):
        return True
    if rules.is_open_at(due_at):
        return now - due_at <= _IN_PASSING
    is_closing = rules.is_open_at(due_at - timedelta(seconds=1))  # a snooze may end at any time of night
    return is_closing and now - due_at <= _AT_CLOSING


def _put_back(number: QuestionNumber, tries: int, new_uow: NewUnitOfWork, now: datetime) -> None:
    """One bad row does not stop the rest: it is tried again later, ever more rarely."""
    with new_uow() as uow:
        uow.timers.put_back(number, now + min(_FIRST_RETRY * 2**tries, _LONGEST_RETRY))
        uow.commit()
