"""Finding out who is there and whom to call about a question, from what is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from commands.announce import home_of
from commands.ports import UnitOfWork
from coverage.availability import Presence
from coverage.clients import Acquaintance, Client, who_knows
from coverage.deadlines import Rules
from coverage.escalation import Audience, advance, bring_forward
from coverage.events import Called, NobodyToCall
from coverage.firm import Firm
from coverage.ids import PersonId
from coverage.question import Change, Question
from coverage.question_acts import IT_IS_URGENT
from coverage.routing import Call, audience_for, whom_to_call

_AHEAD = timedelta(days=120)
"""How far ahead leave is looked at to say until when somebody is away."""
EVIDENCE = timedelta(days=4 * 180)
"""Answers older than four half-lives say next to nothing about who knows a client."""


def rules_of(firm: Firm, question: Question) -> Rules:
    return Rules(firm.hours_of(question.pod), firm.charter_of(question.pod))


def presence_of(uow: UnitOfWork, firm: Firm, people: Iterable[PersonId], now: datetime) -> Presence:
    """Who of ``people`` is there, from a day before ``now`` to some months ahead."""
    stored = uow.absences.overlapping(set(people), now - timedelta(days=1), now + _AHEAD)
    return Presence(firm.people, [one.absence for one in stored])


def managers_there(uow: UnitOfWork, firm: Firm, now: datetime) -> tuple[PersonId, ...]:
    """The managers who are not on leave; what their day is like does not matter to a message that waits for them."""
    managers = [manager.id for manager in firm.managers()]
    presence = presence_of(uow, firm, managers, now)
    return tuple(who for who in managers if not presence.is_on_leave(who, now))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around one question: its client, who knows them, and who of its team is there."""

    client: Client | None
    known: tuple[Acquaintance, ...]
    presence: Presence


def surroundings_of(uow: UnitOfWork, firm: Firm, question: Question, now: datetime) -> Surroundings:
    client = uow.clients.get(question.client) if question.client is not None else None
    answers = uow.clients.answers(client.id, now - EVIDENCE) if client is not None else []
    known = who_knows(client, answers, now) if client is not None else ()
    known = tuple(one for one in known if one.person in firm.people)
    team = firm.team_of(question.pod)
    people = {who for pod in team for who in pod.members} | {pod.lead for pod in team if pod.lead is not None}
    people |= {one.person for one in known} | set(question.called)
    return Surroundings(client, known, presence_of(uow, firm, people, now))


def call_somebody(
    uow: UnitOfWork, firm: Firm, question: Question, now: datetime, *, avoid: PersonId | None = None
) -> Change:
    """Choose whom the card of a question that was just offered calls; with nobody there, take the next step at once
    (in service hours, otherwise at the next opening).

    A card that hangs already calls nobody by being redrawn, so a message in its thread does: while closed that waits
    for the next opening. ``avoid`` is who just gave it back or did not answer: called only if nobody else is there. An
    urgent question takes its first step together with the call.
    """
    rules = rules_of(firm, question)
    is_hanging = uow.postings.card(question.number, home_of(question, firm)) is not None
    if is_hanging and not rules.is_open_at(now):
        return replace(question, called=(), brought_forward=rules.next_opening(now), brought_forward_because=""), ()
    around = surroundings_of(uow, firm, question, now)
    call = _choose(firm, question, around, now, avoid)
    if call.person is not None:
        called = replace(question, called=(call.person,))
        if not question.called:  # what waited for somebody to be called need not wait; what else waits still does
            called = replace(called, brought_forward=None, brought_forward_because="")
        moved, more = (
            take_urgent_step(firm, called, around, now) if called.urgent and called.step == 0 else (called, ())
        )
        return moved, (Called(call.person, call.stands_in_for, call.until), *more)
    pod = firm.pods[question.pod].name
    moved, events = take_next_step(firm, replace(question, called=()), around, now, f"nobody of {pod} is there")
    return moved, (NobodyToCall(pod), *events)


def take_next_step(firm: Firm, question: Question, around: Surroundings, now: datetime, because: str) -> Change:
    """Take the next step before its time: at once in service hours, otherwise at the next opening."""
    rules = rules_of(firm, question)
    hastened = bring_forward(question, rules, now, because)
    if not rules.is_open_at(now):
        return hastened, ()
    return advance(hastened, rules, audience_of(firm, question, around, now), now)


def take_urgent_step(firm: Firm, question: Question, around: Surroundings, now: datetime) -> Change:
    """The next step of an urgent question."""
    return take_next_step(firm, question, around, now, IT_IS_URGENT)


def waits_to_be_called(question: Question) -> bool:
    """True when the call itself, not the next step, was put off to the next opening; or when nobody was there, and
    somebody may be now, before the first step."""
    put_off = question.brought_forward is not None and not question.called
    return put_off and (question.step == 0 or not question.brought_forward_because)


def audience_of(firm: Firm, question: Question, around: Surroundings, now: datetime) -> Audience:
    named_contact = around.client.named_contact if around.client is not None else None
    return audience_for(firm, firm.pods[question.pod], named_contact, around.presence, now)


def _choose(firm: Firm, question: Question, around: Surroundings, now: datetime, avoid: PersonId | None) -> Call:
    pod, hours = firm.pods[question.pod], firm.hours_of(question.pod)
    if avoid is not None:
        members = tuple(who for who in pod.members if who != avoid)
        without = replace(pod, members=members, lead=pod.lead if pod.lead != avoid else None)
        client = around.client
        if client is not None and client.named_contact == avoid:
            client = replace(client, named_contact=None)
        call = whom_to_call(client, without, around.known, around.presence, hours, now)
        if call.person is not None and call.person != avoid:
            return call
    return whom_to_call(around.client, pod, around.known, around.presence, hours, now)
