"""A form that stands in the place of a card and is refused says why, and keeps what was typed."""

from typing import Any

from bot.teams_playground.acting import Answer
from bot.teams_playground.checking import inputs_in
from bot.teams_playground.tenant import Shown
from tests.bot.teams.conftest import ANN, BOB, GUS, NORTH, World

TYPED = {"entry_to": GUS, "entry_why": "he asked for it"}


async def hand_off_in_place(world: World, card: Shown) -> dict[str, Any]:
    """The button that sends the form, as whoever was shown it in the place of the card has it."""
    execute = {"type": "Action.Execute", "verb": "podline", "data": {"line": "handoff Q-1", "about": 1, "version": 2}}
    form = await world.playground.people.press(BOB, world.tenant.conversations[NORTH], card, execute)
    send: dict[str, Any] = form.card["actions"][0]
    return send


async def sent(world: World, card: Shown, send: dict[str, Any], typed: dict[str, str]) -> Answer:
    return await world.playground.people.press(BOB, world.tenant.conversations[NORTH], card, send, typed)


def entered(answer: Answer) -> dict[str, str]:
    return {one["id"]: str(one.get("value") or "") for one in inputs_in(answer.card)}


async def claimed(world: World) -> Shown:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, card, text="Claim")
    await world.settle()
    return card


async def test_a_refused_form_stands_there_again_with_what_was_typed(world: World) -> None:
    card = await claimed(world)
    send = await hand_off_in_place(world, card)

    answer = await sent(world, card, send, TYPED)

    assert "Not done" in str(answer.card)
    assert entered(answer)["entry_why"] == "he asked for it"
    assert world.question().claimed_by is not None
    again, back = answer.card["actions"]
    assert (again["type"], back["title"]) == ("Action.Execute", "Back")


async def test_a_card_that_has_moved_on_behind_the_form_takes_no_refusal_away(world: World) -> None:
    card = await claimed(world)
    send = await hand_off_in_place(world, card)
    await world.playground.people.say(BOB, "waiting Q-1")
    await world.settle()

    refused = await sent(world, card, send, TYPED)
    done = await sent(world, card, refused.card["actions"][0], {"entry_to": ANN, "entry_why": "she can"})
    await world.settle()

    assert "Not done" in str(refused.card)
    assert entered(refused)["entry_why"] == "he asked for it"
    assert "Ann Lee" in str(done.card)


async def test_where_the_form_cannot_be_drawn_again_it_is_said_in_words(world: World) -> None:
    card = await claimed(world)
    send = await hand_off_in_place(world, card)
    del send["data"]["form"]["memory"]

    answer = await sent(world, card, send, TYPED)

    assert answer.card == {}
    assert answer.words


async def test_a_stale_button_still_shows_the_true_card_and_no_error(world: World) -> None:
    card = await world.ask_and_deliver()
    claim = next(one for one in card.card["actions"] if one.get("title") == "Claim")
    await world.playground.people.click(BOB, card, text="Claim")
    await world.settle()

    late = await world.playground.people.press(ANN, world.tenant.conversations[NORTH], card, claim)

    assert "Bob Roy" in str(late.card)
    assert late.words == ""
