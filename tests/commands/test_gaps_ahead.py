"""The gaps of a manager's home are those of ``coverage``, found with less reading."""

from datetime import timedelta

from commands.gaps_ahead import gaps_ahead
from commands.staffing import absences_in, clients_of, leave_until, staffed_pods
from coverage.depth import Gap, gaps
from tests.world import World

AHEAD = timedelta(days=14)


def both_ways(world: World) -> tuple[list[Gap], list[Gap], list[str]]:
    """Found quickly, found by looking at everything, and the names of the clients."""
    with world.new_uow.reading() as uow:
        firm = uow.firm()
        quickly = [gap for gap, _ in gaps_ahead(uow, firm, world.now, world.now + AHEAD, 2)]
        clients = clients_of(uow, firm, world.now)
        absences = absences_in(leave_until(uow, firm, world.now, world.now + AHEAD))
        pods = staffed_pods(firm, clients.known, absences, world.now, world.now + AHEAD)
        names = [clients.all[gap.client].name for gap in quickly]
        return quickly, list(gaps(clients.known, pods, 2)), names


def test_the_gaps_found_quickly_are_those_found_by_looking_at_everything(world_on_both: World) -> None:
    world = world_on_both
    world.change(
        "clients: [{name: Cedar, pod: South, named_contact: cara@firm.example, knows: {dan@firm.example: learning}},"
        " {name: Delta, pod: South}, {name: Elm, pod: North, named_contact: bob@firm.example}]"
    )
    for client in ("Cedar", "Cedar", "Cedar", "Elm"):
        number = world.ask(client=client).number
        world.say("Dan", f"answered Q-{number}")
    world.say("Ann", "leave tomorrow - Thu")
    world.say("Cara", "leave Fri pm")

    quickly, thoroughly, names = both_ways(world)

    assert quickly == thoroughly
    assert "Delta" in names, "nobody knows them"
    assert "Cedar" in names, "on the afternoon when Cara is away only Dan is there"


def test_whoever_has_answered_often_enough_fills_a_gap(world_on_both: World) -> None:
    world = world_on_both
    assert "Birch Bakery" in both_ways(world)[2]

    for _ in range(3):
        world.say("Dan", f"answered Q-{world.ask(client='Birch Bakery').number}")

    quickly, thoroughly, names = both_ways(world)
    assert quickly == thoroughly
    assert "Birch Bakery" not in names
