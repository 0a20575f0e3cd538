"""A message that can never arrive: somebody is told, and the question does not wait for nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from commands.outgoing import Message, Priority, Queued, Topic
from commands.undeliverable import delayed, undeliverable
from tests.world import World

GONE = "the channel was archived"


def test_a_dead_pod_channel_tells_the_alarms_channel_and_the_next_step_fires_at_once(world_on_both: World) -> None:
    world = world_on_both
    world.dead["C0NORTH"] = GONE
    world.ask()

    sent = world.must_send("C0ALERTS: alarm", "Bob: step")

    [alarm] = [one for one in sent if one.topic == "alarm"]
    assert alarm.text == (
        "Podline needs you. A message about Q-1 could not be delivered to the channel of North (C0NORTH): "
        "the channel was archived"
    )
    assert world.question().step == 1
    assert "alarm" in world.happened()
    assert "at once: the message before could not be delivered" in world.history()[-1].why


def late(world: World, why: str = "no answer") -> None:
    """Everything in the outbox was tried five times in vain."""
    with world.new_uow() as uow:
        waiting = uow.outbox.lease(world.now, timedelta(0), 50)
        uow.commit()
    for one in waiting:
        delayed(replace(one, attempts=5), why, world.new_uow, world.now)


def test_a_place_that_is_not_reached_for_long_raises_one_alarm_and_nothing_is_given_up(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    world.ask("And this?")

    late(world)

    sent = world.must_send("C0NORTH card", "C0NORTH card", "C0ALERTS: alarm")
    [alarm] = [one for one in sent if one.topic == "alarm"]
    assert alarm.text == (
        "Podline needs you. A message about Q-1 has not reached the channel of North (C0NORTH) after 5 tries, "
        "and is tried again: no answer"
    )
    assert world.question().step == 0


def test_an_alarms_channel_that_is_not_reached_for_long_is_replaced_by_direct_messages(world: World) -> None:
    world.ask()
    late(world)

    late(world)

    assert {"Ann: alarm", "Mia: alarm"} <= {one.line for one in world.deliver()}


def test_the_same_trouble_raises_one_alarm(world: World) -> None:
    world.dead["C0NORTH"] = GONE
    world.ask()

    sent = world.wait(hours=1)

    assert [one.line for one in sent].count("C0ALERTS: alarm") == 1
    assert [one.line for one in sent].count("C0DESK: step") == 1


def test_while_closed_the_next_step_waits_for_the_opening(world: World) -> None:
    world.now = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    world.dead["C0NORTH"] = GONE
    world.ask()

    assert [one.line for one in world.wait(days=2, hours=14, minutes=59)] == ["C0ALERTS: alarm"]
    assert "Bob: step" in [one.line for one in world.wait(minutes=1)]


def test_a_step_counts_as_fired_if_any_of_its_messages_arrived(world: World) -> None:
    world.ask()
    world.deliver()
    world.dead["Bob"] = "their account was closed"

    world.wait(minutes=15)

    assert world.question().step == 1


def test_a_step_that_reached_nobody_is_followed_by_the_next_at_once(world: World) -> None:
    world.ask()
    world.deliver()
    world.wait(minutes=15)
    world.dead["C0TEAM"] = GONE

    sent = world.wait(minutes=15)

    assert {one.line for one in sent if one.topic != "card"} == {"C0ALERTS: alarm", "C0DESK: step"}
    assert world.question().step == 3


def test_when_the_last_step_reaches_nobody_the_managers_are_told_by_dm_now_and_daily(world: World) -> None:
    world.dead["C0DESK"] = GONE
    world.ask()
    world.wait(minutes=40)

    sent = world.wait(minutes=5)

    assert {"C0ALERTS: alarm", "Ann: managers", "Mia: managers"} <= {one.line for one in sent}
    tomorrow = [one.line for one in world.wait(days=1) if one.topic == "managers"]
    assert sorted(tomorrow) == ["Ann: managers", "Mia: managers"]


def test_without_an_alarms_channel_the_managers_who_are_there_are_told(world: World) -> None:
    world.dead |= {"C0ALERTS": "not in the channel", "C0NORTH": GONE}
    world.say("Ann", "leave today")
    world.ask()

    told = [one for one in world.deliver() if one.topic == "alarm"]

    assert {one.to for one in told} == {"Mia"}
    assert "could not be delivered to the channel of North (C0NORTH)" in told[0].text


def test_with_every_manager_on_leave_an_alarm_is_logged_and_waits_for_whoever_is_back_first(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.dead |= {"C0ALERTS": "not in the channel", "C0NORTH": GONE, "C0DESK": GONE}
    world.say("Ann", "leave 23 Nov 2026 - 24 Nov 2026")
    world.say("Mia", "leave 23 Nov 2026 - 4 Dec 2026")
    world.ask()

    assert not [one for one in world.wait(days=1) if one.topic == "alarm"]
    assert "No manager is there to be told: A message about Q-1 could not be delivered" in caplog.text

    told = [one for one in world.wait(days=1) if one.topic == "alarm"]
    assert {one.to for one in told} == {"Ann"}


def test_an_alarm_that_reaches_no_manager_either_is_at_least_logged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.dead |= {"C0ALERTS": "gone", "C0NORTH": GONE, "Ann": "gone", "Mia": "gone"}
    world.ask()

    world.deliver()

    assert "An alarm could not be delivered to Mia Fox" in caplog.text


def test_a_step_whose_people_all_went_on_leave_before_they_were_told_is_followed_by_the_next_at_once(
    world_on_both: World,
) -> None:
    world = world_on_both
    world.ask()
    world.deliver()
    world.sleep(minutes=15)
    world.tick()
    world.say("Bob", "leave today sick")

    sent = [one.line for one in world.deliver() if one.topic != "card"]

    assert sent == ["C0TEAM: step"]
    assert world.question().step == 2
    assert world.history()[-1].why == "step 2, the team; at once: everybody called by the step before went on leave"


def test_while_closed_the_next_step_of_people_on_leave_waits_for_the_opening(world: World) -> None:
    world.now = datetime(2026, 11, 20, 17, 10, tzinfo=UTC)
    world.ask()
    world.deliver()
    world.sleep(minutes=15)
    world.tick()
    world.sleep(minutes=10)
    world.say("Bob", "leave today - Mon sick")

    assert [one.line for one in world.wait(days=2, hours=15) if one.topic == "step"] == []
    assert [one.line for one in world.wait(minutes=30) if one.topic == "step"][:1] == ["C0TEAM: step"]


def test_a_step_that_told_one_of_its_people_waits_for_them(world: World) -> None:
    world.ask(client="Birch Bakery")
    world.deliver()
    world.sleep(minutes=15)
    world.tick()
    world.deliver()

    world.say("Dan", "leave today sick")

    assert [one.line for one in world.deliver() if one.topic == "step"] == []
    assert world.question().step == 1


def test_what_was_claimed_meanwhile_is_left_alone(world: World) -> None:
    world.ask()
    world.dead["C0NORTH"] = GONE
    world.say("Bob", "claim Q-1")

    world.deliver()

    assert world.question().step == 0
    assert world.owner() == "Bob"


def test_a_message_about_no_question_or_to_nobody_is_buried_in_peace(world: World) -> None:
    message = Message("odd", Topic.ALARM, Priority.REPORT, to_person=None, facts={"why": "something"})

    undeliverable(Queued(99, message, 1, False, world.now, world.now), "gone", world.new_uow, world.now)

    assert world.deliver() == []
