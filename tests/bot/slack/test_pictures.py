"""The picture of coverage in Slack: uploaded, shown once above the same facts in words, or said to be missing."""

import asyncio
from dataclasses import replace

import pytest

from bot.heat_map import draw_png
from bot.playground.records import Message
from commands.views import Cell, Picture, Shade
from tests.bot.slack.conftest import ANN, NORTH, World

PNG = b"\x89PNG\r\n\x1a\n"


async def the_picture(world: World) -> list[Message]:
    """What Ann gets who asks for it."""
    await world.playground.people.slash_command(ANN, NORTH, "/coverage", "picture")
    await world.settle()
    return [one for one in world.workspace.messages(world.workspace.dm_with(ANN)) if "Coverage, " in one.text]


async def test_the_picture_comes_directly_with_the_same_facts_in_words(world: World) -> None:
    [message] = await the_picture(world)

    [image] = [block for block in message.blocks if block["type"] == "image"]
    assert world.workspace.files.content(image["slack_file"]["id"]).startswith(PNG)
    assert image["alt_text"].startswith("Coverage, ")
    assert "Acme Ltd" in image["alt_text"]


async def test_without_the_scope_the_list_comes_and_says_why(world: World) -> None:
    granted = world.workspace.installation
    world.workspace.installation = replace(granted, scopes=granted.scopes - {"files:write"})

    [message] = await the_picture(world)

    assert not [block for block in message.blocks if block["type"] == "image"]
    assert "(Podline lacks the scope files:write); here is the list." in str(message.blocks)


async def test_an_upload_that_fails_for_a_moment_is_tried_again_and_shown_once(world: World) -> None:
    world.playground.misbehaviour.fail("files.completeUploadExternal", error="internal_error", times=1)

    assert await the_picture(world) == []
    await world.later(seconds=10)

    shown = world.workspace.messages(world.workspace.dm_with(ANN))
    assert len([one for one in shown if any(block["type"] == "image" for block in one.blocks)]) == 1


@pytest.mark.parametrize("name", ["Acme", "$x^2$ & Söhne", "a" * 60])
async def test_any_name_can_be_drawn(name: str) -> None:
    cells = tuple(Cell(shade.value[:2], shade) for shade in Shade)
    picture = Picture("Coverage", ("Mon\n23 Nov",) * len(cells), ((name, cells),), "0 nobody", name)

    assert (await asyncio.to_thread(draw_png, picture)).startswith(PNG)
