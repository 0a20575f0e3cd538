"""What Slack accepts as blocks and views, compared with the independent schema where it is at hand."""

import importlib.util
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.playground.blockkit.blocks import check_blocks
from bot.playground.blockkit.surfaces import check_view
from tests.bot.playground.conftest import button, card, form


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "v", text: str = "Text") -> dict[str, Any]:
    return {"text": plain(text), "value": value}


def section(**fields: Any) -> list[dict[str, Any]]:
    return [{"type": "section", **fields}]


def actions(*elements: Any) -> list[dict[str, Any]]:
    return [{"type": "actions", "elements": list(elements)}]


def select(**fields: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "s", "options": [option()], **fields}


def overflow(how_many: int) -> dict[str, Any]:
    return {"type": "overflow", "action_id": "o", "options": [option(str(i)) for i in range(how_many)]}


CONFIRM = {"title": plain("Sure?"), "text": plain("It is final."), "confirm": plain("Yes"), "deny": plain("No")}

GOOD: dict[str, list[dict[str, Any]]] = {
    "a card": card(),
    "a header of 150": [{"type": "header", "text": plain("x" * 150)}],
    "a section of 3000": section(text=mrkdwn("x" * 3000)),
    "ten fields of 2000": section(fields=[mrkdwn("x" * 2000)] * 10),
    "25 buttons": actions(*(button(action_id=f"a{i}") for i in range(25))),
    "a button at its limits": actions(button("x" * 75, "v" * 2000, "a" * 255)),
    "a button that asks first": actions({**button(), "confirm": CONFIRM, "style": "danger"}),
    "five in a menu": actions(overflow(5)),
    "a select of 100": actions(select(options=[option(str(i)) for i in range(100)], placeholder=plain("x" * 150))),
    "the same action in two blocks": [*actions(button()), *actions(button())],
    "ten in a context": [{"type": "context", "elements": [mrkdwn("x")] * 10}],
    "50 blocks": [{"type": "divider"}] * 50,
    "a picture": [{"type": "image", "image_url": "https://a.example/x.png", "alt_text": "a chart"}],
    "an input": [{"type": "input", "label": plain("Who"), "element": {"type": "users_select", "action_id": "u"}}],
    "checkboxes": actions({"type": "checkboxes", "action_id": "c", "options": [option()]}),
    "a date": actions({"type": "datepicker", "action_id": "d", "initial_date": "2026-11-20"}),
}

BAD: dict[str, list[dict[str, Any]]] = {
    "a header of 151": [{"type": "header", "text": plain("x" * 151)}],
    "a header in mrkdwn": [{"type": "header", "text": mrkdwn("x")}],
    "an empty header": [{"type": "header", "text": plain("")}],
    "a section of 3001": section(text=mrkdwn("x" * 3001)),
    "a section of nothing": section(),
    "eleven fields": section(fields=[mrkdwn("x")] * 11),
    "a field of 2001": section(fields=[mrkdwn("x" * 2001)]),
    "26 buttons": actions(*(button(action_id=f"a{i}") for i in range(26))),
    "no buttons": actions(),
    "a label of 76": actions(button("x" * 76)),
    "a label in mrkdwn": actions({**button(), "text": mrkdwn("Claim")}),
    "a value of 2001": actions(button(value="x" * 2001)),
    "an action_id of 256": actions(button(action_id="x" * 256)),
    "two of one action_id": actions(button(), button()),
    "an unknown style": actions({**button(), "style": "warning"}),
    "an unknown field": actions({**button(), "colour": "red"}),
    "two of one block_id": [{"type": "divider", "block_id": "b"}, {"type": "divider", "block_id": "b"}],
    "a block_id of 256": [{"type": "divider", "block_id": "b" * 256}],
    "six in a menu": actions(overflow(6)),
    "an empty menu": actions(overflow(0)),
    "101 options": actions(select(options=[option(str(i)) for i in range(101)])),
    "an option of 76": actions(select(options=[option(text="x" * 76)])),
    "an option value of 151": actions(select(options=[option("x" * 151)])),
    "a placeholder of 151": actions(select(placeholder=plain("x" * 151))),
    "eleven in a context": [{"type": "context", "elements": [mrkdwn("x")] * 11}],
    "51 blocks": [{"type": "divider"}] * 51,
    "an unknown block": [{"type": "banner", "text": plain("x")}],
    "a picture without words": [{"type": "image", "image_url": "https://a.example/x.png"}],
    "an input label of 2001": [{"type": "input", "label": plain("x" * 2001), "element": {"type": "users_select"}}],
    "a text input among actions": actions({"type": "plain_text_input", "action_id": "t"}),
    "a button as input": [{"type": "input", "label": plain("x"), "element": button()}],
    "a question of 101 before the act": actions({**button(), "confirm": {**CONFIRM, "title": plain("x" * 101)}}),
    "a yes of 31": actions({**button(), "confirm": {**CONFIRM, "confirm": plain("x" * 31)}}),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_slack_takes_is_taken(name: str) -> None:
    assert check_blocks(GOOD[name]) == []


@pytest.mark.parametrize("name", BAD)
def test_what_slack_refuses_is_refused_with_the_place_of_the_mistake(name: str) -> None:
    problems = check_blocks(BAD[name])

    assert problems
    assert all("json-pointer:/blocks" in problem for problem in problems)


def test_an_initial_option_must_be_one_of_the_options() -> None:
    assert check_blocks(actions(select(initial_option=option("other"))))


def test_an_empty_action_id_is_refused() -> None:
    assert check_blocks(actions(button(action_id="")))


def test_a_view_has_limits_of_its_own() -> None:
    dividers = [{"type": "divider"}] * 101
    nameless = {key: value for key, value in form().items() if key != "submit"}

    assert check_view(form(title=plain("x" * 24), private_metadata="x" * 3000, blocks=dividers[:100]), "modal") == []
    for broken in (
        form(title=plain("x" * 25)),
        form(submit=plain("x" * 25)),
        form(private_metadata="x" * 3001),
        form(callback_id="x" * 256),
        form(blocks=dividers),
        form(type="home"),
        form(colour="red"),
        nameless,
    ):
        assert check_view(broken, "modal"), broken


@pytest.fixture(scope="module")
def their_check(shared: Path) -> Callable[[Any], list[str]]:
    pytest.importorskip("jsonschema", reason="compares with schemas/slack/check_blocks.py, which needs jsonschema")
    path = shared / "schemas" / "slack" / "check_blocks.py"
    spec = importlib.util.spec_from_file_location("check_blocks_of_the_schemas", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        # It leaves the schema's file to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        spec.loader.exec_module(module)
    check: Callable[[Any], list[str]] = module.check
    return check


@pytest.mark.parametrize("name", [*GOOD, *BAD])
def test_an_independent_schema_agrees(name: str, their_check: Callable[[Any], list[str]]) -> None:
    blocks = {**GOOD, **BAD}[name]

    assert bool(their_check(blocks)) == bool(check_blocks(blocks))
