"""What a client says in a channel shared with them: a question, more words to one, or small talk."""

from dataclasses import replace

import pytest

from commands.client_said import client_said
from commands.ports import FollowUp, QuestionQuery
from coverage.ids import QuestionNumber
from coverage.question import Status, Via
from tests.world import FIRM, World, only, words

SHARED = FIRM.replace("aliases: [Acme],", "aliases: [Acme], channels: [C0ACME],")
CONFIRMING = "settings: {confirm_in_shared_channels: true}"


@pytest.fixture
def firm(world: World) -> World:
    world.change(SHARED)
    return world


@pytest.fixture
def firm_on_both(world_on_both: World) -> World:
    world_on_both.change(SHARED)
    return world_on_both


def follow_ups(world: World, number: int = 1) -> list[FollowUp]:
    with world.new_uow.reading() as uow:
        return uow.follow_ups.of(QuestionNumber(number))


def number_of_questions(world: World) -> int:
    with world.new_uow.reading() as uow:
        return len(uow.questions.page(QuestionQuery()))


def test_an_outsiders_question_is_answered_quietly_by_a_colleagues_reply(firm_on_both: World) -> None:
    world = firm_on_both

    asked = world.client_says("Jo", "How do we file the Q3 return?")
    card = only(world.must_send("C0NORTH card"))
    world.wait(minutes=2)
    world.client_says("Jo", "It is for the German branch", thread=asked, files=("branch.pdf",))
    more = only(world.must_send("C0NORTH thread: follow_up"))
    world.colleague_says("Bob", "With form 12, I have sent it to you.", asked)
    world.must_send("C0NORTH redrawn")

    assert "Acme Ltd" in card.text
    assert "Jo adds to Q-1" in more.text
    assert "It is for the German branch" in more.text
    assert "1 attachment: branch.pdf" in more.text
    question = world.question()
    assert (question.status, question.via, question.asked_by.user) == (Status.ANSWERED, Via.CHAT, "U0JO")
    assert world.owner() == "Bob"
    assert world.happened()[-2:] == ["claimed", "answered"]
    assert "in the client's channel: “With form 12" in world.history()[-1].why


@pytest.mark.parametrize("text", ["Thanks!", "Hi Bob", "👍", "ok great, thank you Annie", "Danke schön", "", "  "])
def test_small_talk_is_no_question(firm: World, text: str) -> None:
    firm.client_says("Jo", text)

    firm.must_send()
    assert number_of_questions(firm) == 0


@pytest.mark.parametrize("text", ["Hello?", "yes", "It does not work", "help", "Danke, und die Rechnung"])
def test_in_doubt_it_is_a_question(firm: World, text: str) -> None:
    firm.client_says("Jo", text)

    assert firm.question().text == text


def test_a_file_without_words_is_a_question(firm: World) -> None:
    firm.client_says("Jo", "", files=("letter.pdf", "scan.png"))

    question = firm.question()
    assert question.text == "(no words, only files: letter.pdf, scan.png)"
    assert [one.name for one in question.attachments] == ["letter.pdf", "scan.png"]


def test_a_channel_without_a_client_asks_the_intake_whose_question_it_is(firm: World) -> None:
    firm.client_says("Zoe", "Who looks after us?", place="C0NEWCLIENT")

    firm.must_send("C0INTAKE card")
    assert firm.question().status is Status.UNIDENTIFIED


def test_a_channel_of_two_clients_is_never_guessed(firm: World) -> None:
    firm.change("clients:\n  - {name: Birch Bakery, channels: [C0ACME]}")

    firm.client_says("Jo", "How do we file this?")

    assert firm.question().status is Status.UNIDENTIFIED
    assert len(firm.question().candidates) == 2


def test_a_message_delivered_twice_is_one_question(firm_on_both: World) -> None:
    world = firm_on_both
    said = world.message("Jo", "How?")

    client_said(said, world.new_uow, world.now)
    client_said(said, world.new_uow, world.now)

    assert number_of_questions(world) == 1


def test_the_same_sender_within_ten_minutes_goes_on_with_their_question(firm: World) -> None:
    firm.client_says("Jo", "How do we file the return?")
    firm.wait(minutes=9)
    firm.client_says("Jo", "The one for Q3")
    firm.wait(minutes=9)
    firm.client_says("Jo", "And is it late already?")

    assert number_of_questions(firm) == 1
    assert [one.text for one in follow_ups(firm)] == ["The one for Q3", "And is it late already?"]


def test_another_person_asks_their_own_question(firm: World) -> None:
    firm.client_says("Jo", "How do we file the return?")
    firm.client_says("Sam", "Where is our refund?")

    assert number_of_questions(firm) == 2


def test_anybody_of_the_client_may_add_to_a_question_in_its_thread(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.wait(hours=3)
    firm.client_says("Sam", "It is urgent, by the way", thread=asked)

    assert number_of_questions(firm) == 1
    assert only(follow_ups(firm)).by == "Sam"


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
    assert "the client goes on: “And where do I find form 12?”" in next(
        row.why for row in firm.history() if row.what == "reopened"
    )
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
    assert [one.text for one in follow_ups(firm, 2)] == ["For the branch, I mean"]
    assert firm.question(2).status is Status.ANSWERED
    assert firm.question(1).status is Status.RESOLVED


def test_a_question_under_a_colleagues_message_is_answered_in_the_same_thread(firm: World) -> None:
    firm.client_says("Jo", "Why is the VAT so high?", thread="ours-1")

    firm.colleague_says("Ann", "Because of the car.", "ours-1")

    assert firm.question().status is Status.ANSWERED
    assert firm.owner() == "Ann"


def test_a_reply_under_a_follow_up_answers_its_question(firm: World) -> None:
    firm.client_says("Jo", "How do we file the return?")
    more = firm.client_says("Jo", "The one for Q3")

    firm.colleague_says("Bob", "With form 12.", more)

    assert firm.question().status is Status.ANSWERED


@pytest.mark.parametrize("text", ["Hi Jo", "thanks", "👍"])
def test_a_colleagues_small_talk_is_no_answer(firm: World, text: str) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")

    firm.colleague_says("Bob", text, asked)

    assert firm.question().status is Status.ROUTED


def test_what_a_colleague_says_elsewhere_or_to_us_or_while_we_wait_is_no_answer(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")

    firm.colleague_says("Bob", "Your figures are ready.", None)
    firm.colleague_says("Bob", "Your figures are ready.", "another-thread")
    firm.colleague_says("Bob", "claim", asked, to_us=True)
    assert firm.question().status is Status.ROUTED
    firm.say("Bob", "claim Q-1")
    firm.say("Bob", "waiting Q-1")
    firm.colleague_says("Bob", "Have you found the figures?", asked)

    assert firm.question().status is Status.WAITING


def test_a_colleague_who_answers_what_another_has_leaves_it_with_them(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.say("Ann", "claim Q-1")

    firm.colleague_says("Cara", "With form 12.", asked)

    assert firm.owner() == "Ann"
    assert firm.happened()[-1] == "answered"
    assert firm.history()[-1].who is not None


def test_a_colleague_of_another_pod_claims_from_outside_by_answering(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")

    firm.colleague_says("Cara", "With form 12.", asked)

    assert "from outside North" in [row.why for row in firm.history()]


def test_a_changed_message_is_noted_and_the_question_keeps_its_text(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the retrun?")
    firm.deliver()

    firm.client_edits("Jo", asked, "How do we file the retrun?", "How do we file the return for Q3?")
    told = only(firm.must_send("C0NORTH thread: follow_up"))

    assert firm.question().text == "How do we file the retrun?"
    assert only(follow_ups(firm)).text == "Changed to: How do we file the return for Q3?"
    assert "has changed a message of Q-1" in told.text


def test_small_talk_that_becomes_a_question_is_one(firm: World) -> None:
    message = firm.client_says("Jo", "Hi Bob")

    firm.client_edits("Jo", message, "Hi Bob", "Hi Bob, where is our refund?")

    assert firm.question().text == "Hi Bob, where is our refund?"


def test_a_message_from_before_our_time_that_is_changed_is_not_ours(firm: World) -> None:
    firm.client_edits("Jo", "long-ago", "Where is our refnud?", "Where is our refund?")

    assert number_of_questions(firm) == 0


def test_a_deleted_message_is_noted_and_the_question_stays(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.deliver()

    firm.client_deletes("Jo", asked, "How do we file the return?")
    told = only(firm.must_send("C0NORTH thread: follow_up"))

    assert firm.question().status is Status.ROUTED
    assert only(follow_ups(firm)).text == "Deleted: How do we file the return?"
    assert "has deleted a message of Q-1" in told.text


def test_nothing_is_said_in_the_clients_channel_unless_the_firm_wants_it(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file the return?")
    firm.must_send("C0NORTH card")
    firm.change(CONFIRMING)
    firm.client_says("Jo", "For Q3", thread=asked)
    firm.must_send("C0NORTH thread: follow_up")

    firm.client_says("Sam", "Where is our refund?")
    confirmed = next(one for one in firm.must_send("C0NORTH card", "C0ACME: confirmed") if one.to == "C0ACME")

    assert confirmed.calls == ()
    assert confirmed.commands == ()
    assert "North" not in confirmed.text


def test_a_confirmation_that_the_firm_has_turned_off_is_not_sent(firm: World) -> None:
    firm.change(CONFIRMING)
    firm.client_says("Sam", "Where is our refund?")
    firm.change("settings: {confirm_in_shared_channels: false}")

    firm.must_send("C0NORTH card")


@pytest.mark.parametrize("text", ["claim Q-1", "resolve q1", "mine"])
def test_a_command_of_an_outsider_is_no_question(firm: World, text: str) -> None:
    firm.client_says("Jo", "How do we file the return?")

    firm.client_says("Sam", text, to_us=True)

    assert number_of_questions(firm) == 1
    assert firm.question().status is Status.ROUTED


@pytest.mark.parametrize(
    "text", ["who can help us", "help", "answer me please", "question Acme: how", "I'm sick today"]
)
def test_words_to_us_that_only_look_like_a_command_are_a_question(firm: World, text: str) -> None:
    firm.client_says("Sam", text, to_us=True)

    assert firm.question().text == text


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
    assert [one.text for one in follow_ups(firm, 1)] == ["The deadline in June"]


def test_the_targets_count_from_when_it_was_said(firm: World) -> None:
    """An event that waited while we were down."""
    said = firm.message("Jo", "How?")
    firm.sleep(minutes=20)

    client_said(said, firm.new_uow, firm.now)

    assert (firm.question().arrived_at - firm.question().asked_at).total_seconds() == 20 * 60


def test_explain_shows_later_words_and_attachments(firm: World) -> None:
    link = "https://firm.slack.example/archives/C0ACME/p1"
    asked = firm.client_says("Jo", "How do we file this?", files=("return.pdf",), link=link)
    firm.client_says("Jo", "For Q3", thread=asked, files=("q3.xlsx",))

    page = words(firm.reply("Bob", "explain Q-1"))

    assert "return.pdf" in page
    assert "the message itself" in page
    assert "For Q3" in page
    assert "q3.xlsx" in page
