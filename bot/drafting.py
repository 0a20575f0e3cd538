"""From a queued message to a letter: its words as of now, where it goes, and what its people are called there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.platform import Letter, Platform, users_of
from commands.compose import Drop, Later, ToSend
from commands.outgoing import Message, Queued
from commands.ports import NewUnitOfWork, UnitOfWork

Compose = Callable[[Message, UnitOfWork, datetime], ToSend | Drop | Later]
"""``commands.compose.compose``."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Ready to be sent. A card ``draws`` a revision of its question; ``hangs_at`` is the remote id of the message that
    shows it already, and with ``only_redraws`` nothing is posted where that is gone."""

    platform: Platform
    letter: Letter
    draws: int | None
    hangs_at: str | None
    only_redraws: bool = False


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
    assert queued.message.to_person is not None
    known = [one for one in uow.people.identities(queued.message.to_person) if one.platform in platforms]
    if not known:
        return Nobody("they have no account on a platform that is connected")
    platform = platforms[known[0].platform]
    letter = Letter(
        mark=str(queued.id),
        address=known[0].user,
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
