"""Every field of every view is to be seen, heard or pressed on both platforms: one that is not breaks the build."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import pytest

from bot.slack.forms import Opened, to_modal
from bot.slack.home import to_home
from bot.slack.render import to_message
from bot.teams.forms import form_card
from bot.teams.render import to_activity, to_home_card
from bot.teams.text import TeamsMention
from commands import views
from commands.views import Form, Home, View
from tests.bot.sample_homes import HOMES
from tests.bot.sample_views import BOB, CAT, SAMPLES

FieldName = tuple[str, str]
"""A class of ``commands/views.py`` and one of its fields."""

OF_PICTURES = {"Picture", "Cell"}
"""Pictures are drawn elsewhere; the list they belong to says the same."""
NOT_DRAWN = {
    ("Listing", "picture"),
    ("Notice", "is_refusal"),  # says what becomes of the form it answers, and at which field
    ("Notice", "field"),
    ("Form", "about"),  # its line names the question
}
DRAWN_BY_THE_PLATFORM: dict[str, set[FieldName]] = {"slack": {("Channel", "name")}, "teams": set()}
"""Slack shows a channel by the name it has just now, wherever its id stands."""


def drawn_in_slack(view: View | Home) -> str:
    users = {BOB: "U0BOB"}
    if isinstance(view, Home):
        return str(to_home(view, users))
    sent = [to_modal(view, users, Opened(view.line, view.version))] if isinstance(view, Form) else []
    return str([to_message(view, users), *sent])


def drawn_in_teams(view: View | Home) -> str:
    people = {BOB: TeamsMention("aad-bob"), CAT: TeamsMention("aad-cat")}
    if isinstance(view, Home):
        return str(to_home_card(view, people))
    sent = [form_card(view, people)] if isinstance(view, Form) else []
    return str([to_activity(view, people), *sent])


DRAW: dict[str, Callable[[View | Home], str]] = {"slack": drawn_in_slack, "teams": drawn_in_teams}


def all_fields() -> set[FieldName]:
    """Of all that views are made of."""
    return {
        (name, one.name)
        for name, kind in vars(views).items()
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == views.__name__
        for one in fields(kind)
    }


def changed(value: Any) -> Iterator[Any]:
    """Other values in its place."""
    match value:
        case bool():
            yield not value
        case Enum():
            yield from (one for one in type(value) if one is not value)
        case "Europe/London":
            yield "America/New_York"
        case str():
            yield f"{value} otherwise" if " " in value else f"x{value}"
        case int():
            yield value + 1
        case datetime():
            yield value + timedelta(days=40)
        case tuple() if value:
            yield value[:-1]
        case _:
            return


def variants(node: Any) -> Iterator[tuple[FieldName, Any]]:
    """The same with one field changed, anywhere in it."""
    if isinstance(node, tuple):
        for place, one in enumerate(node):
            yield from ((field, (*node[:place], other, *node[place + 1 :])) for field, other in variants(one))
    elif is_dataclass(node) and not isinstance(node, type):
        for one in fields(node):
            value = getattr(node, one.name)
            for other in changed(value):
                yield (type(node).__name__, one.name), replace(node, **{one.name: other})
            yield from ((field, replace(node, **{one.name: other})) for field, other in variants(value))


def drawn_fields(draw: Callable[[View | Home], str]) -> set[FieldName]:
    """The fields of which a change changes what is drawn."""
    found: set[FieldName] = set()
    for view in (*SAMPLES.values(), *(home for home, _ in HOMES.values())):
        before = draw(view)
        for field, other in variants(view):
            if field not in found and draw(other) != before:
                found.add(field)
    return found


@pytest.mark.parametrize("platform", DRAW)
def test_every_field_of_every_view_is_drawn(platform: str) -> None:
    lost = {field for field in all_fields() - drawn_fields(DRAW[platform]) if field[0] not in OF_PICTURES}

    assert lost == NOT_DRAWN | DRAWN_BY_THE_PLATFORM[platform], (
        "draw it, or say here and in docs/platforms.md why it is not"
    )
