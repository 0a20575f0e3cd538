"""What people do in Slack, over signed HTTP, and what each of them sees of it."""

import asyncio
import json

from tests.bot.slack.conftest import ANN, BOB, CAT, NORTH, OUT, World


async def test_a_claim_by_button_is_answered_in_private_and_redraws_the_card(world: World) -> None:
    card = await world.ask_and_deliver()

    answer = await world.playground.people.click(BOB, NORTH, card.ts, text="Claim")
    await world.settle()

    assert answer.ok
    [private] = [one for one in world.workspace.visible_to(BOB, NORTH) if one.ephemeral_to]
    assert "Q-1" in private.text
    assert not any(one.ephemeral_to for one in world.workspace.visible_to(ANN, NORTH))
    assert "Claimed" in str(world.workspace.message(NORTH, card.ts).blocks)


async def test_a_claim_by_command_is_answered_at_once(world: World) -> None:
    await world.ask_and_deliver()

    answer = await world.playground.people.slash_command(BOB, NORTH, "/claim", "Q-1")

    assert answer.ok
    assert answer.message is not None
    assert answer.message.ephemeral_to == BOB
    assert "Q-1" in answer.message.text


async def test_while_slack_keeps_us_waiting_whoever_waits_for_us_has_an_answer_in_time(world: World) -> None:
    await world.ask_and_deliver()
    trouble = world.playground.misbehaviour

    trouble.rate_limit("users.info", retry_after=30)
    trouble.hang("views.open", 30)
    unknown, without_a_form = await asyncio.gather(
        world.playground.people.slash_command(CAT, NORTH, "/podline", "mine"),
        world.playground.people.slash_command(BOB, NORTH, "/handoff", "Q-1"),
    )

    assert unknown.ok
    assert unknown.message is not None
    assert "try again" in unknown.message.text
    assert without_a_form.ok
    assert without_a_form.message is not None
    assert "For example" in without_a_form.message.text


async def test_what_is_refused_is_said_in_the_form_which_stays_open(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, NORTH, card.ts, text="Claim")
    await world.settle()
    await world.playground.people.slash_command(BOB, NORTH, "/handoff", "Q-1")
    [form] = world.workspace.open_views(BOB)
    person = form.content["blocks"][0]["block_id"]

    sent = await world.playground.people.submit_view(BOB, form.id, {person: OUT})

    assert list(sent.errors) == [person]
    assert len(world.workspace.open_views(BOB)) == 1


async def test_explaining_opens_a_window_with_the_whole_text(world: World) -> None:
    text = "A long story. " * 3000
    card = await world.ask_and_deliver(text)

    await world.playground.people.click(BOB, NORTH, card.ts, value="explain Q-1")
    await world.settle()

    [window] = world.workspace.open_views(BOB)
    assert json.dumps(window.content).count("story.") >= 3000


async def test_a_form_that_cannot_be_opened_from_a_mention_becomes_an_example_and_a_button_that_opens_it(
    world: World,
) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.say(BOB, NORTH, "@podline claim", thread_ts=card.ts)
    await world.settle()

    await world.playground.people.say(BOB, NORTH, "@podline handoff Q-1", thread_ts=card.ts)
    await world.settle()
    [private] = [one for one in world.workspace.visible_to(BOB, NORTH) if "Fill in a form" in str(one.blocks)]
    await world.playground.people.click(BOB, NORTH, private.ts, text="Fill in a form")
    await world.settle()

    assert len(world.workspace.open_views(BOB)) == 1
