"""What a roster says, line by line: names and addresses, as a person wrote them and before anything is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from commands.place import Place
from coverage.charter import Charter
from coverage.clients import Knowledge
from coverage.firm import Settings
from coverage.people import Role, WorkingPattern
from coverage.policy import After, Notify, Reminders
from coverage.service_hours import ServiceHours

Value = TypeVar("Value")


class Unsaid(Enum):
    """What a line does not mention stays as it is."""

    UNSAID = "unsaid"


UNSAID = Unsaid.UNSAID


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody of the firm, known by ``email`` (in small letters). ``slack`` and ``teams`` are user ids there."""

    email: str
    name: str
    slack: str | Unsaid | None = UNSAID
    teams: str | Unsaid | None = UNSAID
    timezone: str | Unsaid = UNSAID
    role: Role | Unsaid = UNSAID
    aliases: tuple[str, ...] | Unsaid = UNSAID
    country: str | Unsaid | None = UNSAID
    region: str | Unsaid | None = UNSAID
    working_pattern: WorkingPattern | Unsaid | None = UNSAID


@dataclass(frozen=True, slots=True)
class StepLine:
    after: After
    notify: Notify
    channel: Place | None = None


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """An escalation policy whose channels are still addresses."""

    name: str
    steps: tuple[StepLine, ...]
    remind: Reminders | None = None


@dataclass(frozen=True, slots=True)
class PodLine:
    """A pod, known by ``name``; people by their e-mail; hours, charter and policy by their names."""

    name: str
    channel: Place | Unsaid = UNSAID
    members: tuple[str, ...] | Unsaid = UNSAID
    lead: str | Unsaid | None = UNSAID
    service_hours: str | Unsaid = UNSAID
    charter: str | Unsaid = UNSAID
    escalation_policy: str | Unsaid = UNSAID


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client, known by ``name``; the pod by its name, people by their e-mail."""

    name: str
    pod: str | Unsaid = UNSAID
    named_contact: str | Unsaid | None = UNSAID
    domains: tuple[str, ...] | Unsaid = UNSAID
    aliases: tuple[str, ...] | Unsaid = UNSAID
    channels: tuple[Place, ...] | Unsaid = UNSAID
    knows: Mapping[str, Knowledge] | Unsaid = UNSAID


@dataclass(frozen=True, slots=True)
class IntakeLine:
    channel: Place
    pod: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A whole roster, or as much of one as a file mentions: a section that is None is not mentioned at all.

    ``settings`` are those that are mentioned, by name.
    """

    people: tuple[PersonLine, ...] | None = None
    hours: Mapping[str, ServiceHours] | None = None
    charters: Mapping[str, Charter] | None = None
    policies: Mapping[str, PolicyLine] | None = None
    pods: tuple[PodLine, ...] | None = None
    clients: tuple[ClientLine, ...] | None = None
    intake: IntakeLine | None = None
    alerts_channel: Place | None = None
    kudos_channel: Place | None = None
    settings: Mapping[str, int | bool] = field(default_factory=dict)


SETTINGS = tuple(Settings.__dataclass_fields__)
"""The names a roster's ``settings`` may have."""


def said(value: Value | Unsaid, otherwise: Value) -> Value:
    """What a line says, or ``otherwise`` where it says nothing."""
    return otherwise if value is UNSAID else value


def same_name(name: str) -> str:
    """What two spellings of one name have in common: capitals and spacing do not make another name."""
    return " ".join(name.split()).casefold()
