"""Counts what use cases write into the history, once it is committed."""

from collections.abc import Callable, Iterable
from typing import Self

from commands.ports import History, HistoryRow, NewUnitOfWork, UnitOfWork, What
from coverage.firm import Firm
from coverage.ids import ClientId, QuestionNumber

Counted = Callable[[Iterable[What]], None]


class CountingUnitsOfWork:
    """Makes the units of work of ``inner`` and tells ``counted`` what each one that was committed noted as happened."""

    def __init__(self, inner: NewUnitOfWork, counted: Counted) -> None:
        self._inner = inner
        self._counted = counted

    def __call__(self) -> UnitOfWork:
        return _CountingUnitOfWork(self._inner(), self._counted)

    def reading(self) -> UnitOfWork:
        return self._inner.reading()


class _CountingHistory:
    def __init__(self, inner: History) -> None:
        self._inner = inner
        self.noted: list[What] = []

    def append(self, number: QuestionNumber, rows: Iterable[HistoryRow]) -> None:
        listed = list(rows)
        self._inner.append(number, listed)
        self.noted += [row.what for row in listed]

    def of(self, number: QuestionNumber) -> list[HistoryRow]:
        return self._inner.of(number)

    def answers_to(self, numbers: Iterable[QuestionNumber]) -> dict[QuestionNumber, HistoryRow]:
        return self._inner.answers_to(numbers)

    def answers_of(self, client: ClientId) -> list[tuple[QuestionNumber, str]]:
        return self._inner.answers_of(client)


class _CountingUnitOfWork(UnitOfWork):
    """The same unit of work, with a history that remembers what was noted."""

    def __init__(self, inner: UnitOfWork, counted: Counted) -> None:
        self._inner = inner
        self._counted = counted
        self._history = _CountingHistory(inner.history)
        self.history = self._history
        self.questions = inner.questions
        self.follow_ups = inner.follow_ups
        self.timers = inner.timers
        self.outbox = inner.outbox
        self.postings = inner.postings
        self.places = inner.places
        self.references = inner.references
        self.people = inner.people
        self.clients = inner.clients
        self.notes = inner.notes
        self.absences = inner.absences
        self.deliveries = inner.deliveries
        self.drafts = inner.drafts
        self.inbox = inner.inbox
        self.setup = inner.setup
        self.setup_changes = inner.setup_changes
        self.jobs = inner.jobs
        self.kudos = inner.kudos
        self.personal = inner.personal
        self.notes = inner.notes
        self.feeds = inner.feeds

    def firm(self) -> Firm:
        return self._inner.firm()

    def commit(self) -> None:
        self._inner.commit()
        self._counted(self._history.noted)

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(self, *how: object) -> None:
        self._inner.__exit__(*how)
