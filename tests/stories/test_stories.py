"""The main job, the same in Slack and in Teams: what is asked, pressed and said, and what everybody sees of it."""

import asyncio
from datetime import timedelta
from typing import Any

from commands.tick import tick
from coverage.ids import QuestionNumber
from coverage.question import Question
from tests.stories.offices import NAMES, InSlack, InTeams, Office


def question(office: Office) -> Question:
    with office.new_uow.reading() as uow:
        return uow.questions.look_at(QuestionNumber(1))


def owner(office: Office) -> str | None:
    claimed_by = question(office).claimed_by
    with office.new_uow.reading() as uow:
        return uow.firm().people[claimed_by].name if claimed_by is not None else None


async def asked(office: Office, text: str = "How do we post this?") -> None:
    office.ask(text)
    await office.settle()


async def passes(office: Office, **by: float) -> None:
    """Time passes, and what is due happens."""
    office.clock.push(timedelta(**by))
    await asyncio.to_thread(tick, office.new_uow, office.clock.now())
    await office.settle()


async def test_a_question_is_one_card_that_calls_whoever_knows_the_client(office: Office) -> None:
    await asked(office)

    [card] = office.cards()
    assert "Acme Ltd" in card
    assert "How do we post this?" in card
    assert office.called_by_the_card() == {"bob"}


async def test_a_claim_is_seen_by_everybody_on_the_one_card(office: Office) -> None:
    await asked(office)

    seen = await office.click("bob", "Claim")
    await office.settle()

    [card] = office.cards()
    assert "Q-1" in seen
    assert "Claimed" in card
    assert owner(office) == "Bob Roy"


async def test_of_many_who_press_at_once_one_has_it_and_each_learns_who(office: Office) -> None:
    await asked(office)

    seen = await asyncio.gather(*(office.click(who, "Claim") for who in NAMES for _ in "1234"))
    await office.settle()

    assert owner(office) in NAMES.values()
    assert len(seen) == 12
    told = " ".join(text for who in NAMES for text in office.told(who))
    assert str(owner(office)) in told
    with office.new_uow.reading() as uow:
        happened = [row.what.value for row in uow.history.of(QuestionNumber(1))]
    assert happened.count("claimed") == 1


async def test_what_is_said_under_the_card_means_its_question(office: Office) -> None:
    await asked(office)

    await office.say_under_the_card("bob", "claim")
    await office.settle()

    assert owner(office) == "Bob Roy"
    assert "is yours" in office.told("bob")[-1]
    assert office.under_the_card() == []


async def test_the_steps_call_the_others_under_the_card_and_alone_and_stop_at_the_claim(office: Office) -> None:
    await asked(office)

    await passes(office, minutes=15)
    called = len(office.under_the_card()), len(office.told("ann"))
    await office.say("ann", "claim Q-1")
    await office.settle()
    before = len(office.under_the_card())
    await passes(office, minutes=20)

    assert called == (1, 1)
    assert len(office.under_the_card()) == before


async def test_whoever_falls_ill_with_it_gives_it_back_by_that_and_is_called_no_more(office: Office) -> None:
    await asked(office)
    await office.click("bob", "Claim")
    await office.settle()

    await office.say("bob", "I'm sick today")
    await office.settle()
    await passes(office, seconds=1)

    assert owner(office) is None
    assert any("Ann Lee" in text or "can you take" in text for text in office.under_the_card())
    assert "sick" not in " ".join(office.cards()).lower()


async def test_a_channel_that_is_lost_alarms_and_the_next_step_is_taken_at_once(office: Office) -> None:
    office.close_the_channel()

    await asked(office)

    assert any("could not be delivered to the channel of North" in text for text in office.alarms())
    assert question(office).step > 0


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
    await office.settle()

    assert "Claimed" in office.cards()[-1]


async def test_a_clients_hostile_words_call_nobody_and_are_shown_short(office: Office) -> None:
    text = "<!channel> <@U0ANN> <at>Ann Lee</at> @here *bold* **bold** [x](https://x.example) " * 600

    await asked(office, text)

    assert office.called_by_the_card() == {"bob"}
    assert len(office.cards()[0]) < 6_000
    assert question(office).text == text


async def test_a_line_that_is_not_understood_gets_the_nearest_and_nothing_is_done(office: Office) -> None:
    await asked(office)

    await office.say("bob", "clame Q-1")
    await office.settle()

    assert "claim" in office.told("bob")[-1]
    assert owner(office) is None


async def test_a_colleague_whom_nobody_knows_joins_by_what_they_do(office: Office) -> None:
    await asked(office)

    await office.click("cat", "Claim")
    await office.settle()

    assert owner(office) == "Cat Orr"


def test_both_offices_have_the_same_face() -> None:
    def face(one: type[Any]) -> set[str]:
        return {name for name in dir(one) if not name.startswith("_")}

    assert face(Office) - {"new_uow", "clock"} <= face(InSlack) == face(InTeams)
