"""Importing a file of clients: all of it or nothing, by name, and everything that is wrong with it said at once."""

import pytest

from bot.roster.clients_table import clients_file
from commands.import_clients import ImportedClients, import_clients
from commands.roster_checks import RosterRefused
from commands.roster_merge import Happened
from coverage.clients import Client, Knowledge
from tests.world import World

HEADER = "name,pod,named_contact,domains,aliases,channels,knows\n"
NEW = HEADER + "Cedar Works,South,cara@firm.example,cedar.example,Cedar,C0CEDAR,dan@firm.example:learning\n"


def imported(world: World, written: str, *, dry_run: bool = False) -> ImportedClients:
    return import_clients(clients_file(written.encode(), "clients.csv"), world.new_uow, dry_run=dry_run)


def mistakes(world: World, written: str) -> list[str]:
    file = clients_file(written.encode(), "clients.csv")
    with pytest.raises(RosterRefused) as refused:
        import_clients(file, world.new_uow)
    return [file.sentence(one) for one in refused.value.problems]


def client(world: World, name: str) -> Client:
    with world.new_uow.reading() as uow:
        [found] = uow.clients.called(name)
    return found


def names(world: World) -> set[str]:
    with world.new_uow.reading() as uow:
        return {one.name for one in uow.clients.everyone()}


def test_a_new_client_is_there_with_all_that_the_file_says(world_on_both: World) -> None:
    world = world_on_both

    done = imported(world, NEW)

    assert [(one.happened, one.name) for one in done.changes] == [(Happened.ADDED, "Cedar Works")]
    cedar = client(world, "cedar")
    assert (cedar.name, cedar.domains) == ("Cedar Works", ("cedar.example",))
    assert list(cedar.knows.values()) == [Knowledge.LEARNING]
    assert world.ask(client="Cedar").client == cedar.id


def test_importing_the_same_again_changes_nothing(world_on_both: World) -> None:
    world = world_on_both
    imported(world, NEW)

    again = imported(world, NEW)

    assert (again.changes, again.unchanged) == ((), 1)


def test_only_columns_that_are_there_change_something(world: World) -> None:
    done = imported(world, "aliases,name\nThe Acme;Acme,acme  ltd\n")

    assert done.changes[0].details == ("name: Acme Ltd -> acme  ltd", "aliases: Acme -> The Acme, Acme")
    assert client(world, "The Acme").domains == ("acme.example",)
    assert names(world) == {"acme  ltd", "Birch Bakery"}


def test_a_pod_is_found_whatever_its_capitals(world: World) -> None:
    imported(world, "name,pod\nCedar, sOUTH \n")

    assert client(world, "Cedar").pod == client(world, "Birch Bakery").pod


def test_with_one_mistake_nothing_is_stored(world_on_both: World) -> None:
    world = world_on_both

    assert mistakes(world, NEW + "Dune,Suoth,,,,,\n") == ['line 3, pod: There is no pod "Suoth". Did you mean "South"?']
    assert names(world) == {"Acme Ltd", "Birch Bakery"}


def test_all_mistakes_of_all_lines_are_said_in_their_order(world: World) -> None:
    assert mistakes(
        world,
        HEADER + "Cedar,West,bobb@firm.example,,,,\n"
        "Dune,,Bob Roy,gmail.com;no domain,,,\n"
        "Elm,North,Anny,,,,zoe@firm.example;Mia Fox:learning\n"
        "cedar,North,,,,,\n",
    ) == [
        'line 2, pod: There is no pod "West". There are: North, South.',
        'line 2, named_contact: Nobody of the firm has the address "bobb@firm.example". Did you mean bob@firm.example?',
        'line 3, domains: "no domain" is no domain: write it like acme.example.',
        'line 3, pod: "Dune" is a new client and needs a pod. There are: North, South.',
        'line 3, named_contact: "Bob Roy" is no e-mail address. Did you mean bob@firm.example (Bob Roy)?',
        (
            "line 3, domains: gmail.com belongs to a mail provider: questions of strangers who write from there would "
            "be taken for this client's. Leave it out; once somebody has said whose question it is, Podline remembers "
            "the address."
        ),
        'line 4, named_contact: "Anny" is no e-mail address. Write it like ann@firm.example.',
        'line 4, knows: Nobody of the firm has the address "zoe@firm.example". Did you mean bob@firm.example?',
        'line 4, knows: "Mia Fox" is no e-mail address. Did you mean mia@firm.example (Mia Fox)?',
        'line 5, name: "cedar" is in line 2 already. Join the two.',
    ]


def test_a_name_of_two_people_is_not_guessed(world: World) -> None:
    world.change("people: [{name: Annie Hall, email: annie@firm.example, aliases: [Annie]}]")

    assert mistakes(world, "name,pod,named_contact\nCedar,North,annie\n") == [
        (
            'line 2, named_contact: "annie" is no e-mail address. '
            "Did you mean ann@firm.example (Ann Lee) or annie@firm.example (Annie Hall)?"
        )
    ]


def test_what_two_clients_share_is_allowed_and_said_of_those_in_the_file_only(world: World) -> None:
    world.change("clients: [{name: Old One, pod: North, aliases: [Old]}, {name: Old Two, pod: North, aliases: [Old]}]")

    done = imported(world, "name,pod,domains,aliases\nAcme Holding,North,ACME.example,Acme\n")

    assert done.warnings == (
        "“acme” fits Acme Ltd and Acme Holding: whoever uses it is asked which one is meant.",
        "acme.example is the domain of Acme Ltd and Acme Holding: what comes from there is asked about, never guessed.",
    )


def test_a_dry_run_says_the_same_and_stores_nothing(world: World) -> None:
    would = imported(world, NEW, dry_run=True)

    assert names(world) == {"Acme Ltd", "Birch Bakery"}
    assert imported(world, NEW).changes == would.changes


def test_whoever_waits_hears_how_far_it_is(world: World) -> None:
    heard: list[tuple[int, int]] = []
    lines = "".join(f"Client {number},North,,,,,\n" for number in range(250))
    file = clients_file((HEADER + lines).encode(), "clients.csv")

    import_clients(file, world.new_uow, told=lambda done, of: heard.append((done, of)))

    assert heard == [(200, 250), (250, 250)]


@pytest.mark.parametrize("name", ["<!channel> & <@U0ANN>", "=HYPERLINK(1)", "'; DROP TABLE client; --", "🦆 Ltd", "9"])
def test_a_hostile_name_is_a_name(world_on_both: World, name: str) -> None:
    world = world_on_both

    imported(world, f'name,pod\n"{name}",North\n')

    assert client(world, name).name == name
