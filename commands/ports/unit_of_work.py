"""One transaction that has it all."""

from typing import Protocol, Self

from commands.ports.arriving import Deliveries, Drafts, Inbox
from commands.ports.clients import Clients
from commands.ports.feeds import Feeds
from commands.ports.firm import Jobs, Setup, SetupChanges
from commands.ports.kudos import KudosGiven
from commands.ports.notes import Notes
from commands.ports.people import Absences, People
from commands.ports.personal import Personal
from commands.ports.questions import FollowUps, History, Questions, Timers
from commands.ports.sending import Outbox, Places, Postings, References
from coverage.firm import Firm


class UnitOfWork(Protocol):
    """One transaction. Make a new one per use case; it belongs to one thread. Leaving without commit undoes all."""

    questions: Questions
    history: History
    follow_ups: FollowUps
    timers: Timers
    outbox: Outbox
    postings: Postings
    places: Places
    references: References
    people: People
    clients: Clients
    notes: Notes
    absences: Absences
    deliveries: Deliveries
    drafts: Drafts
    inbox: Inbox
    setup: Setup
    setup_changes: SetupChanges
    jobs: Jobs
    kudos: KudosGiven
    personal: Personal
    feeds: Feeds

    def firm(self) -> Firm:
        """The firm's set-up as of this transaction (cached by its version)."""
        ...

    def commit(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class NewUnitOfWork(Protocol):
    """Begins units of work."""

    def __call__(self) -> UnitOfWork:
        """One to write in."""
        ...

    def reading(self) -> UnitOfWork:
        """One that only reads: it waits for no writer, and commit is an error."""
        ...
