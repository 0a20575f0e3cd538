"""The gaps that a manager's home shows: of the next two weeks, the worst first."""

from datetime import timedelta

from commands.gaps_ahead import gaps_ahead
from tests.world import World

AHEAD = timedelta(days=14)


def found(world: World) -> list[str]:
    """The names of the clients with too few people in the next two weeks, the worst first."""
    with world.new_uow.reading() as uow:
        gaps, clients, _ = gaps_ahead(uow, uow.firm(), world.now, world.now + AHEAD, 2)
        return [clients.all[gap.client].name for gap in gaps]


def test_whoever_has_too_few_people_on_some_day_is_found(world_on_both: World) -> None:
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

    names = found(world)

    assert "Delta" in names, "nobody knows them"
    assert "Cedar" in names, "on the afternoon when Cara is away only Dan is there"


def test_whoever_has_answered_often_enough_fills_a_gap(world_on_both: World) -> None:
    world = world_on_both
    assert "Birch Bakery" in found(world)

    for _ in range(3):
        world.say("Dan", f"answered Q-{world.ask(client='Birch Bakery').number}")

    assert "Birch Bakery" not in found(world)
