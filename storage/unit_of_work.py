"""The unit of work: one transaction with all repositories, and the factory that makes them."""

from collections.abc import Callable
from typing import Self

from sqlalchemy import Engine

from commands.ports import (
    Absences,
    Clients,
    Deliveries,
    Drafts,
    Feeds,
    FollowUps,
    History,
    Inbox,
    Jobs,
    KudosGiven,
    Notes,
    Outbox,
    People,
    Personal,
    Places,
    Postings,
    Questions,
    References,
    Setup,
    SetupChanges,
    Timers,
)
from coverage.firm import Firm
from coverage.ids import FirmId
from storage.absences import SqlAbsences
from storage.clients import SqlClients
from storage.deliveries import SqlDeliveries
from storage.drafts import SqlDrafts
from storage.engine import for_writing
from storage.feeds import SqlFeeds
from storage.firm import FirmCache
from storage.follow_ups import SqlFollowUps
from storage.history import SqlHistory
from storage.inbox import SqlInbox
from storage.jobs import SqlJobs
from storage.kudos import SqlKudos
from storage.notes import SqlNotes
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.personal import SqlPersonal
from storage.places import SqlPlaces
from storage.postings import SqlPostings
from storage.questions import SqlQuestions
from storage.references import SqlReferences
from storage.schema import THE_FIRM
from storage.sealing import Sealing
from storage.setup import SqlSetup
from storage.setup_changes import SqlSetupChanges
from storage.timers import SqlTimers
from storage.transaction import Transaction, WritersInTurn


class UnitsOfWork:
    """Makes units of work of one firm; shared by all threads of the process. One per database and process is right.

    ``sealing`` has the keys for what is kept encrypted; without it no calendar feed can be added or fetched.
    """

    def __init__(self, engine: Engine, firm: FirmId = THE_FIRM, *, sealing: Sealing | None = None) -> None:
        self._readers = engine
        self._writers = for_writing(engine)
        self._turns = WritersInTurn() if engine.dialect.name == "sqlite" else None
        self._firm = firm
        self._firms = FirmCache()
        self._sealing = sealing or Sealing()
        self._listeners: list[Callable[[], None]] = []

    def __call__(self) -> "SqlUnitOfWork":
        """One to write in. Its transaction begins at its first statement, on SQLite as the only writer."""
        transaction = Transaction(self._writers, self._firm, writes=True, turns=self._turns)
        return SqlUnitOfWork(transaction, self._firms, self._tell, self._sealing)

    def reading(self) -> "SqlUnitOfWork":
        """One that only reads and waits for no writer; writing and committing raise OnlyReading."""
        transaction = Transaction(self._readers, self._firm, writes=False, turns=None)
        return SqlUnitOfWork(transaction, self._firms, self._tell, self._sealing)

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after each commit that wrote something, in the thread that committed: it must not block."""
        self._listeners.append(listener)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


class SqlUnitOfWork:
    """One transaction, of one thread. Leaving without commit undoes all; after commit it can do nothing more."""

    def __init__(self, transaction: Transaction, firms: FirmCache, tell: Callable[[], None], sealing: Sealing) -> None:
        self._transaction = transaction
        self._firms = firms
        self._tell = tell
        self.questions: Questions = SqlQuestions(transaction)
        self.history: History = SqlHistory(transaction)
        self.follow_ups: FollowUps = SqlFollowUps(transaction)
        self.timers: Timers = SqlTimers(transaction)
        self.outbox: Outbox = SqlOutbox(transaction)
        self.postings: Postings = SqlPostings(transaction)
        self.places: Places = SqlPlaces(transaction)
        self.references: References = SqlReferences(transaction)
        self.people: People = SqlPeople(transaction)
        self.clients: Clients = SqlClients(transaction)
        self.notes: Notes = SqlNotes(transaction)
        self.absences: Absences = SqlAbsences(transaction)
        self.deliveries: Deliveries = SqlDeliveries(transaction)
        self.drafts: Drafts = SqlDrafts(transaction)
        self.inbox: Inbox = SqlInbox(transaction)
        self.setup: Setup = SqlSetup(transaction)
        self.setup_changes: SetupChanges = SqlSetupChanges(transaction)
        self.jobs: Jobs = SqlJobs(transaction)
        self.kudos: KudosGiven = SqlKudos(transaction)
        self.personal: Personal = SqlPersonal(transaction)
        self.feeds: Feeds = SqlFeeds(transaction, sealing)

    def firm(self) -> Firm:
        return self._firms.firm(self._transaction)

    def commit(self) -> None:
        if self._transaction.commit():
            self._tell()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._transaction.end()
