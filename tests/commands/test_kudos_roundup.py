"""The month's kudos once more: on the first working morning, once, without a ranking; and everybody's own list."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from commands.clean_up import clean_up
from commands.export_roster import export_roster
from commands.kudos_roundup import kudos_roundup
from commands.roster import import_roster
from commands.roster_lines import Roster
from tests.world import World, only, words

MORNING = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
"""A Tuesday, when the office opens."""


@pytest.fixture
def november(world: World) -> World:
    return _november(world)


def _november(world: World) -> World:
    """A firm with a kudos channel, and three kudos in November."""
    world.change("kudos_channel: C0KUDOS")
    world.ask()
    world.say("Cara", "answered Q-1 done")
    world.say("Ann", "kudos @Dan Low you stayed late")
    world.say("Bob", "kudos @Cara Diaz for Q-1 you knew the form")
    world.say("Mia", "kudos @Cara Diaz for Q-1 “You saved us!”")
    world.wait(hours=1)
    return world


def at(world: World, moment: datetime) -> bool:
    world.now = moment
    return kudos_roundup(world.new_uow, moment)


def test_the_sentences_are_told_again_by_whoever_got_them_in_the_alphabets_order(november: World) -> None:
    assert at(november, MORNING)

    sent = only(november.must_send("C0KUDOS: kudos_roundup"))
    assert sent.text == (
        "Thanks of November 2026\n"
        "Cara Diaz\n• you knew the form (Bob Roy, Q-1)\n• “You saved us!” (Jo of Acme Ltd, passed on by Mia Fox, Q-1)\n"
        "Dan Low\n• you stayed late (Ann Lee)"
    )
    assert sent.calls == ()


def test_it_comes_once(november: World) -> None:
    at(november, MORNING)
    november.deliver()

    assert not at(november, MORNING)
    clean_up(november.new_uow, MORNING.replace(day=15))
    assert not at(november, MORNING.replace(day=15)), "what was sent is forgotten by then"
    assert november.deliver() == []


def test_of_several_processes_one_sends_it(world_on_both: World) -> None:
    world = _november(world_on_both)
    world.now = MORNING

    with ThreadPoolExecutor(4) as pool:
        queued = list(pool.map(lambda _: kudos_roundup(world.new_uow, MORNING), range(8)))

    assert sum(queued) == 1
    world.must_send("C0KUDOS: kudos_roundup")


@pytest.mark.parametrize("moment", ["2026-11-30T12:00", "2026-12-01T08:59", "2026-12-01T17:30", "2026-12-02T03:00"])
def test_it_comes_in_service_hours_of_the_new_month_only(november: World, moment: str) -> None:
    assert not at(november, datetime.fromisoformat(moment).replace(tzinfo=UTC))


def test_after_an_outage_it_comes_when_there_is_somebody_again(november: World) -> None:
    assert at(november, datetime(2026, 12, 9, 15, 0, tzinfo=UTC))


def test_a_month_that_begins_on_a_holiday_or_a_weekend_begins_on_its_first_working_day(world: World) -> None:
    world.change(
        'service_hours: {uk-office: {timezone: Europe/London, week: "Mon-Fri 09:00-17:30", closed: [2026-12-01]}}'
    )
    _november(world)

    assert not at(world, MORNING)
    assert at(world, MORNING.replace(day=2))


def test_where_somebody_is_always_there_it_waits_for_the_morning(world: World) -> None:
    world.change('service_hours: {uk-office: {timezone: Europe/London, week: "Mon-Sun 00:00-24:00"}}')
    _november(world)

    assert not at(world, datetime(2026, 12, 1, 7, 59, tzinfo=UTC))
    assert at(world, datetime(2026, 12, 1, 8, 0, tzinfo=UTC))


def test_the_month_is_that_of_the_firms_zone(world: World) -> None:
    world.change('service_hours: {uk-office: {timezone: America/New_York, week: "Mon-Fri 09:00-17:30"}}')
    world.change("kudos_channel: C0KUDOS")
    world.now = datetime(2026, 12, 1, 4, 30, tzinfo=UTC)  # still November in New York
    world.say("Ann", "kudos @Dan Low late on Monday")
    world.deliver()

    assert not at(world, datetime(2026, 12, 1, 13, 59, tzinfo=UTC))
    assert at(world, datetime(2026, 12, 1, 14, 0, tzinfo=UTC))
    assert "late on Monday" in only(world.deliver()).text


def test_a_month_without_kudos_has_none(world: World) -> None:
    world.change("kudos_channel: C0KUDOS")

    assert not at(world, MORNING)
    assert world.deliver() == []


def test_a_firm_without_a_kudos_channel_has_none_and_none_later(world: World) -> None:
    world.say("Ann", "kudos @Dan Low you stayed late")
    world.deliver()

    assert not at(world, MORNING)
    world.change("kudos_channel: C0KUDOS")
    assert not at(world, MORNING.replace(day=3))


def test_whoever_has_left_meanwhile_is_left_out(november: World) -> None:
    at(november, MORNING)
    november.change(  # Dan is no longer there
        "pods: [{name: South, members: [cara@firm.example]}]"
    )
    people = tuple(one for one in export_roster(november.new_uow).people or () if one.name != "Dan Low")
    import_roster(Roster(people=people), november.new_uow, prune=True)

    assert "Dan" not in only(november.deliver()).text


def test_a_busy_month_comes_in_several_messages_and_nobodys_thanks_are_parted(world: World) -> None:
    world.change("kudos_channel: C0KUDOS\nsettings: {kudos_per_day: 1000}")
    for who in ("Ann Lee", "Bob Roy", "Cara Diaz", "Dan Low"):
        for number in range(9):
            world.say("Mia", f"kudos @{who} {number} {'well done ' * 40}")
    world.wait(hours=1)

    at(world, MORNING)

    sent = world.deliver()
    assert len(sent) == 2
    whole = "\n".join(one.text for one in sent)
    assert [line for line in whole.splitlines() if line in ("Ann Lee", "Bob Roy", "Cara Diaz", "Dan Low")] == [
        "Ann Lee", "Bob Roy", "Cara Diaz", "Dan Low",
    ]  # fmt: skip
    assert whole.count("• and more") == 4
    assert all(len(one.text) < 12_000 for one in sent)


def test_everybody_reads_their_own_thanks_again(november: World) -> None:
    assert words(november.reply("Cara", "kudos list")) == (
        "Your kudos\n"
        "Mon 23 Nov 2026 Jo of Acme Ltd for Q-1, passed on by Mia Fox:\nYou saved us!\n"
        "Mon 23 Nov 2026 Bob Roy for Q-1:\nyou knew the form"
    )
    assert words(november.reply("Ann", "kudos list")).startswith("Nobody has thanked you here yet.")
