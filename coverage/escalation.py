"""The escalation state machine: which step a question has reached, and whom that calls."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from coverage.deadlines import Rules, reminders_due, step_due
from coverage.events import Event, ManagersTold, Reminded, StepReached, StepSkipped
from coverage.ids import PersonId
from coverage.policy import Notify, Step
from coverage.question import Change, Question


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is there at the moment, per kind of step; a kind with nobody is absent or empty.

    ``other_pods`` are those of the team outside the question's own pod: a team step without a channel of its own posts
    into their channels. The contact centre is a channel that is always staffed: nobody is listed, it is never empty.
    """

    people: Mapping[Notify, tuple[PersonId, ...]]
    other_pods: tuple[PersonId, ...] = ()

    def of(self, step: Step) -> tuple[PersonId, ...]:
        if step.notify is Notify.TEAM and step.channel is None:
            return self.other_pods
        return self.people.get(step.notify, ())

    def is_empty(self, step: Step) -> bool:
        return step.notify is not Notify.CONTACT_CENTRE and not self.of(step)


def advance(question: Question, rules: Rules, audience: Audience, now: datetime) -> Change:
    """Enter the last step that is due at ``now`` (UTC), if that is later than the present one.

    Calling again with the same ``now`` changes nothing, so a repeated tick is harmless. Steps are due counted from when
    the question was last offered, so nothing drifts; after an outage one message goes to all the audiences of the steps
    slept through, never a burst. A step without anybody is skipped and the next one fires at once; the last one, the
    contact centre, is never empty. Whether ``now`` lies in service hours is for the caller to check.
    """
    if not question.is_unclaimed:
        return question, ()
    reached = _last_step_due(question, rules, now)
    if reached <= question.step:
        return question, ()
    return _enter(question, reached, rules, audience, now)


def bring_forward(question: Question, rules: Rules, now: datetime, because: str) -> Question:
    """Make the next step due at once, or, while closed, at the next opening; ``because`` goes into the history."""
    if not question.is_unclaimed or question.is_exhausted:
        return question
    return replace(
        question,
        brought_forward=rules.next_opening(now),
        brought_forward_because=because,
    )


def remind(question: Question, rules: Rules, now: datetime) -> Change:
    """Repeat the last step's call when a reminder is due at ``now``; reminders slept through are not made up for."""
    if not question.is_unclaimed or not question.is_exhausted:
        return question, ()
    count = reminders_due(question, rules, now)
    if count <= question.reminded:
        return question, ()
    return replace(question, reminded=count), (Reminded(count),)


def tell_managers(question: Question, managers: tuple[PersonId, ...], now: datetime) -> Change:
    """Note that these managers are told, today, that nobody has claimed the question; only once at the same ``now``."""
    if not question.is_unclaimed or not question.is_exhausted or question.managers_told_at == now:
        return question, ()
    return replace(question, managers_told_at=now), (ManagersTold(managers),)


def _last_step_due(question: Question, rules: Rules, now: datetime) -> int:
    reached = question.step
    if question.brought_forward is not None and question.brought_forward <= now and not question.is_exhausted:
        reached += 1
    for step in range(reached + 1, len(question.policy.steps) + 1):
        if step_due(question, step, rules) > now:
            break  # steps come in their order, also where a later one has an earlier time
        reached = step
    return reached


def _enter(question: Question, reached: int, rules: Rules, audience: Audience, now: datetime) -> Change:
    """Enter ``reached``, or the first step after it that has anybody."""
    steps = question.policy.steps
    slept_through = tuple(range(question.step + 1, reached))
    early = "" if step_due(question, reached, rules) <= now else question.brought_forward_because
    events: list[Event] = []
    while audience.is_empty(steps[reached - 1]):
        events.append(StepSkipped(reached, steps[reached - 1].notify, _NOBODY_THERE))
        reached += 1
        early = _BEFORE_WAS_EMPTY
    entered = [(number, steps[number - 1]) for number in (*slept_through, reached)]
    called_by = {who: number for number, step in entered if not step.notify.in_a_channel for who in audience.of(step)}
    in_channels = tuple(number for number, step in entered if step.notify.in_a_channel and not audience.is_empty(step))
    notify, people = steps[reached - 1].notify, tuple(called_by)
    by = tuple(called_by.values())
    events.append(StepReached(reached, notify, people, in_channels, slept_through, early, by))
    entered_now = replace(question, step=reached, brought_forward=None, brought_forward_because="")
    if entered_now.is_exhausted:  # a reminder slept through too would repeat this very call a moment later
        entered_now = replace(entered_now, reminded=reminders_due(question, rules, now))
    return entered_now, tuple(events)


_NOBODY_THERE = "nobody of them is there"
_BEFORE_WAS_EMPTY = "nobody was there for the step before"
