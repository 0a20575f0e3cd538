"""What is kept about one person, to be handed out or erased as the law asks."""

from collections.abc import Mapping
from typing import Protocol

from coverage.ids import PersonId
from coverage.people import Person

Rows = list[dict[str, object]]
"""Plain values by the names they have for people: texts, numbers, lists, instants as ISO 8601 in UTC."""


class Personal(Protocol):
    """Looks through everything, for it is asked rarely: no query here has an index of its own."""

    def colleague(self, email: str) -> Person | None:
        """Somebody of the firm, also one who has left and was removed from the roster."""
        ...

    def of_colleague(self, person: PersonId) -> Mapping[str, Rows]:
        """Everything that is kept about them, by what it is."""
        ...

    def erase_colleague(self, person: Person) -> Mapping[str, int]:
        """Remove it, or where a question's history needs the row, whose it was; returns how many rows of each kind.
        They must not be in the set-up any more."""
        ...

    def of_asker(self, email: str) -> Mapping[str, Rows]:
        """What is kept about somebody of a client: nothing in it where nobody of that address ever asked."""
        ...

    def erase_asker(self, email: str) -> Mapping[str, int]:
        """Remove who they are from the questions they asked; returns how many rows of each kind."""
        ...
