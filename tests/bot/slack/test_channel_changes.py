"""What becomes of channels: one that gets another id stays the same, and of a lost one the managers are told."""

from datetime import timedelta

import pytest

from bot.playground.installation import Installation
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.slack.manifest import manifest
from commands.roster import import_roster
from tests.bot.slack.conftest import ALERTS, ANN, BOB, NORTH, OUT, World

ACME, OTHER = "C0ACME", "C0OTHER"


@pytest.fixture
def office(world: World) -> World:
    world.workspace.installation = Installation.from_manifest(manifest())
    world.workspace.add_channel(ACME, "acme", members=[ANN, BOB, OUT], is_private=True)
    world.workspace.add_channel(OTHER, "other", members=[ANN, BOB])
    roster = f"clients:\n  - {{name: Acme Ltd, channels: [{ACME}]}}"
    import_roster(roster_of(document_of(roster)), world.new_uow)
    return world


def alarms(world: World) -> list[str]:
    return [one.text for one in world.workspace.messages(ALERTS)]


async def test_a_pods_channel_that_is_archived_is_an_alarm_that_says_what_to_do(office: World) -> None:
    await office.playground.people.archive(ANN, NORTH)
    await office.settle()

    [alarm] = alarms(office)
    assert "the channel of North" in alarm
    assert "the intake's" in alarm
    assert "Unarchive it" in alarm
    assert "pod North change" in alarm


async def test_a_clients_channel_that_is_deleted_is_an_alarm(office: World) -> None:
    await office.playground.people.delete_channel(ACME)
    await office.settle()

    [alarm] = alarms(office)
    assert "a channel of Acme Ltd" in alarm
    assert "client Acme Ltd change" in alarm


@pytest.mark.parametrize("channel", [NORTH, ACME])
async def test_podline_removed_from_a_channel_it_needs_is_an_alarm(office: World, channel: str) -> None:
    await office.playground.people.leave(office.workspace.app.bot_user_id, channel)
    await office.settle()

    [alarm] = alarms(office)
    assert "/invite @Podline" in alarm


async def test_of_a_channel_nothing_depends_on_nobody_is_told(office: World) -> None:
    await office.playground.people.archive(ANN, OTHER)
    await office.playground.people.leave(BOB, NORTH)
    await office.settle()

    assert alarms(office) == []


async def test_the_managers_are_told_where_the_alarms_channel_itself_is_lost(office: World) -> None:
    await office.playground.people.archive(ANN, ALERTS)
    await office.settle()

    [direct] = office.workspace.messages(office.workspace.dm_with(ANN))
    assert "the alarms channel" in direct.text


async def test_a_private_channel_that_is_shared_keeps_its_client_under_its_new_id(office: World) -> None:
    await office.playground.people.say(OUT, ACME, "How do we post a deposit?")
    await office.settle()

    await office.playground.people.share_with_outsiders(ACME, "C0SHARED")
    await office.settle()
    office.clock.push(timedelta(minutes=1))
    await office.playground.people.say(OUT, "C0SHARED", "One of 1200 pounds")
    await office.settle()

    assert len(office.workspace.messages(NORTH)) == 2
    assert "One of 1200 pounds" in str(office.workspace.messages(NORTH)[1].blocks)
