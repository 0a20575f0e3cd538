"""Forms as cards, in a dialog or in a chat, and the line that a form becomes when it is sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, assert_never

from bot.teams.elements import HOME, ON_HOME, VERB, action, heading, paragraphs, small
from bot.teams.pen import LIMIT, ROOMS, Element, Pen, size_of
from bot.teams.text import ELLIPSIS, People, cut, unmarked
from commands.views import Bold, Button, Field, FieldKind, Form, Notice, with_choices, with_entries

OPTIONS, LABEL, OPTION, ENTRY = 100, 200, 100, 3_000
PEOPLE_OF_THE_FIRM = "graph.microsoft.com/users"
"""The list that Teams' own people picker looks through."""
_ENTRY = "entry_"
_OF_CHANNELS = (FieldKind.CHANNEL, FieldKind.CHANNELS)


class TooLongForAForm(ValueError):
    """It does not fit into a card: it must be typed."""


class NotAForm(ValueError):
    """What was sent is no form of ours."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was sent: the ``line`` it stands for, the ``version`` it was opened for, what was entered, as the
    fields' ``initial`` have it, and what the adapter gave it to remember."""

    line: str
    version: int | None
    entries: Mapping[str, str]
    memory: Mapping[str, Any] = field(default_factory=dict)


def form_card(
    form: Form,
    people: People,
    *,
    memory: Mapping[str, Any] | None = None,
    entries: Mapping[str, str] | None = None,
    refused: Notice | None = None,
    channels: Mapping[str, str] | None = None,
    in_dialog: bool = True,
    also: Sequence[Button] = (),
) -> dict[str, Any]:
    """The form as a card. ``memory`` comes back when it is sent. ``entries`` stand in it instead of the fields' own
    initial ones, ``refused`` says why it was not taken, at the field that is meant. ``channels`` are those that can be
    picked (address -> name), for Teams has no list of its own; ``also`` are buttons beside the one that sends it.

    Raises TooLongForAForm.
    """
    said = tuple(replace(one, initial=(entries or {}).get(one.name, one.initial)) for one in form.fields)
    for most_options in (OPTIONS, 0):
        pen = Pen(people, ROOMS[0])
        top = [] if in_dialog else [heading(form.title, pen)]
        pickable = channels if channels and len(channels) <= most_options else {}
        inputs = [part for one in said for part in _input(one, pen, pickable, refused, most_options)]
        card: dict[str, Any] = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.5",
            "lang": "en",
            "fallbackText": f"{unmarked(form.title)}. For example: {unmarked(form.example)}",
            "body": [*top, *_refusal(refused, form, pen), *inputs],
            "actions": [
                _sending(form, memory or {}, in_dialog=in_dialog),
                *(_beside(one, memory or {}) for one in also),
            ],
            "msteams": {"width": "Full", "entities": pen.entities()},
        }
        if size_of(card) <= LIMIT:
            return card
    raise TooLongForAForm(f"{form.title} does not fit into a card")


def filled(data: Mapping[str, Any]) -> Filled:
    """The form whose data these are, as Teams sends them with the entries beside them; line breaks in those stay.

    Raises NotAForm.
    """
    form = data.get("form")
    if not isinstance(form, Mapping) or not isinstance(form.get("line"), str):
        raise NotAForm("these are not the data of a form")
    kinds = form.get("kinds")
    version, memory = form.get("version"), form.get("memory")
    entries = {
        name: _entry(kind, data.get(f"{_ENTRY}{name}"))
        for name, kind in (kinds.items() if isinstance(kinds, Mapping) else ())
    }
    return Filled(
        line=with_entries(form["line"], entries),
        version=version if isinstance(version, int) and not isinstance(version, bool) else None,
        entries=entries,
        memory=memory if isinstance(memory, Mapping) else {},
    )


def is_form(data: Mapping[str, Any]) -> bool:
    """Whether the data are those of a form that was sent, not of a button."""
    return "form" in data


def is_on_home(data: Mapping[str, Any]) -> bool:
    """Whether the button or the form stands on somebody's home, or in its place."""
    form = data.get("form")
    memory = form.get("memory") if isinstance(form, Mapping) else None
    return data.get(HOME) is True or (isinstance(memory, Mapping) and memory.get(HOME) is True)


def _sending(form: Form, memory: Mapping[str, Any], *, in_dialog: bool) -> Element:
    """Dialogs take Action.Submit only; in a chat it is an act like any other."""
    written: Element = {"line": form.line, "kinds": {one.name: one.kind.value for one in form.fields}}
    if form.version is not None:
        written["version"] = form.version
    if memory:
        written["memory"] = dict(memory)
    face: Element = {"title": cut(unmarked(form.submit), 75), "style": "positive", "data": {"form": written}}
    submit: Element = {"type": "Action.Submit", **face}
    return submit if in_dialog else {"type": "Action.Execute", "verb": VERB, **face, "fallback": submit}


def _beside(button: Button, memory: Mapping[str, Any]) -> Element:
    """A button that does something else: the entries do not matter to it, whether it is on a home does."""
    drawn = action(button, ON_HOME if memory.get(HOME) is True else {})
    sends = drawn["card"]["actions"][0] if drawn["type"] == "Action.ShowCard" else drawn
    for one in (sends, sends.get("fallback")):
        if one is not None:
            one["associatedInputs"] = "none"
    return drawn


def _refusal(refused: Notice | None, form: Form, pen: Pen) -> list[Element]:
    """At the top, where it belongs to no field."""
    if refused is None or refused.field in {one.name for one in form.fields}:
        return []
    return [{"type": "Container", "style": "attention", "items": _not_done(refused, pen)}]


def _not_done(refused: Notice, pen: Pen) -> list[Element]:
    return paragraphs((Bold("⚠ Not done: "), *with_choices(refused)), pen)


def _input(
    field: Field, pen: Pen, channels: Mapping[str, str], refused: Notice | None, most_options: int
) -> list[Element]:
    is_needed = not field.optional and not _cannot_be_picked(field, channels)
    drawn: Element = {
        **_element(field, pen, channels, most_options),
        "id": f"{_ENTRY}{field.name}",
        "label": unmarked(cut(field.label, LABEL)) or ELLIPSIS,
        "isRequired": is_needed,
    }
    if is_needed:
        drawn["errorMessage"] = f"Please fill in: {unmarked(cut(field.label, LABEL))}"
    wrong = _not_done(refused, pen) if refused is not None and refused.field == field.name else []
    return [*wrong, drawn, *_hint(field, channels, pen)]


def _hint(field: Field, channels: Mapping[str, str], pen: Pen) -> list[Element]:
    words = field.hint
    if field.kind in _OF_CHANNELS:
        words = (f"{words.rstrip('.')}. " if words else "") + (_OTHERS_ARE_LISTED_LATER if channels else _NO_LIST)
    return [one | {"spacing": "None"} for one in small((words,), pen)] if words else []


_NO_LIST = "Teams has no list of channels to pick from: leave this as it is and say it in the channel itself."
_OTHERS_ARE_LISTED_LATER = "Another channel is listed once Podline has been added to it."


def _cannot_be_picked(field: Field, channels: Mapping[str, str]) -> bool:
    """A channel, where none is known: nobody is kept from sending the rest by that."""
    return field.kind in _OF_CHANNELS and not channels


def _element(field: Field, pen: Pen, channels: Mapping[str, str], most_options: int) -> Element:
    match field.kind:
        case FieldKind.LINE | FieldKind.LONG:
            return _text_input(field)
        case FieldKind.PERSON | FieldKind.PEOPLE:
            return _picker(field, pen)
        case FieldKind.CHANNEL | FieldKind.CHANNELS:
            return _channels(field, channels)
        case FieldKind.CHOICE:
            return _choice(field, most_options)
        case FieldKind.DATE:
            return {"type": "Input.Date"} | ({"value": field.initial} if _is_date(field.initial) else {})
        case _:
            assert_never(field.kind)


def _text_input(field: Field) -> Element:
    element: Element = {"type": "Input.Text", "isMultiline": field.kind is FieldKind.LONG, "maxLength": ENTRY}
    return element | ({"value": cut(field.initial, ENTRY)} if field.initial else {})


def _choice(field: Field, most_options: int) -> Element:
    """A list, or a line to type where a card cannot hold all there is to choose from."""
    if not 0 < len(field.options) <= most_options or not all(value for value, _ in field.options):
        return _text_input(field)
    choices = [_choice_of(label, value) for value, label in field.options]
    return _list(choices, [value for value, _ in field.options if value == field.initial], several=False)


def _picker(field: Field, pen: Pen) -> Element:
    """Teams' people picker. Those who are chosen already are shown by name where we know it."""
    chosen = _PERSON.findall(field.initial)
    names = {who.id: who.name for who in pen.people.values() if who.name}
    choices = [_choice_of(names[one], one) for one in chosen if one in names]
    drawn = _list(choices, chosen, several=field.kind is FieldKind.PEOPLE)
    return drawn | {"choices.data": {"type": "Data.Query", "dataset": PEOPLE_OF_THE_FIRM}}


def _channels(field: Field, channels: Mapping[str, str]) -> Element:
    chosen = _CHANNEL.findall(field.initial)
    if not channels:
        element: Element = {"type": "Input.Text", "maxLength": ENTRY}
        return element | ({"value": " ".join(f"<#{one}>" for one in chosen)} if chosen else {})
    known = {**{one: one for one in chosen}, **channels}
    choices = [_choice_of(name, address) for address, name in known.items()]
    return _list(choices, chosen, several=field.kind is FieldKind.CHANNELS)


def _list(choices: list[Element], chosen: Sequence[str], *, several: bool) -> Element:
    element: Element = {"type": "Input.ChoiceSet", "isMultiSelect": several, "choices": choices}
    wanted = chosen if several else chosen[:1]
    return element | ({"value": ",".join(wanted)} if wanted else {})


def _choice_of(title: str, value: str) -> Element:
    return {"title": unmarked(cut(title, OPTION)) or ELLIPSIS, "value": value}


_PERSON = re.compile(r"<@([^|>\s]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([^|>\s]+)(?:\|[^>]*)?>")


def _entry(kind: Any, sent: Any) -> str:
    """An entry as it stands in a line. Several that were picked come with commas between them."""
    words = sent.strip() if isinstance(sent, str) else ""
    if kind in (FieldKind.PERSON, FieldKind.PEOPLE):
        return " ".join(f"<@{one}>" for one in _picked(words))
    if kind in _OF_CHANNELS and "<#" not in words:
        return " ".join(f"<#{one}>" if _ADDRESS.match(one) else one for one in _picked(words))
    return words


_ADDRESS = re.compile(r"\d+:")
"""How Teams' own names of conversations begin; anything else was typed."""


def _picked(words: str) -> list[str]:
    return [one.strip() for one in words.split(",") if one.strip()]


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
