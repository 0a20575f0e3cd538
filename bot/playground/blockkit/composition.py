"""Composition objects: text, options, confirmation dialogs."""

from typing import Any

from bot.playground.blockkit.rules import (
    Rule,
    boolean,
    by_type,
    exactly_one_field,
    items,
    one_of,
    problem,
    shape,
    string,
)

OPTION_TEXT, OPTION_VALUE, OPTIONS, OPTION_URL = 75, 150, 100, 3000

_TYPE: dict[str, Rule] = {"type": string(50)}


def plain(at_most: int) -> Rule:
    """A plain_text object."""
    return by_type({"plain_text": shape({**_TYPE, "text": string(at_most)}, {"emoji": boolean})})


def mrkdwn_or_plain(at_most: int) -> Rule:
    """A plain_text or mrkdwn object."""
    return by_type(
        {
            "plain_text": shape({**_TYPE, "text": string(at_most)}, {"emoji": boolean}),
            "mrkdwn": shape({**_TYPE, "text": string(at_most)}, {"verbatim": boolean}),
        }
    )


def _option(text: Rule, description: Rule) -> Rule:
    return shape({"text": text, "value": string(OPTION_VALUE)}, {"description": description})


SELECT_OPTION = _option(plain(OPTION_TEXT), plain(OPTION_TEXT))
CHOICE_OPTION = _option(mrkdwn_or_plain(OPTION_TEXT), mrkdwn_or_plain(OPTION_TEXT))
OVERFLOW_OPTION = shape(
    {"text": plain(OPTION_TEXT), "value": string(OPTION_VALUE)},
    {"description": plain(OPTION_TEXT), "url": string(OPTION_URL)},
)

CONFIRM = shape(
    {"title": plain(100), "text": mrkdwn_or_plain(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)

OPTION_GROUPS = items(shape({"label": plain(75), "options": items(SELECT_OPTION, OPTIONS)}, {}), OPTIONS)

SOME_OPTIONS = exactly_one_field("options", "option_groups")

DISPATCH = shape(
    {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)},
    {},
)


def every_option(element: Any) -> list[Any]:
    """All options of a select, overflow, checkboxes or radio buttons, out of their groups."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return list(element.get("options", [])) + grouped


def initial_is_an_option(element: Any, path: str, problems: list[str]) -> None:
    """What is chosen at first must be among the options, exactly as written there."""
    chosen = element.get("initial_options", [element["initial_option"]] if "initial_option" in element else [])
    try:
        missing = [option for option in chosen if option not in every_option(element)]
    except (AttributeError, KeyError, TypeError):
        return  # the options themselves are malformed, which their own rule has said
    if missing:
        problem(problems, "initial option must be one of the options", path)
