"""Files that people give to us in Slack: what to do with one by its name, fetching it, reading it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.calendar_reading import LeaveFile, read_leave
from bot.calendar_worker import TooMuch
from bot.roster.clients_table import clients_file
from bot.roster.document import NotReadable
from bot.slack.connection import Connection
from bot.slack.errors import code_of
from commands.attached import AHEAD, Attached, CalendarRead, FileKind, FileWanted, Unreadable
from commands.grammar import Command, Name, parse
from commands.import_file import WHAT_CAN_BE_DONE
from commands.wording import first_line
from coverage.leave.calendar import CalendarKind
from coverage.leave.decoding import NotACalendar

MOST_MEGABYTES = 5
MOST_CLIENTS = 10_000
"""Of one file given in a chat: while they are stored, everybody else who changes something waits."""
TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)

_KINDS = {
    ".csv": FileKind.CLIENTS,
    ".tsv": FileKind.CLIENTS,
    ".txt": FileKind.CLIENTS,
    ".ics": FileKind.LEAVE,
    ".ical": FileKind.LEAVE,
}
_WORKBOOKS = (".xlsx", ".xls", ".ods", ".numbers")
_GONE = ("file_not_found", "file_deleted", "not_visible", "not_found")


@dataclass(frozen=True, slots=True)
class Dropped:
    """The line that a file stands for when it is given to us, and why nothing can be done with it, if so."""

    line: str
    unreadable: Unreadable | None = None


def dropped(text: str, files: Sequence[Mapping[str, Any]]) -> Dropped | None:
    """What a direct message with files asks for; None where its words ask for something else (``question Acme: as in
    this picture``) or name the file themselves."""
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


class CannotFetch(Exception):
    """The file could not be had; says why and what to do."""


class SlackFiles:
    """Fetches and reads what verbs want."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def read(self, wanted: FileWanted, user: str) -> Attached:
        """The file, for the Slack user who gave it to us; whatever is wrong with it is said, not raised."""
        try:
            name, data = await self._fetch(wanted.file, user)
            return await asyncio.to_thread(_clients if wanted.kind is FileKind.CLIENTS else _leave, wanted, name, data)
        except (CannotFetch, NotReadable, NotACalendar, TooMuch) as why:
            return Unreadable(str(why))

    async def _fetch(self, file: str, user: str) -> tuple[str, bytes]:
        """Its name and content. Only a file that ``user`` has given to us: a line can be typed by anybody."""
        try:
            found = (await self._connection.direct.files_info(file=file))["file"]
        except SlackApiError as error:
            raise CannotFetch(_why_not_found(code_of(error))) from None
        except (aiohttp.ClientError, TimeoutError):
            raise CannotFetch(_NOT_JUST_NOW) from None
        name = str(found.get("name") or file)
        if found.get("user") != user:
            raise CannotFetch(
                "That is not a file that you have given to me. Give it to me here, then go on from there."
            )
        if found.get("is_external") or found.get("mode") in ("tombstone", "hidden_by_limit"):
            raise CannotFetch(f"“{first_line(name)}” is not in Slack itself. Download it and give me the file.")
        if int(found.get("size") or 0) > MOST_MEGABYTES * 1_000_000:
            raise CannotFetch(_too_large(name))
        return name, await self._download(
            str(found.get("url_private_download") or found.get("url_private") or ""), name
        )

    async def _download(self, url: str, name: str) -> bytes:
        if not is_slacks(url, self._connection.plain.base_url):
            raise CannotFetch("Slack names an address for this file that is not its own, so it was not fetched.")
        headers = {"Authorization": f"Bearer {self._connection.token}"}
        most = MOST_MEGABYTES * 1_000_000
        data = bytearray()
        try:
            async with self._connection.session.get(
                url, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as answer:
                _check_it_is_the_file(answer)
                async for part in answer.content.iter_chunked(64_000):
                    data += part
                    if len(data) > most:
                        raise CannotFetch(_too_large(name))
        except (aiohttp.ClientError, TimeoutError):
            raise CannotFetch(_NOT_JUST_NOW) from None
        return bytes(data)


def is_slacks(url: str, api: str) -> bool:
    """Whether the token may be shown to ``url``: a host of Slack's, or that of the API itself where that is a
    stand-in for it."""
    asked, ours = urlsplit(url), urlsplit(api)
    host = (asked.hostname or "").casefold()
    if asked.username or asked.password:
        return False
    if (asked.scheme, asked.netloc) == (ours.scheme, ours.netloc):
        return True
    return asked.scheme == "https" and asked.port in (None, 443) and host.endswith((".slack.com", ".slack-gov.com"))


def _check_it_is_the_file(answer: aiohttp.ClientResponse) -> None:
    """Slack answers a token that may not read files with its sign-in page, by 200 or by sending us there."""
    if answer.status in (301, 302, 303, 307, 308) or answer.content_type == "text/html":
        raise CannotFetch(_NO_SCOPE)
    if answer.status in (404, 410):
        raise CannotFetch(_why_not_found("file_not_found"))
    if answer.status != 200:
        raise CannotFetch(_NOT_JUST_NOW)


def _why_not_found(code: str) -> str:
    if code in ("missing_scope", "not_allowed_token_type"):
        return _NO_SCOPE
    if code in _GONE:
        return "That file is not there any more, or I cannot see it. Give it to me again."
    return _NOT_JUST_NOW


_NO_SCOPE = (
    "Podline may not read files in this workspace yet: whoever runs it adds the scope files:read "
    "(podline manifest prints it, podline doctor checks it) and installs the app again."
)
_NOT_JUST_NOW = "Slack does not give me the file just now. Please try again in a minute."


def _too_large(name: str) -> str:
    return (
        f"“{first_line(name)}” is larger than {MOST_MEGABYTES} MB. Give it to me in parts, each with the first line; "
        "or whoever runs Podline imports it with podline import clients."
    )


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
