"""What happens by itself: steps, reminders, nudges and re-offers, in service hours, to people who are there."""

from datetime import UTC, datetime, timedelta

import pytest

from commands.outgoing import Topic
from commands.tick import tick
from coverage.question import Status
from tests.commands.broken import FailingFor
from tests.world import World, words


def lines(world: World, **span: float) -> list[str]:
    """What is sent in a span of time, but for cards that are redrawn."""
    return [one.line for one in world.wait(**span) if not one.is_redrawn or one.topic != "card"]


def test_each_step_fires_once_at_its_time_and_the_managers_are_told_daily(world_on_both: World) -> None:
    world = world_on_both
    world.ask()

    assert lines(world, minutes=14) == ["C0NORTH card"]
    assert sorted(lines(world, minutes=1)) == ["Bob: step", "C0NORTH thread: step"]
    assert lines(world, minutes=14) == []
    assert lines(world, minutes=1) == ["C0TEAM: step"]
    assert lines(world, minutes=15) == ["C0DESK: step"]
    assert lines(world, minutes=15) == ["C0DESK: reminder"]
    assert lines(world, minutes=15) == ["C0DESK: reminder"]
    assert lines(world, hours=21, minutes=44) == []
    assert sorted(lines(world, minutes=1)) == ["Ann: managers", "Mia: managers"]
    assert sorted(lines(world, days=1)) == ["Ann: managers", "Mia: managers"]


def test_a_repeated_tick_changes_nothing(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    world.sleep(minutes=15)
    world.tick()
    before = world.happened(), world.question()

    for _ in range(3):
        world.tick()

    assert (world.happened(), world.question()) == before
    assert [one.line for one in world.deliver()].count("Bob: step") == 1


def test_nothing_is_escalated_once_it_is_claimed(world: World) -> None:
    world.ask()
    world.wait(minutes=15)
    world.say("Bob", "claim Q-1")

    assert lines(world, minutes=60) == ["C0NORTH: settled", "Bob: settled"]


def settled(world: World) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What messages that asked for an act are redrawn to: their words and their buttons, by where they hang."""
    redrawn = [one for one in world.deliver() if one.topic is Topic.SETTLED]
    assert not any(one.calls for one in redrawn)
    return {one.to: (one.text, one.commands) for one in redrawn}


def test_what_called_people_says_who_has_it_once_somebody_has(world: World) -> None:
    world.ask()
    world.wait(minutes=15)
    world.say("Bob", "claim Q-1")

    assert settled(world) == {
        "C0NORTH": ("Q-1 from Acme Ltd: Bob Roy has it since Mon 23 Nov 10:15.", ()),
        "Bob": (
            "Q-1 from Acme Ltd:\nHow do we file the return?\nBob Roy has it since Mon 23 Nov 10:15.",
            ("answered Q-1", "handoff Q-1", "release Q-1"),
        ),
    }


def test_what_called_people_calls_them_again_when_the_question_is_offered_again(world: World) -> None:
    world.ask()
    world.wait(minutes=15)
    world.say("Bob", "claim Q-1")
    world.deliver()

    world.say("Bob", "release Q-1")

    again = ("Q-1 from Acme Ltd: North is asked to claim it, until Mon 23 Nov 10:45.", ("claim Q-1", "explain Q-1"))
    assert settled(world) == {"C0NORTH": again, "Bob": again}


def test_a_message_to_whoever_has_it_keeps_no_button_that_is_over(world: World) -> None:
    world.ask()
    world.say("Ann", "handoff Q-1 @Bob Roy")
    world.wait(hours=2)  # the nudge is there as well
    theirs = "Q-1 from Acme Ltd:\nHow do we file the return?\n"

    world.say("Bob", "answered Q-1 sent the form")
    assert settled(world) == {"Bob": (f"{theirs}Answered; Bob Roy has it since Mon 23 Nov 10:00.", ("resolve Q-1",))}
    world.say("Bob", "handoff Q-1 @Annie")
    assert settled(world) == {"Bob": ("Q-1 from Acme Ltd: Answered; Ann Lee has it since Mon 23 Nov 12:00.", ())}
    world.say("Ann", "resolve Q-1")
    assert settled(world) == {"Bob": ("Q-1 from Acme Ltd: resolved.", ()), "Ann": ("Q-1 from Acme Ltd: resolved.", ())}


def test_a_step_that_was_queued_and_then_claimed_is_not_sent(world: World) -> None:
    world.ask()
    world.deliver()
    world.sleep(minutes=15)
    world.tick()
    world.say("Bob", "claim Q-1")

    assert [one.line for one in world.deliver()] == ["C0NORTH redrawn"]


def test_the_steps_pass_over_people_on_leave(world: World) -> None:
    world.say("Bob", "leave today")
    world.ask()

    assert lines(world, minutes=15) == ["C0NORTH card", "C0TEAM: step"]
    assert "step 1, the deputies: nobody of them is there" in [row.why for row in world.history()]
    assert lines(world, minutes=15) == []


def test_whoever_falls_ill_while_a_message_waits_is_not_called(world: World) -> None:
    world.ask()
    world.deliver()
    world.sleep(minutes=15)
    world.tick()
    world.say("Bob", "leave today sick")

    sent = world.deliver()

    assert all("Bob Roy" not in one.calls and one.to != "Bob" for one in sent)


def test_after_an_outage_the_last_step_that_is_due_fires_once_to_everybody_the_others_would_have_called(
    world: World,
) -> None:
    world.ask()
    world.deliver()
    world.sleep(hours=3)

    sent = world.wait(minutes=1)

    assert sorted(one.line for one in sent if one.topic != "card") == [
        "Bob: step",
        "C0DESK: step",
        "C0NORTH thread: step",
        "C0TEAM: step",
    ]
    assert any("slept through: step 1, step 2" in row.why for row in world.history())
    assert world.question().step == 3


def test_after_an_outage_over_the_night_nothing_is_sent_before_the_opening(world: World) -> None:
    world.now = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    world.ask()
    world.deliver()
    world.sleep(hours=5)

    assert lines(world, hours=10) == []
    assert world.happened()[-1] == "breached"
    assert "C0DESK: step" in lines(world, hours=2)


def test_a_step_due_at_closing_is_done_at_closing(world: World) -> None:
    world.now = datetime(2026, 11, 23, 17, 15, tzinfo=UTC)
    world.ask()
    world.deliver()
    world.sleep(minutes=15, seconds=2)

    world.tick()

    assert world.question().step == 1


def test_a_step_that_was_slept_through_until_after_closing_waits_for_the_opening(world: World) -> None:
    world.now = datetime(2026, 11, 23, 17, 11, tzinfo=UTC)
    world.ask()
    world.deliver()
    world.sleep(minutes=19, seconds=45)  # the step was due at 17:26, we are back at 17:30:45

    world.tick()
    assert world.question().step == 0

    world.sleep(hours=15, minutes=30)
    world.tick()
    assert world.question().step > 0


def test_whoever_is_called_a_second_time_in_the_same_turn_is_told_again(world: World) -> None:
    world.ask()
    world.deliver()
    for line, who in (("leave today", "Ann"), ("leave cancel today", "Ann"), ("leave today", "Bob")):
        world.say(who, line)
        world.deliver()
    world.say("Bob", "leave cancel today")
    world.deliver()

    world.say("Ann", "leave today")

    assert "C0NORTH thread: called" in [one.line for one in world.deliver()]


def test_the_claimer_is_nudged_at_half_time_and_then_somebody_else_is_asked(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")
    world.deliver()

    assert lines(world, hours=1, minutes=59) == []
    [nudge] = [one for one in world.wait(minutes=1) if one.topic == "nudge"]
    assert nudge.to == "Bob"
    assert nudge.text.endswith("Half of the time for an answer has passed. An answer is due Mon 23 Nov 14:00.")
    assert nudge.commands == ("answered Q-1", "handoff Q-1", "release Q-1")

    [call] = [one for one in world.wait(hours=2) if one.topic == "called"]
    assert call.calls == ("Ann Lee",)
    assert call.text.startswith("It was claimed but not answered in time, so it is offered again. Ann Lee, can you")
    assert world.question().status is Status.ROUTED
    assert "first response" in next(row.why for row in world.history() if row.what == "breached")


def test_the_silent_claimer_is_asked_again_only_if_nobody_else_is_there(world: World) -> None:
    world.say("Ann", "leave today")
    world.ask()
    world.say("Bob", "claim Q-1")

    world.wait(hours=4)

    assert world.called() == ["Bob"]


def test_who_claims_after_the_answer_was_due_keeps_the_question(world: World) -> None:
    world.now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    world.ask(asked_at=world.now - timedelta(days=5))
    world.deliver()
    world.say("Bob", "claim Q-1")

    world.wait(days=3)

    assert world.owner() == "Bob"


def test_a_missed_resolution_is_told_once_to_its_owner_and_the_managers(world: World) -> None:
    world.ask()
    world.say("Bob", "answered Q-1")
    world.deliver()

    sent = world.wait(days=5)

    assert sorted(one.line for one in sent if one.topic != "card") == [
        "Ann: resolution_missed",
        "Bob: resolution_missed",
        "Mia: resolution_missed",
    ]
    assert sent[0].text == "Q-1 from Acme Ltd was to be resolved by now and is not; Bob Roy has it."


def test_a_missed_resolution_is_told_also_when_the_question_has_changed_hands_meanwhile(world: World) -> None:
    world.ask()
    world.say("Bob", "answered Q-1")
    world.deliver()
    world.sleep(days=2, minutes=1)
    world.tick()
    world.say("Bob", "handoff Q-1 @Annie")

    told = [one.line for one in world.deliver() if one.topic is Topic.RESOLUTION_MISSED]

    assert sorted(told) == ["Ann: resolution_missed", "Bob: resolution_missed", "Mia: resolution_missed"]


def test_while_the_client_is_waited_for_nothing_happens(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")
    world.say("Bob", "waiting Q-1")
    world.deliver()

    assert world.wait(days=30) == []


def test_what_is_given_back_while_closed_calls_somebody_at_the_opening(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")
    world.deliver()
    world.now = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    world.tick()
    world.deliver()

    world.say("Bob", "release Q-1")

    [card] = world.must_send("C0NORTH redrawn")
    assert "North is closed; somebody is called at Wed 25 Nov 09:00." in card.text
    sent = world.wait(hours=13)
    assert [(one.line, one.calls, one.at.hour) for one in sent if one.topic != "card"] == [
        ("C0NORTH thread: called", ("Ann Lee",), 9)
    ]


def test_one_question_that_fails_does_not_stop_the_others_and_is_tried_ever_more_rarely(
    world_on_both: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = world_on_both
    world.ask("first")
    world.ask("second")
    world.sleep(minutes=15)
    broken = FailingFor(1, world.new_uow)

    ticked = tick(broken, world.now)
    again = tick(broken, world.now + timedelta(seconds=5))
    soon = tick(broken, world.now + timedelta(seconds=10))

    assert (ticked.done, ticked.failed) == (1, 1)
    assert world.question(2).step == 1
    assert (again.failed, soon.failed) == (1, 0)
    assert "Q-1 could not be looked after" in caplog.text
    world.sleep(minutes=1)
    world.tick()
    assert world.question(1).step == 1


def test_a_timer_of_earlier_rules_is_set_anew_and_not_looked_at_for_ever(world: World) -> None:
    world.ask()
    world.deliver()
    world.change("charters: {standard: {routine: {claim: 60m}}}")
    world.sleep(minutes=15)

    ticked = world.tick()

    assert ticked.next_due == world.now + timedelta(minutes=15)
    assert world.question().step == 0


def test_managers_on_leave_are_not_said_to_have_been_told(world: World) -> None:
    world.ask()
    world.wait(hours=8)
    for who in ("Ann", "Mia"):
        world.say(who, "leave tomorrow")

    world.wait(days=1)

    assert world.history()[-1].why == "no manager is there to be told that nobody has claimed it"


def test_a_firm_without_managers_still_escalates_to_the_end(world: World) -> None:
    world.change(
        "people: [{name: Ann Lee, email: ann@firm.example, role: member}, "
        "{name: Mia Fox, email: mia@firm.example, role: member}]"
    )
    world.ask()

    assert "C0DESK: reminder" in lines(world, days=3)
    assert "no manager is set up yet" in world.refused("Bob", "leave for @Annie today")


def test_the_history_reads_like_a_story(world: World) -> None:
    world.ask()
    world.wait(hours=1, minutes=30)
    world.say("Cara", "claim Q-1")

    told = words(world.reply("Bob", "explain Q-1")).splitlines()

    assert [line.partition("  ")[2] for line in told if line.startswith("Mon 23 Nov 1")] == [
        "asked: Jo by e-mail",
        "identified: the client is Acme Ltd",
        "offered: to North",
        "called: Ann Lee",
        "step 1, the deputies: Bob Roy",
        "breached: the claim target was missed",
        "step 2, the team",
        "step 3, the contact centre",
        "reminder 1: nobody has claimed it",
        "reminder 2: nobody has claimed it",
        "claimed by Cara Diaz: from outside North",
    ]


def test_who_was_called_by_a_step_slept_through_is_told_as_one_of_those(world: World) -> None:
    world.ask()
    world.deliver()
    world.sleep(hours=1)
    world.tick()

    [told] = [one for one in world.deliver() if one.line == "Bob: step"]

    assert "You are called as one of the deputies." in told.text
