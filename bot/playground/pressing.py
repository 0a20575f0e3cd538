"""Finding what a person presses or picks in a message or view, and how Slack reports it."""

from collections.abc import Sequence
from typing import Any

from bot.playground.blockkit.blocks import interactive_elements
from bot.playground.errors import SlackError
from bot.playground.form_state import value_for
from bot.playground.records import Json


def find_button(
    blocks: Sequence[Json], action_id: str | None, text: str | None, value: str | None
) -> tuple[Json, Json]:
    """The block and the button with this action_id, label or value (all that are given must fit).

    Raises:
        SlackError: no_such_element; the reason lists the buttons there are.
    """
    wanted = {"action_id": action_id, "text": text, "value": value}
    seen = []
    for block in blocks:
        for element in interactive_elements(block):
            if element["type"] != "button":
                continue
            has = {"action_id": element["action_id"], "text": element["text"]["text"], "value": element.get("value")}
            seen.append(str(has))
            if all(has[name] == given for name, given in wanted.items() if given is not None):
                return block, element
    raise SlackError("no_such_element", f"no button {wanted}", *seen)


def find_element(blocks: Sequence[Json], name: str) -> tuple[Json, Json]:
    """The block and the select, menu, picker or input with this action_id, or alone in the block of this id."""
    for block in blocks:
        for element in interactive_elements(block):
            if element["action_id"] == name or (block["type"] == "input" and block["block_id"] == name):
                return block, element
    raise SlackError("no_such_element", f"nothing called {name!r}")


def button_action(block: Json, button: Json, ts: str) -> Json:
    """An entry of `actions` for a button."""
    fields: Json = {name: button[name] for name in ("text", "value", "style", "url") if name in button}
    return {**_action(block, button, ts), **fields}


def picked_action(block: Json, element: Json, given: Any, ts: str) -> tuple[Json, Json]:
    """An entry of `actions` for a select, menu, picker or input, and the element's new state."""
    state = value_for(element, given)
    return {**_action(block, element, ts), **state}, state


def holds_state(element: Json) -> bool:
    """Whether `state.values` lists it; a menu only sends what was picked."""
    return element["type"] not in ("button", "overflow", "workflow_button")


def reports_at_once(block: Json) -> bool:
    """Whether picking something here is told to the app: always, but in an input block only if it asks for it."""
    return block["type"] != "input" or bool(block.get("dispatch_action"))


def _action(block: Json, element: Json, ts: str) -> Json:
    return {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": element["type"],
        "action_ts": ts,
    }
