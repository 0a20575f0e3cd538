"""What the use cases need of storage, named here so that they know no database. Every instant is UTC."""

from commands.ports.arriving import Arrived, Delivered, Deliveries, Inbox
from commands.ports.clients import Acquainted, ClientName, Clients
from commands.ports.firm import Jobs, Setup, SetupEdit, StillNeeded
from commands.ports.kudos import Kudos, KudosGiven
from commands.ports.notes import ClientNote, Notes
from commands.ports.people import Absences, Identity, People, StoredAbsence
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
from commands.ports.sending import Outbox, Place, Places, Postings
from commands.ports.unit_of_work import NewUnitOfWork, UnitOfWork

__all__ = [
    "Absences",
    "Acquainted",
    "Arrived",
    "ClientName",
    "ClientNote",
    "Clients",
    "Delivered",
    "Deliveries",
    "DueTimer",
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
    "Notes",
    "Outbox",
    "Overtaken",
    "People",
    "Place",
    "Places",
    "Postings",
    "QuestionQuery",
    "Questions",
    "Setup",
    "SetupEdit",
    "StillNeeded",
    "StoredAbsence",
    "Timers",
    "UnitOfWork",
    "UnknownQuestion",
    "What",
]
