"""The firm's set-up and its periodic jobs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from coverage.charter import Charter
from coverage.firm import Intake, Settings
from coverage.ids import ClientId, PersonId, PlaceId, PodId
from coverage.people import Pod
from coverage.policy import EscalationPolicy
from coverage.service_hours import ServiceHours


@dataclass(frozen=True, slots=True)
class SetupEdit:
    """The named parts of a firm's set-up to insert or replace by name; None leaves a part as it is."""

    hours: Mapping[str, ServiceHours] = field(default_factory=dict)
    charters: Mapping[str, Charter] = field(default_factory=dict)
    policies: Mapping[str, EscalationPolicy] = field(default_factory=dict)
    pods: Sequence[Pod] = ()
    intake: Intake | None = None
    alerts_channel: PlaceId | None = None
    kudos_channel: PlaceId | None = None
    settings: Settings | None = None


class Setup(Protocol):
    def edit(self, change: SetupEdit) -> list[Pod]:
        """Apply it; pods with id 0 are new and returned, all of them, with their ids. The firm's version grows."""
        ...

    def prune(self, *, people: Iterable[PersonId], pods: Iterable[PodId], clients: Iterable[ClientId]) -> None:
        """Delete these; what is in use (an open question, a membership) is refused with StillNeeded."""
        ...


class StillNeeded(Exception):
    """Something cannot be deleted because something open depends on it; says what."""


class Jobs(Protocol):
    def lease(self, name: str, now: datetime, every: timedelta, lease: timedelta) -> bool:
        """True when the periodic job ``name`` is due and ours to do now; due again ``every`` after it is done."""
        ...

    def done(self, name: str, now: datetime, every: timedelta) -> None: ...
