"""What a platform delivers again, half a minute later and under a new id, is one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from commands.invocation import Invocation
from commands.ports import Identity, Place
from commands.run import run
from commands.views import Notice
from tests.world import World, user, words


def said(line: str, key: str, who: str = "Bob", place: str = "C0NORTH") -> Invocation:
    return Invocation(line, user(who), key, Place("slack", place), may_come_again=True)


def test_the_same_question_within_a_minute_is_one_question(world_on_both: World) -> None:
    world = world_on_both
    first = run(said("question Acme: is that VAT?", "1"), world.new_uow, world.now)
    later = world.now + timedelta(seconds=59)
    again = run(said("question Acme:  is that\nVAT?", "2"), world.new_uow, later)

    assert "Q-1" in words(first)
    assert words(again) == "That was done already."
    assert world.number_of_questions() == 1


@pytest.mark.parametrize(
    "other",
    [
        said("question Acme: is that VAT?", "2", who="Ann"),
        said("question Acme: is that VAT?", "2", place="C0SOUTH"),
        said("question Acme: is that tax?", "2"),
    ],
    ids=["another person", "another place", "another text"],
)
def test_another_person_place_or_text_is_another_question(world: World, other: Invocation) -> None:
    run(said("question Acme: is that VAT?", "1"), world.new_uow, world.now)
    run(other, world.new_uow, world.now)

    assert world.number_of_questions() == 2


@pytest.mark.parametrize("second", range(0, 60, 7))
def test_after_a_minute_it_is_asked_again_whenever_the_first_was(world: World, second: int) -> None:
    asked_at = world.now + timedelta(seconds=second)
    run(said("question Acme: is that VAT?", "1"), world.new_uow, asked_at)
    run(said("question Acme: is that VAT?", "2"), world.new_uow, asked_at + timedelta(seconds=59))
    run(said("question Acme: is that VAT?", "3"), world.new_uow, asked_at + timedelta(seconds=60))

    assert world.number_of_questions() == 2


def test_where_the_platform_sends_nothing_again_two_questions_are_two(world: World) -> None:
    for key in "12":
        invocation = replace(said("question Acme: is that VAT?", key), may_come_again=False)
        run(invocation, world.new_uow, world.now)

    assert world.number_of_questions() == 2


def test_whoever_meant_it_twice_is_not_left_without_an_answer(world: World) -> None:
    run(said("question Acme: is that VAT?", "1"), world.new_uow, world.now)
    with world.new_uow() as uow:
        uow.inbox.take("2", "slack", {}, world.now)
        uow.commit()

    again = run(replace(said("question Acme: is that VAT?", "2"), from_inbox=True), world.new_uow, world.now)

    assert words(again) == "That was done already."
    with world.new_uow.reading() as uow:
        assert uow.inbox.earliest("slack") is None


def test_the_same_line_in_another_questions_thread_is_about_that(world_on_both: World) -> None:
    world = world_on_both
    for _ in "12":
        world.ask()
        world.deliver()
    threads = [world.thread_of(number) for number in (1, 2)]

    for key, thread in enumerate((*threads, threads[0])):
        run(replace(said("claim", str(key)), thread=thread), world.new_uow, world.now)

    assert (world.owner(1), world.owner(2)) == ("Bob", "Bob")
    assert [world.happened(number).count("claimed") for number in (1, 2)] == [1, 1]


REDELIVERED = {
    "release Q-1": (("Bob", "claim Q-1"), ("Ann", "claim Q-1")),
    "resolve Q-1": (("Bob", "claim Q-1"), ("Ann", "reopen Q-1 no")),
    "claim Q-1": (None, ("Ann", "release Q-1")),
    "handoff Q-1 ann@firm.example he": (("Bob", "claim Q-1"), ("Ann", "handoff Q-1 bob@firm.example she")),
    "snooze Q-1 2h": (("Bob", "claim Q-1"), ("Ann", "handoff Q-1 ann@firm.example")),
}


@pytest.mark.parametrize("line", REDELIVERED)
def test_a_line_that_comes_again_undoes_nothing_that_others_did_meanwhile(world: World, line: str) -> None:
    before, between = REDELIVERED[line]
    world.ask()
    if before is not None:
        world.say(*before)
    world.sleep(seconds=5)
    run(said(line, "1"), world.new_uow, world.now)
    world.sleep(seconds=5)
    world.say(*between)
    as_it_is = (world.owner(), world.happened(1))
    world.sleep(seconds=20)

    again = run(said(line, "2"), world.new_uow, world.now)

    assert (world.owner(), world.happened(1)) == as_it_is
    assert isinstance(again, Notice)
    assert "has moved on since you said that" in words(again)
    [do_it] = again.buttons
    run(replace(said(do_it.command, "3"), drawn_for=again.version), world.new_uow, world.now)
    assert world.happened(1) != as_it_is[1]


def test_a_note_that_comes_again_is_one(world: World) -> None:
    for key in "12":
        run(said("client Acme note likes tea", key), world.new_uow, world.now)

    assert world.say("Bob", "client Acme").count("likes tea") == 1


def test_what_found_nothing_to_claim_may_be_said_again_at_once(world: World) -> None:
    run(said("claim", "1"), world.new_uow, world.now)
    world.ask()
    run(said("claim", "2"), world.new_uow, world.now)

    assert world.owner() == "Bob"


def test_what_is_said_again_after_something_else_was_done_is_meant_again(world: World) -> None:
    world.ask()
    for key, line in enumerate(("claim Q-1", "release Q-1", "claim Q-1")):
        run(said(line, str(key)), world.new_uow, world.now)
        world.sleep(seconds=5)

    assert world.owner() == "Bob"


def test_a_line_that_comes_again_does_not_claim_or_take_back_whatever_is_next(world: World) -> None:
    world.ask()
    run(said("claim", "1"), world.new_uow, world.now)
    world.ask()
    run(said("claim", "2"), world.new_uow, world.now + timedelta(seconds=30))

    assert (world.owner(1), world.owner(2)) == ("Bob", None)
    for alias in ("Ac", "Me"):
        world.say("Ann", f"client Acme alias {alias}")
    for key in ("3", "4"):
        run(said("undo", key, who="Ann"), world.new_uow, world.now)
    with world.new_uow.reading() as uow:
        assert [one.name for one in uow.clients.called("ac")] == ["Acme Ltd"]


def test_a_button_does_the_same_once_for_each_turn_of_the_question(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    pressed = replace(said("claim Q-1", "1"), drawn_for=1)
    with ThreadPoolExecutor(4) as at_once:
        answers = [at_once.submit(run, replace(pressed, key=key), world.new_uow, world.now) for key in "1234"]
    run(said("release Q-1", "5"), world.new_uow, world.now)

    again = run(replace(pressed, key="6"), world.new_uow, world.now + timedelta(hours=1))

    told = sorted(words(one.result()).split(".")[0] for one in answers)
    assert told == ["Q-1 is yours", *["Q-1 is yours already"] * 3]
    assert words(again) == "That was done already."
    assert world.owner() is None
    run(replace(pressed, key="7", drawn_for=3), world.new_uow, world.now)
    assert world.owner() == "Bob"


def test_a_refusal_may_be_mended_and_said_again(world: World) -> None:
    unknown = Identity("slack", "T0FIRM", "U0BOB")
    line = "kudos @nobody you are the best"
    answers = [run(Invocation(line, unknown, key, may_come_again=True), world.new_uow, world.now) for key in "12"]

    assert words(answers[0]) == words(answers[1]) != "That was done already."
