"""Files that people give to us in a chat: what to do with one by its name, and reading it once the adapter has it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendar_reading import LeaveFile, read_leave
from bot.calendar_worker import TooMuch
from bot.roster.clients_table import clients_file
from bot.roster.document import NotReadable
from commands.attached import AHEAD, Attached, CalendarRead, FileKind, FileWanted, Unreadable
from commands.grammar import Command, Name, parse
from commands.import_file import WHAT_CAN_BE_DONE
from commands.wording import first_line
from coverage.leave.calendar import CalendarKind
from coverage.leave.decoding import NotACalendar

MOST_MEGABYTES = 5
MOST_BYTES = MOST_MEGABYTES * 1_000_000
MOST_CLIENTS = 10_000
"""Of one file given in a chat: while they are stored, everybody else who changes something waits."""

_KINDS = {
    ".csv": FileKind.CLIENTS,
    ".tsv": FileKind.CLIENTS,
    ".txt": FileKind.CLIENTS,
    ".ics": FileKind.LEAVE,
    ".ical": FileKind.LEAVE,
}
_WORKBOOKS = (".xlsx", ".xls", ".ods", ".numbers")


@dataclass(frozen=True, slots=True)
class Dropped:
    """The line that a file stands for when it is given to us, and why nothing can be done with it, if so."""

    line: str
    unreadable: Unreadable | None = None


def dropped(text: str, files: Sequence[Mapping[str, Any]]) -> Dropped | None:
    """What a direct message with files asks for, each with its ``id``, ``name`` and ``filetype``; None where its words
    ask for something else (``question Acme: as in this picture``) or name the file themselves."""
    said = parse(text)
    is_import = isinstance(said, Command) and said.name is Name.IMPORT and len(said.words.split()) < _NAMES_A_FILE
    if not files or (text.strip() and isinstance(said, Command) and not is_import):
        return None
    if len(files) > 1:
        return Dropped("import", Unreadable(f"Those are {len(files)} files. Give them to me one at a time, please."))
    [file] = files
    name = str(file.get("name") or "")
    ending = PurePath(name).suffix.casefold() or f".{file.get('filetype') or ''}"
    if kind := _KINDS.get(ending):
        return Dropped(f"import {kind.value} {file.get('id')} preview")
    if ending in _WORKBOOKS:
        advice = "save it as CSV UTF-8 in the spreadsheet, and give me that."
        return Dropped("import", Unreadable(f"“{first_line(name)}” is a workbook: {advice}"))
    return Dropped(
        "import", Unreadable(f"I can do nothing with “{first_line(name) or 'this file'}”. {WHAT_CAN_BE_DONE}")
    )


_NAMES_A_FILE = 2
"""``import clients F0123`` is about that file, whatever comes along with it."""


def takes_long(line: str) -> bool:
    """Whether a file is to be fetched and read first: that is no matter of the few seconds that platforms wait."""
    said = parse(line)
    return isinstance(said, Command) and said.name is Name.IMPORT


class CannotFetch(Exception):
    """The file could not be had; says why and what to do."""


def too_large(name: str) -> CannotFetch:
    return CannotFetch(
        f"“{first_line(name)}” is larger than {MOST_MEGABYTES} MB. Give it to me in parts, each with the first line; "
        "or whoever runs Podline imports it with podline import clients."
    )


async def read_given(wanted: FileWanted, name: str, data: bytes) -> Attached:
    """What a verb wanted, out of the file's content; whatever is wrong with it is said, not raised."""
    try:
        return await asyncio.to_thread(_clients if wanted.kind is FileKind.CLIENTS else _leave, wanted, name, data)
    except (NotReadable, NotACalendar, TooMuch) as why:
        return Unreadable(str(why))


def _clients(_: FileWanted, name: str, data: bytes) -> Attached:
    file = clients_file(data, name)
    if len(file.lines) > MOST_CLIENTS:
        much = f"“{first_line(name)}” has {len(file.lines):,} clients, more than {MOST_CLIENTS:,}"
        return Unreadable(f"{much}. Give them to me in parts, or whoever runs Podline imports it in a terminal.")
    return file


def _leave(wanted: FileWanted, name: str, data: bytes) -> Attached:
    first = wanted.now.astimezone(ZoneInfo(wanted.owner.timezone)).date()
    last = first + AHEAD
    reading, _ = read_leave(
        LeaveFile(data, wanted.people, CalendarKind.PERSONAL, wanted.owner, None, first, last, wanted.now)
    )
    return CalendarRead(
        name, reading.absences, tuple(one.title or "(no title)" for one in reading.needs_human), first, last
    )
