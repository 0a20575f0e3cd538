"""What was changed in chat is taken back, by any manager, and nothing else is lost by it."""

import pytest

from commands.export_roster import export_roster
from tests.commands.setup_stories import client, clients, members, pod
from tests.world import World, commands_of, is_refusal, words


def pods(world: World) -> list[str]:
    return [line.name for line in export_roster(world.new_uow).pods or ()]


@pytest.mark.parametrize(
    "line",
    [
        "pod North add @Dan Low",
        "pod North remove @Bob Roy confirm",
        "pod North lead nobody",
        "pod North channel C0NEW",
        "pod new East channel C0EAST add @Dan Low",
        "client Acme pod South confirm",
        "client Acme contact nobody",
        "client Acme forgets @Bob Roy",
        "client Acme channel C0ACME",
        "client new Zebra pod South contact @Dan Low alias Z domain z.example",
        "policy standard 1m contact_centre C0OTHER remind none confirm",
        "policy new fast 1m contact_centre C0OTHER",
        "charter standard routine claim 20m, expert claim 1h confirm",
        "charter new fast routine claim 1m",
        "hours uk-office Mon-Fri 08:00-18:00 holidays: GB-ENG date_hours: 2026-12-31: 09:00-12:00 confirm",
        "hours new night Fri 20:00-04:00 timezone: Europe/London",
    ],
)
def test_after_undo_everything_is_as_it_was(world_on_both: World, line: str) -> None:
    world = world_on_both
    before = export_roster(world.new_uow)
    done = world.reply("Ann", line)
    assert export_roster(world.new_uow) != before

    taken_back = world.say("Mia", "undo")

    assert taken_back.startswith("Taken back: Ann Lee, Mon 23 Nov 10:00: ")
    assert export_roster(world.new_uow) == before
    assert words(world.reply("Ann", commands_of(done)[0])).startswith("That was taken back already: Ann Lee")


def test_a_second_undo_takes_back_the_one_before(world: World) -> None:
    world.say("Ann", "pod North add @Dan Low")
    world.say("Mia", "pod North add @Cara Diaz")
    world.say("Ann", "client Acme alias Acme UK")

    told = [world.say("Ann", "undo") for _ in range(3)]

    assert [one.splitlines()[0].partition(": ")[2].partition(", ")[0] for one in told] == [
        "Ann Lee",
        "Mia Fox",
        "Ann Lee",
    ]
    assert members(world) == ["ann", "bob"]
    assert world.refused("Ann", "undo").startswith("There is nothing to take back")


def test_a_button_takes_back_its_own_change_whatever_came_after_it(world: World) -> None:
    done = world.reply("Ann", "pod North add @Dan Low")
    world.say("Mia", "pod South lead @Cara Diaz")

    world.say("Ann", commands_of(done)[0])

    assert members(world) == ["ann", "bob"]
    assert pod(world, "South").lead == "cara@firm.example"


def test_what_somebody_else_changed_again_is_left_alone_and_they_are_named(world: World) -> None:
    done = world.reply("Ann", "pod North add @Dan Low")
    world.say("Mia", "pod North lead nobody")
    world.sleep(minutes=5)
    world.say("Mia", "pod North add @Cara Diaz")

    told = world.refused("Ann", commands_of(done)[0])

    assert told.splitlines()[1].startswith(
        "The same was changed again since, by Mia Fox, Mon 23 Nov 10:05: North: members:"
    )
    assert members(world) == ["ann", "bob", "dan", "cara"]


def test_what_was_changed_to_and_fro_in_between_is_not_taken_back_with_it(world: World) -> None:
    first = world.reply("Ann", "pod North lead nobody")
    world.say("Mia", "pod North lead @Mia Fox")
    world.say("Mia", "pod North lead nobody")

    assert "by Mia Fox" in world.refused("Ann", commands_of(first)[0])


def test_what_an_import_changed_again_is_left_alone(world_on_both: World) -> None:
    world = world_on_both
    world.say("Ann", "client Acme alias Acme UK")
    world.say("Ann", "pod North add @Dan Low")
    world.change("pods: [{name: North, members: [dan@firm.example, bob@firm.example]}]")

    refused = world.reply("Ann", "undo")

    assert is_refusal(refused)
    assert "It was changed since, by an import or by whoever runs Podline." in words(refused)
    assert members(world) == ["dan", "bob"]
    world.say("Ann", commands_of(refused)[0])
    assert client(world).aliases == ("Acme",)


def test_another_field_that_an_import_changed_stays(world: World) -> None:
    world.say("Ann", "pod North add @Dan Low")
    world.change("pods: [{name: North, channel: C0NEW, lead: ann@firm.example}]")

    world.say("Ann", "undo")

    north = pod(world)
    assert (members(world), north.lead) == (["ann", "bob"], "ann@firm.example")
    assert str(north.channel).count("C0NEW") == 1


def test_a_new_pod_that_is_needed_stays(world_on_both: World) -> None:
    world = world_on_both
    made = world.reply("Ann", "pod new East channel C0EAST add @Dan Low")
    world.say("Ann", "client Acme pod East confirm")

    told = world.refused("Mia", commands_of(made)[0])

    assert told.splitlines()[1:] == [
        "That is still needed. Pod East has the client Acme Ltd: give them to another pod first."
    ]
    assert pods(world) == ["North", "South", "East"]
    world.say("Mia", "undo")
    world.say("Mia", commands_of(made)[0])
    assert pods(world) == ["North", "South"]


def test_a_new_client_who_has_asked_something_stays(world: World) -> None:
    made = world.reply("Ann", "client new Zebra pod South")
    world.ask(client="Zebra")

    told = world.refused("Ann", commands_of(made)[0])

    assert "That is still needed. Zebra has the open question Q-1: resolve it first." in told
    assert "Zebra" in clients(world)
    world.say("Cara", "resolve Q-1")
    world.say("Ann", commands_of(made)[0])
    assert "Zebra" not in clients(world)


def test_new_hours_that_a_pod_goes_by_stay(world_on_both: World) -> None:
    world = world_on_both
    made = world.reply("Ann", "hours new night Fri 20:00-04:00 timezone: Europe/London")
    world.say("Ann", "pod North hours night confirm")

    told = world.refused("Ann", commands_of(made)[0])

    assert "North goes by it: give it another one first." in told
    world.say("Ann", "undo")
    world.say("Ann", "undo")
    assert set(export_roster(world.new_uow).hours or ()) == {"uk-office"}


def test_hours_that_only_a_removed_pod_went_by_stay_and_say_so(world_on_both: World) -> None:
    world = world_on_both
    world.say("Ann", "hours new night Fri 20:00-04:00 timezone: Europe/London")
    world.say("Ann", "pod new East channel C0EAST hours night")
    world.say("Ann", "undo")

    told = world.refused("Ann", "undo")

    assert "Pod East went by it until it was removed, and its old questions name it: leave the service hours." in told


def test_only_a_number_of_a_change_says_which(world: World) -> None:
    assert world.refused("Ann", "undo 99") == "There is no change 99 of the set-up."
    assert world.refused("Ann", "undo everything").startswith("undo takes back the last change of the set-up")


def test_a_person_who_has_left_is_not_put_back(world: World) -> None:
    done = world.reply("Ann", "client Acme forgets @Bob Roy")
    world.say("Ann", "pod North remove @Bob Roy confirm")
    with world.new_uow() as uow:
        bob = next(one.id for one in uow.firm().people.values() if one.name == "Bob Roy")
        uow.setup.prune(people=[bob], pods=[], clients=[])
        uow.commit()

    told = world.refused("Mia", commands_of(done)[0])

    assert '"bob@firm.example" is nobody' in told
    assert client(world).knows == {}
