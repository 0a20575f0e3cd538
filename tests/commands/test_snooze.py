"""Snoozing a question: nobody is reminded meanwhile, what the client was promised stays, somebody answers for it."""

from datetime import UTC, datetime, timedelta

import pytest

from commands.snooze_words import NoTime, read_snooze
from commands.views import Form
from coverage.deadlines import Rules
from coverage.question import Status
from tests.coverage.builders import rules
from tests.world import World, commands_of, words

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def claimed(world: World) -> World:
    """Bob has a question of Acme's, an answer to which is due at 14:00, and everybody has seen it."""
    world.ask()
    world.say("Bob", "claim Q-1")
    world.deliver()
    return world


def test_until_it_is_over_nobody_is_reminded_and_then_whoever_has_it_is_once(claimed: World) -> None:
    said = claimed.say("Bob", "snooze Q-1 3h the bank is closed")

    assert said == "Q-1 is snoozed until Mon 23 Nov 13:00. Its first response stays due Mon 23 Nov 14:00."
    claimed.must_send("C0NORTH redrawn")
    assert claimed.wait(hours=2, minutes=59) == []  # the nudge was due at noon
    [reminded] = [one for one in claimed.wait(minutes=10) if one.to == "Bob"]
    assert reminded.at == NOON + timedelta(hours=1)
    assert reminded.text.startswith("You put this off until now, and have it still: Q-1 from Acme Ltd:")
    assert reminded.text.endswith("An answer is due Mon 23 Nov 14:00.")
    assert [row.why for row in claimed.history() if row.what.value == "snoozed"] == [
        "until Mon 23 Nov 13:00; the bank is closed",
        "it is over",
    ]
    assert "nudged" not in claimed.happened()


def test_a_nudge_that_was_not_due_meanwhile_still_comes(claimed: World) -> None:
    claimed.say("Bob", "snooze Q-1 30m")
    claimed.deliver()

    assert [one.line for one in claimed.wait(hours=3) if one.to == "Bob"] == ["Bob: snooze_over", "Bob: nudge"]


def test_who_snoozes_a_question_nobody_has_answers_for_it(world: World) -> None:
    world.ask()
    world.deliver()

    assert world.say("Ann", "snooze Q-1 2h").startswith("Q-1 is yours, and snoozed until Mon 23 Nov 12:00.")

    assert world.owner() == "Ann"
    assert [one.line for one in world.wait(hours=2)] == ["C0NORTH redrawn", "Ann: snooze_over", "C0NORTH redrawn"]
    assert world.happened()[-3:] == ["claimed", "snoozed", "snoozed"]


def test_beyond_a_promise_only_by_saying_so(claimed: World) -> None:
    reply = claimed.reply("Bob", "snooze Q-1 1d payroll first")

    assert words(reply) == (
        "The first response of Q-1 is due Mon 23 Nov 14:00, before the snooze would end (Tue 24 Nov 10:00), and does "
        "not move with it. If that is meant: snooze Q-1 1d payroll first anyway"
    )
    assert commands_of(reply) == ["snooze Q-1 until 2026-11-23 14:00", "snooze Q-1 1d payroll first anyway"]
    assert claimed.question().snoozed_until is None
    assert "snoozed until Mon 23 Nov 14:00" in claimed.say("Bob", commands_of(reply)[0])
    assert "snoozed until Tue 24 Nov 10:00" in claimed.say("Bob", commands_of(reply)[1])


def test_a_promise_missed_meanwhile_is_noted_at_its_time_and_the_pod_is_asked_when_the_snooze_is_over(
    claimed: World,
) -> None:
    claimed.say("Bob", "snooze Q-1 1d anyway")
    claimed.deliver()

    assert {one.line for one in claimed.wait(hours=23)} == {"C0NORTH redrawn"}
    assert claimed.happened()[-1] == "breached"
    assert claimed.owner() == "Bob"
    sent = claimed.wait(hours=1)

    assert "C0NORTH thread: called" in [one.line for one in sent]
    assert "Bob: snooze_over" not in [one.line for one in sent]
    assert claimed.called() == ["Ann"]
    assert claimed.question().deadlines.first_response == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["claim Q-1", "snooze Q-1 off", "release Q-1", "handoff Q-1 @Annie", "answered Q-1", "urgent Q-1"]
)
def test_it_is_ended_by_whatever_is_done_with_it(claimed: World, line: str) -> None:
    claimed.say("Bob", "snooze Q-1 2h")

    claimed.say("Bob", line)

    assert claimed.question().snoozed_until is None
    claimed.deliver()
    assert "Bob: snooze_over" not in [one.line for one in claimed.wait(hours=2)]


def test_leave_ends_it_and_the_pod_is_asked(claimed: World) -> None:
    claimed.say("Bob", "snooze Q-1 2h")

    claimed.say("Bob", "leave today")

    assert claimed.question().snoozed_until is None
    assert claimed.called() == ["Ann"]


def test_what_waits_for_the_client_or_is_answered_comes_back_when_it_is_over(claimed: World) -> None:
    claimed.say("Bob", "waiting Q-1")
    claimed.say("Bob", "snooze Q-1 2d")
    claimed.deliver()

    assert sorted(one.line for one in claimed.wait(days=2)) == ["Bob: snooze_over", "C0NORTH redrawn"]
    assert claimed.question().status is Status.WAITING


def test_it_is_over_only_in_service_hours(claimed: World) -> None:
    claimed.say("Bob", "waiting Q-1")
    claimed.say("Bob", "snooze Q-1 until 23:00")
    claimed.deliver()

    assert claimed.wait(hours=22, minutes=59) == []
    assert "Bob: snooze_over" in [one.line for one in claimed.wait(minutes=1)]


def test_the_card_my_questions_and_the_whole_story_say_it(claimed: World) -> None:
    claimed.ask("the other one")
    claimed.say("Bob", "claim Q-2")
    claimed.deliver()
    claimed.say("Bob", "snooze Q-1 2h")

    [card] = claimed.must_send("C0NORTH redrawn")
    assert "Snoozed until Mon 23 Nov 12:00" in card.text
    mine = claimed.say("Bob", "mine").splitlines()
    assert [line[:3] for line in mine[1:]] == ["Q-2", "Q-1"]
    assert "snoozed until Mon 23 Nov 12:00" in mine[2]
    assert "Snoozed until Mon 23 Nov 12:00: nobody is reminded of it" in claimed.say("Cara", "explain Q-1")


def test_without_a_time_the_form_asks_for_how_long(claimed: World) -> None:
    form = claimed.reply("Bob", "snooze Q-1")

    assert isinstance(form, Form)
    assert form.line == "snooze Q-1 {span} {until}"
    assert claimed.say("Bob", "snooze Q-1 2h until 13:00").startswith("Q-1 is snoozed until Mon 23 Nov 13:00.")


def test_it_is_harmless_where_it_changes_nothing_and_refused_where_it_makes_no_sense(claimed: World) -> None:
    assert claimed.say("Bob", "snooze Q-1 off") == "Q-1 is not snoozed."
    assert "I find no time in “soonish”" in claimed.refused("Bob", "snooze Q-1 soonish")
    claimed.say("Bob", "resolve Q-1")
    assert claimed.refused("Bob", "snooze Q-1 2h") == "Q-1 is resolved; there is nothing to be reminded of."


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("2h", "11-23 12:00"),
        ("for 2 hours", "11-23 12:00"),
        ("90 minutes", "11-23 11:30"),
        ("1h 30m", "11-23 11:30"),
        ("8h", "11-24 09:30"),  # service time, and the office is open for 7.5 hours more
        ("2d", "11-25 10:00"),
        ("2 days", "11-25 10:00"),
        ("until 14:30", "11-23 14:30"),
        ("until 2pm", "11-23 14:00"),
        ("until 12:15 am", "11-24 00:15"),
        ("until 9:00", "11-24 09:00"),  # it is ten
        ("until tomorrow", "11-24 09:00"),
        ("tomorrow 11:00", "11-24 11:00"),
        ("until Wed", "11-25 09:00"),
        ("until Sat", "11-30 09:00"),
        ("until Mon 9:00", "11-30 09:00"),
        ("Monday at 11:00", "11-23 11:00"),
        ("until 3 Dec 9am", "12-03 09:00"),
        ("until 2026-12-01 16:45", "12-01 16:45"),
        ("2h until 13:00", "11-23 13:00"),
    ],
)
def test_a_time_is_said_in_many_ways(said: str, until: str) -> None:
    wanted = read_snooze(said, NOON - timedelta(hours=2), "Europe/London", rules())

    assert f"{wanted.until:%m-%d %H:%M}" == until
    assert (wanted.why, wanted.anyway) == ("", False)


def test_a_time_of_day_is_that_of_whoever_says_it() -> None:
    wanted = read_snooze("until 14:30", NOON - timedelta(hours=2), "Europe/Berlin", rules())

    assert wanted.until == NOON + timedelta(hours=1, minutes=30)


@pytest.mark.parametrize("said", ["2d anyway the bank is closed", "2d the bank is closed anyway"])
def test_why_and_that_it_is_meant_follow_the_time(said: str) -> None:
    wanted = read_snooze(said, NOON, "Europe/London", rules())

    assert (wanted.why, wanted.anyway) == ("the bank is closed", True)


@pytest.mark.parametrize(
    "said",
    ["soon", "2 h x 3", "0m", "until", "until 25:00", "until 13pm", "200d", "until 2025-01-01", "today", "2y", "9"],
)
def test_what_is_no_time_to_come_is_refused(said: str) -> None:
    under: Rules = rules()
    if said == "2 h x 3":
        assert read_snooze(said, NOON, "Europe/London", under).why == "x 3"
        return
    with pytest.raises(NoTime):
        read_snooze(said, NOON, "Europe/London", under)


def test_a_claim_of_what_one_has_snoozed_says_that_it_is_over(claimed: World) -> None:
    claimed.say("Bob", "snooze Q-1 2h")

    assert claimed.say("Bob", "claim Q-1") == (
        "Q-1 is yours still, and it is not snoozed any more. An answer is due Mon 23 Nov 14:00."
    )
    assert claimed.question().snoozed_until is None


def test_so_does_a_claim_of_what_waits_for_the_client_as_well(claimed: World) -> None:
    claimed.say("Bob", "waiting Q-1")
    claimed.say("Bob", "snooze Q-1 2h")

    assert claimed.say("Bob", "claim Q-1").startswith(
        "The clocks of Q-1 run again, and it is not snoozed any more; it is yours. An answer is due "
    )
