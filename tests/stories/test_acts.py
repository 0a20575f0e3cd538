"""The rarer acts: from the card's menu, with the form it opens, by a line and by a mention under the card."""

from tests.stories.office import STRANGER, Office
from tests.stories.telling import asked, claimed_by_bob, owner, question


async def test_urgent_is_one_pick_in_the_menu_and_the_card_says_so(office: Office) -> None:
    await asked(office)

    await office.click("bob", "Urgent")

    assert question(office).urgent
    assert "Urgent. Waiting for somebody to claim it" in office.cards()[0]
    assert office.called_under_the_card() == {"ann"}


async def test_spam_is_closed_with_the_reason_the_form_asks_for(office: Office) -> None:
    await asked(office)

    await office.click("ann", "Close without answer")
    await office.fill_in("ann", reason="spam")

    assert not question(office).is_open
    assert "Resolved" in office.cards()[0]


async def test_a_reason_that_is_missing_is_asked_for_in_the_form_and_the_entry_stays(office: Office) -> None:
    await asked(office)
    await office.click("ann", "Close without answer")

    refused = await office.fill_in("ann", reason="other:", words="")

    assert "Say why in a few words. For example" in refused
    assert question(office).is_open
    await office.fill_in("ann", reason="other:", words="meant for the landlord")
    assert not question(office).is_open


async def test_a_snooze_is_picked_in_the_form_and_taken_back_by_the_menu(office: Office) -> None:
    await claimed_by_bob(office)

    await office.click("bob", "Snooze")
    await office.fill_in("bob", span="2h")

    assert "Snoozed until" in office.cards()[0]
    assert question(office).snoozed_until is not None
    await office.click("bob", "End the snooze")
    assert question(office).snoozed_until is None


async def test_beyond_its_promise_a_button_says_that_it_is_meant(office: Office) -> None:
    await asked(office)

    await office.say("bob", "snooze Q-1 2d")
    await office.press("bob", "Snooze it anyway")

    assert question(office).snoozed_until is not None
    assert "Bob Roy, since" in office.cards()[0]


async def test_a_duplicate_is_picked_from_the_clients_open_questions(office_on_both: Office) -> None:
    office = office_on_both
    await asked(office)
    await asked(office, "And again: how do we post <!channel> this?")

    await office.click("bob", "Same as another", card=1)
    await office.fill_in("bob", into="Q-1")

    assert question(office, 2).merged_into == 1
    assert len([words for words in office.under_the_card() if "asks the same" in words]) == 1
    assert office.called_under_the_card() == set()
    assert "And again" in office.cards()[0]


async def test_under_the_card_a_mention_is_enough(office: Office) -> None:
    await asked(office)
    await asked(office, "once more")

    for line in ("urgent", "snooze 30m", "snooze off", "merge into Q-1"):
        await office.say_under_the_card("bob", line, card=1)

    assert question(office, 2).merged_into == 1
    assert question(office, 1).urgent


async def test_more_acts_are_buttons_of_an_answer(office: Office) -> None:
    await claimed_by_bob(office)

    read = await office.click("bob", "More acts")
    await office.press("bob", "Close without answer")
    await office.fill_in("bob", reason="no answer needed")

    assert "What you can do" in read
    assert not question(office).is_open


async def test_answered_is_one_click_and_what_was_said_is_asked_for_by_a_button(office: Office) -> None:
    await claimed_by_bob(office)

    await office.click("bob", "Answered")
    await office.press("bob", "Add what you said")
    noted = await office.fill_in("bob", said="Use VAT1\nby the 7th")

    assert "What the client was told is noted with Q-1." in noted
    assert "“Use VAT1 by the 7th”" in await office.say("cat", "client Acme")


async def test_where_no_form_can_be_opened_the_words_are_a_line_and_a_button(office: Office) -> None:
    await asked(office)

    first = await office.say_under_the_card("bob", "answered")
    await office.later(minutes=2)
    second = await office.say_under_the_card("bob", "answered")

    assert "Add what you said" in first
    assert "answered Q-1 sent the figures" in second


async def test_a_hand_offs_message_loses_its_buttons_with_the_question(office: Office) -> None:
    await asked(office)
    await office.say("ann", "handoff Q-1 @bob she is in court")
    [handed] = office.told("bob")

    await office.press("bob", "Release")

    shown = office.told("bob")[0]
    assert "Release" in handed
    assert "North is asked to claim it" in shown
    assert "'Release'" not in shown
    await office.press("bob", "Claim")
    assert owner(office) == "Bob Roy"


async def test_somebody_from_outside_or_of_another_pod_who_picks_an_act_changes_nothing(office: Office) -> None:
    await asked(office)

    outside = await office.click(STRANGER, "Urgent")
    other_pod = await office.click("cat", "Close without answer")

    assert "Only members of the firm" in outside
    assert "Q-1 is not yours to close." in other_pod
    assert "Ann Lee" in other_pod
    assert question(office).is_open
    assert not question(office).urgent


async def test_a_wrong_client_is_said_in_the_form_of_the_menu(office: Office) -> None:
    await asked(office)

    await office.click("bob", "Wrong client")
    said = await office.fill_in("bob", client="Acme Ltd")

    assert "Q-1 is from Acme Ltd already." in said
