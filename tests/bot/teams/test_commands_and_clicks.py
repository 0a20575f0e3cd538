"""What people do in Teams, over signed HTTP, and what each of them sees of it."""

import asyncio

from bot.teams_playground.activities import message
from coverage.ids import QuestionNumber
from tests.bot.teams.conftest import ANN, BOB, CAT, GUS, NORTH, World


async def test_a_claim_by_button_is_answered_with_the_new_card_and_redraws_the_shared_one(world: World) -> None:
    card = await world.ask_and_deliver()

    answer = await world.playground.people.click(BOB, card, text="Claim")
    await world.settle()

    assert "Claimed" in str(answer.card)
    assert card.edits == 1
    assert "Bob Roy" in card.text
    assert world.tenant.told(BOB) == []


async def test_a_click_on_a_stale_card_shows_the_true_one_and_nobody_is_scolded(world: World) -> None:
    card = await world.ask_and_deliver()
    drawn = next(one for one in card.card["actions"] if one.get("title") == "Claim")
    await world.playground.people.click(BOB, card, text="Claim")
    await world.settle()

    where = world.tenant.conversations[NORTH]
    answers = [await world.playground.people.press(who, where, card, drawn) for who in (ANN, CAT)]

    assert ["Bob Roy" in str(answer.card) for answer in answers] == [True, True]
    assert [answer.words for answer in answers] == ["", ""]


async def test_a_mention_in_the_cards_thread_means_its_question_and_is_answered_in_the_chat(world: World) -> None:
    card = await world.ask_and_deliver()

    said = await world.playground.people.say(BOB, "@Podline claim", at=NORTH, root=card.id)
    await world.settle()

    assert said.ok
    assert "Claimed" in card.text
    assert ["Q-1 is yours" in one.text for one in world.tenant.told(BOB)] == [True]
    assert world.tenant.replies(NORTH, card.id) == []


async def test_what_is_said_in_a_channel_and_not_to_us_is_not_ours(world: World) -> None:
    await world.ask_and_deliver()

    await world.playground.people.say(BOB, "claim Q-1", at=NORTH)
    await world.settle()

    assert world.question().claimed_by is None


async def test_a_mention_is_taken_out_by_its_entity_and_people_are_named_by_theirs(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, card, text="Claim")

    await world.playground.people.say(
        BOB, "@Podline handoff Q-1 @Ann Lee knows <at>Podline</at> &amp; VAT", at=NORTH, root=card.id, mentions=[ANN]
    )
    await world.settle()

    assert "Ann Lee" in card.text
    with world.new_uow.reading() as uow:
        why = [row.why for row in uow.history.of(QuestionNumber(1)) if row.what.value == "handed_off"]
    assert why
    assert "knows <at>Podline</at> & VAT" in why[0]


async def test_a_button_that_leads_to_a_form_opens_a_dialog_and_a_redraw_takes_nothing_of_it_away(
    world: World,
) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, card, text="Claim")
    await world.settle()

    await world.playground.people.click(BOB, card, line="handoff Q-1")
    await world.playground.people.say(BOB, "waiting Q-1")
    await world.settle()
    refused = await world.playground.people.fill_in(BOB, {"entry_to": "", "entry_why": "She knows\ntheir VAT"})
    done = await world.playground.people.fill_in(BOB, {"entry_to": ANN, "entry_why": "She knows\ntheir VAT"})
    await world.settle()

    assert "Not done" in str(refused.card)
    assert "Ann Lee" in done.words
    assert "Ann Lee" in card.text
    assert any("Q-1" in one.text for one in world.tenant.told(ANN))


async def test_a_form_of_a_card_drawn_earlier_stands_in_its_place_and_what_is_filled_in_is_done(
    world: World,
) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, card, text="Claim")
    await world.settle()
    where = world.tenant.conversations[NORTH]
    earlier = {"type": "Action.Execute", "verb": "podline", "data": {"line": "handoff Q-1", "about": 1, "version": 2}}

    form = await world.playground.people.press(BOB, where, card, earlier)
    send, back = form.card["actions"]
    again = await world.playground.people.press(BOB, where, card, back)
    done = await world.playground.people.press(
        BOB, where, card, send, {"entry_to": ANN, "entry_why": "She knows\ntheir VAT"}
    )
    await world.settle()

    assert "Claimed" in str(again.card)
    assert "Ann Lee" in str(done.card)
    assert "Ann Lee" in card.text


async def test_a_form_that_a_typed_line_needs_opens_from_a_button_and_refusals_stay_in_it(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, card, text="Claim")
    await world.settle()

    await world.playground.people.say(BOB, "@Podline handoff Q-1", at=NORTH, root=card.id)
    await world.settle()
    told = world.tenant.told(BOB)[-1]
    await world.playground.people.click(BOB, told)
    refused = await world.playground.people.fill_in(BOB, {"entry_to": GUS, "entry_why": "he can"})
    kept = str(world.playground.people.dialogs[BOB])
    done = await world.playground.people.fill_in(BOB, {"entry_to": ANN, "entry_why": "she can"})
    await world.settle()

    assert "Not done" in str(refused.card)
    assert "he can" in kept
    assert "Ann Lee" in done.words
    assert BOB not in world.playground.people.dialogs
    assert "Ann Lee" in card.text


async def test_what_is_longer_to_read_stands_in_the_place_of_the_card_with_the_way_back(world: World) -> None:
    card = await world.ask_and_deliver()

    page = await world.playground.people.click(BOB, card, line="explain Q-1")
    back = next(one for one in page.card["actions"] if one.get("title") == "Back")
    again = await world.playground.people.press(BOB, world.tenant.conversations[NORTH], card, back)

    assert "Q-1" in str(page.card)
    assert "Claim" in str(again.card)
    assert card.edits == 0


async def test_a_person_without_the_app_is_told_so_where_they_are_and_the_answer_is_not_shown_there(
    world: World,
) -> None:
    card = await world.ask_and_deliver()
    world.tenant.installed_for.discard(BOB)

    await world.playground.people.say(BOB, "@Podline leave list", at=NORTH, root=card.id)
    await world.settle()

    [told] = world.tenant.replies(NORTH, card.id)
    assert "Add Podline to your chats" in told.text
    assert "leave" not in told.text.lower()


async def test_a_chat_whose_history_was_deleted_is_made_anew(world: World) -> None:
    await world.playground.people.say(BOB, "mine")
    await world.settle()
    world.tenant.delete_chat(BOB)

    await world.playground.people.say(BOB, "@Podline mine", at=NORTH)
    await world.settle()

    assert len(world.tenant.told(BOB)) == 1


async def test_the_same_activity_twice_has_one_effect_and_one_answer(world: World) -> None:
    people = world.playground.people
    sent = await _capture(world, BOB, "question Acme: only once?")

    answers = [await people.send(sent), await people.send(sent)]
    await world.settle()

    assert [answer.status for answer in answers] == [200, 200]
    assert len(world.tenant.posts(NORTH)) == 1
    assert len(world.tenant.told(BOB)) == 1


async def test_the_same_question_with_a_new_id_within_a_minute_is_one_and_later_another(world: World) -> None:
    people = world.playground.people
    sent = await _capture(world, BOB, "question Acme: only once?")

    await people.send(sent)
    await world.settle()
    await world.later(seconds=45)
    await people.send(sent | {"id": "again"})
    await world.settle()
    one = len(world.tenant.posts(NORTH))
    await world.later(seconds=20)
    await people.send(sent | {"id": "later"})
    await world.settle()

    assert one == 1
    assert len(world.tenant.posts(NORTH)) == 2


async def test_a_click_that_comes_again_with_a_new_id_has_one_effect(world: World) -> None:
    card = await world.ask_and_deliver()
    drawn = next(one for one in card.card["actions"] if one.get("title") == "Claim")
    where = world.tenant.conversations[NORTH]

    answers = [await world.playground.people.press(BOB, where, card, drawn) for _ in range(3)]
    await world.settle()

    assert all("Bob Roy" in str(answer.card) for answer in answers)
    with world.new_uow.reading() as uow:
        happened = [row.what.value for row in uow.history.of(QuestionNumber(1))]
    assert happened.count("claimed") == 1


async def test_a_button_where_teams_knows_no_execute_is_a_line_too(world: World) -> None:
    card = await world.ask_and_deliver()
    drawn = next(one for one in card.card["actions"] if one.get("title") == "Claim")

    where = world.tenant.conversations[NORTH]
    answer = await world.playground.people.press(BOB, where, card, drawn["fallback"])
    await world.settle()

    assert answer.ok
    assert "Bob Roy" in card.text
    assert "Q-1 is yours" in world.tenant.told(BOB)[-1].text


async def test_while_teams_keeps_us_waiting_whoever_waits_for_us_has_an_answer_in_time(world: World) -> None:
    card = await world.ask_and_deliver()
    world.playground.misbehaviour.hang("member", 30)

    began = asyncio.get_running_loop().time()
    answer = await world.playground.people.click(CAT, card, text="Claim")
    took = asyncio.get_running_loop().time() - began

    assert "try again" in answer.words
    assert took < 3


async def _capture(world: World, user: str, text: str) -> dict[str, object]:
    tenant = world.tenant
    said = message(tenant, world.playground.service_url, tenant.users[user], tenant.chat_with(user), text)
    return {**said, "id": "said-once"}
