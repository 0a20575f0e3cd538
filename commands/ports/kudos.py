"""Kudos: thanks of one colleague to another, kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coverage.ids import PersonId, QuestionNumber


@dataclass(frozen=True, slots=True)
class Kudos:
    """``giver`` thanked ``receiver`` at ``at`` (UTC), for a question where one was named. ``id`` is 0 until stored."""

    id: int
    giver: PersonId
    receiver: PersonId
    sentence: str
    at: datetime
    question: QuestionNumber | None = None


class KudosGiven(Protocol):
    """All kudos of the firm."""

    def add(self, kudos: Kudos) -> Kudos:
        """Keep it; returned with its id."""
        ...

    def get(self, kudos: int) -> Kudos | None: ...

    def many(self, kudos: Iterable[int]) -> list[Kudos]:
        """Those of them that there are, in the order in which they were given."""
        ...

    def received_by(self, receiver: PersonId, limit: int) -> list[Kudos]:
        """Newest first."""
        ...

    def between(self, begin: datetime, end: datetime) -> list[Kudos]:
        """All that were given from ``begin`` on and before ``end`` (UTC), in the order in which they were."""
        ...

    def same_as(self, kudos: Kudos) -> Kudos | None:
        """The same sentence to the same person for the same question, whoever gave it. Of two at once one sees the
        other only where both have locked the question."""
        ...

    def given_since(self, giver: PersonId, since: datetime) -> int:
        """How many the person has given from ``since`` on. Others of the same giver wait until this unit of work ends,
        so that nobody gives one too many by pressing twice at once; only in a unit of work that writes."""
        ...
