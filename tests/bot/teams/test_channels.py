"""Podline is added to a team, to a channel or to a chat, and removed from it again."""

from typing import Any

from bot.teams_playground.activities import activity
from tests.bot.teams.conftest import ALERTS, ANN, BOB, NORTH, World

SOUTH = "19:south@thread.tacv2"


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


async def added(world: World, address: str) -> None:
    world.tenant.add_channel(address, "south")
    await send(
        world,
        told(world, ANN, address, "conversationUpdate", membersAdded=us(world), channelData={"eventType": "x"}),
        told(world, ANN, address, "installationUpdate", action="add"),
    )


async def test_installed_in_a_channel_it_asks_one_thing_and_a_button_answers_it(world: World) -> None:
    await added(world, SOUTH)

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
    assert world.tenant.posts(NORTH) == []


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


async def test_a_deleted_channel_is_alarmed(world: World) -> None:
    await send(
        world, told(world, ANN, NORTH, "conversationUpdate", channelData={"eventType": "channelDeleted"})
    )  # fmt: skip

    assert ["was deleted" in one.text for one in world.tenant.posts(ALERTS)] == [True]


async def test_removed_from_a_chat_nobody_is_alarmed_and_the_chat_is_made_anew_when_it_is_needed(world: World) -> None:
    await world.playground.people.say(BOB, "mine")
    await send(world, told(world, BOB, None, "installationUpdate", action="remove"))

    assert world.tenant.posts(ALERTS) == []
    assert await world.teams.whereabouts.of_person(BOB) is None
