"""People, who they are on a platform, and when they are away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coverage.absence import Absence
from coverage.ids import PersonId
from coverage.people import Person


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is on a platform."""

    platform: str
    tenant: str
    user: str


@dataclass(frozen=True, slots=True)
class Acting:
    """Whose account somebody acts by. ``comes_over``: they acted by another account of theirs last."""

    person: PersonId
    comes_over: bool


class People(Protocol):
    def by_identity(self, identity: Identity) -> PersonId | None: ...

    def acting(self, identity: Identity) -> Acting | None:
        """The same of whoever does something by that account."""
        ...

    def acted(self, identity: Identity, now: datetime) -> None:
        """They act by that account from now on: it is where they are written to. Worth noting when they come over."""
        ...

    def identities(self, person: PersonId) -> list[Identity]: ...

    def ways_to(self, person: PersonId) -> list[Identity]:
        """Their accounts, first the one they acted by last, which is where they are written to."""
        ...

    def with_account(self) -> set[PersonId]:
        """Everybody who is known on some platform, so that they can be called there."""
        ...

    def link(self, person: PersonId, identity: Identity) -> None: ...

    def unlink(self, person: PersonId, identity: Identity) -> None:
        """That is not ``person`` any more; harmless where it never was."""
        ...

    def save(self, person: Person) -> Person:
        """Insert (id 0) or update by id; the firm's version grows."""
        ...


@dataclass(frozen=True, slots=True)
class StoredAbsence:
    """An absence as stored: ``starts_at`` and ``ends_at`` (UTC) frame it; ``source`` says where it is from
    (``marked`` by hand, ``import:<name>``)."""

    id: int
    absence: Absence
    starts_at: datetime
    ends_at: datetime
    source: str


class Absences(Protocol):
    def add(self, absence: Absence, starts_at: datetime, ends_at: datetime, source: str) -> StoredAbsence: ...

    def remove(self, absence: int) -> None: ...

    def overlapping(self, people: Iterable[PersonId], start: datetime, end: datetime) -> list[StoredAbsence]: ...

    def of_source(self, source: str) -> list[StoredAbsence]: ...

    def started_unhandled(self, now: datetime, limit: int) -> list[StoredAbsence]:
        """Absences that have begun, have not ended, and whose open questions were not looked at yet."""
        ...

    def mark_handled(self, absence: int) -> None: ...

    def earliest_unhandled(self) -> datetime | None: ...

    def delete_ended_before(self, instant: datetime) -> int: ...
