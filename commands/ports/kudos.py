"""Kudos: thanks of one colleague to another, kept."""

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

    def given_since(self, giver: PersonId, since: datetime) -> int:
        """How many the person has given from ``since`` on. Others of the same giver wait until this unit of work ends,
        so that nobody gives one too many by pressing twice at once; only in a unit of work that writes."""
        ...
