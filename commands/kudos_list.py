"""``kudos list``: the thanks somebody was given, for nobody else to read."""

from datetime import datetime
from zoneinfo import ZoneInfo

from commands.invocation import Context
from commands.kudos_words import is_clients, said_in, who_said
from commands.ports import Kudos
from commands.views import Bold, Listing, Quote, Row, Text
from commands.wording import day_words, name_of
from coverage.ids import short_id
from coverage.people import Person

_SHOWN = 20


def is_list(words: str) -> bool:
    """Whether the words after ``kudos`` ask for one's own."""
    return words.strip().casefold() in ("list", "mine")


def kudos_list(context: Context) -> Listing:
    """The newest ones that the actor was given, whoever is called ``list`` notwithstanding."""
    given = context.uow.kudos.received_by(context.actor.id, _SHOWN)
    rows = tuple(Row((*_lead(context, one), "\n", Quote(said_in(one)))) for one in given)
    return Listing("Your kudos", rows, "Nobody has thanked you here yet. Do thank somebody: that is how it begins.")


def _lead(context: Context, given: Kudos) -> Text:
    day = _day(given.at, context.actor)
    what = f" for {short_id(given.question)}" if given.question is not None else ""
    giver = name_of(context.firm, given.giver)
    if is_clients(given):
        return (Bold(day), f" {who_said(given, context.uow)}{what}, passed on by {giver}:")
    return (Bold(day), f" {giver}{what}:")


def _day(at: datetime, person: Person) -> str:
    local = at.astimezone(ZoneInfo(person.timezone)).date()
    return f"{day_words(local)} {local.year}"
