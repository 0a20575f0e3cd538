"""What the use cases need of storage, named here so that they know no database. Every instant is UTC."""

from commands.place import Place
from commands.ports.arriving import Arrived, Delivered, Deliveries, Drafts, Inbox
from commands.ports.clients import ClientName, Clients, Regular, SaidToKnow
from commands.ports.feeds import Asked, Body, CannotUnseal, Feeds, NoSecretKey
from commands.ports.firm import Jobs, Setup, SetupChange, SetupChanges, SetupEdit, StillNeeded
from commands.ports.kudos import Kudos, KudosGiven
from commands.ports.notes import ClientNote, Notes
from commands.ports.people import Absences, Acting, Identity, People, StoredAbsence
from commands.ports.personal import Personal, Rows
from commands.ports.questions import (
    DueTimer,
    FollowUp,
    FollowUps,
    History,
    HistoryRow,
    Overtaken,
    QuestionQuery,
    Questions,
    Timers,
    UnknownQuestion,
    What,
)
from commands.ports.sending import Outbox, Places, Postings, References
from commands.ports.unit_of_work import NewUnitOfWork, UnitOfWork

__all__ = [
    "Absences",
    "Acting",
    "Arrived",
    "Asked",
    "Body",
    "CannotUnseal",
    "ClientName",
    "ClientNote",
    "Clients",
    "Delivered",
    "Deliveries",
    "Drafts",
    "DueTimer",
    "Feeds",
    "FollowUp",
    "FollowUps",
    "History",
    "HistoryRow",
    "Identity",
    "Inbox",
    "Jobs",
    "Kudos",
    "KudosGiven",
    "NewUnitOfWork",
    "NoSecretKey",
    "Notes",
    "Outbox",
    "Overtaken",
    "People",
    "Personal",
    "Place",
    "Places",
    "Postings",
    "QuestionQuery",
    "Questions",
    "References",
    "Regular",
    "Rows",
    "SaidToKnow",
    "Setup",
    "SetupChange",
    "SetupChanges",
    "SetupEdit",
    "StillNeeded",
    "StoredAbsence",
    "Timers",
    "UnitOfWork",
    "UnknownQuestion",
    "What",
]
