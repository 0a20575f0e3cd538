"""How buttons are drawn: what leads to a form asks for a dialog, and what asks back is never in the menu."""

from typing import Any

import pytest

from bot.teams.elements import PRIMARY, action, actions
from bot.teams.pen import ROOMS, Pen
from commands.views import Button


def ask(number: int) -> Button:
    return Button(f"Forget {number}", f"feed remove f{number}", "Forget it", confirm="Forget it?")


def act(number: int) -> Button:
    return Button(f"Claim {number}", f"claim Q-{number}", "Claim it")


def drawn(*buttons: Button, more: tuple[Button, ...] = ()) -> tuple[list[dict[str, Any]], Pen]:
    pen = Pen({}, ROOMS[0])
    return actions(buttons, more, pen, about=None, version=None), pen


def in_menu(acts: list[dict[str, Any]]) -> list[str]:
    return [one["title"] for one in acts if one.get("mode") == "secondary"]


def test_a_button_that_certainly_leads_to_a_form_asks_for_its_dialog() -> None:
    sends = action(Button("Hand off", "handoff Q-1", "Hand it off"), {"about": 1, "version": 2})

    assert sends["type"] == "Action.Submit"
    assert sends["data"] == {"line": "handoff Q-1", "about": 1, "version": 2, "msteams": {"type": "task/fetch"}}


@pytest.mark.parametrize("line", ["claim Q-1", "answered Q-1", "handoff Q-1 @ann", "mine", "coverage"])
def test_any_other_is_done_at_once(line: str) -> None:
    assert action(Button("Do it", line, "Do it"), {})["type"] == "Action.Execute"


def test_what_asks_back_is_a_button_though_the_rare_acts_are_in_the_menu() -> None:
    acts, _ = drawn(act(1), act(2), more=(act(3), ask(4), act(5)))

    assert in_menu(acts) == ["Claim 3", "Claim 5"]
    assert [one["title"] for one in acts if one["type"] == "Action.ShowCard"] == ["Forget 4"]


def test_with_many_acts_one_that_does_not_ask_back_gives_its_place() -> None:
    acts, pen = drawn(*(act(number) for number in range(1, 6)), ask(6))

    assert in_menu(acts) == ["Claim 4", "Claim 5"]
    assert pen.acts_left_out == 0


def test_what_asks_back_and_finds_no_place_is_left_out_and_said_to_be() -> None:
    acts, pen = drawn(*(ask(number) for number in range(PRIMARY + 2)))

    assert len(acts) == PRIMARY
    assert in_menu(acts) == []
    assert pen.acts_left_out == 2
