"""Claiming: one winner, the others are told who has it; without an id only what is clearly meant."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from commands.grammar import USAGE, Name
from commands.invocation import DoneBefore
from commands.views import Listing
from coverage.question import Status
from tests.world import World, commands_of, is_refusal, words

PEOPLE = ("Ann", "Bob", "Cara", "Dan", "Mia")


def test_of_many_clicks_at_once_exactly_one_wins_and_the_others_are_told_who(world_on_both: World) -> None:
    world = world_on_both
    world.ask()

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda who: world.reply(who, "claim Q-1", drawn_for=1), PEOPLE * 4))

    winner = world.owner()
    mine = [words(reply) for who, reply in zip(PEOPLE * 4, replies, strict=True) if who == winner]
    others = [reply for who, reply in zip(PEOPLE * 4, replies, strict=True) if who != winner]
    assert sum(text.startswith("Q-1 is yours. An answer is due") for text in mine) == 1
    assert all("is yours" in text for text in mine)
    assert all(is_refusal(reply) and f"{winner} " in words(reply) for reply in others)
    assert world.happened().count("claimed") == 1


@pytest.mark.parametrize(
    "line", ["claim Q-1", "release Q-1", "handoff Q-1 @Annie why", "answered Q-1", "waiting Q-1", "resolve Q-1"]
)
def test_the_same_delivery_has_its_effect_once(world_on_both: World, line: str) -> None:
    world = world_on_both
    world.ask()
    if line != "claim Q-1":
        world.say("Bob", "claim Q-1")

    world.reply("Bob", line, key="slack:action:1")
    before = world.happened(), world.question()
    again = world.reply("Bob", line, key="slack:action:1")

    assert words(again) == "That was done already."
    assert (world.happened(), world.question()) == before


def test_an_event_has_its_effect_once_and_is_done_even_when_it_is_refused(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    for key in ("slack:event:1", "slack:event:2", "slack:event:3"):
        with world.new_uow() as uow:
            assert uow.inbox.take(key, "slack", {}, world.now)
            uow.commit()

    world.reply("Bob", "claim Q-1", key="slack:event:1", from_inbox=True)
    world.reply("Cara", "claim Q-1", key="slack:event:2", from_inbox=True)
    world.reply("Cara", "mine", key="slack:event:3", from_inbox=True)

    assert world.happened().count("claimed") == 1
    with world.new_uow.reading() as uow:
        assert uow.inbox.earliest("slack") is None


@pytest.mark.parametrize(
    "line", ["claim Q-1", "claim Q-9", "mine", "who Acme", "explain Q-1", "help", "pod North", "nonsense"]
)
def test_an_event_that_comes_again_is_answered_once(world_on_both: World, line: str) -> None:
    world = world_on_both
    world.ask()
    with world.new_uow() as uow:
        uow.inbox.take("slack:event:1", "slack", {}, world.now)
        uow.commit()

    world.reply("Bob", line, key="slack:event:1", from_inbox=True)

    with pytest.raises(DoneBefore):
        world.reply("Bob", line, key="slack:event:1", from_inbox=True)


def test_what_was_refused_may_be_tried_again(world: World) -> None:
    world.refused("Bob", "claim Q-1")

    assert is_refusal(world.reply("Bob", "claim Q-1", key="one"))
    world.ask()

    assert not is_refusal(world.reply("Bob", "claim Q-1", key="one"))


def test_a_double_click_of_the_same_person_is_a_success(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")

    assert world.say("Bob", "claim Q-1") == "Q-1 is yours already, Bob Roy has it since Mon 23 Nov 10:00."


def test_any_member_may_claim_and_from_outside_the_pod_it_says_so(world: World) -> None:
    world.ask()

    world.say("Cara", "claim Q-1")

    assert world.history()[-1].why == "from outside North"


def test_without_an_id_the_question_of_the_thread_is_meant(world: World) -> None:
    world.ask("first")
    world.ask("second")
    world.deliver()

    world.reply("Cara", "claim", place="C0NORTH", thread=world.thread_of(2))

    assert world.question(1).claimed_by is None
    assert world.owner(2) == "Cara"


def test_without_an_id_the_only_one_of_my_pods_is_meant(world: World) -> None:
    world.ask(client="Birch Bakery")
    world.ask(client="Acme")

    assert world.say("Bob", "claim").startswith("Q-2 is yours.")


def test_without_an_id_several_are_listed_and_none_is_said_to_be_none(world: World) -> None:
    assert world.refused("Bob", "claim") == "Nothing waits to be claimed in your pods."
    for number in range(12):
        world.ask(f"question {number}")

    reply = world.reply("Bob", "claim")

    assert isinstance(reply, Listing)
    assert commands_of(reply)[:2] == ["claim Q-1", "claim Q-2"]
    assert words(reply).splitlines()[-1] == "and 2 more"
    assert world.question(1).claimed_by is None


@pytest.mark.parametrize("said", ["Q-99999999999", "Q-" + "9" * 30, "Q-7", "Acme", "the other one", "Q-1x"])
def test_words_that_name_another_question_or_none_never_claim_the_only_one(world: World, said: str) -> None:
    world.ask()
    world.deliver()

    world.reply("Bob", f"claim {said}")
    if said.startswith("Q-") and not said.endswith("x"):
        assert "There is no question" in words(
            world.reply("Bob", f"claim {said}", place="C0NORTH", thread=world.thread_of())
        )

    assert world.question().claimed_by is None


def test_a_question_that_waits_for_the_client_is_its_owners(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")
    world.say("Bob", "waiting Q-1 their bank")

    assert world.refused("Ann", "claim Q-1") == "Q-1: Bob Roy has it since Mon 23 Nov 10:00."
    assert (
        world.say("Bob", "claim Q-1") == "The clocks of Q-1 run again; it is yours. An answer is due Mon 23 Nov 14:00."
    )
    assert world.question().status is Status.CLAIMED


def test_a_resolved_question_is_not_claimed_but_reopened(world: World) -> None:
    world.ask()
    world.say("Bob", "resolve Q-1")

    assert world.refused("Ann", "claim Q-1") == "Q-1 is resolved; reopen it to work on it again."


@pytest.mark.parametrize(
    "line",
    [
        "claim Q-9",
        "release Q-9",
        "handoff Q-9 @Annie",
        "answered Q-9",
        "waiting Q-9",
        "resolve Q-9",
        "reopen Q-9 why",
        "explain Q-9",
        "client Q-9 is Acme",
        "client Q-9 is",
        "resolve Q-99999999999",
        "explain Q-0",
        "claim Q-" + "9" * 50,
    ],
)
def test_a_question_that_is_not_there_is_said_to_be_none(world_on_both: World, line: str) -> None:
    assert world_on_both.refused("Ann", line).startswith("There is no question Q-")


@pytest.mark.parametrize("verb", ["release", "handoff", "answered", "waiting", "resolve", "reopen", "explain"])
def test_without_a_question_an_example_is_given(world: World, verb: str) -> None:
    assert world.refused("Ann", verb) == f"Which question? For example {USAGE[Name(verb)].example}."


def test_in_a_thread_the_verb_alone_means_its_question_and_the_words_are_the_reason(world: World) -> None:
    world.ask()
    world.deliver()
    world.say("Bob", "claim Q-1")

    world.reply("Bob", "answered 3 returns are filed", place="C0NORTH", thread=world.thread_of())

    assert world.history()[-1].what.value == "answered"
    assert world.history()[-1].why == "3 returns are filed"


def test_a_thread_of_something_else_means_no_question(world: World) -> None:
    world.ask()

    assert is_refusal(world.reply("Bob", "resolve", place="C0NORTH", thread="1.2"))
    assert is_refusal(world.reply("Bob", "resolve", place="C0NOWHERE", thread="1.2"))
