"""Clients and the names and addresses by which they are known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coverage.clients import Answer, Client, Worth
from coverage.ids import ClientId, PersonId, PlaceId, PodId


@dataclass(frozen=True, slots=True)
class ClientName:
    """A name or alias by which people call a client."""

    client: ClientId
    text: str


@dataclass(frozen=True, slots=True)
class SaidToKnow:
    """A client with those of whom the firm says that they know them: the named contact and whoever is set to."""

    id: ClientId
    name: str
    pod: PodId
    people: frozenset[PersonId]
    named_contact: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Regular:
    """Somebody who has often answered a client, and what those answers are worth together."""

    client: ClientId
    person: PersonId
    worth: float


class Clients(Protocol):
    def get(self, client: ClientId) -> Client: ...

    def many(self, clients: Iterable[ClientId]) -> dict[ClientId, Client]: ...

    def called(self, name: str) -> list[Client]:
        """Clients of exactly that name or alias, whatever the case and spacing."""
        ...

    def with_domain(self, domain: str) -> list[Client]: ...

    def with_channel(self, place: PlaceId) -> list[Client]: ...

    def with_address(self, email: str) -> list[Client]:
        """Clients for whom a person has confirmed that this address writes for them."""
        ...

    def confirm_address(self, email: str, client: ClientId) -> None: ...

    def forget_address(self, email: str, client: ClientId) -> None:
        """It does not write for that client after all; harmless where nobody has said so."""
        ...

    def add_alias(self, client: ClientId, alias: str) -> None:
        """One more name by which people call them."""
        ...

    def without_contact(self) -> list[ClientName]:
        """The clients who have no named contact, by name."""
        ...

    def names(self) -> list[ClientName]: ...

    def answers(self, client: ClientId, since: datetime) -> list[Answer]:
        """Who answered this client's questions, and when."""
        ...

    def said_to_know(self) -> list[SaidToKnow]:
        """All clients, in the order of their ids."""
        ...

    def answers_of(self, clients: Iterable[ClientId], since: datetime) -> dict[ClientId, list[Answer]]:
        """The same for several clients."""
        ...

    def regulars(
        self, since: datetime, until: datetime, worths: Sequence[Worth], fewest: int, least: float
    ) -> list[Regular]:
        """Whoever has answered a client at least ``fewest`` times between the two instants (UTC), with answers that
        are together worth ``least`` or more; removed clients included. An answer is worth what the first of ``worths``
        says that is not later than it, and where all are later what the last one says."""
        ...

    def of_pods(self, pods: Iterable[PodId]) -> list[Client]: ...

    def everyone(self) -> list[Client]: ...

    def save(self, client: Client) -> Client:
        """Insert (id 0) or update by id."""
        ...

    def save_all(self, clients: Sequence[Client]) -> list[Client]:
        """The same for several at once, in their order."""
        ...
