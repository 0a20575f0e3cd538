"""Rarer acts on a question: what they make of it, and what they refuse."""

from dataclasses import replace

import pytest

from coverage.deadlines import TimerKind
from coverage.events import Absorbed, Claimed, Merged, Promise, Snoozed, SnoozeEnded
from coverage.ids import QuestionNumber
from coverage.promises import next_promise
from coverage.question import NotPossible, Status, answer, claim, resolve, wait
from coverage.question_acts import close, mark_urgent, merge, not_urgent, snooze, snooze_over
from tests.coverage.builders import ANN, BOB, MONDAY, a_question, minutes, rules, timers, utc

LATER = MONDAY + minutes(60)


def test_a_snooze_stops_the_nudge_and_moves_no_promise() -> None:
    claimed, _ = claim(a_question(), ANN, MONDAY)

    snoozed, events = snooze(claimed, ANN, LATER, MONDAY)

    assert events == (Snoozed(ANN, LATER),)
    assert snoozed.deadlines == claimed.deadlines
    assert timers(snoozed) == {
        TimerKind.SNOOZE_OVER: LATER,
        TimerKind.FIRST_RESPONSE_DUE: MONDAY + minutes(240),
        TimerKind.RESOLUTION_DUE: utc("2026-11-25T09:00"),
    }


def test_who_snoozes_what_nobody_has_claims_it() -> None:
    snoozed, events = snooze(a_question(), ANN, LATER, MONDAY)

    assert events == (Claimed(ANN), Snoozed(ANN, LATER))
    assert TimerKind.STEP not in timers(snoozed)


def test_it_is_over_once_and_not_before_its_time() -> None:
    snoozed, _ = snooze(a_question(), ANN, LATER, MONDAY)

    assert snooze_over(snoozed, rules(), LATER - minutes(1)) == (snoozed, ())
    over, events = snooze_over(snoozed, rules(), LATER)

    assert events == (SnoozeEnded(None, remind=ANN),)
    assert snooze_over(over, rules(), LATER) == (over, ())


@pytest.mark.parametrize(("until", "is_nudged"), [(119, False), (120, True)])
def test_a_nudge_that_was_due_meanwhile_is_not_made_up_for(until: int, is_nudged: bool) -> None:
    at = MONDAY + minutes(until)
    snoozed, _ = snooze(a_question(), ANN, at, MONDAY)

    assert snooze_over(snoozed, rules(), at)[0].nudged is is_nudged


def test_the_next_promise_is_the_answer_then_the_resolution_then_none() -> None:
    question = claim(a_question(), ANN, MONDAY)[0]
    resolution = (Promise.RESOLUTION, utc("2026-11-25T09:00"))

    assert next_promise(question, MONDAY) == (Promise.FIRST_RESPONSE, MONDAY + minutes(240))
    assert next_promise(question, MONDAY + minutes(241)) == resolution
    assert next_promise(answer(question, ANN, MONDAY, "")[0], MONDAY) == resolution
    assert next_promise(question, utc("2026-11-25T09:01")) is None
    assert next_promise(resolve(question, ANN, MONDAY)[0], MONDAY) is None


def test_urgent_brings_the_next_step_forward_and_back_again() -> None:
    urgent, _ = mark_urgent(a_question(), ANN, rules(), MONDAY)

    assert timers(urgent)[TimerKind.STEP] == MONDAY
    assert timers(not_urgent(urgent, ANN)[0])[TimerKind.STEP] == MONDAY + minutes(15)


def test_taking_urgent_back_leaves_what_was_brought_forward_for_another_reason() -> None:
    waiting = a_question(brought_forward=LATER, brought_forward_because="nobody is there")

    urgent, _ = mark_urgent(waiting, ANN, rules(), MONDAY)

    assert not_urgent(urgent, ANN)[0] == waiting


def test_closed_it_has_no_answer_and_no_clock() -> None:
    closed, _ = close(wait(claim(a_question(), ANN, MONDAY)[0], ANN, MONDAY)[0], BOB, LATER, "spam")

    assert (closed.status, closed.answered_by, closed.pauses[-1].end) == (Status.RESOLVED, None, LATER)
    assert timers(closed) == {}
    with pytest.raises(NotPossible):
        close(closed, BOB, LATER, "spam")


def test_merged_the_one_that_stays_counts_from_the_earlier_of_the_two() -> None:
    first, second = a_question(), replace(a_question(LATER), number=QuestionNumber(215))

    (gone, went), (kept, came) = merge(first, second, ANN, LATER, "twice")

    assert (went, came) == ((Merged(ANN, second.number, "twice"),), (Absorbed(ANN, first.number, None, "twice"),))
    assert (gone.status, gone.merged_into) == (Status.RESOLVED, second.number)
    assert (kept.asked_at, kept.offered_at, kept.version) == (MONDAY, LATER, second.version)
