"""``import clients FILE [preview]`` and ``import leave FILE [preview]``: a file that somebody gave us in a chat."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.attached import CalendarRead, FileKind, FileWanted, Unreadable
from commands.clients_file import ClientsFile
from commands.coverage_words import away_words, cut_rows
from commands.import_clients import ImportedClients, import_into
from commands.import_leave import ImportedLeave, replace_leave
from commands.invocation import Context, Refused
from commands.permissions import Act, managers_words, may_act
from commands.roster_checks import RosterRefused
from commands.roster_merge import Change, Happened
from commands.views import Bold, Button, ButtonStyle, Code, Listing, Notice, Reply, Row, Text, notice, refusal
from commands.wording import first_line
from coverage.absence import Absence

WHAT_CAN_BE_DONE = (
    "Give me a CSV file of clients (name, pod, named_contact, domains, aliases, channels, knows), or your own calendar "
    "as an .ics file, here in our direct conversation."
)
_LINE = re.compile(r"(clients|leave)\s+(\S{2,80})(\s+preview)?", re.IGNORECASE)
_SHOWN = 12
"""Mistakes, changes or days of a preview; the rest is counted."""
_LONGEST = 200
"""Characters of a row: names and mistakes quote what stands in the file."""


def import_file(context: Context) -> Reply:
    """Say what importing it would change, with a button that does it, or do it."""
    attached = context.invocation.attached
    if isinstance(attached, Unreadable):
        raise Refused(refusal(attached.why))
    asked = _LINE.fullmatch(context.words.strip())
    if asked is None:
        raise Refused(refusal(WHAT_CAN_BE_DONE))
    kind, file, is_preview = FileKind(asked[1].lower()), asked[2], bool(asked[3])
    if kind is FileKind.CLIENTS and not may_act(context.actor, Act.IMPORT_CLIENTS):
        raise Refused(refusal(f"Only managers can import clients: {managers_words(context.firm)}."))
    match attached:
        case ClientsFile() if kind is FileKind.CLIENTS:
            return _clients(context, attached, file, is_preview=is_preview)
        case CalendarRead() if kind is FileKind.LEAVE:
            return _leave(context, attached, file, is_preview=is_preview)
    raise FileWanted(file, kind, context.actor, tuple(context.firm.people.values()), context.now)


def is_preview(words: str) -> bool:
    """Whether the words after ``import`` only ask what it would change."""
    asked = _LINE.fullmatch(words.strip())
    return asked is None or bool(asked[3])


def _clients(context: Context, file: ClientsFile, name: str, *, is_preview: bool) -> Reply:
    try:
        done = import_into(context.uow, file, dry_run=is_preview, who=context.actor.id, now=context.now)
    except RosterRefused as refused:
        raise Refused(_mistakes(file, [file.sentence(one) for one in refused.problems])) from None
    if not is_preview:
        return notice("Imported ", Bold(first_line(file.name)), f": {_counts(done)}.")
    return _preview_of_clients(file, done, name)


def _mistakes(file: ClientsFile, said: list[str]) -> Notice:
    """A refusal; the lines stand in one text, each on its own."""
    shown = "\n".join(f"• {first_line(one, _LONGEST)}" for one in said[:_SHOWN])
    more = f"\n… and {len(said) - _SHOWN:,} more." if len(said) > _SHOWN else ""
    count = f"{len(said):,} mistake{'' if len(said) == 1 else 's'}"
    return refusal(
        Bold(first_line(file.name)),
        f" has {count}, so nothing of it can be imported:\n{shown}{more}\nMend the file and give it to me again.",
    )


def _preview_of_clients(file: ClientsFile, done: ImportedClients, name: str) -> Reply:
    remarks = [Row((first_line(one, _LONGEST),)) for one in (*file.remarks, *done.warnings)]
    read = Row((f"Read {len(file.lines):,} clients ({file.read_as}): {_counts(done, would=True)}.",))
    if not done.changes:
        return Listing(first_line(file.name), (read, *cut_rows(remarks, _SHOWN, "")))
    button = Button(
        f"Import {len(done.changes):,} client{'' if len(done.changes) == 1 else 's'}",
        f"import clients {name}",
        f"Import what is new and changed in {first_line(file.name, 40)}",
        ButtonStyle.PRIMARY,
    )
    rows = (
        Row(read.text, (button,)),
        *cut_rows(remarks, _SHOWN, ""),
        *cut_rows([Row(_change(one)) for one in done.changes[:_SHOWN]], _SHOWN, "", of=len(done.changes)),
    )
    return Listing(first_line(file.name), rows)


def _counts(done: ImportedClients, *, would: bool = False) -> str:
    be = "would be " if would else ""
    new, changed = done.how_many(Happened.ADDED), done.how_many(Happened.CHANGED)
    return f"{new:,} {be}new, {changed:,} {be}changed, {done.unchanged:,} as they were"


def _change(change: Change) -> Text:
    details = first_line("; ".join(change.details), _LONGEST)
    return (Bold(first_line(change.name)), f": {details or 'new'}")


def _leave(context: Context, file: CalendarRead, name: str, *, is_preview: bool) -> Reply:
    """Whoever gives us a calendar gives us their own."""
    who, title = context.actor, first_line(file.name)
    unclear = [
        Row((f"“{first_line(one)}” only you can read. If you are away then: ", Code("leave 3 Aug - 14 Aug")))
        for one in file.unclear
    ]
    if not is_preview:
        source = f"import:personal:{who.email.casefold()}:{file.name}"
        done = replace_leave(file.absences, source, file.first, file.last, context.uow, context.now)
        return notice("Imported ", Bold(title), f" as your leave: {_taken_in(done)}.")
    if not file.absences:
        return Listing(title, (Row(("I find no leave of yours in it, from today for a year.",)), *unclear[:_SHOWN]))
    button = Button("Import my leave", f"import leave {name}", f"Mark the leave of {title} as yours")
    days = [Row((_days(one, context.now, who.timezone),)) for one in file.absences]
    lead = Row(("This is your leave in it, from today for a year. Nobody else is told what kind it is.",), (button,))
    return Listing(title, (lead, *cut_rows(days, _SHOWN, ""), *cut_rows(unclear, 5, "")))


def _days(absence: Absence, now: datetime, zone: str) -> str:
    words = away_words([absence], now.astimezone(ZoneInfo(zone)).date(), None)
    return f"{words[:1].upper()}{words[1:]} ({absence.kind.value.replace('_', ' ')})"


def _taken_in(done: ImportedLeave) -> str:
    return f"{done.added} added, {done.removed} taken back, {done.unchanged} as they were"
