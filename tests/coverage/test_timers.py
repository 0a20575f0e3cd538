"""Which timers a question's state wants, also when the hours have run out: it is never without a next act."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from coverage.deadlines import (
    Rules,
    TimerKind,
    claim_span,
    reminders_due,
    timers_for,
    with_deadlines,
)
from coverage.durations import parse_after
from coverage.events import OfferReason, Promise
from coverage.policy import Reminders
from coverage.promises import miss
from coverage.question import (
    Question,
    answer,
    claim,
    offer,
    reopen,
    resolve,
    wait,
)
from tests.coverage.builders import (
    ANN,
    BOB,
    MONDAY,
    a_policy,
    a_question,
    hours_that_end,
    minutes,
    rules,
    timers,
    utc,
)

TUESDAY = utc("2026-11-24T09:00")


def claimed(question: Question | None = None, at: datetime = MONDAY) -> Question:
    return claim(question or a_question(), ANN, at)[0]


def test_an_unclaimed_question_waits_for_its_step_and_its_promises() -> None:
    assert timers(a_question()) == {
        TimerKind.STEP: MONDAY + minutes(15),
        TimerKind.CLAIM_DUE: MONDAY + minutes(30),
        TimerKind.FIRST_RESPONSE_DUE: MONDAY + minutes(240),
        TimerKind.RESOLUTION_DUE: utc("2026-11-25T09:00"),
    }


def test_a_step_comes_at_its_own_time_or_when_it_was_brought_forward_whichever_is_earlier() -> None:
    def step_timer(brought_forward: datetime) -> datetime:
        return timers(a_question(brought_forward=brought_forward))[TimerKind.STEP]

    assert step_timer(MONDAY + minutes(5)) == MONDAY + minutes(5)
    assert step_timer(TUESDAY) == MONDAY + minutes(15)


def test_after_the_steps_come_the_reminders_then_the_managers() -> None:
    policy = a_policy(every="50%", most=2)

    kinds = [
        set(timers(a_question(policy=policy, step=step, reminded=reminded))) & _NEXT_ACTS
        for step, reminded in ((0, 0), (2, 0), (3, 0), (3, 1), (3, 2))
    ]

    assert kinds == [{kind} for kind in (_STEP, _STEP, _REMINDER, _REMINDER, _MANAGERS)]


_STEP, _REMINDER, _MANAGERS = TimerKind.STEP, TimerKind.REMINDER, TimerKind.MANAGERS
_NEXT_ACTS = {_STEP, _REMINDER, _MANAGERS}


def test_offered_again_the_steps_begin_anew_and_old_timers_are_told_apart() -> None:
    exhausted = a_question(step=3, called=(ANN,))

    again = with_deadlines(offer(exhausted, OfferReason.REOPENED, TUESDAY)[0], rules())

    assert timers(again)[TimerKind.STEP] == TUESDAY + minutes(15)
    assert timers(again)[TimerKind.CLAIM_DUE] == TUESDAY + minutes(30)
    assert {timer.version for timer in timers_for(again, rules())} == {exhausted.version + 1}


def test_a_promise_known_to_be_missed_has_no_timer_and_only_the_claim_is_promised_anew() -> None:
    missed = a_question()
    for promise in Promise:
        missed, _ = miss(missed, promise)

    again = with_deadlines(offer(missed, OfferReason.RELEASED, TUESDAY)[0], rules())

    assert set(timers(missed)) == {TimerKind.STEP}
    assert set(timers(again)) == {TimerKind.STEP, TimerKind.CLAIM_DUE}


def test_while_we_wait_for_the_client_nothing_happens_by_itself() -> None:
    waiting = with_deadlines(wait(claimed(), ANN, MONDAY + minutes(10))[0], rules())

    assert timers(waiting) == {}


def test_an_answered_question_only_has_to_be_resolved_and_a_resolved_one_nothing() -> None:
    answered = answer(claimed(), ANN, MONDAY + minutes(10), "see page 3")[0]

    assert set(timers(answered)) == {TimerKind.RESOLUTION_DUE}
    assert timers(resolve(answered, ANN, TUESDAY)[0]) == {}


def test_an_answer_once_given_stays_given_when_the_question_is_offered_again() -> None:
    answered = answer(claimed(), ANN, MONDAY + minutes(10), "see page 3")[0]

    again = with_deadlines(reopen(answered, BOB, TUESDAY, "more to do")[0], rules())

    assert TimerKind.FIRST_RESPONSE_DUE not in timers(again)
    assert set(timers(claim(again, BOB, TUESDAY)[0])) == {TimerKind.RESOLUTION_DUE}


# Hours that run out


@pytest.fixture(params=["2026-11-20", "2026-11-23"])
def ending(request: pytest.FixtureRequest) -> Rules:
    """Hours over before the question comes, and hours over before its promises fall due."""
    return rules(hours_that_end(request.param), claim="3h", first_response="1d")


def test_where_hours_have_run_out_there_is_always_a_next_act(ending: Rules) -> None:
    steps = a_policy("50% deputies", "2d team", "3d contact_centre", every="1d", most=1)
    question = a_question(MONDAY + minutes(60), policy=steps, under=ending)

    for step, reminded in ((0, 0), (1, 0), (2, 0), (3, 0), (3, 1)):
        assert _NEXT_ACTS & set(timers(replace(question, step=step, reminded=reminded), ending))
    assert timers(claimed(question, MONDAY + minutes(60)), ending)[TimerKind.NUDGE] > MONDAY


def test_where_hours_have_run_out_it_is_open_round_the_clock() -> None:
    under = rules(hours_that_end("2026-11-20"))
    night = utc("2026-11-28T03:00")

    assert under.is_open_at(night)
    assert under.next_opening(night) == night
    question = a_question(night, under=under)
    assert question.deadlines.claim == night + minutes(30)
    assert timers(claimed(question, night), under)[TimerKind.NUDGE] == night + minutes(120)


def test_until_hours_run_out_they_are_kept() -> None:
    under = rules(hours_that_end("2026-11-20", "2026-11-27"))

    assert not under.is_open_at(MONDAY)
    assert under.next_opening(MONDAY) == utc("2026-11-27T09:00")
    assert under.is_open_at(utc("2026-11-27T12:00"))  # nothing comes after it


def test_an_open_day_where_hours_have_run_out_is_a_day() -> None:
    assert claim_span(a_question(), rules(hours_that_end("2026-11-20"), claim="2d")) == timedelta(days=2)


def test_reminders_of_nothing_are_still_capped() -> None:
    policy = replace(a_policy(), remind=Reminders(parse_after("0s"), 3))

    assert reminders_due(a_question(policy=policy), rules(), TUESDAY) == 3
