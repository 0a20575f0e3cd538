"""Gap warnings carry who could cover: pressed, a colleague learns the client and is told what there is to know."""

from datetime import timedelta

from commands.briefs import brief
from tests.world import World, commands_of


def gap_buttons(world: World) -> list[str]:
    """What the buttons say under the gap warnings that Mia is sent."""
    brief(world.new_uow, world.now)
    warnings = [one for one in world.deliver() if one.topic == "gaps" and one.to == "Mia"]
    return [command for warning in warnings for command in warning.commands]


def test_a_gap_warning_offers_those_of_the_pod_who_are_there_and_assigns_with_one_click(world_on_both: World) -> None:
    world = world_on_both
    world.say("Bob", "client Acme note Prefers the phone")
    world.ask("Which form?")
    world.say("Bob", "answered Q-1 the short one")
    world.ask("And the stamp?")
    world.deliver()
    world.say("Mia", "pod North add Dan Low")
    world.say("Ann", "leave 24 Nov - 27 Nov")

    assert gap_buttons(world) == ["client Acme Ltd learning dan@firm.example"]
    said = world.say("Mia", "client Acme Ltd learning dan@firm.example")

    assert "Dan Low is learning Acme Ltd now." in said
    assert "Dan Low is sent what there is to know about Acme Ltd, by direct message." in said
    [told] = world.must_send("Dan: cover")
    assert told.text.startswith("You cover Acme Ltd")
    for part in ("Ann Lee, named contact", "Prefers the phone", "Q-2 And the stamp?", "“the short one”"):
        assert part in told.text
    assert "claim Q-2" in told.commands


def test_where_nobody_else_of_the_pod_is_there_its_team_is_offered(world: World) -> None:
    world.say("Ann", "leave 24 Nov - 27 Nov")
    world.say("Cara", "leave 24 Nov - 27 Nov")

    assert "client Acme Ltd learning dan@firm.example" in gap_buttons(world)
    assert not [one for one in commands_of(world.reply("Mia", "coverage")) if "cara@" in one]


def test_whoever_is_learning_is_named_and_nobody_is_offered_again(world: World) -> None:
    world.say("Ann", "leave 24 Nov - 27 Nov")
    world.say("Mia", "client Acme learning Dan Low")

    assert "; Dan Low is learning them" in world.say("Mia", "coverage")
    assert not [one for one in commands_of(world.reply("Mia", "coverage")) if "Acme" in one]


def test_the_gaps_that_colleagues_see_have_no_buttons(world: World) -> None:
    world.say("Ann", "leave 24 Nov - 27 Nov")

    assert commands_of(world.reply("Bob", "coverage")) == ["coverage picture"]
    assert len(commands_of(world.reply("Mia", "coverage"))) > 1


def test_a_cover_who_is_away_is_briefed_when_they_are_back_and_only_if_they_still_cover(world: World) -> None:
    world.say("Dan", "leave today")
    world.say("Mia", "client Acme learning Dan Low")
    world.say("Mia", "client Birch Bakery learning Dan Low")

    assert [one for one in world.deliver() if one.topic == "cover"] == []
    world.say("Mia", "undo")
    world.now += timedelta(days=1)

    assert [one.text.splitlines()[0] for one in world.deliver() if one.topic == "cover"] == ["You cover Acme Ltd"]


def test_whoever_is_learning_already_is_not_told_twice(world: World) -> None:
    world.say("Mia", "client Acme learning Dan Low")
    world.must_send("Dan: cover")

    world.say("Mia", "client Acme learning Cara Diaz")

    world.must_send("Cara: cover")
