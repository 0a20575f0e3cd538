"""After the firm changed its hours, holidays or charters: open questions follow, in batches, and old timers go."""

from datetime import UTC, datetime, timedelta

import pytest

from commands.recompute import recompute
from tests.commands.broken import FailingFor
from tests.world import World

SHORTER = "charters: {standard: {routine: {claim: 10m, first_response: 1h}}}"


def test_a_changed_charter_moves_the_deadlines_and_the_steps(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    world.deliver()
    world.change(SHORTER)

    assert recompute(world.new_uow, world.now) == 1

    question = world.question()
    assert question.deadlines.claim == world.now + timedelta(minutes=10)
    assert question.deadlines.resolution is None
    assert [one.line for one in world.wait(minutes=5)].count("Bob: step") == 1


def test_changed_hours_withdraw_reminders_that_no_longer_hold(world: World) -> None:
    world.ask()
    world.deliver()
    world.change("service_hours: {uk-office: {timezone: Europe/London, week: 'Tue-Fri 09:00-17:30'}}")

    recompute(world.new_uow, world.now)

    assert world.question().deadlines.claim == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert [one.line for one in world.wait(hours=20) if one.topic != "card"] == []


def test_it_goes_on_in_batches_until_nothing_is_left(world: World) -> None:
    for number in range(5):
        world.ask(f"question {number}")
    world.say("Bob", "resolve Q-1")
    world.change(SHORTER)

    assert [recompute(world.new_uow, world.now, limit=3) for _ in range(3)] == [3, 1, 0]


def test_it_is_nobodys_turn_any_less_and_the_history_says_nothing(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")
    before = world.question().version, world.happened()
    world.change(SHORTER)

    recompute(world.new_uow, world.now)

    assert (world.question().version, world.happened()) == before


def test_one_question_that_fails_does_not_stop_the_others(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.ask("first")
    world.ask("second")
    world.change(SHORTER)
    broken = FailingFor(1, world.new_uow)

    assert [recompute(broken, world.now) for _ in range(2)] == [1, 0]
    assert "Q-1 could not be worked out anew" in caplog.text
    assert recompute(world.new_uow, world.now) == 1


def test_the_policy_stays_as_it_was_when_the_question_was_routed(world: World) -> None:
    world.ask()
    world.deliver()
    world.change("escalation_policies: {standard: {steps: [{after: 1m, notify: contact_centre, channel: C0OTHER}]}}")

    recompute(world.new_uow, world.now)

    assert [one.to for one in world.wait(hours=1) if one.to == "C0OTHER"] == []
