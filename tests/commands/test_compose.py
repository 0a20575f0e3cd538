"""The words of a queued message are found when it is sent: true then, and calling nobody who is away then."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from commands.compose import Drop, Later, ToSend, compose
from commands.outgoing import Message, Posting, Priority, Topic
from commands.views import QuestionCard, Quote
from coverage.ids import PersonId, QuestionNumber
from tests.world import World, words


def composed(world: World, message: Message) -> ToSend | Drop | Later:
    with world.new_uow() as uow:
        return compose(message, uow, world.now)


def person(world: World, name: str) -> PersonId:
    with world.new_uow.reading() as uow:
        return next(one.id for one in uow.firm().people.values() if one.name.startswith(name))


def a_message(world: World, topic: Topic, **changes: object) -> Message:
    """About Q-1 as it is now, to Bob."""
    question = world.question()
    bob = person(world, "Bob")
    message = Message("key", topic, Priority.UPDATE, to_person=bob, people=(bob,))
    message = replace(message, question=question.number, version=question.version)
    return replace(message, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("topic", [Topic.STEP, Topic.NUDGE, Topic.HANDED_OFF, Topic.MANAGERS])
def test_nobody_on_leave_is_written_to(world: World, topic: Topic) -> None:
    world.ask()
    message = a_message(world, topic, step=1, facts={"by": "1", "why": ""})
    world.say("Bob", "leave today")

    assert composed(world, message) == Drop("they are on leave")


def test_an_alarm_waits_until_its_reader_is_back(world: World) -> None:
    world.ask()
    message = a_message(world, Topic.ALARM, facts={"why": "the channel is archived"})
    world.say("Bob", "leave today")

    assert composed(world, message) == Later(datetime(2026, 11, 24, tzinfo=UTC), "they are on leave")


def test_a_message_in_a_thread_calls_only_those_who_are_still_there(world: World) -> None:
    world.ask()
    both = (person(world, "Ann"), person(world, "Bob"))
    message = a_message(world, Topic.STEP, to_person=None, in_thread=True, people=both, step=1)
    world.say("Ann", "leave today")

    one_left = composed(world, message)
    world.say("Bob", "leave today")
    message = replace(message, version=world.question().version)
    nobody_left = composed(world, message)

    assert isinstance(one_left, ToSend)
    assert words(one_left.view).startswith("Bob Roy, nobody has claimed Q-1 yet; can you take it?")
    assert nobody_left == Drop("whom it calls is on leave")


@pytest.mark.parametrize("topic", [Topic.STEP, Topic.REMINDER, Topic.NUDGE, Topic.CALLED, Topic.HANDED_OFF])
def test_what_is_about_an_earlier_turn_is_not_sent(world: World, topic: Topic) -> None:
    world.ask()
    message = a_message(world, topic)
    world.say("Cara", "claim Q-1")

    assert composed(world, message) == Drop("the question has moved on")


def test_a_card_that_shows_the_present_state_is_not_drawn_again(world: World) -> None:
    world.ask()
    with world.new_uow() as uow:
        north = uow.places.at("slack", "C0NORTH")
        uow.postings.put_card(Posting(QuestionNumber(1), north, "ts", world.question().revision))
        uow.commit()
    message = a_message(world, Topic.CARD, to_person=None, to_place=north, people=())

    assert composed(world, message) == Drop("the card shows this already")
    world.say("Bob", "claim Q-1")
    drawn = composed(world, message)
    assert isinstance(drawn, ToSend)
    assert drawn.draws == world.question().revision


def test_many_changes_are_one_redrawing(world: World) -> None:
    world.ask()
    world.deliver()
    for line in ("claim Q-1", "waiting Q-1", "claim Q-1", "answered Q-1", "resolve Q-1"):
        world.say("Bob", line)

    [card] = world.must_send("C0NORTH redrawn")

    assert "(Resolved)" in card.text


def test_a_card_that_was_never_sent_is_sent_in_the_newest_state(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")

    [card] = world.must_send("C0NORTH card")

    assert "(Claimed)" in card.text
    assert card.calls == ()


def test_a_card_whose_person_fell_ill_while_it_waited_calls_somebody_else(world: World) -> None:
    world.ask()
    world.say("Ann", "leave today")

    [card] = world.must_send("C0NORTH card")

    assert card.calls == ("Bob Roy",)


def test_a_message_about_a_question_that_is_not_there_is_dropped(world: World) -> None:
    world.ask()
    message = a_message(world, Topic.NUDGE)

    assert isinstance(composed(world, replace(message, question=QuestionNumber(9))), Drop)
    assert isinstance(composed(world, replace(message, question=None)), Drop)


def test_a_long_text_is_shortened_and_stays_a_quotation(world: World) -> None:
    world.ask("<!channel> <@U0BOB> " + "word " * 8_000)
    [card] = world.must_send("C0NORTH card")
    step = composed(world, a_message(world, Topic.STEP, step=1))

    assert len(card.text) < 1_000
    assert isinstance(step, ToSend)
    assert not isinstance(step.view, QuestionCard)
    assert any(isinstance(part, Quote) and len(part.text) <= 300 for part in step.view.text)  # type: ignore[union-attr]


def test_the_tense_is_that_of_the_moment_of_sending(world: World) -> None:
    world.ask()
    message = a_message(world, Topic.STEP, step=1)

    before = composed(world, message)
    world.sleep(hours=1)
    after = composed(world, message)

    assert isinstance(before, ToSend)
    assert isinstance(after, ToSend)
    assert "It is to be claimed by Mon 23 Nov 10:30." in words(before.view)
    assert "It was to be claimed by Mon 23 Nov 10:30." in words(after.view)
