"""A small firm in a database, and questions of its clients."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from commands.outgoing import Message, Priority, Topic
from commands.ports import SetupEdit
from coverage.charter import Charter, Level, Targets
from coverage.clients import Client
from coverage.durations import ServiceTime, Share
from coverage.firm import Intake
from coverage.ids import ClientId, PersonId, PlaceId, PodId, QuestionNumber
from coverage.people import Person, Pod, Role
from coverage.policy import EscalationPolicy, Notify, Step
from coverage.question import AskedBy, Question, Status, Via
from coverage.service_hours import ServiceHours, Window
from storage.unit_of_work import UnitsOfWork

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
POLICY = EscalationPolicy(
    "standard", (Step(Share(50), Notify.DEPUTIES), Step(Share(100), Notify.CONTACT_CENTRE, PlaceId(1)))
)
CHARTER = Charter("standard", {Level.ROUTINE: Targets(claim=ServiceTime(1800))})
HOURS = ServiceHours("Europe/London", ((Window(32400, 63000),),) * 5 + ((), ()))


@dataclass(frozen=True)
class Office:
    """Ann (a manager) and Bob are pod North, which looks after Acme."""

    ann: PersonId
    bob: PersonId
    north: PodId
    acme: ClientId
    channel: PlaceId


def an_office(new_uow: UnitsOfWork) -> Office:
    with new_uow() as uow:
        channel = uow.places.at("slack", "C0NORTH")
        ann = uow.people.save(Person(PersonId(0), "Ann Lee", "ann@firm.example", role=Role.MANAGER)).id
        bob = uow.people.save(Person(PersonId(0), "Bob Roy", "bob@firm.example")).id
        pod = Pod(PodId(0), "North", channel, (ann, bob), ann, "uk-office", "standard", "standard")
        edit = SetupEdit({"uk-office": HOURS}, {"standard": CHARTER}, {"standard": POLICY}, [pod])
        north = uow.setup.edit(edit)[0].id
        uow.setup.edit(SetupEdit(intake=Intake(channel, north)))
        acme = uow.clients.save(Client(ClientId(0), "Acme Ltd", north, ann)).id
        uow.commit()
    return Office(ann, bob, north, acme, channel)


def a_question(office: Office, **changes: object) -> Question:
    question = Question(
        number=QuestionNumber(0),
        status=Status.ROUTED,
        text="How do we register for VAT?",
        level=Level.ROUTINE,
        via=Via.EMAIL,
        asked_by=AskedBy("Jo Smith", "jo@acme.example"),
        asked_at=NOW,
        arrived_at=NOW,
        offered_at=NOW,
        pod=office.north,
        policy=POLICY,
        client=office.acme,
    )
    return replace(question, **changes)  # type: ignore[arg-type]


def asked(new_uow: UnitsOfWork, question: Question) -> Question:
    with new_uow() as uow:
        added = uow.questions.add(question)
        uow.commit()
    return added


def a_message(key: str, office: Office, **changes: object) -> Message:
    return replace(Message(key, Topic.CARD, Priority.UPDATE, to_place=office.channel), **changes)  # type: ignore[arg-type]
