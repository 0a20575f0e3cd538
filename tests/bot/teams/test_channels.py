"""Podline is added to a team, to a channel or to a chat, and removed from it again."""

from typing import Any

import pytest

from bot.teams_playground.activities import activity, channel_deleted, installed
from tests.bot.teams.conftest import ALERTS, ANN, BOB, DESK, NORTH, World

SOUTH = "19:south@thread.tacv2"
GENERAL = "19:general@thread.tacv2"


def told(world: World, user: str, address: str | None, kind: str, **more: Any) -> dict[str, Any]:
    """What Teams tells of a channel, or of somebody's chat."""
    tenant = world.tenant
    where = tenant.conversations[address] if address else tenant.chat_with(user)
    sent = activity(tenant, world.playground.service_url, tenant.users[user], where, kind)
    data = {**sent["channelData"], **more.pop("channelData", {})}
    return {**sent, **more, "channelData": data}


def us(world: World) -> list[dict[str, str]]:
    return [{"id": world.tenant.bot_id, "name": "Podline"}]


async def send(world: World, *activities: dict[str, Any]) -> None:
    for one in activities:
        assert (await world.playground.people.send(one)).ok
    await world.settle()


async def added(world: World, address: str, *, told_in: str = GENERAL) -> None:
    """Podline is added to a channel: of that Teams tells in General, or in the channel."""
    tenant = world.tenant
    general, chosen = tenant.add_channel(GENERAL, "General"), tenant.add_channel(address, "south")
    at = tenant.conversations[told_in]
    await send(world, *installed(tenant, world.playground.service_url, tenant.users[ANN], general, chosen, at=at))


async def deleted(world: World, address: str) -> None:
    tenant = world.tenant
    general = tenant.add_channel(GENERAL, "General")
    url, who = world.playground.service_url, tenant.users[ANN]
    await send(world, channel_deleted(tenant, url, who, general, tenant.conversations.pop(address)))


async def says_that_general_is_norths(world: World) -> None:
    world.tenant.add_channel(GENERAL, "General")
    await world.playground.people.say(ANN, f"pod North channel {GENERAL}")
    await world.settle()


@pytest.mark.parametrize("told_in", [GENERAL, SOUTH])
async def test_installed_in_a_channel_it_asks_one_thing_and_a_button_answers_it(world: World, told_in: str) -> None:
    await added(world, SOUTH, told_in=told_in)

    [asked] = world.tenant.posts(SOUTH)
    answer = await world.playground.people.click(ANN, asked, text="North")
    await world.settle()
    [told] = world.tenant.told(ANN)
    world.ask()
    await world.delivery.drain()

    assert "Which pod is this channel?" in asked.text
    assert answer.ok
    assert "North has its cards in" in told.text
    assert "Acme" in world.tenant.posts(SOUTH)[-1].text
    assert world.tenant.posts(NORTH) == world.tenant.posts(GENERAL) == []
    assert SOUTH in await world.teams.whereabouts.channels_of(GENERAL)


async def test_added_to_general_it_asks_there(world: World) -> None:
    await added(world, GENERAL)

    assert ["Which pod" in one.text for one in world.tenant.posts(GENERAL)] == [True]


async def test_whoever_is_no_manager_is_told_who_is(world: World) -> None:
    await added(world, SOUTH)

    answer = await world.playground.people.click(BOB, world.tenant.posts(SOUTH)[0], text="North")

    assert "Ann Lee" in answer.words


async def test_a_channel_that_has_its_use_is_not_asked_about(world: World) -> None:
    await send(world, told(world, ANN, NORTH, "conversationUpdate", membersAdded=us(world)))

    assert world.tenant.posts(NORTH) == []


async def test_added_to_a_chat_it_says_nothing(world: World) -> None:
    await send(world, told(world, BOB, None, "installationUpdate", action="add"))

    assert world.tenant.told(BOB) == []


async def test_removed_from_a_team_all_its_channels_are_alarmed(world: World) -> None:
    await world.playground.people.say(BOB, "@Podline mine", at=NORTH)
    await world.settle()

    await send(world, told(world, ANN, NORTH, "conversationUpdate", membersRemoved=us(world)))

    [alarm] = [one for one in world.tenant.posts(ALERTS) if "was removed" in one.text]
    assert "the channel of North" in alarm.text


async def test_the_team_of_a_channel_is_not_forgotten_where_teams_does_not_say_it(world: World) -> None:
    world.tenant.add_channel(GENERAL, "General")
    for address in (NORTH, DESK):
        await world.playground.people.say(BOB, "@Podline mine", at=address)
        await send(world, without_team(told(world, BOB, address, "messageReaction")))
    await world.settle()

    await send(world, told(world, ANN, GENERAL, "conversationUpdate", membersRemoved=us(world)))

    alarms = " ".join(one.text for one in world.tenant.posts(ALERTS))
    assert "the channel of North" in alarms
    assert {NORTH, DESK} <= set(await world.teams.whereabouts.channels_of(GENERAL))


def without_team(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "channelData": {name: one for name, one in told["channelData"].items() if name != "team"}}


async def test_a_deleted_channel_is_alarmed(world: World) -> None:
    await deleted(world, NORTH)

    [alarm] = world.tenant.posts(ALERTS)
    assert "the channel of North" in alarm.text
    assert "was deleted" in alarm.text
    assert NORTH not in await world.teams.whereabouts.channels_of(GENERAL)


async def test_another_channel_that_is_deleted_is_no_alarm_for_the_one_it_is_told_in(world: World) -> None:
    await says_that_general_is_norths(world)
    world.tenant.add_channel(SOUTH, "south")

    await deleted(world, SOUTH)

    assert world.tenant.posts(ALERTS) == []


async def test_removed_from_a_chat_nobody_is_alarmed_and_the_chat_is_made_anew_when_it_is_needed(world: World) -> None:
    await world.playground.people.say(BOB, "mine")
    await world.settle()
    await send(world, told(world, BOB, None, "installationUpdate", action="remove"))

    assert world.tenant.posts(ALERTS) == []
    assert await world.teams.whereabouts.of_person(BOB) is None
