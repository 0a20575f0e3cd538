"""The escalation policy: who is called, and when, while nobody claims a question."""

from dataclasses import dataclass
from enum import StrEnum

from coverage.durations import Duration, Share
from coverage.ids import PlaceId


class Notify(StrEnum):
    """The audience of an escalation step."""

    NAMED_CONTACT = "named_contact"
    DEPUTIES = "deputies"
    POD = "pod"
    TEAM = "team"
    CONTACT_CENTRE = "contact_centre"

    @property
    def in_a_channel(self) -> bool:
        """True when the step posts into a channel; the others mention people in the thread and write to them."""
        return self in (Notify.TEAM, Notify.CONTACT_CENTRE)


After = Duration | Share
"""A duration of service time, or a share of the service time from offered to offered + claim target."""


@dataclass(frozen=True, slots=True)
class Step:
    """``after`` counts from when the question was last offered, never from the step before."""

    after: After
    notify: Notify
    channel: PlaceId | None = None


@dataclass(frozen=True, slots=True)
class Reminders:
    """Repeat the last step's call ``every`` so often, at most ``max`` times."""

    every: After
    max: int


@dataclass(frozen=True, slots=True)
class EscalationPolicy:
    """Ordered steps; the last one is always the contact centre, with a channel (refused where policies are set)."""

    name: str
    steps: tuple[Step, ...]
    remind: Reminders | None = None
