"""Single elements of Adaptive Cards 1.5 (https://adaptivecards.io/explorer) as Teams draws them."""

from collections.abc import Iterator, Sequence
from typing import Any, assert_never

from bot.teams.pen import Element, Pen
from bot.teams.text import ELLIPSIS, cut, in_markdown, is_web, literal, said, unmarked
from commands.form_lines import opens_form
from commands.views import Bold, Button, ButtonStyle, Channel, Code, Link, Mention, Quote, Segment, Text, When
from coverage.ids import QuestionNumber

PRIMARY = 4
"""Acts shown as buttons; the others are in the menu beside them."""
TITLE, TOOLTIP, CONFIRM, LABEL, URL = 75, 150, 300, 120, 2_000
MOST_COMMAND = 2_000
VERB = "podline"
IN_A_DIALOG: Element = {"msteams": {"type": "task/fetch"}}
"""With this in its data an Action.Submit asks for a dialog, and its card stays as it is for everybody."""
HOME = "home"
ON_HOME: Element = {HOME: True}
"""Among the data of what stands on somebody's home, or in its place."""


class CannotDraw(ValueError):
    """A view asks for what a card does not carry: a mistake of ours, not of who reads it."""


def heading(text: str, pen: Pen, *, separator: bool = False) -> Element:
    words = cut(" ".join(text.split()), min(150, pen.room.text)) or ELLIPSIS
    element: Element = {"type": "TextBlock", "text": literal(words), "wrap": True}
    element |= {"style": "heading", "size": "Medium", "weight": "Bolder"}
    return element | ({"separator": True, "spacing": "Large"} if separator else {})


def paragraphs(text: Text, pen: Pen) -> list[Element]:
    """Lines of text and, between them, quotations on their own."""
    elements: list[Element] = []
    run: list[Segment] = []
    for segment in pen.shortened(text):
        if isinstance(segment, Quote):
            elements += [*_lines(run, pen), *quotation(segment.text, pen)]
            run = []
        else:
            run.append(segment)
    return [*elements, *_lines(run, pen)]


def quotation(text: str, pen: Pen) -> list[Element]:
    """Somebody else's words, to the letter."""
    words = text.strip()
    if len(words) > pen.room.text:
        pen.is_cut = True
        words = cut(words, pen.room.text)
    if not words:
        return []
    return [{"type": "Container", "style": "emphasis", "items": [_rich([unmarked(words)])]}]


def small(text: Text, pen: Pen) -> list[Element]:
    """A line of lesser weight."""
    return [_subtle(one) for one in paragraphs(text, pen)]


def actions(
    buttons: Sequence[Button], more: Sequence[Button], pen: Pen, *, about: QuestionNumber | None, version: int | None
) -> list[Element]:
    """Buttons and, in the menu, what is rarer or does not fit beside them. ``about`` and ``version`` are the question
    and the turn they are drawn for."""
    drawn_for = ({"about": about} if about is not None else {}) | ({"version": version} if version is not None else {})
    drawn_for |= ON_HOME if pen.on_home else {}
    all_of_them = [*buttons, *more]
    kept = all_of_them[: pen.room.acts]
    shown = _shown(kept, len(buttons))
    drawn = [
        action(one, drawn_for, in_menu=place not in shown)
        for place, one in enumerate(kept)
        if place in shown or not one.confirm
    ]
    pen.acts_left_out += len(all_of_them) - len(drawn)
    return drawn


def _shown(acts: Sequence[Button], buttons: int) -> set[int]:
    """The places of those that are buttons, not in the menu: there nothing that asks back opens its question
    (https://github.com/microsoft/AdaptiveCards/issues/8652)."""
    asking = [place for place, one in enumerate(acts) if one.confirm]
    most = min(PRIMARY, buttons + sum(place >= buttons for place in asking))
    others = [place for place, one in enumerate(acts) if not one.confirm]
    return {*asking[:PRIMARY], *others[: max(0, most - len(asking))]}


def action(drawn: Button, drawn_for: Element, *, in_menu: bool = False) -> Element:
    """A button; one that asks back opens its question and the button that answers it, one that leads to a form its
    dialog. A client that knows no Action.Execute sends the same by Action.Submit."""
    if len(drawn.command) > MOST_COMMAND:
        raise CannotDraw(f"A button carries at most {MOST_COMMAND} characters: {drawn.command[:40]}…")
    face: Element = {"title": unmarked(cut(drawn.label, TITLE)), "tooltip": unmarked(cut(drawn.accessible, TOOLTIP))}
    if drawn.style is not ButtonStyle.PLAIN:
        face["style"] = "positive" if drawn.style is ButtonStyle.PRIMARY else "destructive"
    place = {"mode": "secondary"} if in_menu else {}
    data = {"line": drawn.command, **drawn_for}
    if opens_form(drawn.command) and not drawn.confirm:
        return {"type": "Action.Submit", "data": {**data, **IN_A_DIALOG}, **face, **place}
    sends: Element = {
        "type": "Action.Execute",
        "verb": VERB,
        "data": data,
        **face,
        "fallback": {"type": "Action.Submit", "data": data, **face, **place},
    }
    if not drawn.confirm:
        return sends | place
    asked: Element = {"type": "AdaptiveCard", "body": [_rich([unmarked(cut(drawn.confirm, CONFIRM))])]}
    return {"type": "Action.ShowCard", **face, "card": asked | {"actions": [sends]}}


def _lines(run: Sequence[Segment], pen: Pen) -> list[Element]:
    """Lines without a mention become one block to the letter, each line with one a block of its own."""
    elements: list[Element] = []
    letters: list[Segment] = []
    for line in _trimmed(list(_split(run))):
        if any(isinstance(part, Mention) and pen.mention(part) for part in line):
            elements += [*_to_the_letter(letters), _calling(line, pen)]
            letters = []
        else:
            letters += ["\n", *line] if letters else line or [""]
    elements += _to_the_letter(letters)
    return [element | ({"spacing": "Small"} if place else {}) for place, element in enumerate(elements)]


def _split(run: Sequence[Segment]) -> Iterator[list[Segment]]:
    line: list[Segment] = []
    for segment in run:
        if not isinstance(segment, str):
            line.append(segment)
            continue
        first, *others = segment.split("\n")
        line += [first] if first else []
        for other in others:
            yield line
            line = [other] if other else []
    yield line


def _trimmed(lines: list[list[Segment]]) -> list[list[Segment]]:
    """Without empty lines at the ends."""
    while lines and not any(said(part).strip() for part in lines[0]):
        lines.pop(0)
    while lines and not any(said(part).strip() for part in lines[-1]):
        lines.pop()
    return lines


def _to_the_letter(letters: Sequence[Segment]) -> list[Element]:
    inlines: list[str | Element] = []
    for segment in letters:
        piece = _inline(segment)
        if isinstance(piece, str) and inlines and isinstance(inlines[-1], str):
            inlines[-1] += piece
        elif piece:
            inlines.append(piece)
    if inlines and isinstance(inlines[-1], str):
        inlines[-1] = inlines[-1].rstrip("\n")
    return [_rich(inlines)] if any(inlines) else []


def _inline(segment: Segment) -> str | Element:
    match segment:
        case Bold(text) if text:
            return {"type": "TextRun", "text": unmarked(text), "weight": "Bolder"}
        case Code(text) if text:
            return {"type": "TextRun", "text": unmarked(text), "fontType": "Monospace"}
        case Link(text, url) if is_web(url) and len(url) <= URL:
            name = unmarked(cut(" ".join(text.split()), LABEL)) or ELLIPSIS
            return {"type": "TextRun", "text": name, "selectAction": {"type": "Action.OpenUrl", "url": url}}
        case _:
            return unmarked(said(segment))


def _calling(line: Sequence[Segment], pen: Pen) -> Element:
    drawn = "".join(_marked(part, pen) for part in line)
    return {"type": "TextBlock", "text": drawn, "wrap": True}


def _marked(segment: Segment, pen: Pen) -> str:
    match segment:
        case Mention(_, name):
            return pen.mention(segment) or literal(name)
        case Bold(text) | Code(text) if text.strip():
            words = text.strip()
            before, _, after = text.partition(words)
            return f"{before}**{literal(words)}**{after}"
        case Link(text, url) if is_web(url) and len(url) <= URL:
            return f"[{literal(cut(' '.join(text.split()), LABEL)) or ELLIPSIS}]({in_markdown(url)})"
        case str() | Bold() | Code() | Link() | When() | Channel() | Quote():
            return literal(said(segment))
        case _:
            assert_never(segment)


def _rich(inlines: Sequence[Any]) -> Element:
    return {"type": "RichTextBlock", "inlines": list(inlines)}


def _subtle(element: Element) -> Element:
    if element["type"] == "TextBlock":
        return element | {"isSubtle": True, "size": "Small"}
    if element["type"] == "Container":
        return element
    runs = [{"type": "TextRun", "text": one} if isinstance(one, str) else one for one in element["inlines"]]
    return element | {"inlines": [run | {"isSubtle": True, "size": "Small"} for run in runs]}
