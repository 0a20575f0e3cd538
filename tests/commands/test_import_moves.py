"""A file that gives a client to another pod does with open questions what the same said in chat does."""

from collections.abc import Callable

import pytest

from bot.roster.clients_table import clients_file
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.import_clients import import_clients
from commands.roster import import_roster
from coverage.question import Status
from tests.world import World, words


def by_roster(world: World) -> None:
    roster = roster_of(document_of("clients: [{name: Acme Ltd, pod: South}]"))
    import_roster(roster, world.new_uow, now=world.now)


def by_csv(world: World) -> None:
    import_clients(clients_file(b"name,pod\nAcme Ltd,South\n", "clients.csv"), world.new_uow, now=world.now)


def by_chat(world: World) -> None:
    world.say("Ann", "client Acme pod South confirm")


@pytest.fixture
def asked(world_on_both: World) -> World:
    """Acme has a question that Bob has and one that nobody has."""
    world_on_both.ask("claimed")
    world_on_both.say("Bob", "claim Q-1")
    world_on_both.ask("waiting")
    world_on_both.deliver()
    return world_on_both


@pytest.mark.parametrize("give", [by_roster, by_csv, by_chat])
def test_open_questions_follow_the_client_and_who_has_one_keeps_it(asked: World, give: Callable[[World], None]) -> None:
    give(asked)

    sent = asked.must_send("C0SOUTH card", "C0SOUTH card", "C0NORTH redrawn", "C0NORTH redrawn")
    assert sorted(one.calls for one in sent if one.to == "C0SOUTH") == [(), ("Ann Lee",)]  # their named contact still
    assert (asked.owner(1), asked.question(1).status) == ("Bob", Status.CLAIMED)
    assert (asked.owner(2), asked.question(2).status) == (None, Status.ROUTED)
    assert asked.question(1).pod == asked.question(2).pod
    assert [row.why for row in asked.history(2) if row.what.value == "moved"] == [
        "to South, which looks after Acme Ltd now"
    ]


@pytest.mark.parametrize("give", [by_roster, by_csv])
def test_a_second_import_moves_nothing_more(asked: World, give: Callable[[World], None]) -> None:
    give(asked)
    asked.deliver()

    give(asked)

    assert asked.deliver() == []


def test_a_pods_new_channel_in_a_file_gets_the_cards_that_wait(asked: World) -> None:
    roster = roster_of(document_of("pods: [{name: North, channel: C0NEW}]"))

    import_roster(roster, asked.new_uow, now=asked.now)

    asked.must_send("C0NEW card", "C0NORTH redrawn")


def test_a_pod_that_a_file_dissolves_needs_no_questions_resolved_first(asked: World) -> None:
    """They have left it with their client by then."""
    roster = """
pods: [{name: South, members: [ann@firm.example, bob@firm.example, cara@firm.example]}]
clients: [{name: Acme Ltd, pod: South}, {name: Birch Bakery}]
intake: {channel: C0INTAKE, pod: South}
"""

    import_roster(roster_of(document_of(roster)), asked.new_uow, prune=True, now=asked.now)

    assert (asked.owner(1), asked.question(2).status) == ("Bob", Status.ROUTED)
    assert "Its pod is gone" not in words(asked.reply("Bob", "explain Q-1"))


def test_a_dry_run_moves_nothing(asked: World) -> None:
    roster = roster_of(document_of("clients: [{name: Acme Ltd, pod: South}]"))

    import_roster(roster, asked.new_uow, dry_run=True, now=asked.now)

    assert asked.deliver() == []
