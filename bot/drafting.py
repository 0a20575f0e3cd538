"""From a queued message to a letter: its words as of now, where it goes, and what its people are called there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.platform import Letter, Platform, users_of
from commands.compose import Drop, Later, ToSend
from commands.outgoing import Message, Queued
from commands.ports import Identity, NewUnitOfWork, UnitOfWork

Compose = Callable[[Message, UnitOfWork, datetime], ToSend | Drop | Later]
"""``commands.compose.compose``."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Ready to be sent. A card ``draws`` a revision of its question; ``hangs_at`` is the remote id of the message that
    shows it already, and with ``only_redraws`` nothing is posted where that is gone. ``instead`` is the same by another
    account of the person, for where this one cannot be written to."""

    platform: Platform
    letter: Letter
    draws: int | None
    hangs_at: str | None
    only_redraws: bool = False
    instead: "Draft | None" = None


@dataclass(frozen=True, slots=True)
class Unneeded:
    why: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """It waits on purpose until ``until`` (UTC)."""

    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Nobody:
    """There is nowhere to send it."""

    why: str


def draft(
    queued: Queued, new_uow: NewUnitOfWork, compose: Compose, platforms: Mapping[str, Platform], now: datetime
) -> Draft | Unneeded | NotYet | Nobody:
    """Compose the message at ``now`` and find out where it goes; reads only."""
    with new_uow.reading() as uow:
        composed = compose(queued.message, uow, now)
        match composed:
            case Drop(why):
                return Unneeded(why)
            case Later(until, why):
                return NotYet(until, why)
            case ToSend():
                if queued.message.to_person is not None:
                    return _to_person(queued, composed, uow, platforms)
                return _to_place(queued, composed, uow, platforms)


def _to_person(queued: Queued, said: ToSend, uow: UnitOfWork, platforms: Mapping[str, Platform]) -> Draft | Nobody:
    """By one of their accounts: the one they acted by last, the others for where that cannot be written to. What may
    have arrived by one is looked for, or sent again, by the same; what is redrawn is where it is."""
    message = queued.message
    assert message.to_person is not None
    if said.in_place_of is not None:
        known = _by_name(uow.people.identities(message.to_person))
        hangs_by = message.facts.get("via") or next(iter(known), None)
        ways = [known[hangs_by]] if hangs_by in known else []
    else:
        known = _by_name(uow.people.ways_to(message.to_person))
        ways = sorted(known.values(), key=lambda one: queued.unclear and one.platform != queued.via)
    drafted: Draft | None = None
    for way in reversed([one for one in ways if one.platform in platforms]):
        drafted = replace(_directly(queued, said, way, uow, platforms[way.platform]), instead=drafted)
    return drafted or Nobody("they have no account on a platform that is connected")


def _by_name(accounts: Iterable[Identity]) -> dict[str, Identity]:
    """One account for each platform, the first of several."""
    known: dict[str, Identity] = {}
    for one in accounts:
        known.setdefault(one.platform, one)
    return known


def _directly(queued: Queued, said: ToSend, way: Identity, uow: UnitOfWork, platform: Platform) -> Draft:
    letter = Letter(
        mark=str(queued.id),
        address=way.user,
        view=said.view,
        queued_at=queued.queued_at,
        is_direct=True,
        users=users_of(said.view, platform.name, uow),
    )
    return Draft(platform, letter, None, hangs_at=said.in_place_of, only_redraws=said.in_place_of is not None)


def _to_place(queued: Queued, said: ToSend, uow: UnitOfWork, platforms: Mapping[str, Platform]) -> Draft | Nobody:
    message = queued.message
    assert message.to_place is not None
    place = uow.places.get(message.to_place)
    platform = platforms.get(place.platform)
    if platform is None:
        return Nobody(f"{place.platform} is not connected")
    card = uow.postings.card(message.question, message.to_place) if message.question is not None else None
    letter = Letter(
        mark=str(queued.id),
        address=place.address,
        view=said.view,
        queued_at=queued.queued_at,
        thread=said.in_reply_to or (card.remote if card is not None and message.in_thread else None),
        users=users_of(said.view, platform.name, uow),
    )
    if said.in_place_of is not None:
        return Draft(platform, letter, None, hangs_at=said.in_place_of, only_redraws=True)
    hangs_at = card.remote if card is not None and said.draws is not None else None
    return Draft(platform, letter, said.draws, hangs_at)
