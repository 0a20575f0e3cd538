"""The firm's set-up in one value: its people, pods, hours, charters, policies and settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coverage.charter import Charter
from coverage.ids import PersonId, PlaceId, PodId
from coverage.people import Person, Pod
from coverage.policy import EscalationPolicy
from coverage.service_hours import ServiceHours


@dataclass(frozen=True, slots=True)
class Settings:
    """What a firm may choose (the roster file's ``settings``)."""

    leave_kept_months: int = 13
    managers_see_every_kind: bool = False
    minimum_depth: int = 2
    kudos_per_day: int = 5
    confirm_in_shared_channels: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """Where a question goes whose client is not known yet, and the pod that sorts it out."""

    channel: PlaceId
    pod: PodId


@dataclass(frozen=True, slots=True)
class Firm:
    """A snapshot of the set-up; ``version`` grows with every change of it."""

    version: int
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    pods: Mapping[PodId, Pod] = field(default_factory=dict)
    hours: Mapping[str, ServiceHours] = field(default_factory=dict)
    charters: Mapping[str, Charter] = field(default_factory=dict)
    policies: Mapping[str, EscalationPolicy] = field(default_factory=dict)
    intake: Intake | None = None
    alerts_channel: PlaceId | None = None
    kudos_channel: PlaceId | None = None
    settings: Settings = field(default_factory=Settings)

    def hours_of(self, pod: PodId) -> ServiceHours:
        return self.hours[self.pods[pod].service_hours]

    def charter_of(self, pod: PodId) -> Charter:
        return self.charters[self.pods[pod].charter]

    def policy_of(self, pod: PodId) -> EscalationPolicy:
        return self.policies[self.pods[pod].escalation_policy]

    def managers(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people.values() if person.is_manager)

    def pods_of(self, who: PersonId) -> tuple[Pod, ...]:
        return tuple(pod for pod in self.pods.values() if who in pod.members)

    def team_of(self, pod: PodId) -> tuple[Pod, ...]:
        """All pods under the same lead, ``pod`` first; only ``pod`` itself when nobody leads it."""
        own = self.pods[pod]
        others = (other for other in self.pods.values() if other.id != pod and other.lead == own.lead)
        return (own, *others) if own.lead is not None else (own,)
