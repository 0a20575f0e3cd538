"""Two questions that are one: nothing the client said is lost, and the clocks count from when they asked first."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from commands.ask import Ask, put_to_the_pod
from commands.ports import FollowUp
from commands.views import Form
from coverage.ids import QuestionNumber
from coverage.question import AskedBy, Attachment, Status, Via
from tests.world import World, commands_of, is_refusal, words


@pytest.fixture
def twice(world: World) -> World:
    """Acme has asked at ten and, in other words, at half past ten; everybody has seen both."""
    world.ask("How do we file the return?")
    world.deliver()
    world.wait(minutes=5)
    world.ask("Did you get my question about the return?")
    world.deliver()
    return world


def said_later(world: World, number: int) -> list[str]:
    with world.new_uow.reading() as uow:
        return [one.text for one in uow.follow_ups.of(QuestionNumber(number))]


def test_the_one_that_goes_is_resolved_and_its_words_stay_with_the_other(twice: World) -> None:
    reply = twice.reply("Bob", "merge Q-2 into Q-1 she asked twice")

    assert words(reply) == "Q-2 is merged into Q-1, which has its words now. Nobody has claimed Q-1 yet."
    assert commands_of(reply) == ["claim Q-1", "reopen Q-2 it is another question"]
    assert (twice.question(2).status, twice.question(2).merged_into) == (Status.RESOLVED, 1)
    assert said_later(twice, 1) == ["Did you get my question about the return?"]
    sent = {one.line: one.text for one in twice.deliver() if one.topic != "card"}
    assert sent == {
        "C0NORTH thread: merged": "Bob Roy says that Q-2 asks the same. The client's words there:\n"
        "Did you get my question about the return?"
    }
    assert [(row.what, row.why) for row in (twice.history(1)[-1], twice.history(2)[-1])] == [
        ("merged", "with Q-2, which asks the same; she asked twice"),
        ("merged", "into Q-1; she asked twice"),
    ]


def test_both_cards_and_the_whole_story_say_so(twice: World) -> None:
    twice.say("Bob", "merge Q-2 into Q-1")

    cards = sorted(one.text for one in twice.deliver() if one.topic == "card")
    assert "Added “Did you get my question about the return?”" in cards[0]
    assert "Status Resolved: the same as Q-1" in cards[1]
    story = twice.say("Cara", "explain Q-1")
    assert "What the client added\nMon 23 Nov 10:05  Jo:\nDid you get my question about the return?" in story
    assert "It asks the same as Q-1, which has its words." in twice.say("Cara", "explain Q-2")


def test_the_promises_count_from_when_the_client_asked_first(twice: World) -> None:
    twice.say("Bob", "merge Q-1 into Q-2")

    kept = twice.question(2)
    assert kept.asked_at == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert kept.deadlines.claim == datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    assert kept.deadlines.first_response == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    assert [one.line for one in twice.wait(days=1) if one.text.startswith("Nobody has claimed Q-1")] == []


def test_a_promise_that_is_broken_by_it_is_noted_and_whoever_has_it_keeps_it(world: World) -> None:
    world.ask(asked_at=world.now - timedelta(days=3))
    world.ask("again")
    world.say("Bob", "claim Q-2")

    world.say("Bob", "merge Q-1 into Q-2")
    world.wait(minutes=1)

    assert world.happened(2)[-2:] == ["merged", "breached"]
    assert world.owner(2) == "Bob"


def test_whoever_has_the_other_is_called_and_a_snooze_of_it_ends(twice: World) -> None:
    twice.say("Ann", "claim Q-1")
    twice.say("Ann", "snooze Q-1 2h")
    twice.deliver()

    assert twice.say("Bob", "merge Q-2 into Q-1").endswith("Ann Lee has it.")

    [told] = [one for one in twice.deliver() if one.topic == "merged"]
    assert told.calls == ("Ann Lee",)
    assert twice.question(1).snoozed_until is None


def test_everything_that_came_with_it_comes_along(world: World) -> None:
    world.ask()
    scan = Attachment("scan.pdf", "https://files.example/scan.pdf")
    with world.new_uow() as uow:
        asked = put_to_the_pod(uow, Ask("with a scan", AskedBy("Jo"), Via.EMAIL, "Acme"), world.now)
        uow.questions.save(replace(asked, attachments=(scan,)))
        uow.follow_ups.add(FollowUp(asked.number, world.now, "Jo", "and one more page"))
        uow.commit()

    world.say("Bob", "merge Q-2 into Q-1")

    assert said_later(world, 1) == ["with a scan", "and one more page"]
    with world.new_uow.reading() as uow:
        assert uow.follow_ups.of(QuestionNumber(1))[0].attachments == (scan,)


def test_what_was_urgent_makes_the_other_urgent(twice: World) -> None:
    twice.say("Bob", "urgent Q-2")
    twice.deliver()

    twice.say("Bob", "merge Q-2 into Q-1")

    assert twice.question(1).urgent
    assert "Bob: step" in [one.line for one in twice.deliver()]


def test_into_one_that_was_merged_itself_is_into_where_that_went(twice: World) -> None:
    twice.ask("and a third time")
    twice.say("Bob", "merge Q-2 into Q-1")

    twice.say("Bob", "merge Q-3 into Q-2")

    assert twice.question(3).merged_into == 1
    assert twice.say("Bob", "merge Q-3 into Q-2") == "Q-3 is merged into Q-1 already."
    assert twice.refused("Bob", "merge Q-1 into Q-2") == "Q-1 cannot be merged into itself."


def test_another_clients_words_are_shown_with_a_question_only_by_saying_so(twice: World) -> None:
    twice.ask("Where is our payroll?", client="Birch Bakery")

    reply = twice.reply("Mia", "merge Q-3 into Q-1")

    assert words(reply) == (
        "Q-3 is from Birch Bakery, and Q-1 from Acme Ltd. Merged, the words of Birch Bakery are shown with Acme Ltd's "
        "question. If that is meant: merge Q-3 into Q-1 anyway"
    )
    assert twice.question(3).is_open
    twice.say("Mia", commands_of(reply)[0])
    assert twice.question(3).merged_into == 1


def test_of_two_the_one_whose_client_is_known_is_kept(twice: World) -> None:
    twice.ask("it is me again", client=None)

    reply = twice.reply("Bob", "merge Q-1 into Q-3")

    assert is_refusal(reply)
    assert words(reply) == "Nobody knows yet whose Q-3 is, and Q-1 is from Acme Ltd. Keep that one:"
    twice.say("Bob", commands_of(reply)[0])
    assert twice.question(3).merged_into == 1


def test_what_cannot_be_merged_says_why(twice: World) -> None:
    assert twice.refused("Bob", "merge Q-1 into Q-1") == "Q-1 cannot be merged into itself."
    assert twice.refused("Bob", "merge Q-1 into Q-99") == "There is no question Q-99."
    assert twice.refused("Bob", "merge Q-99 into Q-1") == "There is no question Q-99."
    assert twice.refused("Bob", "merge Q-2 with the other") == ("Into which question? For example merge Q-2 into Q-1.")
    twice.say("Bob", "answered Q-1")
    assert twice.refused("Bob", "merge Q-1 into Q-2") == (
        "Q-1 has been answered; resolve it, or merge the other one into it."
    )
    twice.say("Bob", "resolve Q-1")
    assert twice.refused("Bob", "merge Q-1 into Q-2") == "Q-1 is resolved; reopen it first."
    assert twice.refused("Bob", "merge Q-2 into Q-1") == (
        "Q-2 cannot be merged into a question that is resolved; reopen that first."
    )


def test_without_a_second_question_the_form_offers_the_clients_other_open_ones(twice: World) -> None:
    twice.ask("Where is our payroll?", client="Birch Bakery")
    twice.ask("An old one")
    twice.say("Bob", "resolve Q-4")

    form, of_one = twice.reply("Bob", "merge Q-2"), twice.reply("Cara", "merge Q-3")

    assert isinstance(form, Form)
    assert isinstance(of_one, Form)
    assert form.fields[0].options == (("Q-1", "Q-1 How do we file the return?"),)
    assert of_one.fields[0].options == ()


def test_in_the_thread_of_a_question_it_is_that_one(twice: World) -> None:
    thread = twice.thread_of(2)

    twice.say("Bob", "merge into Q-1", place="C0NORTH", thread=thread)

    assert twice.question(2).merged_into == 1


def test_reopened_they_are_two_again(twice: World) -> None:
    twice.say("Bob", "merge Q-2 into Q-1")

    twice.say("Bob", "reopen Q-2 it is another question")

    assert (twice.question(2).status, twice.question(2).merged_into) == (Status.ROUTED, None)
    assert twice.question(2).asked_at == datetime(2026, 11, 23, 10, 5, tzinfo=UTC)


def test_whoever_is_concerned_with_only_one_of_them_may_not(twice: World) -> None:
    twice.ask("Where is our payroll?", client="Birch Bakery")

    assert "Q-1 is not yours to merge." in twice.refused("Cara", "merge Q-3 into Q-1")
    assert "Q-1 is not yours to merge." in twice.refused("Cara", "merge Q-1 into Q-3")


def test_a_button_drawn_for_an_earlier_turn_is_asked_about_and_the_other_questions_turn_does_not_matter(
    twice: World,
) -> None:
    twice.say("Ann", "claim Q-1")
    twice.say("Ann", "release Q-1")

    assert is_refusal(twice.reply("Bob", "merge Q-1 into Q-2", drawn_for=1))
    assert not is_refusal(twice.reply("Bob", "merge Q-2 into Q-1", drawn_for=1))


def test_two_who_merge_crosswise_at_once_leave_one_of_the_two(world_on_both: World) -> None:
    world = world_on_both
    pairs = [(number, number + 1) for number in range(1, 12, 2)]
    for number in range(1, 13):
        world.ask(f"question {number}")

    with ThreadPoolExecutor(6) as pool:
        lines = [
            line for one, other in pairs for line in (f"merge Q-{one} into Q-{other}", f"merge Q-{other} into Q-{one}")
        ]
        replies = list(pool.map(lambda line: world.reply("Bob", line), lines))

    for place, (one, other) in enumerate(pairs):
        assert [is_refusal(reply) for reply in replies[2 * place : 2 * place + 2]].count(False) == 1
        assert [world.question(one).is_open, world.question(other).is_open].count(True) == 1
        assert len(said_later(world, one)) + len(said_later(world, other)) == 1
