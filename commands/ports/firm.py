"""The firm's set-up and its periodic jobs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from commands.roster_lines import Roster
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
    def wait_for_others(self) -> None:
        """Others who change the set-up wait from now on until this unit of work ends; what is read of it after this is
        what they have left. Only in a unit of work that writes."""
        ...

    def edit(self, change: SetupEdit) -> list[Pod]:
        """Apply it; pods with id 0 are new and returned, all of them, with their ids. The firm's version grows."""
        ...

    def prune(self, *, people: Iterable[PersonId], pods: Iterable[PodId], clients: Iterable[ClientId]) -> None:
        """Delete these; what is in use (an open question, a membership) is refused with StillNeeded."""
        ...

    def forget(self, *, hours: Iterable[str], charters: Iterable[str], policies: Iterable[str]) -> None:
        """Delete these by name; what a pod goes by, or went by before it was removed, is refused with StillNeeded."""
        ...


class StillNeeded(Exception):
    """Something cannot be deleted because something open depends on it; says what."""


@dataclass(frozen=True, slots=True)
class SetupChange:
    """A change that ``by`` made in chat at ``at`` (UTC), ``words`` say which. ``before`` and ``after`` hold the hours,
    charters, policies, people, pods and clients that it changed: of a person, pod or client only what differs, all of a
    new one, which ``before`` lacks. ``undone_at`` is when it was taken back. ``id`` is 0 until stored."""

    id: int
    at: datetime
    by: PersonId
    words: str
    before: Roster
    after: Roster
    undone_at: datetime | None = None


class SetupChanges(Protocol):
    """The changes of the set-up that were made in chat."""

    def add(self, change: SetupChange) -> SetupChange:
        """Keep it; returned with its id."""
        ...

    def get(self, change: int) -> SetupChange | None: ...

    def latest(self, limit: int, *, before: int | None = None) -> list[SetupChange]:
        """Changes that were not taken back, the newest first; with ``before``, only those older than that one."""
        ...

    def since(self, change: int) -> list[SetupChange]:
        """Later ones that were not taken back, the oldest first."""
        ...

    def take_back(self, change: int, now: datetime) -> bool:
        """Note that it is taken back; False when it was before."""
        ...


class Jobs(Protocol):
    def lease(self, name: str, now: datetime, every: timedelta, lease: timedelta) -> bool:
        """True when the periodic job ``name`` is due and ours to do now; due again ``every`` after it is done."""
        ...

    def done(self, name: str, now: datetime, every: timedelta) -> None: ...
