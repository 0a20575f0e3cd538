"""What a client says after they have asked belongs to their question, or is a new one, and a person decides."""

from dataclasses import replace

import pytest

from coverage.ids import QuestionNumber
from coverage.question import Status
from tests.world import World, only, words


def test_the_same_sender_within_ten_minutes_goes_on_with_their_question(firm: World) -> None:
    firm.client_says("Jo", "How do we file the return?")
    firm.wait(minutes=9)
    firm.client_says("Jo", "The one for Q3")
    firm.wait(minutes=9)
    firm.client_says("Jo", "And is it late already?")

    assert firm.number_of_questions() == 1
    assert [one.text for one in firm.follow_ups()] == ["The one for Q3", "And is it late already?"]


def test_another_person_asks_their_own_question(firm: World) -> None:
    firm.client_says("Jo", "How do we file the return?")
    firm.client_says("Sam", "Where is our refund?")

    assert firm.number_of_questions() == 2


def test_anybody_of_the_client_may_add_to_a_question_in_its_thread(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.wait(hours=3)
    firm.client_says("Sam", "It is urgent, by the way", thread=asked)

    assert firm.number_of_questions() == 1
    assert only(firm.follow_ups()).by == "Sam"


def test_whoever_has_it_is_called_by_a_follow_up_unless_they_are_away(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.deliver()
    firm.say("Bob", "claim Q-1")
    firm.deliver()

    firm.client_says("Jo", "For Q3", thread=asked)
    assert only(firm.must_send("C0NORTH thread: follow_up")).calls == ("Bob Roy",)
    firm.client_says("Jo", "And Q4", thread=asked)
    firm.say("Bob", "leave today")
    told = [one for one in firm.deliver() if one.topic == "follow_up"]

    assert only(told).calls == ()


def test_later_than_ten_minutes_it_is_a_new_question_and_the_claimer_decides(firm: World) -> None:
    firm.client_says("Jo", "How do we file the return?")
    firm.deliver()
    firm.say("Bob", "claim Q-1")
    firm.wait(minutes=11)

    firm.client_says("Jo", "What about the deadline?")
    sent = firm.must_send("C0NORTH card", "C0NORTH thread: which_of_two")

    asked = next(one for one in sent if one.topic == "which_of_two")
    assert firm.question(2).status is Status.ROUTED
    assert asked.calls == ("Bob Roy",)
    assert asked.commands == ("merge Q-2 into Q-1", "claim Q-2")
    assert "What about the deadline?" in asked.text


def test_nobody_is_asked_which_it_is_once_that_is_settled(firm: World) -> None:
    firm.client_says("Jo", "How do we file the return?")
    firm.wait(minutes=11)
    firm.client_says("Jo", "What about the deadline?")
    firm.say("Ann", "resolve Q-2")

    assert "which_of_two" not in [one.topic for one in firm.deliver()]


def test_the_clients_words_end_the_waiting(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.say("Bob", "claim Q-1")
    firm.say("Bob", "waiting Q-1 for the figures")

    firm.client_says("Jo", "Here they are: 12 and 14", thread=asked)

    assert firm.question().status is Status.CLAIMED
    assert firm.happened()[-1] == "resumed"


@pytest.mark.parametrize(("text", "ends"), [("ok", True), ("👍", True), ("Thanks!", False), ("Hi", False)])
def test_an_ok_ends_the_waiting_and_a_thank_you_does_not(firm: World, text: str, *, ends: bool) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.say("Bob", "claim Q-1")
    firm.say("Bob", "waiting Q-1 shall we file it")

    firm.client_says("Jo", text, thread=asked)

    assert (firm.question().status is Status.CLAIMED) == ends


def test_thanks_for_an_answer_do_not_restart_the_clock_and_a_new_question_does(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.deliver()
    firm.colleague_says("Bob", "With form 12.", asked)
    firm.deliver()

    firm.client_says("Jo", "Great, thanks Bob!", thread=asked)
    firm.must_send()
    assert firm.question().status is Status.ANSWERED
    firm.wait(hours=1)
    firm.client_says("Jo", "And where do I find form 12?", thread=asked)
    sent = firm.deliver()

    assert firm.question().status is Status.ROUTED
    assert "reopened" in firm.happened()
    assert "the client goes on" in [row.why for row in firm.history()]
    assert [one.line for one in sent if one.in_thread] == ["C0NORTH thread: follow_up", "C0NORTH thread: called"]


def test_what_is_said_under_a_resolved_question_is_a_new_one(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.say("Bob", "resolve Q-1")
    firm.wait(hours=1)

    second = firm.client_says("Jo", "And next year?", thread=asked)
    firm.wait(hours=1)
    firm.client_says("Jo", "For the branch, I mean", thread=asked)
    firm.colleague_says("Bob", "The same way.", asked)

    assert firm.question(2).origin_remote == second
    assert [one.text for one in firm.follow_ups(2)] == ["For the branch, I mean"]
    assert firm.question(2).status is Status.ANSWERED
    assert firm.question(1).status is Status.RESOLVED


def test_a_changed_message_is_noted_and_the_question_keeps_its_text(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the retrun?")
    firm.deliver()

    firm.client_edits("Jo", asked, "How do we file the retrun?", "How do we file the return for Q3?")
    told = only(firm.must_send("C0NORTH thread: follow_up"))

    assert firm.question().text == "How do we file the retrun?"
    assert only(firm.follow_ups()).text == "Changed to: How do we file the return for Q3?"
    assert "has changed a message of Q-1" in told.text


def test_a_deleted_message_is_noted_and_the_question_stays(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.deliver()

    firm.client_deletes("Jo", asked, "How do we file the return?")
    told = only(firm.must_send("C0NORTH thread: follow_up"))

    assert firm.question().status is Status.ROUTED
    assert only(firm.follow_ups()).text == "Deleted: How do we file the return?"
    assert "has deleted a message of Q-1" in told.text


def test_words_to_a_merged_question_go_on_with_the_one_it_was_merged_into(firm: World) -> None:
    first = firm.client_says("Jo", "How do we file the return?")
    firm.wait(minutes=11)
    second = firm.client_says("Jo", "What about the deadline?")
    with firm.new_uow() as uow:
        merged = replace(uow.questions.get(QuestionNumber(2)), merged_into=QuestionNumber(1), status=Status.RESOLVED)
        uow.questions.save(merged)
        uow.commit()

    firm.client_says("Jo", "The deadline in June", thread=second)

    assert first != second
    assert [one.text for one in firm.follow_ups(1)] == ["The deadline in June"]


def test_who_goes_on_after_their_question_was_merged_goes_on_with_the_one_that_stays(world_on_both: World) -> None:
    world = world_on_both
    world.change("clients: [{name: Acme Ltd, channels: [C0ACME]}]")
    world.client_says("Sam", "How do we file the return?")
    world.client_says("Jo", "The return: how is it filed?")
    world.say("Bob", "merge Q-2 into Q-1")
    world.wait(minutes=5)

    world.client_says("Jo", "It is the one for Q3")
    world.wait(minutes=9)
    world.client_says("Jo", "And Q4")

    assert world.number_of_questions() == 2
    assert [one.text for one in world.follow_ups(1)][1:] == ["It is the one for Q3", "And Q4"]


def test_what_the_question_was_merged_into_and_is_resolved_is_no_longer_gone_on_with(firm: World) -> None:
    firm.client_says("Sam", "How do we file the return?")
    firm.client_says("Jo", "The return: how is it filed?")
    firm.say("Bob", "merge Q-2 into Q-1")
    firm.say("Bob", "resolve Q-1")

    firm.client_says("Jo", "When is it due?")

    assert firm.question(3).status is Status.ROUTED


def test_the_clients_words_end_a_snooze_and_whoever_has_it_is_called(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.say("Bob", "claim Q-1")
    firm.say("Bob", "snooze Q-1 2h")
    firm.deliver()

    firm.client_says("Jo", "Thanks!", thread=asked)
    assert firm.question().snoozed_until is not None
    firm.client_says("Jo", "It is due today", thread=asked)
    told = next(one for one in firm.must_send("C0NORTH thread: follow_up", "C0NORTH redrawn") if one.in_thread)

    assert firm.question().snoozed_until is None
    assert told.calls == ("Bob Roy",)
    assert told.text == "Bob Roy Jo adds to Q-1:\nIt is due today\nIt was snoozed until now."
    assert (firm.history()[-1].what.value, firm.history()[-1].why) == ("snoozed", "it is over; the client has written")
    assert "Bob: snooze_over" not in [one.line for one in firm.wait(hours=3)]


def test_explain_shows_later_words_and_attachments(firm: World) -> None:
    link = "https://firm.slack.example/archives/C0ACME/p1"
    asked = firm.client_says("Jo", "How do we file this?", files=("return.pdf",), link=link)
    firm.client_says("Jo", "For Q3", thread=asked, files=("q3.xlsx",))

    page = words(firm.reply("Bob", "explain Q-1"))

    assert "return.pdf" in page
    assert "the message itself" in page
    assert "For Q3" in page
    assert "q3.xlsx" in page
