"""`mine` in the chat with Podline is somebody's home there: all that needs them, and acts that draw it anew."""

from typing import Any

import pytest

from bot.teams_playground.checking import actions_in
from bot.teams_playground.tenant import Shown
from tests.bot.teams.card_rules import MOST_BYTES, size
from tests.bot.teams.conftest import ANN, BOB, GUS, NORTH, World


async def home_of(world: World, user: str, line: str = "mine", at: str | None = None) -> Shown:
    before = len(world.tenant.told(user))
    await world.playground.people.say(user, line, at=at)
    await world.settle()
    [shown] = world.tenant.told(user)[before:]
    return shown


def labels(card: dict[str, Any]) -> list[str]:
    return [one["title"] for one in actions_in(card)]


@pytest.mark.parametrize(("line", "at"), [("mine", None), ("Mine ", None), ("@Podline mine", NORTH)])
async def test_mine_is_everything_that_needs_them(world: World, line: str, at: str | None) -> None:
    await world.ask_and_deliver()

    shown = await home_of(world, BOB, line, at)

    for part in ("Due next", "Yours", "Waiting in your pods", "Your leave", "Acme Ltd"):
        assert part in shown.text
    assert "Set-up" not in shown.text
    assert "1 question in your pods waits" in shown.activity["summary"]


async def test_managers_have_the_set_up_and_the_gaps_too(world: World) -> None:
    shown = await home_of(world, ANN)

    assert "Set-up" in shown.text
    assert "Gaps of the next two weeks" in shown.text


async def test_of_many_questions_it_stays_within_what_teams_takes(world: World) -> None:
    for number in range(30):
        world.ask(f"Question number {number}: " + "how do we post this? " * 60)
    await world.delivery.drain()

    shown = await home_of(world, ANN)

    assert size(shown.card) < MOST_BYTES
    assert "Set-up" in shown.text


async def test_an_act_on_it_draws_it_anew_with_the_answer_at_its_top(world: World) -> None:
    await world.ask_and_deliver()
    shown = await home_of(world, BOB)

    answer = await world.playground.people.click(BOB, shown, line="claim Q-1")
    await world.settle()

    text = str(answer.card)
    assert "Q-1 is yours" in text
    assert "You have 1 question; none in your pods" in text
    assert "Answered" in labels(answer.card)
    assert world.question().claimed_by is not None


async def test_a_stale_button_on_it_says_who_was_first_and_shows_how_it_is(world: World) -> None:
    await world.ask_and_deliver()
    shown = await home_of(world, ANN)
    await world.playground.people.say(BOB, "claim Q-1")
    await world.settle()

    answer = await world.playground.people.click(ANN, shown, line="claim Q-1")

    assert "Bob Roy" in str(answer.card)
    assert "You have no questions" in str(answer.card)


async def test_what_is_longer_stands_in_its_place_and_there_is_a_way_back(world: World) -> None:
    shown = await home_of(world, BOB)
    where = world.tenant.chat_with(BOB)

    page = await world.playground.people.click(BOB, shown, line="coverage")
    back = next(one for one in actions_in(page.card) if one["title"] == "Back")
    again = await world.playground.people.press(BOB, where, shown, back)

    assert "Your leave" not in str(page.card)
    assert "Your leave" in str(again.card)


async def test_its_forms_are_dialogs(world: World) -> None:
    shown = await home_of(world, BOB)

    await world.playground.people.click(BOB, shown, text="Mark leave")

    assert BOB in world.playground.people.dialogs


async def test_a_form_in_its_place_leads_back_to_it(world: World) -> None:
    await world.ask_and_deliver()
    await world.playground.people.say(BOB, "claim Q-1")
    await world.playground.people.say(BOB, "answered Q-1")
    await world.settle()
    shown = await home_of(world, BOB)
    where = world.tenant.chat_with(BOB)
    data = {"line": "answered Q-1", "about": 1, "version": world.question().version, "home": True}
    add = {"type": "Action.Execute", "verb": "podline", "data": data}

    form = await world.playground.people.press(BOB, where, shown, add)
    send, back = form.card["actions"]
    left = await world.playground.people.press(BOB, where, shown, back)
    done = await world.playground.people.press(BOB, where, shown, send, {"entry_said": "the figures"})

    assert "Your leave" in str(left.card)
    assert "is noted with Q-1" in str(done.card)
    assert "Your leave" in str(done.card)


async def test_the_pages_after_the_first_are_lists(world: World) -> None:
    shown = await home_of(world, BOB, "mine 2")

    assert "Your leave" not in shown.text


async def test_whoever_is_no_member_finds_nothing_of_the_firm(world: World) -> None:
    await world.ask_and_deliver()

    shown = await home_of(world, GUS)
    answer = await world.playground.people.press(
        GUS,
        world.tenant.chat_with(GUS),
        shown,
        {"type": "Action.Execute", "verb": "podline", "data": {"line": "", "home": True}},
    )

    assert "Only members of the firm" in shown.text
    assert "Acme" not in str(answer.card)
