"""Kudos in Slack: whom nobody can thank, and the button that passes a client's thanks on."""

import pytest

from bot.playground.records import Json
from tests.bot.slack.conftest import ANN, BOB, CAT, NORTH, World


@pytest.mark.parametrize("whom", ["@podline", "@zoe"])
async def test_bots_and_outsiders_are_not_thanked(world: World, whom: str) -> None:
    answer = await world.playground.people.slash_command(ANN, NORTH, "/kudos", f"{whom} well done")
    await world.settle()

    assert answer.message is not None
    assert "not a member of the firm, so nothing was done" in answer.message.text
    assert not [one for one in world.workspace.messages(NORTH) if "thanks" in one.text]


async def test_a_colleague_passes_the_clients_thanks_on_from_the_card(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, NORTH, card.ts, text="Claim")
    await world.settle()
    await world.playground.people.click(BOB, NORTH, card.ts, text="Answered")
    await world.settle()

    line = "kudos bob@firm.example for Q-1 “”"
    await world.playground.people.select(CAT, NORTH, card.ts, "podline:2:more", line)
    await world.settle()
    [form] = world.workspace.open_views(CAT)
    _, words = [block["block_id"] for block in _inputs(form.content["blocks"])]
    sent = await world.playground.people.submit_view(CAT, form.id, {words: "You <saved> us!\nAll of us."})
    await world.settle()

    assert sent.ok
    told = world.workspace.messages(world.workspace.dm_with(BOB))[-1]
    assert told.text == (
        "A client thanks you for *Q-1*:\n“You &lt;saved&gt; us! All of us.”\n"
        "says Jo Smith of Acme Ltd. Passed on by Cat Orr."
    )


def _inputs(blocks: list[Json]) -> list[Json]:
    return [block for block in blocks if block["type"] == "input"]
