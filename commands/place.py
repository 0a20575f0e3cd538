"""A place: where a platform posts something, by the platform's own name of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    platform: str
    address: str
