"""Who comes and goes: each one line, shown before it is done, taken back with one click; nobody calls who has left."""

from datetime import UTC, datetime, timedelta

import pytest

from commands.briefs import brief
from commands.clean_up import clean_up
from commands.export_roster import export_roster
from tests.world import World, commands_of, is_refusal, words


def confirmed(world: World, line: str, who: str = "Mia") -> str:
    """The words of what is shown, and of what is done when it is confirmed."""
    shown = world.reply(who, line)
    assert not is_refusal(shown), words(shown)
    do_it, leave_it = commands_of(shown)
    assert leave_it.startswith("person ")
    done = world.say(who, do_it)
    return f"{words(shown)}\n--\n{done}"


def test_somebody_leaves_their_clients_go_to_a_colleague_and_nobody_calls_them_after_their_last_day(
    world_on_both: World,
) -> None:
    world = world_on_both
    world.ask("The year end?")
    world.say("Ann", "claim Q-1")
    world.say("Ann", "waiting Q-1 for the bank")
    world.deliver()

    said = confirmed(world, "person Ann Lee leaves 25 Nov to Bob Roy")

    assert "Ann Lee's last day is Wed 25 Nov 2026; 1 client to Bob Roy" in said
    assert "They have 1 open question (Q-1)" in said
    assert "They stay in North until then" in said
    assert "Fewer than 2 will know Acme Ltd." in said
    world.ask("Before that day")
    world.deliver()
    assert world.called(2) == ["Bob"]
    assert "Ann Lee, knows them" in world.say("Mia", "who Acme")

    world.wait(days=2, hours=13)
    assert world.owner(1) == "Ann"
    sent = world.wait(hours=2)
    assert world.owner(1) is None, "on Thursday what she had is her pod's again"
    sent += world.wait(days=30)

    assert not [one for one in sent if one.to == "Ann" or "Ann Lee" in one.calls]
    assert "has left" in world.say("Mia", "person Ann Lee")
    clean_up(world.new_uow, world.now)
    assert "Ann" not in world.say("Bob", "pod North")
    assert "Ann" not in world.say("Bob", "who Acme")
    assert "away" not in world.say("Mia", "coverage")


def test_a_leaver_is_told_what_to_hand_over_and_the_managers_of_the_gaps(world: World) -> None:
    confirmed(world, "person Cara Diaz leaves 24 Nov")

    brief(world.new_uow, world.now)
    told = {one.line: one.text for one in world.deliver()}

    assert told["Cara: hand_over"].startswith("Before you are away, from Wed 25 Nov on, for good")
    assert "Cara Diaz leaves from Wed 25 Nov on, for good" in told["Mia: gaps"]


def test_that_somebody_leaves_is_taken_back(world: World) -> None:
    before = export_roster(world.new_uow)
    confirmed(world, "person Ann Lee leaves 25 Nov to Bob Roy")
    assert "is leaving already" in world.refused("Mia", "person Ann Lee leaves 26 Nov")

    world.say("Mia", "undo")

    assert export_roster(world.new_uow) == before
    world.now += timedelta(days=7)
    assert "Ann Lee, named contact; is in" in world.say("Mia", "who Acme")


def test_somebody_without_clients_leaves_too(world: World) -> None:
    confirmed(world, "person Dan Low leaves today")
    world.now += timedelta(days=1)

    assert "has left" in world.say("Mia", "person Dan Low")
    world.say("Mia", "undo")
    assert "is in" in world.say("Mia", "person Dan Low")


def test_all_clients_of_somebody_go_to_another_at_once(world_on_both: World) -> None:
    world = world_on_both
    world.change(
        "clients: ["
        + ", ".join(f"{{name: C{n}, pod: South, named_contact: cara@firm.example}}" for n in range(9))
        + "]"
    )

    said = confirmed(world, "person cara@firm.example clients to dan@firm.example")

    assert "10 clients of Cara Diaz to Dan Low: Birch Bakery, C0, C1, C2, C3 and 5 more" in said
    assert "Dan Low is the named contact of 10 clients of Cara Diaz now." in said
    assert "Dan Low, named contact" in world.say("Bob", "who C7")
    assert "Cara Diaz, knows them" in world.say("Bob", "who C7")
    world.say("Mia", "undo")
    assert "Cara Diaz, named contact" in world.say("Bob", "who C7")


def test_somebody_joins_a_pod_and_is_told_about_the_clients_they_learn(world: World) -> None:
    said = confirmed(world, "person Dan Low joins North learning Acme")

    assert "Dan Low joins North and learns Acme Ltd" in said
    assert "Dan Low is in North now. What there is to know about Acme Ltd is sent to them." in said
    [told] = [one for one in world.deliver() if one.topic == "cover"]
    assert told.text.startswith("You cover Acme Ltd")
    assert "Dan Low" in world.say("Bob", "pod North")


def test_what_somebody_has_is_shown_with_what_can_be_done(world: World) -> None:
    world.ask("The year end?")
    world.say("Ann", "claim Q-1")
    shown = world.reply("Mia", "person Ann Lee")

    assert "Named contact of 1 client: Acme Ltd" in words(shown)
    assert "Q-1 The year end? (claimed)" in words(shown)
    assert {"handoff Q-1", "person ann@firm.example leaves", "person ann@firm.example clients"} <= set(
        commands_of(shown)
    )
    for line in ("leaves", "clients", "joins"):
        assert not is_refusal(world.reply("Mia", f"person Ann Lee {line}"))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("person", "Whom?"),
        ("person Zed", "I know nobody called “Zed”"),
        ("person Ann Lee flies", "I do not see what to do with Ann Lee"),
        ("person Ann Lee leaves someday", "day"),
        ("person Ann Lee leaves 25 Nov to Ann Lee", "I know nobody"),
        ("person Ann Lee clients to Ann Lee", "Name somebody else"),
        ("person Ann Lee joins East", "No pod is called “East”"),
        ("person Ann Lee joins North learning Zebra", "Zebra"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(world: World, line: str, says: str) -> None:
    before = export_roster(world.new_uow)

    assert says in world.refused("Mia", line)
    assert export_roster(world.new_uow) == before


def test_people_are_the_managers(world: World) -> None:
    assert world.refused("Bob", "person Ann Lee") == "People are changed by managers: Ann Lee, Mia Fox."


def test_the_last_day_is_by_the_leavers_own_clock(world: World) -> None:
    world.change("people: [{name: Dan Low, email: dan@firm.example, timezone: America/New_York}]")
    confirmed(world, "person Dan Low leaves 24 Nov")

    world.now = datetime(2026, 11, 25, 4, 59, tzinfo=UTC)
    assert "is in" in world.say("Mia", "person Dan Low")
    world.now = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    assert "has left" in world.say("Mia", "person Dan Low")
