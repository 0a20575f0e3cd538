"""Urgent: the next step is not waited for. Closed: nobody answers it, and it counts as nobody's answer."""

from datetime import UTC, datetime, timedelta

import pytest

from commands.calling import surroundings_of
from commands.card import card_of
from commands.grammar import Command, parse
from commands.invocation import Context, Invocation
from commands.run import VERBS
from commands.views import Form, QuestionCard, Reply
from coverage.question import Status
from tests.world import World, commands_of, is_refusal, user


@pytest.fixture
def asked(world: World) -> World:
    """Acme has asked at ten, Ann is called, and everybody has seen it."""
    world.ask()
    world.deliver()
    return world


def test_what_is_urgent_takes_its_next_step_at_once_and_the_others_at_their_times(asked: World) -> None:
    assert asked.say("Ann", "urgent Q-1 payroll is today") == "Q-1 is urgent; its next step is taken."

    sent = asked.must_send("C0NORTH redrawn", "C0NORTH thread: step", "Bob: step")
    [card] = [one for one in sent if one.topic == "card"]
    assert "Urgent. Waiting for somebody to claim it" in card.text
    [to_bob] = [one for one in sent if one.to == "Bob"]
    assert "Q-1 from Acme Ltd (urgent):" in to_bob.text
    assert asked.history()[-2].why == "it is urgent; payroll is today"
    assert asked.history()[-1].why == "step 1, the deputies: Bob Roy; at once: it is urgent"
    assert [
        one.line for one in asked.wait(minutes=29) if one.topic == "step"
    ] == []  # the first step's own time is past
    assert "C0TEAM: step" in [one.line for one in asked.wait(minutes=1)]


def test_a_second_time_is_harmless(asked: World) -> None:
    asked.say("Ann", "urgent Q-1")
    asked.deliver()

    assert asked.say("Ann", "urgent Q-1") == "Q-1 is marked as urgent already."

    assert asked.deliver() == []
    assert asked.happened().count("step") == 1


def test_while_closed_the_step_is_taken_at_the_opening(world: World) -> None:
    world.now = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    world.ask()
    world.deliver()

    said = world.say("Ann", "urgent Q-1")

    assert said == "Q-1 is urgent; its next step is taken at Mon 23 Nov 09:00."
    world.must_send("C0NORTH redrawn")
    sent = world.wait(days=2, hours=13)
    assert {one.at for one in sent} == {datetime(2026, 11, 23, 9, 0, tzinfo=UTC)}
    assert sorted(one.to for one in sent if one.topic == "step") == ["Bob", "C0NORTH"]


def test_taken_back_before_the_opening_the_step_comes_at_its_own_time(world: World) -> None:
    world.now = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    world.ask()
    world.say("Ann", "urgent Q-1")
    world.deliver()

    assert world.say("Bob", "urgent Q-1 no") == "Q-1 is not urgent any more; its steps come at their own times."

    sent = [one for one in world.wait(days=2, hours=14) if one.topic == "step"]
    assert sent[0].at == datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
    assert world.say("Bob", "urgent Q-1 off") == "Q-1 is not marked as urgent."


def test_given_back_while_closed_an_urgent_question_is_called_with_its_first_step_at_the_opening(asked: World) -> None:
    asked.say("Bob", "claim Q-1")
    asked.say("Bob", "urgent Q-1")
    asked.deliver()
    asked.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)

    asked.say("Bob", "release Q-1")
    asked.deliver()
    sent = asked.wait(hours=13)

    assert sorted(one.line for one in sent if one.topic in ("step", "called")) == [
        "Bob: step",
        "C0NORTH thread: called",
        "C0NORTH thread: step",
    ]


def test_given_back_in_service_hours_too(asked: World) -> None:
    asked.say("Bob", "claim Q-1")
    asked.say("Bob", "urgent Q-1")
    asked.deliver()

    asked.say("Bob", "release Q-1")

    asked.must_send("C0NORTH redrawn", "C0NORTH thread: called", "C0NORTH thread: step", "Bob: step")


def test_whoever_has_it_is_told_unless_they_said_so_themselves(asked: World) -> None:
    asked.say("Bob", "claim Q-1")
    asked.deliver()

    assert asked.say("Ann", "urgent Q-1 the bank rings") == "Q-1 is urgent; Bob Roy, who has it, is told."

    [told] = [one for one in asked.must_send("C0NORTH redrawn", "Bob: urgent") if one.to == "Bob"]
    assert told.text == (
        "Ann Lee marks as urgent what you have: Q-1 from Acme Ltd (urgent):\nHow do we file the return?\n"
        "An answer is due Mon 23 Nov 14:00. “the bank rings”"
    )
    asked.say("Ann", "urgent Q-1 no")
    assert asked.say("Bob", "urgent Q-1") == "Q-1 is urgent; you have it."
    asked.must_send("C0NORTH redrawn")


def test_urgent_ones_come_first_in_my_questions(world: World) -> None:
    for text in ("one", "two", "three"):
        world.ask(text)
    world.say("Bob", "urgent Q-3")
    world.say("Bob", "claim Q-1")
    world.say("Bob", "claim Q-2")
    world.say("Bob", "urgent Q-2")
    world.ask("four")

    assert [line.split(":")[0] for line in world.say("Bob", "mine").splitlines()[1:]] == [
        "Q-2 (urgent) Acme Ltd",
        "Q-1 Acme Ltd",
        "Q-3 (urgent) Acme Ltd",
        "Q-4 Acme Ltd",
    ]


def test_when_every_step_was_taken_nothing_is_promised(asked: World) -> None:
    asked.wait(hours=3)

    assert asked.say("Ann", "urgent Q-1") == "Q-1 is urgent; every step has been taken before."


def test_spam_is_resolved_and_nobody_has_answered_it(asked: World) -> None:
    asked.wait(minutes=15)

    assert asked.say("Bob", "close Q-1 spam") == "Q-1 is closed without an answer: spam"

    sent = asked.must_send("C0NORTH redrawn", "C0NORTH: settled", "Bob: settled")
    assert {one.text for one in sent if one.topic == "settled"} == {"Q-1 from Acme Ltd: resolved."}
    question = asked.question()
    assert (question.status, question.answered_at, question.claimed_by) == (Status.RESOLVED, None, None)
    assert (asked.history()[-1].what, asked.history()[-1].why) == ("resolved", "without an answer: spam")
    assert question.client is not None
    with asked.new_uow.reading() as uow:
        assert uow.clients.answers(question.client, asked.now - timedelta(days=9)) == []
    assert asked.wait(days=3) == []


def test_it_can_be_reopened_and_its_clocks_count_from_when_it_was_asked(asked: World) -> None:
    asked.say("Bob", "close Q-1 not for us")
    asked.now += timedelta(hours=1)

    asked.say("Ann", "reopen Q-1 it is for us after all")

    question = asked.question()
    assert question.status is Status.ROUTED
    assert question.deadlines.first_response == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    assert question.deadlines.claim == datetime(2026, 11, 23, 11, 30, tzinfo=UTC)


def test_why_it_is_closed_must_be_said(asked: World) -> None:
    form = asked.reply("Bob", "close Q-1")

    assert isinstance(form, Form)
    assert form.line == "close Q-1 {reason} {words}"
    assert asked.refused("Bob", "close Q-1 other:").startswith("Say why in a few words.")
    assert asked.say("Bob", "close Q-1 other: sent to the landlord") == (
        "Q-1 is closed without an answer: sent to the landlord"
    )
    assert asked.refused("Bob", "close Q-1 spam") == "Q-1 is resolved already."


def test_what_was_answered_is_not_closed_without_an_answer(asked: World) -> None:
    asked.say("Bob", "answered Q-1")

    assert asked.refused("Bob", "close Q-1 spam") == (
        "Q-1 has been answered, so it cannot be closed without an answer; resolve it."
    )


def test_a_question_of_nobody_knows_whom_can_be_closed(world: World) -> None:
    world.ask("Buy now!!!", client=None)
    world.deliver()

    world.say("Ann", "close Q-1 spam")

    [card] = world.must_send("C0INTAKE redrawn")
    assert "Status Resolved without an answer" in card.text


def test_help_has_every_act_of_the_present_state_as_a_button(asked: World) -> None:
    unclaimed = commands_of(asked.reply("Bob", "help Q-1"))
    asked.say("Bob", "claim Q-1")
    claimed = commands_of(asked.reply("Bob", "help Q-1"))

    assert _verbs(unclaimed) == "claim handoff client urgent snooze merge close explain"
    assert _verbs(claimed) == "answered handoff release waiting snooze resolve urgent merge client close explain"
    assert is_refusal(asked.reply("Bob", "help Q-99"))


@pytest.mark.parametrize("state", ["unidentified", "routed", "claimed", "waiting", "answered", "resolved"])
def test_each_act_a_card_or_help_offers_in_a_state_is_possible_in_it(world: World, state: str) -> None:
    lines = {
        "claimed": ["claim Q-1"],
        "waiting": ["claim Q-1", "waiting Q-1"],
        "answered": ["answered Q-1"],
        "resolved": ["resolve Q-1"],
    }
    world.ask(client=None if state == "unidentified" else "Acme")
    for line in lines.get(state, []):
        world.say("Bob", line)
    card = _card(world)
    offered = {one.command for one in (*card.buttons, *card.more)} | set(commands_of(world.reply("Bob", "help Q-1")))

    assert len(card.buttons) <= 3
    assert len(card.more) <= 5
    assert world.question().status == state
    for line in sorted(offered):  # thanks are passed on by somebody else than whoever is thanked
        assert not is_refusal(_tried(world, line, "Ann" if line.startswith("kudos") else "Bob")), line


def _verbs(lines: list[str]) -> str:
    assert all("Q-1" in line for line in lines)
    return " ".join(line.split()[0] for line in lines)


def _card(world: World) -> QuestionCard:
    with world.new_uow.reading() as uow:
        question, firm = uow.questions.look_at(world.question().number), uow.firm()
        return card_of(question, firm, surroundings_of(uow, firm, question, world.now), (), world.now)


def _tried(world: World, line: str, who: str) -> Reply:
    """The reply, with its effect undone; raises what it is refused with."""
    command = parse(line)
    assert isinstance(command, Command)
    with world.new_uow() as uow:
        firm = uow.firm()
        [actor] = [person for person in firm.people.values() if person.name.split()[0] == who]
        context = Context(uow, actor, firm, world.now, command.words, Invocation(line, user(who), "tried"))
        return VERBS[command.name](context)
