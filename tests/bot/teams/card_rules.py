"""What a card must keep to: Microsoft's schema of 1.5, and what Teams asks beyond it."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator
from jsonschema.exceptions import best_match

MOST_BYTES = 25_000
IN_A_MESSAGE = "message"


@cache
def _validator(shared: Path, version: str) -> Draft6Validator:
    file = shared / "schemas" / "teams" / f"adaptive-card-{version}.json"
    return Draft6Validator(json.loads(file.read_text(encoding="utf-8")))


def against_schema(card: dict[str, Any], shared: Path) -> list[str]:
    """What the schema of 1.5 has against it. The people picker is Teams' own addition, and in the schema since 1.6."""
    bare = {key: value for key, value in card.items() if key != "msteams"}
    errors = _errors(_validator(shared, "1.5.0"), json.loads(json.dumps(bare), object_hook=_without_pickers))
    has_picker = any("choices.data" in part for part in parts(bare))
    return errors + (_errors(_validator(shared, "1.6.0"), bare) if has_picker else [])


def against_teams(card: dict[str, Any]) -> list[str]:
    """What the schema does not know."""
    found = list(parts(card))
    return [
        *(["too large"] if size(card) >= MOST_BYTES else []),
        *(f"no {key}" for key in ("fallbackText", "lang", "body") if not card.get(key)),
        *(["not 1.5"] if card["version"] != "1.5" else []),
        *_acts(found),
        *_inputs(found),
        *_mentions(card, found),
        *("a text that is clipped" for part in found if part.get("type") == "TextBlock" and not part.get("wrap")),
        *("an empty text" for part in found if part.get("type") in ("TextBlock", "TextRun") and not part["text"]),
    ]


def size(drawn: Any) -> int:
    return len(json.dumps(drawn, ensure_ascii=False).encode())


def parts(card: Any) -> Iterator[dict[str, Any]]:
    """Everything in it, however deep, that is not the data of an act."""
    if isinstance(card, dict):
        yield card
        for key, value in card.items():
            if key != "data":
                yield from parts(value)
    if isinstance(card, list):
        for one in card:
            yield from parts(one)


def lines(card: dict[str, Any]) -> list[str]:
    """What its buttons say, in order."""
    return [part["data"]["line"] for part in parts(card) if part.get("type") == "Action.Execute" or _opens_dialog(part)]


def words(card: dict[str, Any]) -> str:
    """All that is written in it, in order."""
    said = []
    for part in parts(card["body"]):
        said += [part["text"]] if part.get("type") == "TextBlock" else []
        said += [one if isinstance(one, str) else one["text"] for one in part.get("inlines", ())]
    return "\n".join(said)


def _errors(validator: Draft6Validator, card: Any) -> list[str]:
    return [
        f"{one.json_path}: {one.message[:200]}" for error in validator.iter_errors(card) if (one := best_match([error]))
    ]


def _without_pickers(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "choices.data"}


def _acts(found: list[dict[str, Any]]) -> Iterator[str]:
    for part in found:
        acts = part.get("actions", ())
        if sum(one.get("mode") != "secondary" for one in acts) > 4:
            yield "more than four buttons"
    for part in (part for part in found if part.get("type") == "Action.ShowCard" and part.get("mode") == "secondary"):
        yield f"a question in the menu, which does not open: {part['title']}"
    for part in (part for part in found if part.get("type") == "Action.Execute"):
        fallback = part.get("fallback", {})
        if part["verb"] != "podline" or fallback.get("type") != "Action.Submit" or fallback["data"] != part["data"]:
            yield f"an act without its twin: {part['title']}"
        if not part.get("title"):
            yield "an act without a title"


def _opens_dialog(part: dict[str, Any]) -> bool:
    """A button that leads to a form; not the one that a form itself is shown by."""
    is_fetch = part.get("type") == "Action.Submit" and part["data"].get("msteams") == {"type": "task/fetch"}
    return is_fetch and part["title"] != "Open the form"


def _inputs(found: list[dict[str, Any]]) -> Iterator[str]:
    inputs = [part for part in found if str(part.get("type")).startswith("Input.")]
    if len({part["id"] for part in inputs}) != len(inputs):
        yield "two inputs of one id"
    for part in inputs:
        if not part.get("label"):
            yield f"an input without a label: {part['id']}"
        if part["isRequired"] and not part.get("errorMessage"):
            yield f"nothing says that it is needed: {part['id']}"


def _mentions(card: dict[str, Any], found: list[dict[str, Any]]) -> Iterator[str]:
    """Each tag stands for somebody, and nothing else looks like one."""
    tags = [entity["text"] for entity in card["msteams"]["entities"]]
    if len(set(tags)) != len(tags):
        yield "two people of one tag"
    text = json.dumps([part for part in found if part is not card and "mentioned" not in part], ensure_ascii=False)
    for part in found:
        said = str(part.get("text", "")) if part.get("type") == "TextBlock" else ""
        for tag in tags:
            said = said.replace(tag, "")
        if "<at" in said:
            yield f"a tag that stands for nobody: {said}"
    if not all(tag in text for tag in tags):
        yield "somebody is called nowhere"
