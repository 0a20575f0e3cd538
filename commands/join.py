"""Joining: a colleague who is not in the roster becomes a member on their first act; outsiders never do."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from commands.ports import Identity, NewUnitOfWork
from commands.views import Notice, refusal
from coverage.ids import PersonId
from coverage.people import Person, Role


@dataclass(frozen=True, slots=True)
class Stranger:
    """What a platform says of one of its users; ``email`` is one the platform has verified."""

    identity: Identity
    name: str
    email: str | None
    timezone: str | None
    is_bot: bool = False
    is_guest: bool = False
    is_outsider: bool = False


def join(stranger: Stranger, new_uow: NewUnitOfWork, now: datetime) -> Notice | None:
    """Make a colleague a member, or link them to the person of the same e-mail address; None when that is done.

    A notice is the polite refusal for a bot, a guest or somebody of another firm.
    """
    if (turned_away := no_member(stranger)) is not None:
        return turned_away
    email = (stranger.email or f"{stranger.identity.user}@{stranger.identity.platform}.invalid").strip().casefold()
    with new_uow() as uow:
        uow.deliveries.remember(f"join:{email}", now)  # the second of two first acts at once waits here for the first
        if uow.people.by_identity(stranger.identity) in uow.firm().people:
            return None
        known = [person for person in uow.firm().people.values() if person.email.strip().casefold() == email]
        person = known[0] if known else uow.people.save(_member(stranger, email))
        uow.people.link(person.id, stranger.identity)
        uow.commit()
    return None


def no_member(stranger: Stranger) -> Notice | None:
    """The polite refusal for whoever never becomes a member: a bot, a guest, somebody of another firm."""
    if stranger.is_bot:
        return refusal("Bots cannot use Podline.")
    if stranger.is_outsider or stranger.is_guest:
        return refusal("Only members of the firm can do this; they will answer you.")
    return None


def _member(stranger: Stranger, email: str) -> Person:
    name = stranger.name.strip() or email.partition("@")[0]
    return Person(PersonId(0), name, email, _known_zone(stranger.timezone), Role.MEMBER)


def _known_zone(timezone: str | None) -> str:
    """UTC where the platform names no zone, or one that nobody knows."""
    try:
        return ZoneInfo(timezone).key if timezone else "UTC"
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return "UTC"
