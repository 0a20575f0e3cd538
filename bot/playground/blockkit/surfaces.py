"""Views: what a form or a home tab must look like."""

from typing import Any

from bot.playground.blockkit.blocks import BLOCKS_IN_VIEW, check_blocks
from bot.playground.blockkit.composition import plain
from bot.playground.blockkit.rules import Rule, boolean, by_type, items, mapping, problem, shape, string

TITLE, PRIVATE_METADATA, CALLBACK_ID, EXTERNAL_ID = 24, 3000, 255, 255

_NEEDED: dict[str, Rule] = {"type": string(10), "blocks": items(mapping, BLOCKS_IN_VIEW, 0)}
_COMMON: dict[str, Rule] = {
    "private_metadata": string(PRIVATE_METADATA, 0),
    "callback_id": string(CALLBACK_ID, 0),
    "external_id": string(EXTERNAL_ID, 0),
}
_MODAL: dict[str, Rule] = {
    "submit": plain(TITLE),
    "close": plain(TITLE),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}

VIEWS = {"modal": shape(_NEEDED | {"title": plain(TITLE)}, _COMMON | _MODAL), "home": shape(_NEEDED, _COMMON)}


def check_view(view: Any, kind: str) -> list[str]:
    """Everything Slack would find wrong with a view of this kind ("modal" or "home")."""
    problems: list[str] = []
    by_type({kind: VIEWS[kind]})(view, "/view", problems)
    if problems:
        return problems
    problems += check_blocks(view["blocks"], BLOCKS_IN_VIEW, "/view/blocks")
    needs_submit = kind == "modal" and any(block.get("type") == "input" for block in view["blocks"])
    if needs_submit and "submit" not in view:
        problem(problems, "missing required field: submit", "/view")
    return problems
