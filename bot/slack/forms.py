"""Forms and pages as Slack's windows, and the line that a form becomes when it is sent."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self, assert_never

from bot.slack.blocks import Block, plain
from bot.slack.mrkdwn import Users, cut
from bot.slack.render import page
from commands.views import Field, FieldKind, Form, Page, with_entries

CALLBACK = "podline:form"
TITLE, LABEL, HINT, OPTION, OPTION_VALUE, OPTIONS, METADATA, ENTRY = 24, 2000, 2000, 75, 150, 100, 3000, 3000


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form remembers from its opening to its sending: the line to fill, the version it was opened for, and where
    the answer goes (Slack's ids of the channel and of the thread, or the home it was opened in)."""

    line: str
    version: int | None = None
    place: str | None = None
    thread: str | None = None
    from_home: bool = False

    def to_metadata(self) -> str:
        """Raises TooMuchToRemember where Slack would not keep it."""
        written = json.dumps(asdict(self), separators=(",", ":"), ensure_ascii=False)
        if len(written) > METADATA:
            raise TooMuchToRemember(f"{len(written)} characters do not fit into a form's metadata")
        return written

    @classmethod
    def from_metadata(cls, written: str) -> Self:
        return cls(**json.loads(written))


class TooMuchToRemember(ValueError):
    """The line is too long for a form: it must be typed."""


def to_modal(view: Form | Page, users: Users, opened: Opened | None = None) -> Block:
    """A window. ``opened`` is what a form needs when it is sent; a page asks for nothing."""
    match view:
        case Form():
            memory = opened or Opened(view.line, view.version)
            return {
                "type": "modal",
                "callback_id": CALLBACK,
                "title": plain(view.title, TITLE),
                "submit": plain(view.submit, TITLE),
                "close": plain("Cancel", TITLE),
                "private_metadata": memory.to_metadata(),
                "blocks": [_input(field) for field in view.fields],
            }
        case Page():
            return {
                "type": "modal",
                "callback_id": "podline:page",
                "title": plain(view.title, TITLE),
                "close": plain("Close", TITLE),
                "blocks": page(view, users, in_window=True),
            }
        case _:
            assert_never(view)


def filled_line(line: str, values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """The line with the entries of a sent form (Slack's ``view.state.values``) in it; line breaks in them stay."""
    entries = {name: _entry(element) for block in values.values() for name, element in block.items()}
    return with_entries(line, entries)


def _input(field: Field) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label, LABEL),
        "element": {**_element(field), "action_id": field.name},
        "optional": field.optional,
    }
    if field.hint:
        block["hint"] = plain(field.hint, HINT)
    return block


def _element(field: Field) -> Block:
    match field.kind:
        case FieldKind.LINE | FieldKind.LONG:
            return _text_input(field)
        case FieldKind.PERSON:
            user = re.fullmatch(r"<@([A-Z0-9]+)(?:\|[^>]*)?>", field.initial)
            return {"type": "users_select"} | ({"initial_user": user[1]} if user else {})
        case FieldKind.PEOPLE:
            users = _USER.findall(field.initial)
            return {"type": "multi_users_select"} | ({"initial_users": users} if users else {})
        case FieldKind.CHANNEL:
            channels = _CHANNEL.findall(field.initial)
            chosen = {"initial_conversation": channels[0]} if channels else {}
            return {"type": "conversations_select", "filter": _CHANNELS_ONLY} | chosen
        case FieldKind.CHANNELS:
            channels = _CHANNEL.findall(field.initial)
            some = {"initial_conversations": channels} if channels else {}
            return {"type": "multi_conversations_select", "filter": _CHANNELS_ONLY} | some
        case FieldKind.CHOICE:
            return _choice(field)
        case FieldKind.DATE:
            return {"type": "datepicker"} | ({"initial_date": field.initial} if _is_date(field.initial) else {})
        case _:
            assert_never(field.kind)


_USER = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNELS_ONLY = {"include": ["public", "private"]}


def _text_input(field: Field) -> Block:
    element: Block = {"type": "plain_text_input", "multiline": field.kind is FieldKind.LONG, "max_length": ENTRY}
    return element | ({"initial_value": cut(field.initial, ENTRY)} if field.initial else {})


def _choice(field: Field) -> Block:
    """A menu, or a line to type where Slack's menu cannot hold all there is to choose from."""
    in_a_menu = 0 < len(field.options) <= OPTIONS and all(0 < len(value) <= OPTION_VALUE for value, _ in field.options)
    if not in_a_menu:
        return _text_input(field)
    options = [{"text": plain(label, OPTION), "value": value} for value, label in field.options]
    chosen = [option for option in options if option["value"] == field.initial]
    return {"type": "static_select", "options": options} | ({"initial_option": chosen[0]} if chosen else {})


def _entry(element: Mapping[str, Any]) -> str:
    if element.get("selected_user"):
        return f"<@{element['selected_user']}>"
    if element.get("selected_users"):
        return " ".join(f"<@{user}>" for user in element["selected_users"])
    chosen = element.get("selected_conversations") or element.get("selected_conversation")
    if chosen:
        return " ".join(f"<#{one}>" for one in ([chosen] if isinstance(chosen, str) else chosen))
    if element.get("selected_option"):
        return str(element["selected_option"]["value"])
    return str(element.get("selected_date") or element.get("value") or "").strip()


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
