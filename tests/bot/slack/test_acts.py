"""The rarer acts in Slack: from the card's menu, with the form it opens, by command and by mention in a thread."""

from bot.playground.blockkit.blocks import check_blocks
from bot.playground.records import Message
from coverage.ids import QuestionNumber
from coverage.question import Question
from tests.bot.slack.conftest import ANN, BOB, CAT, NORTH, OUT, World


def question(world: World, number: int = 1) -> Question:
    with world.new_uow.reading() as uow:
        return uow.questions.look_at(QuestionNumber(number))


def told(world: World, user: str) -> list[str]:
    """What ``user`` was answered in private."""
    return [one.text for one in world.workspace.visible_to(user, NORTH) if one.ephemeral_to]


async def picked(world: World, user: str, card: Message, line: str) -> None:
    """An entry of the card's menu is picked."""
    [menu] = [
        element
        for block in world.workspace.message(NORTH, card.ts).blocks
        for element in block.get("elements", [])
        if element["type"] == "overflow"
    ]
    await world.playground.people.select(user, NORTH, card.ts, menu["action_id"], line)
    await world.settle()


async def sent(world: World, user: str, entries: dict[str, str]) -> None:
    """The one form that is open is filled in and sent."""
    [form] = world.workspace.open_views(user)
    answer = await world.playground.people.submit_view(user, form.id, entries)
    assert answer.ok
    await world.settle()


async def test_urgent_is_one_pick_in_the_menu_and_the_card_says_so(world: World) -> None:
    card = await world.ask_and_deliver()

    await picked(world, BOB, card, "urgent Q-1")

    assert told(world, BOB) == ["Q-1 is urgent; its next step is taken."]
    assert "Urgent. Waiting for somebody to claim it" in str(world.workspace.message(NORTH, card.ts).blocks)


async def test_spam_is_closed_with_the_reason_the_form_asks_for(world: World) -> None:
    card = await world.ask_and_deliver()

    await picked(world, ANN, card, "close Q-1")
    await sent(world, ANN, {"reason": "spam"})

    assert told(world, ANN) == ["Q-1 is closed without an answer: spam"]
    assert not question(world).is_open
    assert "Resolved" in world.workspace.message(NORTH, card.ts).text


async def test_a_reason_that_is_missing_is_asked_for_in_the_form_and_the_entry_stays(world: World) -> None:
    card = await world.ask_and_deliver()
    await picked(world, ANN, card, "close Q-1")

    [form] = world.workspace.open_views(ANN)
    answer = await world.playground.people.submit_view(ANN, form.id, {"reason": "other:"})

    assert answer.errors == {"reason": "Say why in a few words. For example close Q-1 meant for the landlord."}
    assert question(world).is_open
    await sent(world, ANN, {"reason": "other:", "words": "meant for the landlord"})
    assert told(world, ANN) == ["Q-1 is closed without an answer: meant for the landlord"]


async def test_a_snooze_is_picked_in_the_form_and_its_end_is_a_direct_message(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, NORTH, card.ts, text="Claim")
    await world.settle()

    await picked(world, BOB, card, "snooze Q-1")
    await sent(world, BOB, {"span": "2h"})

    assert "Snoozed until" in str(world.workspace.message(NORTH, card.ts).blocks)
    assert question(world).snoozed_until is not None
    await picked(world, BOB, card, "snooze Q-1 off")
    assert question(world).snoozed_until is None


async def test_beyond_its_promise_a_button_says_that_it_is_meant(world: World) -> None:
    card = await world.ask_and_deliver()

    await world.playground.people.slash_command(BOB, NORTH, "/podline", "snooze Q-1 2d")
    [private] = [one for one in world.workspace.visible_to(BOB, NORTH) if one.ephemeral_to]
    await world.playground.people.click(BOB, NORTH, private.ts, text="Snooze it anyway")
    await world.settle()

    assert question(world).snoozed_until is not None
    assert "Bob Roy has it" in str(world.workspace.message(NORTH, card.ts).blocks)


async def test_a_duplicate_is_picked_from_the_clients_open_questions(world: World) -> None:
    await world.ask_and_deliver()
    world.ask("And again: how do we post <!channel> this?")
    await world.delivery.drain()
    second = world.workspace.messages(NORTH)[-1]

    await picked(world, BOB, second, "merge Q-2")
    await sent(world, BOB, {"into": "Q-1"})

    assert question(world, 2).merged_into == 1
    [told_in_thread] = [one for one in world.workspace.messages(NORTH) if "asks the same" in str(one.blocks)]
    assert world.workspace.notified_by(told_in_thread) == set()
    assert "And again" in str(world.workspace.messages(NORTH)[0].blocks)


async def test_in_the_thread_of_the_card_a_mention_is_enough(world: World) -> None:
    await world.ask_and_deliver()
    world.ask("once more")
    await world.delivery.drain()
    second = next(one for one in world.workspace.messages(NORTH) if "once more" in str(one.blocks))

    for line in ("urgent", "snooze 30m", "snooze off", "merge into Q-1"):
        await world.playground.people.say(BOB, NORTH, f"@podline {line}", thread_ts=second.ts)
        await world.settle()

    assert question(world, 2).merged_into == 1
    assert question(world, 1).urgent


async def test_more_acts_are_buttons_of_an_answer(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, NORTH, card.ts, text="Claim")
    await world.settle()

    await picked(world, BOB, card, "help Q-1")
    private = [one for one in world.workspace.visible_to(BOB, NORTH) if "What you can do" in str(one.blocks)][-1]

    assert check_blocks(private.blocks) == []
    await world.playground.people.click(BOB, NORTH, private.ts, text="Close without answer")
    await world.settle()
    await sent(world, BOB, {"reason": "no answer needed"})
    assert not question(world).is_open


async def test_answered_is_one_click_and_what_was_said_is_asked_for_by_a_button(world: World) -> None:
    card = await world.ask_and_deliver()
    people = world.playground.people
    await people.click(BOB, NORTH, card.ts, text="Claim")
    await world.settle()
    await people.click(BOB, NORTH, card.ts, text="Answered")
    await world.settle()
    private = [one for one in world.workspace.visible_to(BOB, NORTH) if one.ephemeral_to][-1]
    assert private.text == "Q-1 is answered. What did you tell them? Whoever they ask next will find it."

    await people.click(BOB, NORTH, private.ts, text="Add what you said")
    await world.settle()
    await sent(world, BOB, {"said": "Use VAT1\nby the 7th"})

    assert told(world, BOB)[-1] == "What the client was told is noted with Q-1."
    glance = await people.slash_command(CAT, NORTH, "/podline", "client Acme")
    assert glance.message is not None
    assert "“Use VAT1 by the 7th”" in glance.message.text


async def test_where_no_form_can_be_opened_the_words_are_a_line_and_a_button(world: World) -> None:
    card = await world.ask_and_deliver()
    for _ in "12":
        await world.playground.people.say(BOB, NORTH, "@podline answered", thread_ts=card.ts)
        await world.settle()

    first, second = [one for one in world.workspace.visible_to(BOB, NORTH) if one.ephemeral_to]

    assert "Add what you said" in str(first.blocks)
    assert "answered Q-1 sent the figures" in second.text
    assert "Fill in a form" in str(second.blocks)


async def test_a_hand_offs_direct_message_loses_its_buttons_with_the_question(world: World) -> None:
    await world.ask_and_deliver()
    people = world.playground.people
    await people.slash_command(ANN, NORTH, "/handoff", "Q-1 <@U0BOB> she is in court")
    await world.settle()
    direct = world.workspace.dm_with(BOB)
    [handed] = world.workspace.messages(direct)
    assert "Release" in str(handed.blocks)

    await people.click(BOB, direct, handed.ts, text="Release")
    await world.settle()

    shown = world.workspace.message(direct, handed.ts)
    assert "North is asked to claim it" in shown.text
    assert check_blocks(shown.blocks) == []
    assert "Release" not in str(shown.blocks)
    await people.click(BOB, direct, handed.ts, text="Claim")
    await world.settle()
    assert question(world).claimed_by is not None


async def test_an_outsider_or_somebody_of_another_pod_who_picks_an_act_changes_nothing(world: World) -> None:
    card = await world.ask_and_deliver()

    await picked(world, OUT, card, "urgent Q-1")
    await picked(world, CAT, card, "close Q-1")

    assert "Only members of the firm" in told(world, OUT)[0]
    assert "Q-1 is not yours to close." in told(world, CAT)[0]
    assert question(world).is_open
    assert not question(world).urgent


async def test_a_wrong_client_is_said_in_the_form_of_the_menu(world: World) -> None:
    card = await world.ask_and_deliver()

    await picked(world, BOB, card, "client Q-1 is")
    await sent(world, BOB, {"client": "Acme Ltd"})

    assert told(world, BOB) == ["Q-1 is from Acme Ltd already."]
