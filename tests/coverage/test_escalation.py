"""The steps: each once, in order, past those who are not there, and no burst after an outage."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coverage.deadlines import TimerKind
from coverage.escalation import Audience, advance, bring_forward, remind, tell_managers
from coverage.events import ManagersTold, Reminded, StepReached, StepSkipped
from coverage.ids import PersonId
from coverage.policy import Notify
from coverage.question import Question, claim, resolve, wait
from tests.coverage.builders import (
    ANN,
    BOB,
    CAS,
    EVERYBODY,
    MONDAY,
    NOBODY,
    a_policy,
    a_question,
    hours_that_end,
    minutes,
    rules,
    timers,
    utc,
    without,
)

TUESDAY = utc("2026-11-24T09:00")
STEPS = a_policy("50% deputies", "100% team", "150% contact_centre")
THREE_FOR_PEOPLE = a_policy("20% named_contact", "40% deputies", "60% pod", "100% team")


def at(count: float, question: Question | None = None, audience: Audience = EVERYBODY):
    return advance(question or a_question(policy=STEPS), rules(), audience, MONDAY + minutes(count))


def test_no_step_fires_before_its_time() -> None:
    question = a_question(policy=STEPS)

    assert at(14.99, question) == (question, ())


def test_a_step_fires_at_its_time_for_those_who_are_there() -> None:
    question, events = at(15)

    assert question.step == 1
    assert events == (StepReached(1, Notify.DEPUTIES, (BOB, CAS), called_by=(1, 1)),)


def test_a_repeated_tick_is_harmless() -> None:
    question, _ = at(15)

    assert at(15, question) == (question, ())
    assert at(29.99, question) == (question, ())


def test_a_team_or_contact_centre_step_is_for_a_channel_not_for_people() -> None:
    team, team_events = at(30, a_question(policy=STEPS, step=1))
    _, desk_events = at(45, team)

    assert team_events == (StepReached(2, Notify.TEAM, (), channel_steps=(2,)),)
    assert desk_events == (StepReached(3, Notify.CONTACT_CENTRE, (), channel_steps=(3,)),)


def test_after_the_last_step_no_step_comes() -> None:
    exhausted = a_question(policy=STEPS, step=3)

    assert at(10_000, exhausted) == (exhausted, ())


@pytest.mark.parametrize("end", [claim, wait, resolve])
def test_the_steps_stop_at_the_claim(end) -> None:
    question = claim(a_question(policy=STEPS), ANN, MONDAY)[0]
    question = question if end is claim else end(question, ANN, MONDAY)[0]

    assert at(60, question) == (question, ())
    assert bring_forward(question, rules(), MONDAY, "whatever") == question
    assert remind(question, rules(), MONDAY + minutes(60)) == (question, ())
    assert tell_managers(question, (ANN,), TUESDAY) == (question, ())


def test_after_an_outage_the_last_step_due_fires_once_for_everybody_slept_through() -> None:
    question, [event] = at(18, a_question(policy=THREE_FOR_PEOPLE))

    assert question.step == 3
    assert event == StepReached(3, Notify.POD, (ANN, BOB, CAS), slept_through=(1, 2), called_by=(3, 3, 3))


def test_after_a_long_outage_people_and_channels_are_called_in_one_go() -> None:
    question, [event] = at(60, a_question(policy=THREE_FOR_PEOPLE, step=1))

    assert question.step == 5
    assert event == StepReached(
        5, Notify.CONTACT_CENTRE, (BOB, CAS, ANN), channel_steps=(4, 5), slept_through=(2, 3, 4), called_by=(3, 3, 3)
    )


def test_a_channel_step_slept_through_with_nobody_there_posts_nowhere() -> None:
    _, [event] = at(60, audience=without(Notify.TEAM))

    assert event == StepReached(
        3, Notify.CONTACT_CENTRE, (BOB, CAS), channel_steps=(3,), slept_through=(1, 2), called_by=(1, 1)
    )


def test_an_outage_of_the_reminders_too_makes_one_call_not_two() -> None:
    policy = a_policy("50% deputies", every="50%", most=4)  # deputies 15, contact centre 45, reminders 60 75 90 105

    question, _ = at(80, a_question(policy=policy))

    assert (question.step, question.reminded) == (2, 2)
    assert remind(question, rules(), MONDAY + minutes(80)) == (question, ())
    assert timers(question)[TimerKind.REMINDER] == MONDAY + minutes(90)


def test_a_step_without_anybody_fires_the_next_one_at_once_saying_why() -> None:
    question, events = at(15, audience=without(Notify.DEPUTIES))

    assert question.step == 2
    assert events == (
        StepSkipped(1, Notify.DEPUTIES, "nobody of them is there"),
        StepReached(2, Notify.TEAM, (), channel_steps=(2,), early="nobody was there for the step before"),
    )


def test_a_step_that_fired_early_does_not_fire_again_at_its_own_time() -> None:
    question, _ = at(15, audience=without(Notify.DEPUTIES))

    assert at(30, question) == (question, ())
    assert at(45, question)[0].step == 3


def test_with_nobody_anywhere_the_contact_centre_is_called_at_once() -> None:
    question, events = at(15, audience=NOBODY)

    assert question.is_exhausted
    assert [type(event) for event in events] == [StepSkipped, StepSkipped, StepReached]
    assert events[-1].channel_steps == (3,)


def test_a_team_step_without_a_channel_is_skipped_when_the_other_pods_are_empty() -> None:
    question = a_question(policy=a_policy("50% team", team_channel=None))

    moved, events = at(15, question, replace(EVERYBODY, other_pods=()))

    assert moved.step == 2
    assert events[0] == StepSkipped(1, Notify.TEAM, "nobody of them is there")


def test_a_step_brought_forward_fires_now_with_the_reason_and_the_others_keep_their_times() -> None:
    hastened = bring_forward(a_question(policy=STEPS), rules(), MONDAY, "nobody of North is there")

    question, events = at(0, hastened)

    assert events == (StepReached(1, Notify.DEPUTIES, (BOB, CAS), early="nobody of North is there", called_by=(1, 1)),)
    assert (question.brought_forward, question.brought_forward_because) == (None, "")
    assert at(0, question) == at(15, question) == (question, ())
    assert timers(question)[TimerKind.STEP] == MONDAY + minutes(30)


def test_while_closed_a_step_is_brought_forward_to_the_next_opening() -> None:
    sunday = utc("2026-11-22T12:00")
    question = bring_forward(a_question(sunday, policy=STEPS), rules(), sunday, "nobody of North is there")

    assert advance(question, rules(), EVERYBODY, sunday) == (question, ())
    assert timers(question)[TimerKind.STEP] == MONDAY
    assert at(0, question)[0].step == 1


def test_where_hours_have_run_out_a_step_brought_forward_fires_at_once() -> None:
    over = rules(hours_that_end("2026-11-20"))
    question = bring_forward(a_question(policy=STEPS, under=over), over, MONDAY, "nobody of North is there")

    assert advance(question, over, EVERYBODY, MONDAY)[0].step == 1


def test_a_step_brought_forward_that_is_due_by_itself_needs_no_reason() -> None:
    hastened = replace(a_question(policy=STEPS), brought_forward=MONDAY, brought_forward_because="why")

    question, events = at(30, hastened)

    assert question.step == 2
    assert events == (StepReached(2, Notify.TEAM, (BOB, CAS), (2,), slept_through=(1,), called_by=(1, 1)),)


def test_steps_come_in_their_order_where_a_later_one_has_an_earlier_time() -> None:
    question = a_question(policy=a_policy("20m deputies", "5m team", "150% contact_centre"))

    assert at(10, question) == (question, ())
    assert timers(question)[TimerKind.STEP] == MONDAY + minutes(20)
    assert at(20, question)[0].step == 2


def test_everything_at_zero_ends_at_the_contact_centre_in_one_message() -> None:
    question = a_question(policy=a_policy("0s deputies", "0% team", "0s contact_centre"))

    moved, [event] = at(0, question)

    assert moved.step == 3
    assert event.slept_through == (1, 2)


# Reminders and managers


def test_a_reminder_repeats_the_last_call_at_its_time_and_never_more_often_than_the_cap() -> None:
    question = a_question(policy=a_policy("50% deputies", every="50%", most=2), step=2)
    reminded = []

    for minute in range(45, 300):
        question, events = remind(question, rules(), MONDAY + minutes(minute))
        reminded += [(minute, event) for event in events]

    assert reminded == [(60, Reminded(1)), (75, Reminded(2))]


def test_reminders_slept_through_are_not_made_up_for() -> None:
    question = a_question(policy=a_policy("50% deputies", every="50%", most=5), step=2)

    question, events = remind(question, rules(), MONDAY + minutes(92))

    assert events == (Reminded(3),)
    assert remind(question, rules(), MONDAY + minutes(92)) == (question, ())


def test_nothing_is_repeated_before_the_last_step() -> None:
    question = a_question(policy=a_policy("50% deputies", every="50%"), step=1)

    assert remind(question, rules(), TUESDAY) == (question, ())
    assert tell_managers(question, (ANN,), TUESDAY) == (question, ())


def test_managers_are_told_once_and_then_on_the_next_day() -> None:
    question, events = tell_managers(a_question(step=3), (ANN,), TUESDAY)

    assert events == (ManagersTold((ANN,)),)
    assert tell_managers(question, (ANN,), TUESDAY) == (question, ())
    assert timers(question)[TimerKind.MANAGERS] == utc("2026-11-25T09:00")


# Any policy, any audiences, any outages

NOTIFIED_BEFORE = st.sampled_from([Notify.NAMED_CONTACT, Notify.DEPUTIES, Notify.POD, Notify.TEAM])
some = st.lists(st.sampled_from([PersonId(number) for number in range(1, 7)]), max_size=3, unique=True).map(tuple)
audiences = st.builds(Audience, st.dictionaries(NOTIFIED_BEFORE, some), some)


@settings(max_examples=80)
@given(
    shares=st.lists(st.tuples(st.integers(0, 300), NOTIFIED_BEFORE), max_size=4),
    looks=st.lists(st.tuples(st.integers(0, 120), audiences, st.booleans()), max_size=8),
)
def test_however_often_one_looks_each_step_fires_once_in_order_and_calls_only_who_is_there(
    shares: list[tuple[int, Notify]], looks: list[tuple[int, Audience, bool]]
) -> None:
    steps = [f"{percent}% {notify}" for percent, notify in sorted(shares)]
    question = a_question(policy=a_policy(*steps, "300% contact_centre"))
    told: list[int] = []

    for minute, audience, hasten in sorted(looks, key=lambda look: look[0]):
        now = MONDAY + minutes(minute)
        question = bring_forward(question, rules(), now, "asked to") if hasten else question
        before, (question, events) = question, advance(question, rules(), audience, now)

        assert advance(question, rules(), audience, now) == (question, ())
        assert bool(events) == (question.step > before.step)
        assert question.version == before.version
        told += [number for event in events for number in _steps_of(event)]
        _check_called(events, audience, question)

    assert sorted(told) == list(range(1, question.step + 1))


def _steps_of(event: object) -> tuple[int, ...]:
    match event:
        case StepReached():
            return (*event.slept_through, event.step)
        case StepSkipped():
            return (event.step,)
        case _:
            raise AssertionError(event)


def _check_called(events: tuple[object, ...], audience: Audience, question: Question) -> None:
    """Called are all of the steps in it who are there, each once; and it always reaches a person or a channel."""
    if not events:
        return
    reached = events[-1]
    assert isinstance(reached, StepReached)
    assert reached.step == question.step
    steps = [question.policy.steps[number - 1] for number in (*reached.slept_through, reached.step)]
    expected = [who for step in steps if not step.notify.in_a_channel for who in audience.of(step)]
    assert reached.people == tuple(dict.fromkeys(expected))
    assert reached.people or reached.channel_steps
