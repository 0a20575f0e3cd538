"""Whoever is mentioned within words that are kept is named there, not called and not shown by an id."""

import pytest

from tests.world import World, buttons, words

SAID = "<@U0DAN> and <@U0EVE|Eve Fox> know, see <#C0ACME|acme>"
KEPT = "Dan Low and Eve Fox know, see #acme"


@pytest.mark.parametrize(
    "line",
    [
        f"handoff Q-1 <@U0ANN> {SAID}",
        f"release Q-1 {SAID}",
        f"answered Q-1 {SAID}",
        f"waiting Q-1 {SAID}",
        f"resolve Q-1 {SAID}",
        f"urgent Q-1 {SAID}",
        f"close Q-1 {SAID}",
    ],
)
def test_a_reason_names_those_it_mentions(world: World, line: str) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")

    world.say("Bob", line)

    assert any(KEPT in row.why for row in world.history())
    assert "U0" not in "".join(row.why for row in world.history())
    assert not any("Dan Low" in sent.calls for sent in world.deliver())


def test_the_reason_for_a_hand_off_to_somebody_by_name_does_too(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")

    world.say("Bob", "handoff Q-1 @annie because <@U0DAN> is away")

    assert any("because Dan Low is away" in row.why for row in world.history())


def test_a_question_and_its_card_name_those_it_mentions(world: World) -> None:
    world.say("Bob", f"question Acme: {SAID}?")

    assert world.question().text == f"{KEPT}?"
    (card,) = [one for one in world.deliver() if one.line == "C0NORTH card"]
    assert KEPT in card.text
    assert "Dan Low" not in card.calls


def test_what_is_offered_for_a_misspelt_client_does_too(world: World) -> None:
    offered = world.reply("Bob", "question Birch Bakry: can <@U0DAN> look?")

    assert [one.command for one in buttons(offered)] == [
        "question Birch Bakery: can Dan Low look?",
        "question : Birch Bakry: can Dan Low look?",
    ], words(offered)


def test_somebody_of_whom_nothing_is_known_is_somebody(world: World) -> None:
    world.say("Bob", "question Acme: can <@U0NOBODY> look?")

    assert world.question().text == "can somebody look?"
