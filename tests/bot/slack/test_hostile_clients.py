"""A client whose name, notes and questions are as hostile as can be: everything about them is drawn all the same."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.playground.blockkit.blocks import check_blocks
from bot.playground.blockkit.surfaces import check_view
from bot.slack.forms import to_modal
from bot.slack.home import to_home
from bot.slack.render import to_message
from commands.compose import ToSend, compose
from commands.home import home
from commands.views import Form, Page, View, plain_text
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.sample_homes import HOSTILE
from tests.world import World, user

NAME = f'{HOSTILE.splitlines()[0]} note about Q-2 "quoted" {"🏴‍☠️" * 20}'[:250]
"""One line, and as long as a name may be."""
SHOWN = [
    "mine",
    "client {name}",
    "client {name} notes",
    "client {name} about channel",
    "who {name}",
    "explain Q-1",
    "pod North",
    "coverage",
    "coverage {name}",
    "client Hostile",
    "client {name} note",
    "client {name} about",
]


@pytest.fixture
def world(sqlite_url: str) -> World:
    world = World(UnitsOfWork(open_engine(sqlite_url)))
    quoted = json.dumps(NAME, ensure_ascii=False)
    world.change(f"clients: [{{name: {quoted}, pod: North, named_contact: ann@firm.example, aliases: [Hostile]}}]")
    world.ask(HOSTILE * 20, client=NAME)
    world.ask(HOSTILE, client=NAME)
    world.say("Bob", f"answered Q-1 {HOSTILE}")
    world.say("Bob", f"client Hostile note {(HOSTILE * 100)[:3_000]}")
    world.say("Bob", f"client Hostile note {HOSTILE}")
    return world


@pytest.mark.parametrize("line", SHOWN)
def test_everything_about_a_hostile_client_is_drawn(world: World, line: str) -> None:
    reply = world.reply("Bob", line.replace("{name}", NAME))

    assert check_blocks(to_message(reply, {})["blocks"]) == []
    if isinstance(reply, Form | Page):
        assert check_view(to_modal(reply, {}), "modal") == []
    assert not list(calls(to_message(reply, {})))


@pytest.mark.parametrize("line", SHOWN[:2])
def test_the_buttons_about_a_hostile_client_do_what_they_say(world: World, line: str) -> None:
    drawn = to_message(world.reply("Bob", line.replace("{name}", NAME)), {})

    pressed = [value for value in values(drawn) if value.startswith(("client", "who"))]

    assert pressed or line == "mine"
    for value in pressed:
        assert "No client is called" not in str(world.reply("Bob", value)), value


def test_a_card_and_a_home_with_a_hostile_client_are_drawn(world: World) -> None:
    views: list[View] = []
    with world.new_uow() as uow:
        for queued in uow.outbox.lease(world.now, world.now - world.now, 50):
            composed = compose(queued.message, uow, world.now)
            views += [composed.view] if isinstance(composed, ToSend) else []

    shown = to_home(home(user("Ann"), world.new_uow, world.now), {})

    assert views
    assert all(check_blocks(to_message(view, {})["blocks"]) == [] for view in views)
    assert check_view(shown, "home") == []
    assert not list(calls(shown))


def test_hostile_words_are_found_as_they_were_said(world: World) -> None:
    found = world.reply("Bob", "client Hostile about <!channel>")

    assert "Q-1" in plain_text(found.rows[-1].text)  # type: ignore[union-attr]


def calls(drawn: Any) -> Iterator[str]:
    """Marked text in which Slack would find a call."""
    if isinstance(drawn, dict):
        text = drawn.get("text")
        if drawn.get("type") == "mrkdwn" and isinstance(text, str) and ("<!channel" in text or "<@U0ANN" in text):
            yield text
        drawn = list(drawn.values())
    if isinstance(drawn, list):
        for inside in drawn:
            yield from calls(inside)


def values(drawn: Any) -> Iterator[str]:
    """What the buttons say."""
    if isinstance(drawn, dict):
        if isinstance(drawn.get("value"), str):
            yield drawn["value"]
        drawn = list(drawn.values())
    if isinstance(drawn, list):
        for inside in drawn:
            yield from values(inside)
