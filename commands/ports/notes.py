"""Notes about clients: what colleagues should know before they answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coverage.ids import ClientId, PersonId


@dataclass(frozen=True, slots=True)
class ClientNote:
    """What ``by`` noted about a client at ``at`` (UTC). ``id`` is 0 until stored, and never used again."""

    id: int
    client: ClientId
    by: PersonId
    at: datetime
    text: str


class Notes(Protocol):
    """All notes of the firm."""

    def add(self, note: ClientNote) -> ClientNote:
        """Keep it; returned with its id."""
        ...

    def of(self, client: ClientId, limit: int = 1_000) -> list[ClientNote]:
        """Those about the client, the newest first."""
        ...

    def get(self, note: int) -> ClientNote | None: ...

    def remove(self, note: int) -> bool:
        """False where it is gone already."""
        ...
