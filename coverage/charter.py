"""What the firm promises: how soon a question of each service level is claimed, answered and resolved."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from coverage.durations import Duration


class Level(StrEnum):
    """The level of service a question asks for; it belongs to the question, not to the client."""

    SELF_SERVICE = "self_service"
    ROUTINE = "routine"
    EXPERT = "expert"
    RELATIONSHIP = "relationship"


@dataclass(frozen=True, slots=True)
class Targets:
    """The promises of one level, in service time; None means that this promise is not made."""

    claim: Duration | None = None
    first_response: Duration | None = None
    resolution: Duration | None = None


@dataclass(frozen=True, slots=True)
class Charter:
    """Targets per service level; ``routine`` is always there (refused where charters are set)."""

    name: str
    levels: Mapping[Level, Targets]

    def targets_for(self, level: Level) -> Targets:
        """The level's own targets, or routine's where the charter does not list the level."""
        return self.levels.get(level, self.levels[Level.ROUTINE])
