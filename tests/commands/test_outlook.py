"""The managers' weekly outlook: on their first working morning of the week, once, and never while they are away."""

from datetime import UTC, datetime, timedelta

from commands.briefs import brief
from tests.world import Sent, World

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def outlooks(world: World, until: datetime) -> list[str]:
    """``Mia Mon 08:00``: who reads an outlook, and when; it is looked each half hour."""
    return [f"{one.to} {one.at:%a %H:%M}" for one in told(world, until)]


def told(world: World, until: datetime) -> list[Sent]:
    sent: list[Sent] = []
    while world.now < until:
        brief(world.new_uow, world.now)
        sent += world.deliver()
        world.now += timedelta(minutes=30)
    return [one for one in sent if one.topic == "outlook"]


def test_each_manager_reads_it_once_a_week_on_the_first_morning_they_work(world_on_both: World) -> None:
    world = world_on_both
    world.now = SUNDAY
    world.change(
        "people: [{name: Ann Lee, email: ann@firm.example, timezone: America/New_York,"
        ' working_pattern: "Tue-Fri 09:30-17:00"}]'
    )

    assert outlooks(world, SUNDAY + timedelta(days=7, hours=22)) == ["Mia Mon 08:00", "Ann Tue 14:30", "Mia Mon 08:00"]


def test_a_manager_who_is_away_reads_it_when_they_are_back_in_the_same_week_or_not_at_all(world: World) -> None:
    world.now = SUNDAY
    world.say("Mia", "leave 23 Nov - 24 Nov sick")
    world.say("Ann", "leave 23 Nov - 27 Nov")

    assert outlooks(world, SUNDAY + timedelta(days=7)) == ["Mia Wed 08:00"]


def test_it_says_who_is_out_where_too_few_are_there_and_on_whom_all_hangs_but_never_why(world: World) -> None:
    world.now = SUNDAY
    world.say("Ann", "leave 30 Nov - 4 Dec sick")
    world.say("Bob", "leave 2 Dec parental")

    [first, *_] = [one for one in told(world, SUNDAY + timedelta(days=1)) if one.to == "Mia"]

    assert first.text.startswith("The next two weeks, Mon 23 Nov to Sun 6 Dec")
    for part in (
        "Ann Lee is away from Mon 30 Nov to Fri 4 Dec",
        "Acme Ltd (North): nobody on Wed 2 Dec",
        "Cara Diaz: 1 client (Birch Bakery)",
    ):
        assert part in first.text
    assert not {"sick", "parental"} & set(first.text.casefold().split())
    assert "client Acme Ltd learning cara@firm.example" in first.commands


def test_a_look_that_finds_nothing_new_writes_nothing(world: World) -> None:
    world.say("Ann", "leave 24 Nov - 27 Nov")

    assert brief(world.new_uow, world.now) > 0
    assert brief(world.new_uow, world.now) == 0
