"""Channels are called what Teams calls them, once it has told; nobody has to read their ids."""

from typing import Any

import pytest

from bot.teams.activity import channel_names, heard
from bot.teams_playground.activities import activity, channel_deleted
from bot.teams_playground.checking import inputs_in
from tests.bot.teams.conftest import ANN, NORTH, World

GENERAL = "19:general@thread.tacv2"


async def renamed(world: World, name: str) -> None:
    tenant = world.tenant
    general = tenant.add_channel(GENERAL, "General")
    told = activity(tenant, world.playground.service_url, tenant.users[ANN], general, "conversationUpdate")
    data = {"eventType": "channelRenamed", "channel": {"id": NORTH, "name": name}}
    assert (await world.playground.people.send({**told, "channelData": {**told["channelData"], **data}})).ok
    await world.settle()


async def says(world: World, line: str) -> str:
    await world.playground.people.say(ANN, line)
    await world.settle()
    return world.tenant.told(ANN)[-1].text


async def test_a_pods_channel_is_shown_by_its_name_and_by_the_new_one_once_it_has_another(world: World) -> None:
    before = await says(world, "pod North")
    await renamed(world, "Clients North")
    named = await says(world, "pod North")
    await renamed(world, "North desk")
    again = await says(world, "pod North")

    assert f"cards in {NORTH}" in before
    assert "cards in Clients North" in named
    assert "cards in North desk" in again


async def test_a_form_offers_the_channels_that_are_known_by_their_names(world: World) -> None:
    south = world.tenant.add_channel("19:south@thread.tacv2", "north")
    await renamed(world, "north")
    told = activity(world.tenant, world.playground.service_url, world.tenant.users[ANN], south, "conversationUpdate")
    data = {"eventType": "channelRenamed", "channel": {"id": south.id, "name": "north"}}
    await world.playground.people.send({**told, "channelData": {**told["channelData"], **data}})
    await says(world, "pod North change")
    form = await world.playground.people.click(ANN, world.tenant.told(ANN)[-1], line="pod North change")

    [field] = [one for one in inputs_in(form.card) if "channel" in str(one.get("label")).lower()]
    await world.playground.people.fill_in(ANN, {field["id"]: south.id})
    await world.settle()

    assert {one["title"] for one in field["choices"]} >= {"north (north@th…)", "north (south@th…)"}
    assert field["value"] == NORTH
    assert "cards in north" in await says(world, "pod North")
    with world.new_uow.reading() as uow:
        [north] = uow.firm().pods.values()
        assert uow.places.everywhere()[north.channel].address == south.id


async def test_the_alarm_about_a_deleted_channel_says_its_name_and_no_other_platforms_words(world: World) -> None:
    tenant = world.tenant
    general = tenant.add_channel(GENERAL, "General")
    url, who = world.playground.service_url, tenant.users[ANN]

    assert (
        await world.playground.people.send(channel_deleted(tenant, url, who, general, tenant.conversations.pop(NORTH)))
    ).ok
    await world.settle()

    alarm = next(one.text for one in tenant.messages.values() if "was deleted" in one.text)
    assert "The channel north was deleted." in alarm
    assert "name another: pod North change" in alarm
    assert "Slack" not in alarm


@pytest.mark.parametrize(
    ("data", "conversation", "names"),
    [
        ({"channel": {"id": "19:n", "name": " North "}}, {"id": "19:n"}, {"19:n": "North"}),
        ({"channel": {"id": "19:n"}}, {"id": "19:n;messageid=1", "name": "North"}, {"19:n": "North"}),
        ({"team": {"id": "19:g", "name": "Firm"}}, {"id": "19:g"}, {"19:g": "Firm"}),
        (
            {"team": {"id": "19:g", "name": "Firm"}, "settings": {"selectedChannel": {"id": "19:s", "name": "South"}}},
            {"id": "19:g"},
            {"19:g": "Firm", "19:s": "South"},
        ),
        ({"channel": {"id": 7, "name": []}, "team": "x"}, {"id": "19:n", "name": None}, {}),
    ],
)
def test_names_are_where_teams_tells_them(data: Any, conversation: Any, names: dict[str, str]) -> None:
    said = heard(
        {"type": "message", "channelData": data, "conversation": {"conversationType": "channel", **conversation}}
    )

    assert channel_names(said) == names
