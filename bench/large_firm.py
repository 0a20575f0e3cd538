"""A firm of 40 people, 15 pods and 2,000 clients in a SQLite file, with what was asked and answered in two years."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bench.firm import MONDAY, firm_of
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.calling import rules_of
from commands.invocation import Invocation
from commands.outgoing import Message, Priority, Topic
from commands.ports import ClientNote, HistoryRow, Identity, NewUnitOfWork, UnitOfWork, What
from commands.roster import import_roster
from commands.run import run
from coverage.charter import Level
from coverage.clients import Client
from coverage.deadlines import with_deadlines
from coverage.firm import Firm
from coverage.ids import PersonId, QuestionNumber
from coverage.question import AskedBy, Question, Status, Via
from storage.engine import open_engine
from storage.migrate import upgrade
from storage.unit_of_work import UnitsOfWork

PEOPLE, PODS, CLIENTS, PAST = 40, 15, 2_000, 50_000
OPEN, ALARMS = 240, 100
BUSIEST, OF_BUSIEST = "Client 0 Ltd", 2_000
"""A client with far more past questions than the others."""
TWO_YEARS = timedelta(days=730)

_RULES = """
service_hours:
  uk-office: {timezone: Europe/London, week: "Mon-Fri 09:00-17:30", holidays: [GB-ENG]}
charters:
  standard: {routine: {claim: 30m, first_response: 4h, resolution: 2d}}
escalation_policies:
  standard: {steps: [{after: 50%, notify: deputies}, {after: 150%, notify: contact_centre, channel: C0DESK}]}
intake: {channel: C0INTAKE, pod: Pod 0}
"""


@contextmanager
def a_large_firm(folder: Path) -> Iterator[NewUnitOfWork]:
    """Its units of work; person 0 is a manager of pod 0, which looks after ``BUSIEST``."""
    engine = open_engine(f"sqlite:///{folder / 'podline.db'}")
    upgrade(engine)
    new_uow = UnitsOfWork(engine)
    import_roster(roster_of(document_of(_roster())), new_uow)
    _live_two_years(new_uow, firm_of(new_uow))
    yield new_uow
    engine.dispose()


def user(number: int) -> Identity:
    """Who a person is on the platform."""
    return Identity("slack", "T0FIRM", f"U0P{number}")


def _roster() -> str:
    people = [
        f"  - {{name: Person {number} Lee, email: {_email(number)}, slack: U0P{number}, timezone: Europe/London,"
        f" role: {'manager' if number < 3 else 'member'}}}"
        for number in range(PEOPLE)
    ]
    pods = [
        f"  - {{name: Pod {pod}, channel: C0POD{pod}, members: [{', '.join(_members(pod))}], lead: {_members(pod)[0]},"
        " service_hours: uk-office, charter: standard, escalation_policy: standard}"
        for pod in range(PODS)
    ]
    clients = [
        f"  - {{name: Client {number} Ltd, pod: Pod {number % PODS}, domains: [c{number}.example],"
        f" named_contact: {_members(number % PODS)[0]}, aliases: [C{number}],"
        f" knows: {{{_members(number % PODS)[1]}: knows}}}}"
        for number in range(CLIENTS)
    ]
    return "\n".join(["people:", *people, _RULES, "pods:", *pods, "clients:", *clients])


def _email(number: int) -> str:
    return f"p{number % PEOPLE}@firm.example"


def _members(pod: int) -> list[str]:
    return [_email(pod * 3), _email(pod * 3 + 1), _email(pod * 3 + 2)]


def _live_two_years(new_uow: NewUnitOfWork, firm: Firm) -> None:
    chance = random.Random(1)
    with new_uow() as uow:
        clients = uow.clients.everyone()
        for number in range(PAST):
            client = clients[0] if number % (PAST // OF_BUSIEST) == 0 else chance.choice(clients)
            asked_at = MONDAY - TWO_YEARS + TWO_YEARS * number / PAST
            _past(uow, firm, client, chance.choice(firm.pods[client.pod].members), asked_at, number)
        for number in range(OPEN):
            uow.questions.add(_open(firm, clients[number * 7 % CLIENTS], number))
        for number in range(ALARMS):
            at = MONDAY - timedelta(hours=number)
            facts = {"why": f"A message could not be delivered: {number // 3}"}
            uow.outbox.add(
                Message(f"alarm {number}", Topic.ALARM, Priority.ESCALATION, to_person=_first(firm), facts=facts), at
            )
            uow.notes.add(ClientNote(0, clients[0].id, _first(firm), at, "Prefers the phone in the morning. " * 5))
        uow.commit()
    for number in range(0, PEOPLE, 4):
        run(Invocation("leave tomorrow - Fri", user(number), f"leave {number}"), new_uow, MONDAY)


def _first(firm: Firm) -> PersonId:
    return next(iter(firm.people))


def _past(uow: UnitOfWork, firm: Firm, client: Client, who: PersonId, asked_at: datetime, number: int) -> None:
    answered_at, resolved_at = asked_at + timedelta(hours=2), asked_at + timedelta(days=1)
    asked = replace(
        _asked(firm, client, asked_at, f"Number {number}: how do we register for VAT, and until when do we have to?"),
        status=Status.RESOLVED,
        claimed_by=who,
        claimed_at=asked_at + timedelta(minutes=10),
        answered_at=answered_at,
        answered_by=who,
        resolved_at=resolved_at,
    )
    stored = uow.questions.add(asked)
    uow.history.append(
        stored.number,
        [
            HistoryRow(asked_at, None, What.ASKED, "Jo Smith by e-mail"),
            HistoryRow(asked_at, None, What.OFFERED, "to the pod"),
            HistoryRow(asked_at, who, What.CLAIMED, ""),
            HistoryRow(answered_at, who, What.ANSWERED, "by the threshold of 90,000; the form is VAT1"),
            HistoryRow(resolved_at, who, What.RESOLVED, ""),
        ],
    )


def _open(firm: Firm, client: Client, number: int) -> Question:
    """Every other one is claimed by somebody of its pod."""
    asked_at = MONDAY - timedelta(minutes=number)
    question = _asked(firm, client, asked_at, "The letter of the tax office came: what do we answer?")
    if number % 2:
        who = firm.pods[client.pod].members[number % 3]
        question = replace(question, status=Status.CLAIMED, claimed_by=who, claimed_at=asked_at + timedelta(minutes=1))
    return with_deadlines(question, rules_of(firm, question))


def _asked(firm: Firm, client: Client, asked_at: datetime, text: str) -> Question:
    return Question(
        number=QuestionNumber(0),
        status=Status.ROUTED,
        text=text,
        level=Level.ROUTINE,
        via=Via.EMAIL,
        asked_by=AskedBy("Jo Smith", f"jo@c{client.id}.example"),
        asked_at=asked_at,
        arrived_at=asked_at,
        offered_at=asked_at,
        pod=client.pod,
        policy=firm.policy_of(client.pod),
        client=client.id,
        called=firm.pods[client.pod].members[:1],
    )
