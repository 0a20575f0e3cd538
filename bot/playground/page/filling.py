"""What a browser sends for an input, as the stand-in's people give it: lists, options, instants, rich text."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.errors import SlackError
from bot.playground.mentions import as_typed
from bot.playground.records import Json
from bot.playground.typed import rich_text
from bot.playground.workspace import Workspace

_MANY = ("checkboxes", "multi_", "file_input")
_NUMBERS = count(1_000_000)


def given(workspace: Workspace, user: str, element: Json, sent: Sequence[str]) -> Any:
    """What was filled into an element; None where it was left empty.

    Raises:
        SlackError: invalid_value: no instant.
    """
    kind: str = element["type"]
    texts = [text for text in sent if text]
    if kind.startswith(_MANY):
        return [_external(text) for text in texts] if kind == "multi_external_select" else texts
    if not texts:
        return None
    match kind:
        case "datetimepicker":
            return _instant(texts[0], workspace.person(user).tz)
        case "rich_text_input":
            blocks = rich_text(as_typed(workspace, texts[0]), next(_NUMBERS))
            return {"type": "rich_text", "elements": blocks[0]["elements"]}
        case "external_select":
            return _external(texts[0])
        case _:
            return texts[0]


def fields_of(blocks: Sequence[Json], sent: Mapping[str, Sequence[str]]) -> list[tuple[str, Json, Sequence[str]]]:
    """The inputs of a form with what was sent for each; inputs of which nothing was sent count as left empty."""
    inputs = [block for block in blocks if block["type"] == "input"]
    return [(block["block_id"], block["element"], sent.get(f"in.{block['block_id']}", ())) for block in inputs]


def _instant(local: str, zone: str) -> int:
    try:
        return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp())
    except ValueError:
        raise SlackError("invalid_value", f"{local!r} is no date and time") from None


def _external(text: str) -> Json:
    return {"text": {"type": "plain_text", "text": text}, "value": text}
