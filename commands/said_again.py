"""The same said twice: a platform may deliver what somebody did again, half a minute later and under a new id."""

import hashlib
import re
from datetime import datetime, timedelta

from commands.grammar import Command, Name, take_question
from commands.invocation import Context, Invocation
from commands.ports import UnitOfWork, UnknownQuestion
from commands.views import Notice, notice
from commands.which import my_questions_button, thread_question, told_since
from coverage.ids import QuestionNumber, short_id

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
_WHICH_NOW = Notice(
    ("You said that a moment ago. If you mean another question, say which one.",), (my_questions_button(),)
)
_NOTE = re.compile(r"\bnote\b", re.IGNORECASE)


def answer_to_the_same(command: Command, context: Context) -> Notice | None:
    """What is answered where the same person did the same before, so that it is one and is not done again; None where
    it is to be done, which is remembered as of now.

    A button: whether they pressed it for the same turn of the question. A line: whether they said the same in the same
    place, of the same question, within the last minute, and have done nothing else to that since. Of two at once, on
    PostgreSQL the second waits here for the first.
    """
    said, uow = context.invocation, context.uow
    if not said.may_come_again:
        return None
    if said.drawn_for is not None and command.name in TURNING:
        is_new = _remember(uow, f"did:{_same(said, '')}:{said.drawn_for}", context.now)
        return None if is_new else _done_already(command, context, _question(command, context))
    number = _question(command, context)
    if number is None and not _does_more_each_time(command):
        return None
    earlier = _last_said(said, number, uow, context.now)
    if earlier is not None:
        return _answer(command, context, number, earlier)
    is_new = _remember(uow, _key(said, number, _period(context.now)), context.now)
    return None if is_new else _done_already(command, context, number)


def _done_already(command: Command, context: Context, number: QuestionNumber | None) -> Notice:
    """Whoever claims twice has it."""
    try:
        question = context.uow.questions.look_at(number) if number is not None else None
    except UnknownQuestion:
        question = None
    is_theirs = question is not None and question.claimed_by == context.actor.id
    if question is None or command.name is not Name.CLAIM or not is_theirs:
        return DONE_ALREADY
    return notice(f"{short_id(question.number)} is yours already.")


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
    if command.name is Name.CLIENT:
        return _NOTE.search(command.words) is not None
    return command.name in (Name.CLAIM, Name.UNDO) and not command.words


def _last_said(said: Invocation, number: QuestionNumber | None, uow: UnitOfWork, now: datetime) -> datetime | None:
    """When the same was said within the last minute."""
    for period in (_period(now), _period(now) - 1):
        known = uow.deliveries.find(_key(said, number, period))
        if known is not None and now - datetime.fromisoformat(known.fingerprint) < WITHIN:
            return datetime.fromisoformat(known.fingerprint)
    return None


def _answer(command: Command, context: Context, number: QuestionNumber | None, earlier: datetime) -> Notice | None:
    """Whoever did something else to the question since means it again. What others did must not be undone by a line
    that only came twice: whoever said it is told, and may press a button."""
    if number is None:
        return _WHICH_NOW if command.name is Name.CLAIM else DONE_ALREADY
    since = [row.who for row in context.uow.history.of(number) if row.at > earlier]
    if context.actor.id in since:
        return None
    return (
        told_since(context, number, _with_its_number(command, number))
        if since
        else _done_already(command, context, number)
    )


def _with_its_number(command: Command, number: QuestionNumber) -> str:
    """The line as it is said outside the question's thread."""
    named, rest = take_question(command.words, strict=command.name is Name.CLIENT)
    return f"{command.name} {short_id(number)} {command.words if named is None else rest}".strip()


def _remember(uow: UnitOfWork, key: str, now: datetime) -> bool:
    return uow.deliveries.remember(key, now, fingerprint=now.isoformat())


def _period(now: datetime) -> int:
    return int(now.timestamp() // WITHIN.total_seconds())


def _key(said: Invocation, number: QuestionNumber | None, period: int) -> str:
    where = said.place.address if said.place is not None else ""
    return f"said:{_same(said, where)}:{number or ''}:{period}"


def _same(said: Invocation, where: str) -> str:
    who = said.sender
    words = "\0".join((who.platform, who.tenant, who.user, where, " ".join(said.line.split())))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
