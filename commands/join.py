"""Joining: a colleague who is not in the roster becomes a member on their first act; outsiders never do."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from commands.alarm import tell_the_managers
from commands.outgoing import Topic
from commands.permissions import managers_words
from commands.ports import Identity, NewUnitOfWork, UnitOfWork
from commands.roster_lines import same_name
from commands.views import Notice, refusal
from coverage.firm import Firm
from coverage.ids import PersonId
from coverage.people import Person, Role


@dataclass(frozen=True, slots=True)
class Stranger:
    """What a platform says of one of its users; ``email`` and ``other_emails`` are verified by the platform."""

    identity: Identity
    name: str
    email: str | None
    timezone: str | None
    is_bot: bool = False
    is_guest: bool = False
    is_outsider: bool = False
    other_emails: tuple[str, ...] = ()


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
        known = _of_these_addresses(uow, {email, *(one.strip().casefold() for one in stranger.other_emails)})
        unclear = known if len(known) > 1 else [] if known else _namesakes_elsewhere(uow, stranger)
        if unclear:
            refused = _wait_for_a_manager(unclear, uow.firm())
            _ask_the_managers(uow, stranger, unclear, now)
            uow.commit()
            return refused
        person = known[0] if known else uow.people.save(_member(stranger, email))
        uow.people.link(person.id, stranger.identity)
        uow.commit()
    return None


def _of_these_addresses(uow: UnitOfWork, emails: set[str]) -> list[Person]:
    return [person for person in uow.firm().people.values() if person.email.strip().casefold() in emails]


def _namesakes_elsewhere(uow: UnitOfWork, stranger: Stranger) -> list[Person]:
    """People of just that name who have accounts, and none where the stranger is: it may be them, and that is not
    guessed."""
    named = [one for one in uow.firm().people.values() if same_name(one.name) == same_name(stranger.name)]
    platforms = {one.id: {known.platform for known in uow.people.identities(one.id)} for one in named}
    return [one for one in named if platforms[one.id] and stranger.identity.platform not in platforms[one.id]]


def _ask_the_managers(uow: UnitOfWork, stranger: Stranger, unclear: list[Person], now: datetime) -> None:
    """Once a day: who it is, they say in the roster."""
    platform, user = stranger.identity.platform, stranger.identity.user
    who = " or ".join(f"{person.name} ({person.email})" for person in unclear)
    why = (
        f"{stranger.name} ({', '.join(_addresses(stranger)) or 'no e-mail address'}) wants to use Podline from "
        f"{platform.capitalize()} and may be {who}. If so, write `{platform}: {user}` beside them in the roster and "
        "import it; if not, add them to the roster with that line."
    )
    key = f"who:{platform}:{user}:{now:%Y-%m-%d}"
    tell_the_managers(uow, uow.firm(), Topic.ALARM, key, {"why": why}, now)


def _addresses(stranger: Stranger) -> list[str]:
    return list(dict.fromkeys(one for one in (stranger.email, *stranger.other_emails) if one))


def _wait_for_a_manager(unclear: list[Person], firm: Firm) -> Notice:
    who = " or ".join(person.name for person in unclear)
    return refusal(
        f"I am not sure whether you are {who}, whom I know by another address. A manager "
        f"({managers_words(firm)}) has been asked; nothing was done until then."
    )


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
