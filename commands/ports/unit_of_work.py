"""One transaction that has it all."""

from typing import Protocol, Self

from commands.ports.arriving import Deliveries, Inbox
from commands.ports.clients import Clients
from commands.ports.feeds import Feeds
from commands.ports.firm import Jobs, Setup
from commands.ports.kudos import KudosGiven
from commands.ports.people import Absences, People
from commands.ports.questions import FollowUps, History, Questions, Timers
from commands.ports.sending import Outbox, Places, Postings
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
    people: People
    clients: Clients
    absences: Absences
    deliveries: Deliveries
    inbox: Inbox
    setup: Setup
    jobs: Jobs
    kudos: KudosGiven
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
