"""A client whose name, notes and questions are as hostile as can be: in Teams, too, everything about them is drawn."""

from pathlib import Path

import pytest

from bot.teams.forms import form_card
from bot.teams.render import to_card, to_home_card
from commands.compose import ToSend, compose
from commands.home import home
from commands.views import Form, View
from tests.bot.slack.test_hostile_clients import NAME, SHOWN, world
from tests.bot.teams.card_rules import against_schema, against_teams, lines
from tests.world import World, user

__all__ = ["world"]


@pytest.mark.parametrize("line", SHOWN)
def test_everything_about_a_hostile_client_is_drawn(world: World, line: str, shared: Path) -> None:
    reply = world.reply("Bob", line.replace("{name}", NAME))

    for card in [to_card(reply, {}), *([form_card(reply, {})] if isinstance(reply, Form) else [])]:
        assert against_schema(card, shared) == []
        assert against_teams(card) == []


@pytest.mark.parametrize("line", SHOWN[:2])
def test_the_buttons_about_a_hostile_client_do_what_they_say(world: World, line: str) -> None:
    pressed = lines(to_card(world.reply("Bob", line.replace("{name}", NAME)), {}))

    assert pressed
    for said in pressed:
        if said.startswith(("client", "who")):
            assert "No client is called" not in str(world.reply("Bob", said)), said


def test_a_card_and_a_home_with_a_hostile_client_are_drawn(world: World, shared: Path) -> None:
    views: list[View] = []
    with world.new_uow() as uow:
        for queued in uow.outbox.lease(world.now, world.now - world.now, 50):
            composed = compose(queued.message, uow, world.now)
            views += [composed.view] if isinstance(composed, ToSend) else []

    cards = [*(to_card(view, {}) for view in views), to_home_card(home(user("Ann"), world.new_uow, world.now), {})]

    assert len(cards) > 1
    for card in cards:
        assert against_schema(card, shared) == []
        assert against_teams(card) == []
