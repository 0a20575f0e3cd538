"""Running a command: from a line somebody typed or a button they pressed to its effect and the private answer."""

from datetime import datetime
from typing import assert_never

from commands import (
    charter,
    claim,
    client,
    close,
    coverage_report,
    explain,
    feed,
    handoff,
    hours,
    import_file,
    kudos,
    leave,
    merge,
    mine,
    person,
    pod,
    policy,
    progress,
    question,
    release,
    snooze,
    undo,
    urgent,
    who,
)
from commands.channel_names import with_names
from commands.coverage_picture import is_picture
from commands.grammar import Command, Name, NotUnderstood, parse
from commands.help import help_with
from commands.invocation import Context, DoneBefore, Invocation, Refused, UnknownSender, Verb
from commands.kudos_list import is_list
from commands.meant import not_understood
from commands.ports import NewUnitOfWork, Overtaken, UnitOfWork
from commands.said_again import DONE_ALREADY, answer_to_the_same
from commands.storable import storable
from commands.views import Form, Notice, Reply

VERBS: dict[Name, Verb] = {
    Name.QUESTION: question.file_question,
    Name.CLAIM: claim.claim_question,
    Name.RELEASE: release.release_question,
    Name.HANDOFF: handoff.hand_off_question,
    Name.ANSWERED: progress.answered,
    Name.WAITING: progress.waiting,
    Name.RESOLVE: progress.resolved,
    Name.REOPEN: progress.reopened,
    Name.MINE: mine.mine,
    Name.POD: pod.pod,
    Name.CLIENT: client.client,
    Name.WHO: who.who,
    Name.LEAVE: leave.leave,
    Name.COVERAGE: coverage_report.coverage,
    Name.KUDOS: kudos.kudos,
    Name.MERGE: merge.merge_question,
    Name.SNOOZE: snooze.snooze_question,
    Name.URGENT: urgent.urgent,
    Name.CLOSE: close.close_question,
    Name.EXPLAIN: explain.explain,
    Name.POLICY: policy.policy,
    Name.CHARTER: charter.charter,
    Name.HOURS: hours.hours,
    Name.UNDO: undo.undo,
    Name.IMPORT: import_file.import_file,
    Name.FEED: feed.feed,
    Name.PERSON: person.person,
    Name.HELP: help_with,
}

_READING = frozenset({Name.MINE, Name.WHO, Name.EXPLAIN, Name.HELP})
"""Verbs that change nothing: they wait for no writer and may be repeated."""


def run(invocation: Invocation, new_uow: NewUnitOfWork, now: datetime) -> Reply:
    """Do what the line says, once, whatever the number of deliveries, and return the private answer.

    The effect, the note that this delivery had it, and all messages are one transaction: when this returns they are
    kept, when it raises nothing happened.

    Raises:
        UnknownSender: the sender, or somebody they mention, is not a person of the firm yet.
        DoneBefore: an event of the inbox that had its effect before, or has it just now in another process.
        FileWanted: the line is about a file that the adapter must fetch first.
    """
    command = parse(storable(invocation.line))
    for _ in range(_TRIES):
        try:
            return _once(command, invocation, new_uow, now)
        except Overtaken:
            continue
    return Notice(("Somebody else is changing the same question just now. Please try again.",), is_refusal=True)


_TRIES = 5


def _once(command: Command | NotUnderstood, invocation: Invocation, new_uow: NewUnitOfWork, now: datetime) -> Reply:
    reads = isinstance(command, NotUnderstood) or command.name in _READING or _only_looks(command)
    with new_uow.reading() if reads else new_uow() as uow:
        context, comes_over = _context(uow, invocation, now)
        if not reads and not _is_first(uow, invocation, now):
            return DONE_ALREADY
        same = answer_to_the_same(command, context) if isinstance(command, Command) and not reads else None
        reply = with_names(same or _reply(command, context), uow, invocation.sender.platform)
        if _changed_something(reply) and not reads:
            if comes_over:
                uow.people.acted(invocation.sender, now)
            uow.commit()
            return reply
    if invocation.from_inbox or comes_over:
        _note_answered(invocation, new_uow, now, comes_over=comes_over)
    return reply


def _only_looks(command: Command) -> bool:
    """Forms of a verb that change nothing, though others of it do."""
    match command.name:
        case Name.IMPORT:
            return import_file.is_preview(command.words)
        case Name.KUDOS:
            return is_list(command.words)
        case Name.COVERAGE:
            return not is_picture(command.words)
        case _:
            return False


def _reply(command: Command | NotUnderstood, context: Context) -> Reply:
    match command:
        case NotUnderstood():
            return not_understood(command, context)
        case Command(name, words):
            try:
                return VERBS[name](context.saying(words))
            except Refused as refused:
                return refused.reply
    assert_never(command)


def _context(uow: UnitOfWork, invocation: Invocation, now: datetime) -> tuple[Context, bool]:
    """With it whether they come over from another account of theirs, so that they are written to where they are."""
    firm = uow.firm()
    acting = uow.people.acting(invocation.sender)
    if acting is None or acting.person not in firm.people:
        raise UnknownSender(invocation.sender)
    return Context(uow, firm.people[acting.person], firm, now, "", invocation), acting.comes_over


def _is_first(uow: UnitOfWork, invocation: Invocation, now: datetime) -> bool:
    """Remember the delivery; undone with the rest when nothing comes of it, so that it may be tried again."""
    if invocation.from_inbox:
        _done_now(uow, invocation, now)
        return True
    return uow.deliveries.remember(invocation.key, now)


def _changed_something(reply: Reply) -> bool:
    """A refusal or a form that asks for more leaves everything as it was."""
    return not isinstance(reply, Form) and not (isinstance(reply, Notice) and reply.is_refusal)


def _note_answered(invocation: Invocation, new_uow: NewUnitOfWork, now: datetime, *, comes_over: bool) -> None:
    """An event that changes nothing is done with its answer; where somebody comes over that is noted."""
    with new_uow() as uow:
        if invocation.from_inbox:
            _done_now(uow, invocation, now)
        if comes_over:
            uow.people.acted(invocation.sender, now)
        uow.commit()


def _done_now(uow: UnitOfWork, invocation: Invocation, now: datetime) -> None:
    """Note that the event has its effect in this transaction. Raises DoneBefore."""
    if not uow.inbox.done(invocation.key, now):
        raise DoneBefore
