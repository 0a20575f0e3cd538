"""A colleague's reply in a client's thread is the answer; other things they say are not."""

import pytest

from coverage.question import Status
from tests.world import World


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
