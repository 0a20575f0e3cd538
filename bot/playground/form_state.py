"""What people have filled in: `state.values` as Slack reports it, and what Slack's own client refuses."""

import re
from typing import Any

from bot.playground.blockkit.blocks import interactive_elements
from bot.playground.blockkit.composition import every_option
from bot.playground.errors import SlackError
from bot.playground.records import Json

REQUIRED = "Please complete this required field."

_FIELD = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "overflow": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
_MANY = {field for field in _FIELD.values() if field.endswith("s")}
_FORMATS = {
    "datepicker": re.compile(r"\d{4}-\d\d-\d\d"),
    "timepicker": re.compile(r"\d\d:\d\d"),
    "email_text_input": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "url_text_input": re.compile(r"https?://\S+"),
    "number_input": re.compile(r"-?\d+(\.\d+)?"),
}
# Buttons hold no state; overflow menus only send what was picked.
_STATELESS = ("button", "overflow", "workflow_button")


def first_values(blocks: list[Json]) -> Json:
    """`state.values` of freshly drawn blocks: each element with its initial value."""
    values: Json = {}
    for block in blocks:
        for element in interactive_elements(block):
            if element["type"] not in _STATELESS:
                values.setdefault(block["block_id"], {})[element["action_id"]] = _first_value(element)
    return values


def kept_values(fresh: Json, filled_in: Json) -> Json:
    """Fresh values, but with what was filled in where ids and type stayed the same."""

    def kept(block_id: str, action_id: str, value: Json) -> Json:
        before: Json = filled_in.get(block_id, {}).get(action_id, {})
        return before if before.get("type") == value["type"] else value

    return {
        block_id: {action_id: kept(block_id, action_id, value) for action_id, value in inside.items()}
        for block_id, inside in fresh.items()
    }


def value_for(element: Json, given: Any) -> Json:
    """What filling `given` into an element makes of its state; an option is given by its value or its text.

    Raises:
        SlackError: invalid_value: Slack's client would not let a person enter this.
    """
    kind: str = element["type"]
    field = _FIELD.get(kind)
    if field is None:
        raise SlackError("invalid_value", f"a {kind} cannot be filled in")
    if given is None:
        return {"type": kind, field: [] if field in _MANY else None}
    _check_value(element, given)
    if field == "selected_option" and kind != "external_select":
        return {"type": kind, field: _option(element, given)}
    if field == "selected_options" and kind != "multi_external_select":
        return {"type": kind, field: [_option(element, one) for one in given]}
    return {"type": kind, field: given}


def missing_answers(blocks: list[Json], values: Json) -> dict[str, str]:
    """Errors by block_id for required inputs left empty; Slack's client shows these without asking the app."""
    errors = {}
    for block in blocks:
        if block["type"] == "input" and not block.get("optional"):
            state = values[block["block_id"]][block["element"]["action_id"]]
            if not state.get(_FIELD[state["type"]]):
                errors[block["block_id"]] = REQUIRED
    return errors


def _first_value(element: Json) -> Json:
    kind: str = element["type"]
    field = _FIELD[kind]
    initial = next((value for name, value in element.items() if name.startswith("initial_")), None)
    return {"type": kind, field: [] if field in _MANY and initial is None else initial}


def _check_value(element: Json, given: Any) -> None:
    kind: str = element["type"]
    shown = _FORMATS.get(kind)
    if shown and not shown.fullmatch(str(given)):
        raise SlackError("invalid_value", f"{given!r} does not look like what a {kind} holds")
    if kind == "plain_text_input":
        at_least, at_most = element.get("min_length", 0), element.get("max_length", 3000)
        if not at_least <= len(given) <= at_most:
            raise SlackError("invalid_value", f"between {at_least} and {at_most} characters, not {len(given)}")
    if _FIELD[kind] in _MANY and len(given) > element.get("max_selected_items", 100):
        raise SlackError("invalid_value", f"at most {element['max_selected_items']} may be chosen")


def _option(element: Json, given: Any) -> Json:
    for option in every_option(element):
        if given in (option.get("value"), option["text"]["text"]):
            return dict(option)
    raise SlackError("invalid_value", f"{given!r} is not an option of {element.get('action_id')}")
