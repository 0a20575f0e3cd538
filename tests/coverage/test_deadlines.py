"""When promises fall due, and when steps, reminders, the managers and the nudge come."""

from dataclasses import replace
from datetime import datetime

import pytest

from coverage.charter import Level
from coverage.deadlines import (
    TimerKind,
    claim_span,
    managers_due,
    nudge_due,
    reminder_due,
    reminders_due,
    step_due,
    with_deadlines,
)
from coverage.events import OfferReason
from coverage.policy import EscalationPolicy
from coverage.promises import nudge
from coverage.question import (
    Deadlines,
    Pause,
    Question,
    claim,
    hand_off,
    offer,
    reopen,
    resolve,
    resume,
    wait,
)
from tests.coverage.builders import (
    ANN,
    BOB,
    MONDAY,
    a_policy,
    a_question,
    hours,
    minutes,
    rules,
    timers,
    utc,
)

TUESDAY = utc("2026-11-24T09:00")
NINE_TO_FIVE_THIRTY = minutes(510)


def claimed(question: Question | None = None, at: datetime = MONDAY) -> Question:
    return claim(question or a_question(), ANN, at)[0]


def test_the_worked_example_of_the_claim_target() -> None:
    asked_on_friday = a_question(utc("2026-11-27T17:20"))

    assert asked_on_friday.deadlines.claim == utc("2026-11-30T09:20")


def test_promises_count_from_when_it_was_asked() -> None:
    assert a_question().deadlines == Deadlines(
        utc("2026-11-23T09:30"), utc("2026-11-23T13:00"), utc("2026-11-25T09:00")
    )


def test_of_a_question_noted_later_targets_count_from_asked_and_steps_from_arrival() -> None:
    question = a_question(MONDAY + minutes(60), asked_at=MONDAY, policy=a_policy("100% team"))

    assert question.deadlines.claim == MONDAY + minutes(30)
    assert question.deadlines.first_response == MONDAY + minutes(240)
    assert step_due(question, 1, rules()) == MONDAY + minutes(90)


def test_a_date_before_all_calendars_is_only_long_overdue() -> None:
    question = a_question(asked_at=utc("0001-01-01T00:00"))

    assert question.deadlines.resolution is not None
    assert question.deadlines.resolution < MONDAY


def test_offered_again_the_claim_counts_from_then_and_the_answer_still_from_asked() -> None:
    again, _ = offer(claimed(), OfferReason.RELEASED, MONDAY + minutes(60))

    due = with_deadlines(again, rules()).deadlines

    assert due.claim == MONDAY + minutes(90)
    assert due.first_response == MONDAY + minutes(240)


def test_after_a_reopen_the_promises_still_count_from_asked() -> None:
    done = resolve(claimed(), ANN, MONDAY + minutes(60))[0]

    again = with_deadlines(reopen(done, BOB, TUESDAY, "the form came back")[0], rules())

    assert again.deadlines == Deadlines(TUESDAY + minutes(30), MONDAY + minutes(240), utc("2026-11-25T09:00"))


def test_a_level_that_is_not_listed_has_the_promises_of_routine() -> None:
    relationship = replace(a_question(), level=Level.RELATIONSHIP)

    assert with_deadlines(relationship, rules()).deadlines == a_question().deadlines


def test_a_promise_the_charter_does_not_make_has_no_deadline_and_no_timer() -> None:
    under = rules(claim=None, first_response=None, resolution=None)
    question = a_question(under=under)

    assert question.deadlines == Deadlines()
    assert set(timers(question, under)) == {TimerKind.STEP}


def test_waiting_for_the_client_stops_the_clocks_and_is_cut_out_of_them() -> None:
    waiting = with_deadlines(wait(claimed(), ANN, MONDAY + minutes(60))[0], rules())
    resumed = with_deadlines(resume(waiting, ANN, MONDAY + minutes(150))[0], rules())

    assert (waiting.deadlines.first_response, waiting.deadlines.resolution) == (None, None)
    assert resumed.deadlines.first_response == MONDAY + minutes(240 + 90)


def test_a_pause_over_night_costs_only_its_service_time() -> None:
    waiting = wait(claimed(), ANN, MONDAY + NINE_TO_FIVE_THIRTY - minutes(300))[0]

    resumed = with_deadlines(resume(waiting, ANN, TUESDAY)[0], rules())

    assert resumed.deadlines.first_response == TUESDAY + minutes(30)


def test_two_pauses_are_both_cut_out() -> None:
    pauses = tuple(Pause(MONDAY + minutes(at), MONDAY + minutes(at + 15)) for at in (30, 100))

    question = with_deadlines(replace(claimed(), pauses=pauses), rules())

    assert question.deadlines.first_response == MONDAY + minutes(270)


def test_a_deadline_passed_before_the_wait_began_stays() -> None:
    late = with_deadlines(wait(claimed(), ANN, MONDAY + minutes(300))[0], rules())

    assert late.deadlines.first_response == MONDAY + minutes(240)


def test_new_hours_move_deadlines_steps_and_timers() -> None:
    question = a_question()
    under = rules(hours("Mon-Fri 10:00-17:30"))

    moved = with_deadlines(question, under)

    assert moved.deadlines.claim == MONDAY + minutes(90)
    assert timers(moved, under)[TimerKind.STEP] == MONDAY + minutes(75)


# Shares of the time to claim


def test_a_share_is_of_the_service_time_from_offered_to_the_claim_target() -> None:
    question = a_question(utc("2026-11-27T17:20"), policy=a_policy("50% deputies", "100% team"))

    assert step_due(question, 1, rules()) == utc("2026-11-30T09:05")
    assert step_due(question, 2, rules()) == question.deadlines.claim


def test_a_share_of_open_days_is_one_of_their_service_time() -> None:
    question = a_question(policy=a_policy("50% deputies", "100% team"))
    under = rules(claim="1d")

    assert claim_span(question, under) == NINE_TO_FIVE_THIRTY
    assert step_due(question, 1, under) == MONDAY + NINE_TO_FIVE_THIRTY / 2
    assert step_due(question, 2, under) == MONDAY + NINE_TO_FIVE_THIRTY  # used up at closing: due then


def test_without_a_promise_to_claim_a_share_is_one_of_half_an_hour() -> None:
    question = a_question(policy=a_policy("50% deputies"))

    assert step_due(question, 1, rules(claim=None)) == MONDAY + minutes(15)


def test_a_promise_to_claim_at_once_makes_every_share_due_at_once() -> None:
    assert step_due(a_question(), 3, rules(claim="0s")) == MONDAY


def test_steps_may_come_by_duration_and_by_open_days() -> None:
    question = a_question(policy=a_policy("45m deputies", "1d team", "2d contact_centre"))

    assert [step_due(question, step, rules()) for step in (1, 2, 3)] == [
        MONDAY + minutes(45),
        TUESDAY,
        utc("2026-11-25T09:00"),
    ]


def test_no_step_drifts_because_others_fired_early_late_or_not_at_all() -> None:
    question = a_question()
    fired = replace(question, step=2, reminded=1, brought_forward=MONDAY, managers_told_at=TUESDAY)

    assert [step_due(fired, step, rules()) for step in (1, 2, 3)] == [MONDAY + minutes(at) for at in (15, 30, 45)]


def test_an_absurd_share_is_far_away_and_no_error() -> None:
    question = a_question(policy=a_policy("1% deputies", "99999% contact_centre"))

    assert step_due(question, 2, rules(claim="300d")) > utc("2036-01-01T00:00")


# Reminders and managers


@pytest.mark.parametrize(
    ("every", "due"),
    [
        ("50%", [MONDAY + minutes(at) for at in (60, 75, 90)]),
        ("4h", [MONDAY + minutes(285), utc("2026-11-24T09:15"), utc("2026-11-24T13:15")]),
        ("1d", [utc("2026-11-24T09:45"), utc("2026-11-25T09:45"), utc("2026-11-26T09:45")]),
    ],
)
def test_reminders_count_from_the_last_steps_own_time(every: str, due: list[datetime]) -> None:
    question = a_question(policy=a_policy(every=every, most=3))

    assert [reminder_due(question, count, rules()) for count in (1, 2, 3)] == due
    assert reminder_due(question, 4, rules()) is None
    assert reminders_due(question, rules(), due[1]) == 2


def reminded_out(policy: EscalationPolicy, times: int) -> Question:
    return a_question(policy=policy, step=3, reminded=times)


@pytest.mark.parametrize("policy", [a_policy(), a_policy(every="50%", most=0)])
def test_without_reminders_the_managers_are_told_at_the_next_days_opening(policy: EscalationPolicy) -> None:
    assert timers(reminded_out(policy, 0))[TimerKind.MANAGERS] == TUESDAY


def test_after_the_last_reminder_the_managers_are_told_once_a_day_at_opening() -> None:
    question = reminded_out(a_policy(every="1d", most=2), 2)
    told = replace(question, managers_told_at=utc("2026-11-27T09:00"))

    assert timers(question)[TimerKind.MANAGERS] == utc("2026-11-26T09:00")
    assert timers(told)[TimerKind.MANAGERS] == utc("2026-11-30T09:00")


def test_a_managers_day_is_one_of_the_hours_own_zone() -> None:
    auckland = rules(hours(timezone="Pacific/Auckland"))
    question = a_question(utc("2026-11-22T20:00"), step=3, under=auckland)  # Monday 09:00 there

    assert managers_due(question, auckland) == utc("2026-11-23T20:00")


def test_round_the_clock_a_day_begins_at_midnight() -> None:
    always = rules(hours("Mon-Sun 00:00-24:00"))

    assert managers_due(reminded_out(a_policy(), 0), always) == utc("2026-11-24T00:00")


# The clock to the first response


def test_the_claimer_is_nudged_at_half_of_the_service_time_from_the_claim_to_the_answer_due() -> None:
    question = claimed(at=MONDAY + minutes(40))

    assert nudge_due(question, rules()) == MONDAY + minutes(140)
    assert timers(question) == {
        TimerKind.NUDGE: MONDAY + minutes(140),
        TimerKind.FIRST_RESPONSE_DUE: MONDAY + minutes(240),
        TimerKind.RESOLUTION_DUE: utc("2026-11-25T09:00"),
    }


def test_half_of_the_service_time_leaves_out_nights_and_waits() -> None:
    overnight = claimed(a_question(utc("2026-11-23T15:30")), utc("2026-11-23T15:30"))
    waited = replace(claimed(), pauses=(Pause(MONDAY + minutes(60), MONDAY + minutes(90)),))

    assert nudge_due(overnight, rules()) == utc("2026-11-23T17:30")
    assert nudge_due(with_deadlines(waited, rules()), rules()) == MONDAY + minutes(150)


def test_who_claims_when_the_answer_was_due_already_is_not_nudged() -> None:
    assert TimerKind.NUDGE not in timers(claimed(at=MONDAY + minutes(240)))
    assert TimerKind.NUDGE not in timers(claimed(at=MONDAY + minutes(300)))


def test_an_answer_due_at_the_opening_nudges_no_later_than_that() -> None:
    under = rules(first_response="0s")
    question = claimed(a_question(MONDAY - minutes(60), under=under), MONDAY - minutes(30))

    assert nudge_due(question, under) == question.deadlines.first_response == MONDAY


def test_a_nudge_comes_once_a_claim_and_again_for_the_next_claimer() -> None:
    nudged, _ = nudge(claimed())
    handed, _ = hand_off(nudged, ANN, BOB, MONDAY + minutes(120), "he did the audit")

    assert TimerKind.NUDGE not in timers(nudged)
    assert timers(handed)[TimerKind.NUDGE] == MONDAY + minutes(180)
