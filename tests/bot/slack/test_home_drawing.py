"""Homes as Slack shows them: golden files, Slack's limits, and that hostile words stay mere words."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground.blockkit.surfaces import check_view
from bot.slack.blocks import Block
from bot.slack.home import to_home
from bot.slack.render import version_in
from tests.bot.sample_homes import HOMES
from tests.bot.sample_views import USERS
from tests.bot.slack.test_render import REWRITE, checker
from tests.shared import ROOT

GOLDEN = ROOT / "tests" / "golden" / "slack" / "home"


def drawn(name: str) -> Block:
    home, result = HOMES[name]
    return to_home(home, USERS, result)


def elements(view: Block) -> list[tuple[str, dict[str, Any]]]:
    """Every button and menu with the id of its block."""
    found = []
    for block in view["blocks"]:
        inside = [*block.get("elements", ())] if block["type"] == "actions" else []
        inside += [block["accessory"]] if "accessory" in block else []
        found += [(block["block_id"], element) for element in inside]
    return found


@pytest.mark.parametrize("name", HOMES)
def test_each_home_is_drawn_as_it_was_agreed(name: str) -> None:
    file = GOLDEN / f"{name}.json"
    if os.environ.get(REWRITE):
        file.write_text(json.dumps(drawn(name), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    assert json.loads(file.read_text(encoding="utf-8")) == drawn(name), f"if that is meant: {REWRITE}=1 make test"


def test_each_golden_file_has_its_home() -> None:
    assert {file.stem for file in GOLDEN.glob("*.json")} == set(HOMES)


@pytest.mark.parametrize("name", HOMES)
def test_slack_takes_each_home(name: str, shared: Path) -> None:
    assert check_view(drawn(name), "home") == []
    assert checker(shared)(drawn(name)) == []
    assert len(drawn(name)["blocks"]) <= 100


@pytest.mark.parametrize("name", HOMES)
def test_no_two_buttons_of_a_home_are_taken_for_one_another(name: str) -> None:
    blocks = [block["block_id"] for block in drawn(name)["blocks"] if "block_id" in block]
    acts = [element["action_id"] for _, element in elements(drawn(name))]

    assert len(set(blocks)) == len(blocks)
    assert len(set(acts)) == len(acts) or HOMES[name][1] is not None


def test_a_button_of_a_home_says_which_turn_of_the_question_it_was_drawn_for() -> None:
    versions = {element.get("value"): version_in(block_id) for block_id, element in elements(drawn("home"))}

    assert (versions["claim Q-2"], versions["answered Q-3"], versions["question"]) == (3, 4, None)


def test_a_row_with_one_button_has_it_at_its_side_and_rarer_acts_are_in_a_menu() -> None:
    kinds = [block["accessory"]["value"] for block in drawn("home")["blocks"] if "accessory" in block]
    [menu] = [element for _, element in elements(drawn("home")) if element["type"] == "overflow"]

    assert kinds == ["claim Q-2"]
    assert [option["value"] for option in menu["options"]] == ["handoff Q-3", "release Q-3", "explain Q-3"]


def test_hostile_words_call_nobody() -> None:
    marked = [text for text in texts(drawn("home_with_hostile_words")) if text["type"] != "plain_text"]

    assert len(marked) >= 4
    for mark in ("<!channel>", "<@U0ANN>", "<https://"):
        assert mark not in json.dumps(marked)


def texts(block: Any) -> Iterator[dict[str, Any]]:
    """Everything with a text, however deep; plain text is shown as it is and calls nobody."""
    if isinstance(block, dict):
        if isinstance(block.get("text"), str):
            yield block
        block = list(block.values())
    if isinstance(block, list):
        for inside in block:
            yield from texts(inside)


def test_a_home_that_is_too_full_says_so_and_keeps_the_answer_at_its_top() -> None:
    blocks = drawn("home_far_too_full")["blocks"]

    assert "more than fits here" in str(blocks[-1])
    assert blocks[0]["type"] == "header"
    assert blocks[40]["type"] == "divider"
