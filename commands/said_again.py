"""The same said twice: a platform may deliver what somebody did again, half a minute later and under a new id."""

import hashlib
from datetime import datetime, timedelta

from commands.grammar import Command, Name, take_question
from commands.invocation import Context, Invocation
from commands.ports import UnitOfWork
from commands.views import notice
from commands.which import thread_question
from coverage.ids import QuestionNumber

WITHIN = timedelta(seconds=60)
MAKING = frozenset({Name.QUESTION, Name.KUDOS})
"""Verbs that make something new each time."""
TURNING = frozenset(
    {
        Name.CLAIM, Name.RELEASE, Name.HANDOFF, Name.ANSWERED, Name.WAITING, Name.RESOLVE, Name.REOPEN, Name.CLIENT,
        Name.MERGE, Name.SNOOZE, Name.CLOSE,
    }
)  # fmt: skip
"""Verbs after which it is the question's next turn: a button that was drawn for a turn does the same only once."""
DONE_ALREADY = notice("That was done already.")


def was_said(command: Command, context: Context) -> bool:
    """Whether the same person did the same before, so that it is one; if not, it is remembered that they do it now.

    A button: whether they pressed it for the same turn of the question. A line: whether they said the same of the same
    question in the same place within the last minute, and nothing has happened to it since. Of two at once, on
    PostgreSQL the second waits here for the first.
    """
    said, uow = context.invocation, context.uow
    if not said.may_come_again:
        return False
    if said.drawn_for is not None and command.name in TURNING:
        return not uow.deliveries.remember(f"did:{_same(said, '')}:{said.drawn_for}", context.now)
    number = _question(command, context)
    if number is None and not _does_more_each_time(command):
        return False
    same = f"said:{_same(said, said.place.address if said.place is not None else '')}:{number or ''}"
    earlier = _last_said(same, uow, context.now)
    if earlier is None:
        key = f"{same}:{_period(context.now)}"
        return not uow.deliveries.remember(key, context.now, fingerprint=context.now.isoformat())
    return number is None or not _has_happened_since(uow, number, earlier)


def _question(command: Command, context: Context) -> QuestionNumber | None:
    """The question that the line is about, if it is about one as it stands now."""
    if command.name is Name.CLIENT:
        return take_question(command.words, strict=True)[0]
    if command.name not in TURNING and command.name is not Name.URGENT:
        return None
    number, _ = take_question(command.words)
    return number if number is not None else thread_question(context)


def _does_more_each_time(command: Command) -> bool:
    """It makes something new, or acts on whatever is next."""
    if command.name in MAKING:
        return bool(command.words)
    return command.name in (Name.CLAIM, Name.UNDO) and not command.words


def _last_said(same: str, uow: UnitOfWork, now: datetime) -> datetime | None:
    """When the same was said within the last minute."""
    for period in (_period(now), _period(now) - 1):
        known = uow.deliveries.find(f"{same}:{period}")
        if known is not None and now - datetime.fromisoformat(known.fingerprint) < WITHIN:
            return datetime.fromisoformat(known.fingerprint)
    return None


def _has_happened_since(uow: UnitOfWork, number: QuestionNumber, then: datetime) -> bool:
    """Said again after something else was done, it is meant again."""
    rows = uow.history.of(number)
    return bool(rows) and rows[-1].at > then


def _period(now: datetime) -> int:
    return int(now.timestamp() // WITHIN.total_seconds())


def _same(said: Invocation, where: str) -> str:
    who = said.sender
    words = "\0".join((who.platform, who.tenant, who.user, where, " ".join(said.line.split())))
    return hashlib.sha256(words.encode()).hexdigest()
