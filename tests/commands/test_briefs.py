"""Around leave: the hand-over brief before it, the gap warning to managers, what happened meanwhile on the return."""

from datetime import UTC, datetime

from commands.briefs import brief
from tests.world import Sent, World, is_refusal


def said_around_leave(world: World) -> list[Sent]:
    """All but the weekly outlook: tests/commands/test_outlook.py."""
    brief(world.new_uow, world.now)
    return [one for one in world.deliver() if one.topic != "outlook"]


def until(world: World, at: datetime) -> list[Sent]:
    """Time passes up to ``at``; every ten minutes it is looked whether something is to be said."""
    sent: list[Sent] = []
    while world.now < at:
        sent += said_around_leave(world)
        sent += world.wait(minutes=min(30, (at - world.now).total_seconds() / 60))
    return sent + said_around_leave(world)


def test_two_working_days_before_a_holiday_its_person_and_the_managers_are_told_once(world: World) -> None:
    world.say("Ann", "leave 30 Nov - 11 Dec annual")
    until(world, datetime(2026, 11, 25, 16, 0, tzinfo=UTC))
    world.ask("The year end?")
    world.say("Ann", "claim Q-1")

    sent = until(world, datetime(2026, 11, 29, 12, 0, tzinfo=UTC))

    briefs = [one for one in sent if one.topic in ("hand_over", "gaps")]
    assert [(one.line, f"{one.at:%a %H:%M}") for one in briefs] == [
        ("Ann: hand_over", "Thu 08:00"), ("Mia: gaps", "Thu 08:00"),
    ]  # fmt: skip
    to_ann, to_mia = briefs
    assert "Before you are away, Mon 30 Nov to Fri 11 Dec" in to_ann.text
    assert "Q-1 Acme Ltd: The year end? (claimed)" in to_ann.text
    assert "Acme Ltd (North): 1 on 10 days from Mon 30 Nov to Fri 11 Dec" in to_ann.text
    assert "Bob Roy for Acme Ltd" in to_ann.text
    assert "handoff Q-1" in to_ann.commands
    assert "Ann Lee is away Mon 30 Nov to Fri 11 Dec: too few people are there for some clients" in to_mia.text
    assert "annual" not in to_mia.text


def test_leave_that_begins_tomorrow_is_told_of_at_once(world: World) -> None:
    world.say("Ann", "leave 24 Nov - 27 Nov")

    assert sorted(one.line for one in said_around_leave(world)) == ["Ann: hand_over", "Mia: gaps"]


def test_nobody_is_told_of_an_afternoon_off_nor_of_sickness_that_has_begun(world: World) -> None:
    world.say("Ann", "leave 24 Nov pm")
    world.say("Cara", "leave today sick")

    assert said_around_leave(world) == []


def test_leave_that_was_cancelled_meanwhile_is_not_told_of(world: World) -> None:
    world.say("Ann", "leave 24 Nov - 27 Nov")
    brief(world.new_uow, world.now)
    world.say("Ann", "leave cancel 24 Nov - 27 Nov")

    assert said_around_leave(world) == []


def test_managers_are_told_of_nothing_where_everybody_has_enough(world: World) -> None:
    world.say("Dan", "leave 24 Nov - 27 Nov")

    [to_dan] = said_around_leave(world)

    assert to_dan.line == "Dan: hand_over"
    assert "You are nobody's named contact." in to_dan.text


def test_on_the_first_morning_back_somebody_reads_what_happened_with_their_clients(world: World) -> None:
    world.say("Ann", "leave 24 Nov - 30 Nov")
    until(world, datetime(2026, 11, 25, 10, 0, tzinfo=UTC))
    world.ask("Is the return filed?")
    world.say("Bob", "answered Q-1 yes, on Friday")
    world.ask("And the flour?", client="Birch Bakery")

    sent = until(world, datetime(2026, 12, 1, 12, 0, tzinfo=UTC))

    [back] = [one for one in sent if one.topic == "return"]
    assert (back.to, f"{back.at:%a %H:%M}") == ("Ann", "Tue 08:00")
    assert "While you were away, Tue 24 Nov to Mon 30 Nov" in back.text
    assert "Q-1 Is the return filed? (answered, Bob Roy)" in back.text
    assert "flour" not in back.text


def test_whoever_missed_nothing_is_told_nothing(world: World) -> None:
    world.say("Ann", "leave 24 Nov - 30 Nov")

    sent = until(world, datetime(2026, 12, 1, 12, 0, tzinfo=UTC))

    assert not [one for one in sent if one.topic == "return"]


def test_parental_leave_gives_its_questions_to_the_pod_and_calls_nobody_away(world: World) -> None:
    world.ask("The year end?")
    world.say("Ann", "claim Q-1")
    world.deliver()
    world.say("Ann", "leave 30 Nov - 28 May 2027 parental")
    assert not is_refusal(world.reply("Ann", "mine"))

    sent = until(world, datetime(2026, 12, 4, 12, 0, tzinfo=UTC))

    away = datetime(2026, 11, 30, 0, 0, tzinfo=UTC)
    assert not [one for one in sent if one.at >= away and (one.to == "Ann" or "Ann Lee" in one.calls)]
    assert "parental" not in " ".join(one.text for one in sent)
    assert world.owner() is None
    assert world.called() == ["Bob"]
