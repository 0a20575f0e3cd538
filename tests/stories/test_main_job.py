"""The main job, the same in Slack and in Teams: what is asked, pressed and said, and what everybody sees of it."""

import asyncio
from typing import Any

from tests.stories.office import NAMES, STRANGER, Office
from tests.stories.slack_office import InSlack
from tests.stories.teams_office import InTeams
from tests.stories.telling import asked, happened, owner, passes, question


async def test_a_question_is_one_card_that_calls_whoever_knows_the_client(office: Office) -> None:
    await asked(office)

    [card] = office.cards()
    assert "Acme Ltd" in card
    assert "How do we post this?" in card
    assert office.called_by_the_card() == {"bob"}


async def test_a_claim_is_seen_by_everybody_on_the_one_card(office: Office) -> None:
    await asked(office)

    seen = await office.click("bob", "Claim")

    [card] = office.cards()
    assert "Q-1" in seen
    assert "Claimed" in card
    assert owner(office) == "Bob Roy"
    assert office.told("ann") == []


async def test_of_many_who_press_at_once_one_has_it_and_each_learns_who(office_on_both: Office) -> None:
    office = office_on_both
    await asked(office)

    seen = await asyncio.gather(*(office.click(who, "Claim") for who in NAMES for _ in "1234"))

    assert owner(office) in NAMES.values()
    assert len(seen) == 16
    told = [" ".join(office.told(who)) for who in NAMES if NAMES[who] != owner(office)]
    assert [str(owner(office)) in one for one in told] == [True] * 3
    assert happened(office).count("claimed") == 1


async def test_whoever_presses_twice_has_it_and_is_not_refused(office: Office) -> None:
    await asked(office)

    seen = await asyncio.gather(office.click("bob", "Claim"), office.click("bob", "Claim"))

    assert owner(office) == "Bob Roy"
    assert happened(office).count("claimed") == 1
    assert [("Q-1" in words, "Not done" in words) for words in seen] == [(True, False)] * 2


async def test_what_is_said_under_the_card_means_its_question(office: Office) -> None:
    await asked(office)

    read = await office.say_under_the_card("bob", "claim")

    assert owner(office) == "Bob Roy"
    assert "is yours" in read
    assert office.under_the_card() == []


async def test_the_same_word_under_two_cards_means_each_its_own_question(office: Office) -> None:
    await asked(office)
    await asked(office, "And that?")

    for card in (0, 1):
        await office.say_under_the_card("bob", "claim", card=card)

    assert (owner(office, 1), owner(office, 2)) == ("Bob Roy", "Bob Roy")


async def test_in_no_thread_a_mention_names_its_question_and_who_is_late_reads_who_has_it(office: Office) -> None:
    await asked(office)

    await office.say_in_the_channel("bob", "claim Q-1")
    read = await office.say_in_the_channel("ann", "claim Q-1")

    assert owner(office) == "Bob Roy"
    assert "Bob Roy has it since" in read


async def test_the_steps_call_the_others_under_the_card_and_alone_and_stop_at_the_claim(
    office_on_both: Office,
) -> None:
    office = office_on_both
    await asked(office)

    await passes(office, minutes=15)
    called = office.called_under_the_card(), len(office.told("ann"))
    await office.say("ann", "claim Q-1")
    before = len(office.under_the_card())
    await passes(office, minutes=20)

    assert called == ({"ann"}, 1)
    assert len(office.under_the_card()) == before
    assert office.in_the_channel("desk") == []


async def test_a_step_that_nobody_answers_reaches_the_contact_centre_once(office_on_both: Office) -> None:
    office = office_on_both
    await asked(office)

    for _ in range(3):
        await passes(office, minutes=15)

    assert happened(office).count("step") == 2
    [at_the_desk] = office.in_the_channel("desk")
    assert "Q-1" in at_the_desk


async def test_a_channel_that_is_lost_alarms_and_the_next_step_is_taken_at_once(office: Office) -> None:
    office.close_the_channel()

    await asked(office)

    assert any("could not be delivered to the channel of North" in text for text in office.in_the_channel("alerts"))
    assert question(office).step > 0
    assert office.told("ann") or office.in_the_channel("desk")


async def test_asked_to_slow_down_it_arrives_later_and_once(office: Office) -> None:
    office.ask_to_slow_down(7)

    await asked(office)
    await office.later(seconds=5)
    early = len(office.cards())
    await office.later(seconds=10)

    assert (early, len(office.cards())) == (0, 1)


async def test_an_answer_that_is_lost_loses_no_question(office: Office) -> None:
    office.lose_the_next_answer()

    await asked(office)
    for _ in range(3):
        await office.later(seconds=10)
    await office.say("bob", "claim Q-1")

    assert "Claimed" in office.cards()[-1]


async def test_a_clients_hostile_words_call_nobody_and_are_shown_short(office: Office) -> None:
    text = "<!channel> <@U0ANN> <at>Ann Lee</at> @here *bold* **bold** [x](https://x.example) " * 600

    await asked(office, text)

    assert office.called_by_the_card() == {"bob"}
    assert len(office.cards()[0]) < 6_000
    assert question(office).text == text


async def test_a_line_that_is_not_understood_gets_the_nearest_and_nothing_is_done(office: Office) -> None:
    await asked(office)

    read = await office.say("bob", "clame Q-1")

    assert "claim" in read
    assert owner(office) is None


async def test_a_colleague_whom_nobody_knows_joins_by_what_they_do(office: Office) -> None:
    await asked(office)

    await office.click("cat", "Claim")

    assert owner(office) == "Cat Orr"
    assert "Cat Orr" in office.cards()[0]


async def test_somebody_who_is_not_of_the_firm_is_refused_politely_and_changes_nothing(office: Office) -> None:
    await asked(office)
    card = office.cards()

    seen = await office.click(STRANGER, "Claim")

    assert "Only members of the firm" in seen
    assert office.cards() == card
    assert owner(office) is None


def test_both_offices_have_the_same_face() -> None:
    def face(one: type[Any]) -> set[str]:
        return {name for name in dir(one) if not name.startswith("_")}

    assert face(Office) - {"new_uow", "clock"} <= face(InSlack) == face(InTeams)
