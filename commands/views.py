"""What people are shown: views, drawn by each platform's renderer, that know nothing of any platform."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from coverage.ids import PersonId, QuestionNumber


@dataclass(frozen=True, slots=True)
class Mention:
    """Calls somebody by name: the platform notifies them. ``name`` is shown where they cannot be notified."""

    person: PersonId
    name: str


@dataclass(frozen=True, slots=True)
class When:
    """An instant (UTC), shown in the reader's own zone; ``timezone`` (IANA) is that of the plain fallback."""

    at: datetime
    timezone: str
    with_date: bool = True


@dataclass(frozen=True, slots=True)
class Bold:
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Something to be typed just so: a command."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words, shown as a quotation; nothing in them calls anybody or becomes markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, shown by its name where the platform knows it, else by ``name``, where we do; ``address`` is the
    platform's own id of it."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Leads to ``url`` under the name ``text``; where that is no address of the web only the name is shown."""

    text: str
    url: str


Segment = str | Mention | When | Bold | Code | Quote | Channel | Link
"""A plain ``str`` is shown to the letter: renderers escape it."""
Text = tuple[Segment, ...]


class ButtonStyle(StrEnum):
    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """``command`` is exactly what a person could have typed; ``accessible`` says it to a screen reader.

    ``confirm`` asks that question before a destructive act.
    """

    label: str
    command: str
    accessible: str
    style: ButtonStyle = ButtonStyle.PLAIN
    confirm: str | None = None


class Tone(StrEnum):
    """How urgent a card looks; said in words and a symbol too, never by colour alone."""

    CALM = "calm"
    WAITING = "waiting"
    URGENT = "urgent"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: Text


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """The one card of a question, redrawn in place for everybody.

    ``plain`` stands alone as a notification; ``call`` is who is called and why; ``quote`` the client's words, shortened
    when ``is_cut``; ``more`` are the rarer acts. ``version`` is the question's turn it was drawn for.
    """

    number: QuestionNumber
    version: int
    title: str
    plain: str
    tone: Tone
    quote: str
    is_cut: bool
    facts: tuple[Fact, ...]
    call: Text
    buttons: tuple[Button, ...]
    more: tuple[Button, ...]
    context: Text


@dataclass(frozen=True, slots=True)
class Notice:
    """A few sentences, in private or in a thread, with buttons where something can be done about it.

    ``about`` and ``version`` are the question and the turn the buttons were drawn for; without ``about``, ``version``
    says which state of the set-up. ``is_refusal`` says that nothing was done: a form it answers stays open, with these
    words in it, at its ``field`` of that name.
    """

    text: Text
    buttons: tuple[Button, ...] = ()
    about: QuestionNumber | None = None
    version: int | None = None
    is_refusal: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list and what can be done about it; ``more`` are the rarer acts. ``about`` and ``version`` are the
    question and the turn the buttons were drawn for."""

    text: Text
    buttons: tuple[Button, ...] = ()
    more: tuple[Button, ...] = ()
    about: QuestionNumber | None = None
    version: int | None = None


class Shade(StrEnum):
    """How a cell of a picture is to be seen at a glance; its text says it too."""

    NOBODY = "nobody"
    TOO_FEW = "too few"
    ENOUGH = "enough"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    shade: Shade


@dataclass(frozen=True, slots=True)
class Picture:
    """A table to be drawn: each row has a label and a cell for each column. ``alt`` says in words what it shows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    legend: str
    alt: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A titled list; ``empty`` is what is said instead when there is nothing in it. Where a platform can, the
    ``picture`` is shown above it; the list alone says the same."""

    title: str
    rows: tuple[Row, ...]
    empty: str = "Nothing here."
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Something longer to read: titled paragraphs, shown in a window of its own where there is one."""

    title: str
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of somebody's home; ``buttons`` belong to all of it, ``empty`` is said when it has no rows."""

    title: str
    rows: tuple[Row, ...] = ()
    empty: str = "Nothing here."
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """What somebody finds in their own corner of the platform: ``text`` sums it up, then come the parts in order."""

    text: Text
    buttons: tuple[Button, ...] = ()
    sections: tuple[Section, ...] = ()


class FieldKind(StrEnum):
    LINE = "line"
    LONG = "long"
    PERSON = "person"
    CHOICE = "choice"
    DATE = "date"
    PEOPLE = "people"
    CHANNEL = "channel"
    CHANNELS = "channels"


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of a form; ``options`` are (value, label) of a choice; ``hint`` helps to fill it in.

    ``initial`` of people and channels is how the platform mentions them (``<@U0BOB>``, ``<#C0NORTH>``), several
    with blanks between them; so are their entries when the form is sent.
    """

    name: str
    label: str
    kind: FieldKind
    initial: str = ""
    optional: bool = False
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Asks for what a command lacks. When sent, the entries are put into ``line`` (``handoff Q-2 {to} {why}``); then it
    is run as if it had been typed. ``example`` is a line to type where no form can be opened. Names that stand in
    ``line`` go through ``in_line``, for they may have braces of their own."""

    title: str
    line: str
    fields: tuple[Field, ...]
    submit: str
    example: str
    about: QuestionNumber | None = None
    version: int | None = None


def with_choices(refused: Notice) -> Text:
    """A refusal's words where its buttons cannot be: what it offers to choose from is named."""
    asks = plain_text(refused.text).endswith((":", "?")) and refused.buttons
    return (*refused.text, " ", ", ".join(one.label for one in refused.buttons)) if asks else refused.text


def in_line(words: str) -> str:
    """``words`` as they are to stand in a form's line, whatever braces they have."""
    return words.replace("{", "{{").replace("}", "}}")


def with_entries(line: str, entries: Mapping[str, str]) -> str:
    """A form's line with the entries of a sent form in it; what has no entry is left out, line breaks in them stay."""

    def filled(gap: re.Match[str]) -> str:
        return entries.get(gap[1], "") if gap[1] else gap[0][0]

    return re.sub(r"\{\{|\}\}|\{(\w+)\}", filled, line).strip()


View = QuestionCard | Notice | Listing | Page | Form
Reply = Notice | Listing | Page | Form
"""What the person who did something is answered, privately."""


def notice(*text: Segment, buttons: tuple[Button, ...] = ()) -> Notice:
    """A notice of these segments: ``notice("Q-2 is yours.")``."""
    return Notice(tuple(text), buttons)


def refusal(*text: Segment, buttons: tuple[Button, ...] = ()) -> Notice:
    """A notice that what was asked for was not done, and what to do instead."""
    return Notice(tuple(text), buttons, is_refusal=True)


def plain_text(text: Text) -> str:
    """The text without any markup, for logs, the terminal and notifications."""
    return "".join(_plain(segment) for segment in text)


def buttons_of(view: View) -> Sequence[Button]:
    """Every button of a view, in the order in which it is read."""
    match view:
        case QuestionCard():
            return (*view.buttons, *view.more)
        case Notice():
            return view.buttons
        case Listing():
            return [one for row in view.rows for one in (*row.buttons, *row.more)]
        case Page() | Form():
            return ()
        case _:
            assert_never(view)


def _plain(segment: Segment) -> str:
    match segment:
        case str():
            return segment
        case Mention(_, name):
            return name
        case When() as when:
            return clock_time(when)
        case Bold(text) | Code(text) | Quote(text) | Link(text, _):
            return text
        case Channel(address, name):
            return f"#{name or address}"


def clock_time(when: When) -> str:
    """``Mon 23 Nov 09:20`` or ``09:20`` in the zone of ``when``: the fallback where a platform draws no times."""
    local = when.at.astimezone(ZoneInfo(when.timezone))
    return f"{local:%a} {local.day} {local:%b %H:%M}" if when.with_date else f"{local:%H:%M}"
