"""Kudos in Slack: whom nobody can thank."""

import pytest

from tests.bot.slack.conftest import ANN, NORTH, World


@pytest.mark.parametrize("whom", ["@podline", "@zoe"])
async def test_bots_and_outsiders_are_not_thanked(world: World, whom: str) -> None:
    answer = await world.playground.people.slash_command(ANN, NORTH, "/kudos", f"{whom} well done")
    await world.settle()

    assert answer.message is not None
    assert "not a member of the firm, so nothing was done" in answer.message.text
    assert not [one for one in world.workspace.messages(NORTH) if "thanks" in one.text]
