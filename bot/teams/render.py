"""Views as Adaptive Cards: the same view always gives the same JSON, within Teams' limits; what is missing is named."""

from collections.abc import Callable
from typing import Any, assert_never

from bot.teams.elements import IN_A_DIALOG, actions, heading, paragraphs, quotation, small
from bot.teams.pen import LIMIT, ROOMS, Element, Pen, size_of
from bot.teams.text import People, cut, in_words, literal, unmarked
from bot.tones import SYMBOLS
from commands.views import (
    Bold,
    Code,
    Form,
    Home,
    Listing,
    Notice,
    Page,
    QuestionCard,
    Reply,
    Row,
    Section,
    Segment,
    Text,
    View,
)
from coverage.ids import QuestionNumber, short_id

CARD = "application/vnd.microsoft.card.adaptive"
SUMMARY, FALLBACK = 300, 1_000
Draw = Callable[[Pen], tuple[list[Element], list[Element]]]
"""Draws the body of a card and its actions."""


def to_activity(view: View, people: People, *, typed: str | None = None) -> dict[str, Any]:
    """The view as a message of the Bot Framework; whoever it mentions and is missing in ``people`` is shown by name.

    ``summary`` is read alone in a notification. Mentions travel inside the card, where Teams looks for those of a card.
    ``typed`` is the line that led to a form: its button opens the form with it.
    """
    return activity(to_card(view, people, typed=typed), summary(view))


def to_card(view: View, people: People, *, typed: str | None = None) -> dict[str, Any]:
    """The view as a card alone."""
    match view:
        case QuestionCard():
            return fitting(lambda pen: _card(view, pen), people, summary(view))
        case Notice():
            return fitting(lambda pen: _notice(view, pen), people, summary(view))
        case Listing():
            return fitting(lambda pen: _listing(view, pen), people, summary(view))
        case Page():
            return fitting(lambda pen: _page(view, pen), people, summary(view))
        case Form():
            return fitting(lambda pen: _form(view, pen, typed), people, summary(view))
        case _:
            assert_never(view)


def to_home_card(home: Home, people: People, result: Reply | None = None) -> dict[str, Any]:
    """Somebody's home as a card; ``result`` is the answer to what was done last, shown at its top."""
    return fitting(lambda pen: _home(home, result, pen), people, home_summary(home, result))


def home_summary(home: Home, result: Reply | None = None) -> str:
    return cut(f"{summary(result)} " if result else "", SUMMARY // 2) + cut(in_words(home.text), SUMMARY // 2)


def activity(card: dict[str, Any], summed_up: str) -> dict[str, Any]:
    """A message with this card."""
    return {"type": "message", "summary": summed_up, "attachments": [{"contentType": CARD, "content": card}]}


def summary(view: View) -> str:
    """The view in a few words of plain text, as a notification shows it."""
    match view:
        case QuestionCard():
            words = f"{SYMBOLS[view.tone]} {view.plain}"
        case Notice():
            words = in_words(view.text)
        case Listing():
            first = in_words(view.rows[0].text) if view.rows else view.empty
            more = f" … and {len(view.rows) - 1} more" if len(view.rows) > 1 else ""
            words = f"{view.title}: {cut(first, SUMMARY // 2)}{more}"
        case Page():
            words = f"{view.title}: {in_words(view.paragraphs[0]) if view.paragraphs else 'nothing here'}"
        case Form():
            words = f"{view.title}. For example: {view.example}"
        case _:
            assert_never(view)
    return cut(" ".join(words.split()), SUMMARY)


def fitting(draw: Draw, people: People, spoken: str) -> dict[str, Any]:
    """The card in the largest room in which it keeps to the limit."""
    card: dict[str, Any] = {}
    for room in ROOMS:
        pen = Pen(people, room)
        body, acts = draw(pen)
        card = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.5",
            "lang": "en",
            "fallbackText": literal(cut(spoken, FALLBACK)),
            "body": body or [heading(spoken, pen)],
            **({"actions": acts} if acts else {}),
            "msteams": {"width": "Full", "entities": pen.entities()},
        }
        if size_of(card) <= LIMIT:
            break
    return card


def left_out(pen: Pen, about: QuestionNumber | None = None, where: Text = ()) -> list[Element]:
    """What is missing and where it is: ``where`` says so, or the question it is about."""
    lines: list[Segment] = []
    if pen.is_cut:
        of_question = ("Shortened; the whole text: ", Code(f"explain {short_id(about)}")) if about is not None else ()
        lines += [*(where or of_question or ("Shortened: a card in Teams holds no more.",))]
    if pen.acts_left_out:
        help_with = "help" if about is None else f"help {short_id(about)}"
        more = f"{pen.acts_left_out} more can be done than fits here; type "
        lines += [*(["\n"] if lines else []), more, Code(help_with), " to see what."]
    return small(tuple(lines), Pen({}, ROOMS[0])) if lines else []


def listed(row: Row, pen: Pen) -> list[Element]:
    """A row of a list: its text, then its buttons."""
    acts = actions(row.buttons, row.more, pen, about=row.about, version=row.version)
    buttons: list[Element] = [{"type": "ActionSet", "actions": acts}] if acts else []
    return [{"type": "Container", "separator": True, "items": [*paragraphs(row.text, pen), *buttons]}]


def _card(card: QuestionCard, pen: Pen) -> tuple[list[Element], list[Element]]:
    pen.is_cut = card.is_cut
    body = [heading(f"{SYMBOLS[card.tone]} {short_id(card.number)} · {card.title}", pen)]
    body += [*paragraphs(card.call, pen), *quotation(card.quote, pen)]
    facts = [element for fact in card.facts for element in paragraphs((Bold(f"{fact.label}: "), *fact.value), pen)]
    body += [fact | ({"spacing": "Small"} if place else {}) for place, fact in enumerate(facts)]
    acts = actions(card.buttons, card.more, pen, about=card.number, version=card.version)
    return [*body, *small(card.context, pen), *left_out(pen, card.number)], acts


def _notice(notice: Notice, pen: Pen) -> tuple[list[Element], list[Element]]:
    acts = actions(notice.buttons, (), pen, about=notice.about, version=notice.version)
    return [*paragraphs(notice.text, pen), *left_out(pen, notice.about)], acts


def _listing(listing: Listing, pen: Pen) -> tuple[list[Element], list[Element]]:
    return [heading(listing.title, pen), *_rows(listing.rows, listing.empty, pen), *left_out(pen)], []


def _page(page: Page, pen: Pen) -> tuple[list[Element], list[Element]]:
    shown = page.paragraphs[: pen.room.rows]
    pen.is_cut = len(shown) < len(page.paragraphs)
    body = [element for text in shown for element in paragraphs(text, pen)]
    return [heading(page.title, pen), *(body or small(("Nothing here.",), pen)), *left_out(pen, None, _WHOLE_PAGE)], []


_WHOLE_PAGE: Text = (
    "Shortened: a card in Teams holds no more. Whoever runs Podline can print all of it: ",
    Code("podline explain Q-214"),
    ".",
)


def _form(form: Form, pen: Pen, typed: str | None) -> tuple[list[Element], list[Element]]:
    """What it asks for, and a button that opens it: a typed line cannot."""
    body = [heading(form.title, pen), *paragraphs(("For example: ", Code(form.example)), pen)]
    data = {"line": opening_line(form) if typed is None else typed, **IN_A_DIALOG}
    face = {"title": "Open the form", "tooltip": f"Open the form: {unmarked(cut(form.title, 75))}", "style": "positive"}
    return body, [{"type": "Action.Submit", "data": data, **face}]


def opening_line(form: Form) -> str:
    """What leads to the form when it is typed: its line up to the first entry."""
    first = form.line.split("\n", 1)[0].replace("{{", "\0").replace("}}", "\1")
    return first.split("{", 1)[0].replace("\0", "{").replace("\1", "}").strip()


def _home(home: Home, result: Reply | None, pen: Pen) -> tuple[list[Element], list[Element]]:
    body: list[Element] = []
    pen.on_home = True
    if result is not None:
        shown, acts = _drawn(result, pen)
        sets = [{"type": "ActionSet", "actions": acts}] if acts else []
        body += [{"type": "Container", "style": "emphasis", "items": [*shown, *sets]}]
    body += paragraphs(home.text, pen)
    acts = actions(home.buttons, (), pen, about=None, version=None)
    for part in home.sections[: pen.room.rows]:
        body += _section(part, pen)
    if (missing := len(home.sections) - pen.room.rows) > 0:
        body += small((f"… and {missing} more parts than fit here.",), pen)
    return [*body, *left_out(pen)], acts


def _section(part: Section, pen: Pen) -> list[Element]:
    acts = actions(part.buttons, (), pen, about=None, version=None)
    buttons: list[Element] = [{"type": "ActionSet", "actions": acts}] if acts else []
    return [heading(part.title, pen, separator=True), *_rows(part.rows, part.empty, pen), *buttons]


def _rows(rows: tuple[Row, ...], empty: str, pen: Pen) -> list[Element]:
    if not rows:
        return small((empty,), pen)
    drawn = [element for row in rows[: pen.room.rows] for element in listed(row, pen)]
    missing = len(rows) - pen.room.rows
    return drawn + (small((f"… and {missing} more than fit here.",), pen) if missing > 0 else [])


def _drawn(view: Reply, pen: Pen) -> tuple[list[Element], list[Element]]:
    match view:
        case Notice():
            return _notice(view, pen)
        case Listing():
            return _listing(view, pen)
        case Page():
            return _page(view, pen)
        case Form():
            return _form(view, pen, None)
        case _:
            assert_never(view)
