"""What whoever sits at the demo's prompt can make happen."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Command:
    """Somebody types a slash command, in a channel where one is named."""

    who: str
    command: str
    text: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Click:
    """Somebody presses a button, of the question ``about`` where one is named."""

    who: str
    label: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """Somebody writes: into ``channel``, into the thread of the question ``about``, or directly to Podline."""

    who: str
    text: str
    channel: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """Somebody fills in the form before them, from top to bottom, and sends it."""

    who: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """Somebody closes the form before them."""

    who: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A client's question comes in by the API; without a client it is anybody's."""

    client: str | None
    text: str


@dataclass(frozen=True, slots=True)
class See:
    """What somebody sees, everywhere or in one channel."""

    who: str | None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Time goes on by so much."""

    by: timedelta


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """Time goes on to the next such moment; ``weekday`` counts from Monday, 0."""

    weekday: int | None
    at: time

    def after(self, now: datetime) -> datetime:
        """The next such moment after ``now``, in the zone of ``now``."""
        day = now.date()
        for ahead in range(9):
            moment = datetime.combine(day + timedelta(days=ahead), self.at, now.tzinfo)
            if moment > now and self.weekday in (None, moment.weekday()):
                return moment
        raise AssertionError("every weekday comes within eight days")


@dataclass(frozen=True, slots=True)
class Speed:
    """Time runs so many times as fast as the wall's."""

    speed: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word that stands alone: help, log, quit, clock, people."""

    word: str


Act = Command | Click | Say | Fill | Cancel | Ask | See | Wait | WaitUntil | Speed | Word
