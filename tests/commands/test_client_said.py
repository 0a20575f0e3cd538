"""What a client says in a channel shared with them: a question, or small talk."""

import pytest

from commands.client_said import client_said
from coverage.question import Status, Via
from tests.world import World, only

CONFIRMING = "settings: {confirm_in_shared_channels: true}"


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
    assert firm.number_of_questions() == 0


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

    assert world.number_of_questions() == 1


def test_small_talk_that_becomes_a_question_is_one(firm: World) -> None:
    message = firm.client_says("Jo", "Hi Bob")

    firm.client_edits("Jo", message, "Hi Bob", "Hi Bob, where is our refund?")

    assert firm.question().text == "Hi Bob, where is our refund?"


def test_a_message_from_before_our_time_that_is_changed_is_not_ours(firm: World) -> None:
    firm.client_edits("Jo", "long-ago", "Where is our refnud?", "Where is our refund?")

    assert firm.number_of_questions() == 0


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

    assert firm.number_of_questions() == 1
    assert firm.question().status is Status.ROUTED


@pytest.mark.parametrize(
    "text", ["who can help us", "help", "answer me please", "question Acme: how", "I'm sick today"]
)
def test_words_to_us_that_only_look_like_a_command_are_a_question(firm: World, text: str) -> None:
    firm.client_says("Sam", text, to_us=True)

    assert firm.question().text == text


def test_the_targets_count_from_when_it_was_said(firm: World) -> None:
    """An event that waited while we were down."""
    said = firm.message("Jo", "How?")
    firm.sleep(minutes=20)

    client_said(said, firm.new_uow, firm.now)

    assert (firm.question().arrived_at - firm.question().asked_at).total_seconds() == 20 * 60
