"""Blocks, and what holds for a whole message or view: how many, and which ids must differ."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from bot.playground.blockkit.composition import mrkdwn_or_plain, plain
from bot.playground.blockkit.elements import IN_ACTIONS, IN_CONTEXT, IN_INPUT, IN_SECTION, PICTURE
from bot.playground.blockkit.rules import (
    Rule,
    all_of,
    any_field,
    boolean,
    by_type,
    exactly_one_field,
    items,
    mapping,
    one_of,
    problem,
    shape,
    string,
)

BLOCKS_IN_MESSAGE, BLOCKS_IN_VIEW = 50, 100
HEADER, SECTION, FIELD, FIELDS, LABEL = 150, 3000, 2000, 10, 2000
ACTIONS, CONTEXT = 25, 10
MARKDOWN, URL = 12_000, 3000

_BLOCK: dict[str, Rule] = {"type": string(50)}
_ID: dict[str, Rule] = {"block_id": string(255)}

RICH_TEXT_PARTS = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")

BLOCKS: dict[str, Rule] = {
    "header": shape(_BLOCK | {"text": plain(HEADER)}, _ID),
    "section": all_of(
        shape(
            _BLOCK,
            _ID
            | {
                "text": mrkdwn_or_plain(SECTION),
                "fields": items(mrkdwn_or_plain(FIELD), FIELDS),
                "accessory": IN_SECTION,
                "expand": boolean,
            },
        ),
        any_field("text", "fields"),
    ),
    "actions": shape(_BLOCK | {"elements": items(IN_ACTIONS, ACTIONS)}, _ID),
    "context": shape(_BLOCK | {"elements": items(IN_CONTEXT, CONTEXT)}, _ID),
    "divider": shape(_BLOCK, _ID),
    "input": shape(
        _BLOCK | {"label": plain(LABEL), "element": IN_INPUT},
        _ID | {"hint": plain(LABEL), "optional": boolean, "dispatch_action": boolean},
    ),
    "image": all_of(
        shape(
            _BLOCK | {"alt_text": string(2000)},
            _ID | {"image_url": string(URL), "slack_file": mapping, "title": plain(2000)},
        ),
        exactly_one_field("image_url", "slack_file"),
    ),
    "markdown": shape(_BLOCK | {"text": string(MARKDOWN)}, _ID),
    "rich_text": shape(
        _BLOCK | {"elements": items(by_type(dict.fromkeys(RICH_TEXT_PARTS, mapping)), 1000)},
        _ID,
    ),
    "file": shape(_BLOCK | {"external_id": string(255), "source": one_of("remote")}, _ID),
}

ONLY_IN_VIEWS = {"file_input"}

__all__ = ["BLOCKS_IN_MESSAGE", "BLOCKS_IN_VIEW", "PICTURE", "action_ids", "check_blocks", "with_block_ids"]


def check_blocks(blocks: Any, at_most: int = BLOCKS_IN_MESSAGE, path: str = "/blocks") -> list[str]:
    """Everything Slack would find wrong with these blocks; empty when they are fine."""
    problems: list[str] = []
    items(by_type(BLOCKS), at_most, 0)(blocks, path, problems)
    if not problems:
        _check_ids(blocks, path, problems)
        if at_most == BLOCKS_IN_MESSAGE:
            _check_message_elements(blocks, path, problems)
    return problems


def with_block_ids(blocks: list[dict[str, Any]], start: int) -> list[dict[str, Any]]:
    """The same blocks, each with a block_id and its elements with an action_id, as Slack fills them in."""
    return [
        _with_action_ids({**block, "block_id": block.get("block_id") or f"b{start:x}x{index}"})
        for index, block in enumerate(blocks)
    ]


def action_ids(block: Mapping[str, Any]) -> list[str]:
    """The action ids given in a block, in reading order."""
    return [element["action_id"] for element in interactive_elements(block) if "action_id" in element]


def interactive_elements(block: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Its buttons, selects, inputs and the like, in reading order."""
    candidates = [block.get("accessory"), block.get("element"), *block.get("elements", [])]
    if block.get("type") in ("section", "actions", "input"):
        yield from (each for each in candidates if isinstance(each, dict) and each.get("type") != "image")


def _with_action_ids(block: dict[str, Any]) -> dict[str, Any]:
    def named(element: Any, index: int) -> Any:
        if not isinstance(element, dict) or element.get("type") == "image":
            return element
        return {**element, "action_id": element.get("action_id") or f"{block['block_id']}a{index}"}

    if block["type"] == "actions":
        return {**block, "elements": [named(element, index) for index, element in enumerate(block["elements"])]}
    places = {"section": "accessory", "input": "element"}
    place = places.get(block["type"])
    return {**block, place: named(block[place], 0)} if place in block else block


def _check_ids(blocks: list[Any], path: str, problems: list[str]) -> None:
    taken = Counter(block["block_id"] for block in blocks if "block_id" in block)
    for block_id in (block_id for block_id, times in taken.items() if times > 1):
        problem(problems, f"block_id already exists: {block_id}", path)
    for index, block in enumerate(blocks):
        doubles = [name for name, times in Counter(action_ids(block)).items() if times > 1]
        for name in doubles:
            problem(problems, f"action_id already exists: {name}", f"{path}/{index}")


def _check_message_elements(blocks: list[Any], path: str, problems: list[str]) -> None:
    for index, block in enumerate(blocks):
        for element in interactive_elements(block):
            if element["type"] in ONLY_IN_VIEWS:
                problem(problems, f"unsupported type: {element['type']}", f"{path}/{index}")
