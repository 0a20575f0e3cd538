"""The month's kudos once more, in the kudos channel: who was thanked and how, nobody first and nobody best."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commands.kudos_words import as_clients, is_clients, said_in, who_said
from commands.outgoing import Message, Priority, Topic
from commands.ports import Kudos, NewUnitOfWork, UnitOfWork
from commands.views import Bold, Listing, Row, Text
from commands.wording import first_line, name_of
from coverage.firm import Firm
from coverage.ids import PersonId, short_id
from coverage.service_hours import NeverOpen, ServiceHours
from coverage.wall_clock import first_instant

MORNING = time(8)
"""Before that, also where somebody is always there, nobody reads a round-up."""
_FOR_GOOD = timedelta(days=3650)
_EACH = 8
"""Sentences of one person; what is left out was read when it was given."""
_SENTENCE = 300
_IN_A_MESSAGE = 8_000
"""Characters, roughly: what Slack takes in all blocks of a message is not much more."""

Span = tuple[datetime, datetime]


def kudos_roundup(new_uow: NewUnitOfWork, now: datetime) -> bool:
    """Queue the round-up of the month before, if it is time and nobody has; returns whether something was queued.

    It is time from the first opening of a month's first working day on (in the hours of the pod that sorts out
    questions, else of the first one), whenever somebody looks in open time: after an outage too. Each month is
    decided once, by whichever process is first, in one transaction with the messages: a month without kudos, and one at
    whose end the firm had no kudos channel, has none.
    """
    with new_uow.reading() as uow:
        hours = _hours(uow.firm())
    month = _month_due(hours, now) if hours is not None else None
    if hours is None or month is None:
        return False
    name = f"kudos_roundup:{_month_name(month, hours)}"
    with new_uow() as uow:
        if not uow.jobs.lease(name, now, _FOR_GOOD, _FOR_GOOD):
            return False
        messages = list(_messages(uow, month, name))
        for message in messages:
            uow.outbox.add(message, now)
        uow.jobs.done(name, now, _FOR_GOOD)
        uow.commit()
    return bool(messages)


def roundup(given: Sequence[Kudos], month: str, uow: UnitOfWork, firm: Firm) -> Listing | None:
    """These kudos by whoever got them, in the order of the alphabet; None where all of them have left."""
    rows = tuple(Row(_row(who, theirs, uow, firm)) for who, theirs in _by_receiver(given, firm))
    return Listing(f"Thanks of {date.fromisoformat(f'{month}-01'):%B %Y}", rows) if rows else None


def _hours(firm: Firm) -> ServiceHours | None:
    pod = firm.intake.pod if firm.intake is not None else min(firm.pods, default=None)
    return firm.hours_of(pod) if pod in firm.pods else None  # type: ignore[arg-type]


def _month_due(hours: ServiceHours, now: datetime) -> Span | None:
    """The month before the present one, once its successor's first morning has come and while it is open."""
    zone = ZoneInfo(hours.timezone)
    first = now.astimezone(zone).date().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    try:
        opening = hours.next_opening(first_instant(datetime.combine(first, MORNING), zone))
    except NeverOpen:
        return None
    if now < opening or not hours.is_open_at(now):
        return None
    return tuple(first_instant(datetime.combine(day, time()), zone) for day in (before, first))  # type: ignore[return-value]


def _month_name(month: Span, hours: ServiceHours) -> str:
    return f"{month[0].astimezone(ZoneInfo(hours.timezone)):%Y-%m}"


def _messages(uow: UnitOfWork, month: Span, name: str) -> Iterator[Message]:
    firm = uow.firm()
    if firm.kudos_channel is None:
        return
    parts = _parts(_by_receiver(uow.kudos.between(*month), firm))
    for number, part in enumerate(parts, start=1):
        ids = " ".join(str(one.id) for one in part)
        yield Message(
            f"{name}:{number}",
            Topic.KUDOS_ROUNDUP,
            Priority.REPORT,
            to_place=firm.kudos_channel,
            facts={"month": name.rpartition(":")[2], "kudos": ids},
        )


def _by_receiver(given: Sequence[Kudos], firm: Firm) -> list[tuple[PersonId, list[Kudos]]]:
    found: dict[PersonId, list[Kudos]] = {}
    for one in given:
        if one.receiver in firm.people:
            found.setdefault(one.receiver, []).append(one)
    return sorted(found.items(), key=lambda each: (firm.people[each[0]].name.casefold(), each[0]))


def _parts(receivers: Sequence[tuple[PersonId, list[Kudos]]]) -> Iterator[list[Kudos]]:
    """As much as goes into one message; nobody's thanks are parted."""
    part: list[Kudos] = []
    length = 0
    for _, theirs in receivers:
        theirs_long = sum(min(len(one.sentence), _SENTENCE) + 80 for one in theirs[:_EACH])
        if part and length + theirs_long > _IN_A_MESSAGE:
            yield part
            part, length = [], 0
        part += theirs
        length += theirs_long
    if part:
        yield part


def _row(who: PersonId, theirs: Sequence[Kudos], uow: UnitOfWork, firm: Firm) -> Text:
    lines = [f"\n• {_line(one, uow, firm)}" for one in theirs[:_EACH]]
    more = ["\n• and more"] if len(theirs) > _EACH else []
    return (Bold(name_of(firm, who)), *lines, *more)


def _line(given: Kudos, uow: UnitOfWork, firm: Firm) -> str:
    """The words, whose they are, for what."""
    what = f", {short_id(given.question)}" if given.question is not None else ""
    words, giver = first_line(given.sentence, _SENTENCE), name_of(firm, given.giver)
    if is_clients(given):
        words = first_line(as_clients(said_in(given)), _SENTENCE)
        return f"{words} ({who_said(given, uow)}, passed on by {giver}{what})"
    return f"{words} ({giver}{what})"
