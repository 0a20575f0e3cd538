"""When each promise falls due and when something next happens to a question by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from coverage.charter import Charter, Targets
from coverage.durations import LONGEST_DAYS, Duration, OpenDays, ServiceTime, Share
from coverage.events import Promise
from coverage.policy import After
from coverage.question import Deadlines, Question, Status
from coverage.service_hours import NeverOpen, Pause, ServiceHours, StillPaused, Window


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides a question's times: the service hours and the charter of its pod.

    Hours made of dates alone run out one day. A question must not be left without a next act then, so from where they
    do not open any more they count as open round the clock.
    """

    hours: ServiceHours
    charter: Charter

    def targets_for(self, question: Question) -> Targets:
        return self.charter.targets_for(question.level)

    def deadline(self, start: datetime, target: Duration, pauses: tuple[Pause, ...] = ()) -> datetime:
        """When ``target`` from ``start`` is due (UTC), without ``pauses``. Raises StillPaused."""
        begin = max(start, _LONG_AGO)
        try:
            return self.hours.deadline(begin, target, pauses)
        except NeverOpen:
            return _round_the_clock(self.hours.timezone).deadline(begin, target, pauses)

    def next_opening(self, instant: datetime) -> datetime:
        """The first open instant from ``instant`` (UTC) on."""
        try:
            return self.hours.next_opening(instant)
        except NeverOpen:
            return instant

    def is_open_at(self, instant: datetime) -> bool:
        return self.next_opening(instant) == instant


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Calendars begin some day; whatever was asked before this one is long overdue anyway."""


@lru_cache(maxsize=64)
def _round_the_clock(timezone: str) -> ServiceHours:
    return ServiceHours(timezone, ((Window(0, 0),),) * 7)


def with_deadlines(question: Question, rules: Rules) -> Question:
    """``question`` with every deadline (UTC) worked out anew from its own instants; nothing is added to old deadlines.

    The claim target counts from when the question was last offered, or, on the first offer, from when it was asked.
    First response and resolution count from when it was asked, without the time we waited for the client.
    """
    targets = rules.targets_for(question)
    claim_from = question.asked_at if question.offered_at == question.arrived_at else question.offered_at
    return replace(
        question,
        deadlines=Deadlines(
            claim=_due(rules, claim_from, targets.claim),
            first_response=_due(rules, question.asked_at, targets.first_response, question.pause_spans),
            resolution=_due(rules, question.asked_at, targets.resolution, question.pause_spans),
        ),
    )


def step_due(question: Question, step: int, rules: Rules) -> datetime:
    """When step ``step`` (1-based) is due by its own time (UTC), counted from when the question was last offered."""
    return _after(question, question.policy.steps[step - 1].after, rules, times=1, since=question.offered_at)


def reminders_due(question: Question, rules: Rules, now: datetime) -> int:
    """How many reminders are due at ``now`` (UTC) by their own times, sent or not."""
    count = 0
    while (due := reminder_due(question, count + 1, rules)) is not None and due <= now:
        count += 1
    return count


def reminder_due(question: Question, count: int, rules: Rules) -> datetime | None:
    """When the ``count``-th reminder is due (UTC), counted from the last step's own time; None past the cap."""
    remind = question.policy.remind
    if remind is None or count > remind.max:
        return None
    last_step = step_due(question, len(question.policy.steps), rules)
    return _after(question, remind.every, rules, times=count, since=last_step)


class TimerKind(StrEnum):
    """What happens by itself when its time comes."""

    STEP = "step"
    REMINDER = "reminder"
    MANAGERS = "managers"
    CLAIM_DUE = "claim_due"
    NUDGE = "nudge"
    FIRST_RESPONSE_DUE = "first_response_due"
    RESOLUTION_DUE = "resolution_due"
    SNOOZE_OVER = "snooze_over"


@dataclass(frozen=True, slots=True)
class Timer:
    """At ``due_at`` (UTC) ``kind`` is to be looked at, if the question still has the ``version`` it was set for."""

    kind: TimerKind
    due_at: datetime
    version: int


def timers_for(question: Question, rules: Rules) -> tuple[Timer, ...]:
    """All timers a question wants in its present state: they replace whatever was set before."""
    return tuple(Timer(kind, due, question.version) for kind, due in _wanted(question, rules))


def _wanted(question: Question, rules: Rules) -> Iterator[tuple[TimerKind, datetime]]:
    due = question.deadlines
    if question.is_unclaimed:
        yield from _unclaimed(question, rules)
    if question.is_awaiting_answer and due.first_response is not None:
        nudge = nudge_due(question, rules) if question.snoozed_until is None else None
        if nudge is not None and not question.nudged:
            yield TimerKind.NUDGE, nudge
        if Promise.FIRST_RESPONSE not in question.breached:
            yield TimerKind.FIRST_RESPONSE_DUE, due.first_response
    if question.snoozed_until is not None:
        yield TimerKind.SNOOZE_OVER, question.snoozed_until
    unresolved = question.is_open and question.status is not Status.WAITING
    if unresolved and due.resolution is not None and Promise.RESOLUTION not in question.breached:
        yield TimerKind.RESOLUTION_DUE, due.resolution


def _unclaimed(question: Question, rules: Rules) -> Iterator[tuple[TimerKind, datetime]]:
    if question.deadlines.claim is not None and Promise.CLAIM not in question.breached:
        yield TimerKind.CLAIM_DUE, question.deadlines.claim
    if not question.is_exhausted:
        own_time = step_due(question, question.step + 1, rules)
        yield TimerKind.STEP, min(own_time, question.brought_forward or own_time)
    elif (reminder := reminder_due(question, question.reminded + 1, rules)) is not None:
        yield TimerKind.REMINDER, reminder
    else:
        yield TimerKind.MANAGERS, managers_due(question, rules)


def nudge_due(question: Question, rules: Rules) -> datetime | None:
    """Half of the service time from the claim to the first response due (UTC); None when nobody has claimed it, or
    only after that was due."""
    claimed_at, due = question.claimed_at, question.deadlines.first_response
    if claimed_at is None or due is None or due <= claimed_at:
        return None
    left = rules.hours.elapsed(claimed_at, due, question.pause_spans) or due - claimed_at
    return min(due, rules.deadline(claimed_at, _seconds(left / 2), question.pause_spans))


def managers_due(question: Question, rules: Rules) -> datetime:
    """The opening (UTC) of the next day (of the hours' own zone) after the last call or when they were last told."""
    last = question.managers_told_at or _last_call(question, rules)
    return rules.next_opening(rules.hours.start_of_next_day(last))


def _last_call(question: Question, rules: Rules) -> datetime:
    remind = question.policy.remind
    last = reminder_due(question, remind.max, rules) if remind and remind.max > 0 else None
    return last or step_due(question, len(question.policy.steps), rules)


def _after(question: Question, after: After, rules: Rules, *, times: int, since: datetime) -> datetime:
    """``since`` plus ``times`` times ``after``: a duration of service time, or a share of the claim target's."""
    match after:
        case Share(percent):
            return rules.deadline(since, _seconds(claim_span(question, rules) * percent * times / 100))
        case ServiceTime(seconds):
            return rules.deadline(since, _seconds(timedelta(seconds=seconds) * times))
        case OpenDays(days):
            return rules.deadline(since, OpenDays(min(days * times, LONGEST_DAYS)))


def _seconds(span: timedelta) -> ServiceTime:
    """Whole seconds, and never more than the longest duration there is: calendars end some day."""
    return ServiceTime(min(int(span.total_seconds()), LONGEST_DAYS * 24 * 3600))


def claim_span(question: Question, rules: Rules) -> timedelta:
    """The service time from offered to offered + claim target, of which a step's share is taken.

    Where the charter makes no promise to claim, the share is one of the default, half an hour.
    """
    match rules.targets_for(question).claim:
        case None:
            return _NO_PROMISE
        case ServiceTime(seconds):
            return timedelta(seconds=seconds)
        case OpenDays(days) as target:
            try:
                end = rules.hours.deadline(question.offered_at, target)
            except NeverOpen:
                return timedelta(days=days)
            return rules.hours.elapsed(question.offered_at, end)


_NO_PROMISE = timedelta(minutes=30)


def _due(rules: Rules, start: datetime, target: Duration | None, pauses: tuple[Pause, ...] = ()) -> datetime | None:
    if target is None:
        return None
    try:
        return rules.deadline(start, target, pauses)
    except StillPaused:
        return None
