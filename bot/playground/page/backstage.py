"""What the page lets a visitor do beside being one of the people: turn the clock, play a tour, begin again.

The stand-in has none of this itself. Whoever stages something with it hands the page a `Backstage`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.playground.records import Json

Unsubscribe = Callable[[], None]


class NotPossible(Exception):
    """What was asked of the backstage cannot be done; says why and what to do, for people."""


@dataclass(frozen=True, slots=True)
class Move:
    """A way to turn the clock, by `name`, in the `words` of its button."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class ServiceClock:
    """One of several timetables: whose it is, and in words whether it is open and until when."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A story of the tour, by `name`."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Caption:
    """What the tour says of what has just happened: where to look, at which messages (ts), and where to read on.

    What was written before `since` (a ts) is of earlier stories, and folded away while this one is told.
    """

    story: str
    number: int
    of: int
    at: str
    what: str
    why: str
    typed: tuple[str, ...] = ()
    user: str = ""
    place: str = ""
    points: tuple[str, ...] = ()
    manual: tuple[tuple[str, str], ...] = ()
    since: str = ""


@dataclass(frozen=True, slots=True)
class Tour:
    """`state` is idle, playing, paused, over or stuck; `trouble` says why it is stuck."""

    scenes: Sequence[Scene]
    state: str = "idle"
    caption: Caption | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Something the app can show, by `name`: a message of `blocks` (and `text`), or a `form`; `card` is the same as an
    Adaptive Card, and `summary` what is read of that in a notification. `how` says how it comes about, and by which
    typed `line`."""

    name: str
    how: str = ""
    line: str = ""
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    form: Json | None = None
    card: Json | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the gallery: what hangs in it, under a title and a sentence about all of it."""

    title: str
    lead: str
    exhibits: Sequence[Exhibit]


class Backstage(Protocol):
    """Raises NotPossible for what cannot be done. Texts are plain; the page escapes them."""

    @property
    def manual(self) -> Path:
        """The folder whose Markdown files the captions link to."""

    @property
    def renderer(self) -> Sequence[Path]:
        """The scripts of Microsoft's renderer of Adaptive Cards, which may be installed or not."""

    @property
    def moves(self) -> Sequence[Move]:
        """The ways to turn the clock."""

    def now_shown(self) -> str:
        """What time it is, in words."""

    def clocks(self) -> Sequence[ServiceClock]:
        """The timetables, as they stand now."""

    def role_of(self, user: str) -> str:
        """What somebody is in this firm, in a word or two; empty where there is nothing to say."""

    def tour(self) -> Tour:
        """How far the tour is."""

    def on_change(self, listener: Callable[[], None]) -> Unsubscribe:
        """Call `listener` when the clock was turned or the tour went on."""

    async def gallery(self) -> Sequence[Part]:
        """Everything the app can show, once each."""

    async def move(self, name: str) -> None:
        """Turn the clock."""

    async def fall_ill(self, user: str) -> str:
        """Have somebody call in sick today; says what came of it."""

    async def take_calendar(self, user: str, name: str, content: bytes) -> str:
        """Read the leave in somebody's calendar file; says what came of it."""

    async def play(self, scene: str) -> None:
        """Begin the tour, at one of its stories or at the first one."""

    async def direct(self, act: str) -> None:
        """`pause`, `resume`, `next` or `stop` the tour."""

    async def start_over(self) -> None:
        """Begin everything again; the page's own server may go down and come back for it."""

    async def close(self) -> None:
        """End what is under way: the server is about to end for good."""
