"""A file that somebody gave us and a command is about: wanted by its verb, fetched and read by the adapter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from commands.clients_file import ClientsFile
from coverage.absence import Absence
from coverage.people import Person

AHEAD = timedelta(days=365)
"""How far ahead leave is read out of a calendar that somebody gave us."""


class FileKind(StrEnum):
    """What a file is to be read as."""

    CLIENTS = "clients"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """The leave of its owner that was found in the calendar ``name`` between ``first`` and ``last`` (inclusive).

    ``unclear`` are the titles of events that only a human can read.
    """

    name: str
    absences: tuple[Absence, ...]
    unclear: tuple[str, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file could not be had or read: ``why``, in sentences for whoever gave it to us."""

    why: str


Attached = ClientsFile | CalendarRead | Unreadable


class FileWanted(Exception):
    """A verb needs the file that its platform calls ``file``: the adapter fetches and reads it, then runs the line
    again with what it found ``attached``. ``owner`` is who asked, ``people`` are the firm's, ``now`` (UTC) is the time.
    """

    def __init__(self, file: str, kind: FileKind, owner: Person, people: tuple[Person, ...], now: datetime) -> None:
        super().__init__(f"the file {file} is wanted")
        self.file, self.kind, self.owner, self.people, self.now = file, kind, owner, people, now
