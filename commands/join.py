"""Joining: a colleague who is not in the roster becomes a member on their first act; outsiders never do."""

from dataclasses import dataclass
from datetime import datetime

from commands.account import ask_whose, known_zone, placeholder_email
from commands.permissions import managers_words
from commands.ports import Identity, NewUnitOfWork, UnitOfWork
from commands.roster_lines import same_name
from commands.views import Notice, Reply, refusal
from coverage.firm import Firm
from coverage.ids import PersonId
from coverage.people import Person, Role

_NO_BOTS = refusal("Bots cannot use Podline.")
_NO_OUTSIDERS = refusal("Only members of the firm can do this; they will answer you.")


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

    A notice is the polite refusal for a bot, a guest or somebody of another firm, and for whoever may be a colleague
    who is known by another address: that is a manager's to say.
    """
    if (turned_away := no_member(stranger)) is not None:
        return turned_away
    email = (stranger.email or placeholder_email(stranger.identity)).strip().casefold()
    with new_uow() as uow:
        uow.deliveries.remember(f"join:{email}", now)  # the second of two first acts at once waits here for the first
        if uow.people.by_identity(stranger.identity) in uow.firm().people:
            return None
        known = _of_these_addresses(uow, {email, *(one.strip().casefold() for one in stranger.other_emails)})
        unclear = known if len(known) > 1 else [] if known else _may_be_them(uow, stranger)
        if unclear:
            refused = _wait_for_a_manager(unclear, uow.firm())
            addresses = _addresses(stranger)
            ask_whose(uow, stranger.identity, _called(stranger, email), addresses, unclear, stranger.timezone, now)
            uow.commit()
            return refused
        person = known[0] if known else uow.people.save(_member(stranger, email))
        uow.people.link(person.id, stranger.identity)
        uow.commit()
    return None


def _of_these_addresses(uow: UnitOfWork, emails: set[str]) -> list[Person]:
    return [person for person in uow.firm().people.values() if person.email.strip().casefold() in emails]


def _may_be_them(uow: UnitOfWork, stranger: Stranger) -> list[Person]:
    """People without an account where the stranger is who look like them: it may be them, and that is not guessed."""
    alike = [one for one in uow.firm().people.values() if _is_alike(stranger, one)]
    there = stranger.identity.platform
    return [one for one in alike if there not in {known.platform for known in uow.people.identities(one.id)}]


def _is_alike(stranger: Stranger, person: Person) -> bool:
    """Of just that name or alias; or with a name in common, and the same before the @."""
    names = {same_name(name) for name in (person.name, *person.aliases)}
    if same_name(stranger.name) in names:
        return True
    parts = {part for name in names for part in name.split()}
    shares_a_name = not parts.isdisjoint(same_name(stranger.name).split())
    return shares_a_name and _before_the_at(person.email) in {_before_the_at(one) for one in _addresses(stranger)}


def _before_the_at(email: str) -> str:
    return email.strip().casefold().partition("@")[0]


def _addresses(stranger: Stranger) -> list[str]:
    return list(dict.fromkeys(one for one in (stranger.email, *stranger.other_emails) if one))


def _wait_for_a_manager(unclear: list[Person], firm: Firm) -> Notice:
    who = " or ".join(person.name for person in unclear)
    return refusal(
        f"I am not sure whether you are {who}, whom I know by another address. A manager ({managers_words(firm)}) has "
        "been asked; nothing is done until they say so."
    )


def no_member(stranger: Stranger) -> Notice | None:
    """The polite refusal for whoever never becomes a member: a bot, a guest, somebody of another firm."""
    if stranger.is_bot:
        return _NO_BOTS
    if stranger.is_outsider or stranger.is_guest:
        return _NO_OUTSIDERS
    return None


def is_turned_away(reply: Reply) -> bool:
    """Whether that is what ``no_member`` says: to somebody who may be a client."""
    return reply in (_NO_BOTS, _NO_OUTSIDERS)


def _member(stranger: Stranger, email: str) -> Person:
    return Person(PersonId(0), _called(stranger, email), email, known_zone(stranger.timezone) or "UTC", Role.MEMBER)


def _called(stranger: Stranger, email: str) -> str:
    return stranger.name.strip() or email.partition("@")[0]
