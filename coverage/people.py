"""The firm's people, their pods, and the pattern in which somebody works."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from coverage.ids import PersonId, PlaceId, PodId
from coverage.service_hours import Window


class Role(StrEnum):
    MEMBER = "member"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class WorkingPattern:
    """Which days somebody works and when, in wall-clock time of their own zone.

    ``days`` has seven entries, Monday first; no window means a day off. ``text`` is what the firm wrote,
    ``Mon-Thu 09:00-12:30,13:30-17:00``.
    """

    days: tuple[tuple[Window, ...], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the firm. ``country`` and ``region`` (ISO codes) say whose public holidays they keep."""

    id: PersonId
    name: str
    email: str
    timezone: str = "UTC"
    role: Role = Role.MEMBER
    aliases: tuple[str, ...] = ()
    country: str | None = None
    region: str | None = None
    working_pattern: WorkingPattern | None = None

    @property
    def is_manager(self) -> bool:
        return self.role is Role.MANAGER

    @property
    def holiday_region(self) -> str | None:
        """``GB-ENG`` or ``GB``, as the holiday calendars name it; None when nobody said where they live."""
        if self.country and self.region:
            return f"{self.country}-{self.region}"
        return self.country


@dataclass(frozen=True, slots=True)
class Pod:
    """Two or three people who know their clients' work. ``lead`` makes it part of that person's team."""

    id: PodId
    name: str
    channel: PlaceId
    members: tuple[PersonId, ...]
    lead: PersonId | None
    service_hours: str
    charter: str
    escalation_policy: str


NOON_SPLIT = time(13, 0)
"""Where a half day splits for somebody whose pattern has no break (DESIGN.md)."""
