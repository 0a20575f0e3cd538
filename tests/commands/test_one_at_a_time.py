"""A line is about one question; of more, and of one that there is not, whoever typed it is told in their own words."""

import pytest

from tests.world import World, commands_of, is_refusal, words


@pytest.mark.parametrize("verb", ["claim", "release", "resolve", "answered", "waiting"])
def test_nothing_is_done_to_the_first_of_several(world: World, verb: str) -> None:
    for _ in range(2):
        world.ask()
    world.say("Bob", "claim Q-2" if verb == "claim" else "claim Q-1")
    before = world.happened()

    reply = world.reply("Bob", f"{verb} Q-1, Q-2")

    assert is_refusal(reply)
    assert words(reply) == "One question at a time, please; nothing is done yet:"
    assert commands_of(reply) == [f"{verb} Q-1", f"{verb} Q-2"]
    assert world.happened() == before


def test_a_question_named_in_a_reason_is_a_part_of_it(world: World) -> None:
    world.ask()

    world.say("Bob", "resolve Q-1 Q-2 is the same")

    assert [row.why for row in world.history() if row.what == "resolved"] == ["Q-2 is the same"]


def test_a_question_that_there_is_not_is_named_as_it_was_typed(world: World) -> None:
    said = world.refused("Bob", "claim Q-999999999999999999999")

    assert said == "There is no question Q-999999999999999999999."


def test_a_hand_off_may_say_to_whom(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")

    assert world.say("Bob", "hand off Q-1 to Ann Lee she knows") == "Ann Lee has Q-1 now."
