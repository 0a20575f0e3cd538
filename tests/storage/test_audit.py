"""The auditor sees what is late, whatever the code that should have done it believes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from commands.outgoing import Priority
from coverage.deadlines import Timer, TimerKind
from coverage.ids import QuestionNumber
from coverage.question import Deadlines, Status
from storage.audit import Finding, audit
from tests.storage.builders import MINUTE, NOW, a_message, a_question, asked

GRACE = timedelta(seconds=30)
LATER = NOW + MINUTE


@pytest.fixture
def ask(new_uow, office):
    """Stores a question with the timers of those kinds, all due NOW."""

    def store(*kinds, **changes):
        number = asked(new_uow, a_question(office, **changes)).number
        with new_uow() as uow:
            uow.timers.replace(number, [Timer(TimerKind(kind), NOW, version=1) for kind in kinds])
            uow.commit()
        return number

    return store


def test_nothing_is_wrong_where_nothing_was_asked(engine):
    assert audit(engine, NOW, GRACE) == ()


def test_a_step_is_late_when_the_grace_is_over(engine, ask):
    number = ask("step")

    assert audit(engine, NOW + GRACE, GRACE) == ()
    [late] = audit(engine, NOW + 2 * GRACE, GRACE)

    assert (late.finding, late.count, late.since, late.example) == (Finding.ACT_OVERDUE, 1, NOW, str(number))
    assert str(late) == (
        "Overdue acts on open questions: 1, for example on Q-1; the oldest was due at 2026-11-20 12:30:00 UTC."
    )


def test_an_act_that_was_due_before_the_question_came_is_not_late_yet(engine, ask, office):
    ask("step", "first_response_due", offered_at=LATER)
    ask("first_response_due", status=Status.CLAIMED, claimed_by=office.ann, claimed_at=LATER)

    assert audit(engine, LATER + GRACE, GRACE) == ()
    assert audit(engine, LATER + 2 * GRACE, GRACE)[0].count == 3


def test_a_resolved_question_owes_nothing(engine, ask):
    ask("step", status=Status.RESOLVED)

    assert audit(engine, LATER, GRACE) == ()


@pytest.mark.parametrize("status", [Status.ROUTED, Status.UNIDENTIFIED])
def test_an_unclaimed_question_for_which_nothing_is_set_to_call_anybody_is_found(engine, ask, status):
    number = ask("claim_due", status=status, deadlines=Deadlines(claim=NOW))

    [lost] = audit(engine, NOW, GRACE)

    assert (lost.finding, lost.count, lost.example) == (Finding.NOBODY_WILL_BE_CALLED, 1, str(number))


@pytest.mark.parametrize("kind", ["step", "reminder", "managers"])
def test_an_unclaimed_question_that_will_call_somebody_is_well(engine, ask, kind):
    ask(kind)

    assert audit(engine, NOW, GRACE) == ()


def test_a_message_is_late_unless_another_holds_it_back(engine, new_uow, office):
    with new_uow() as uow:
        for key in ("first", "second"):
            call = a_message(key, office, question=QuestionNumber(1), priority=Priority.ESCALATION)
            uow.outbox.add(call, NOW)
        uow.commit()

    [late] = audit(engine, LATER, GRACE)
    assert (late.finding, late.count, late.since) == (Finding.MESSAGE_OVERDUE, 1, NOW)

    with new_uow() as uow:
        [first] = uow.outbox.lease(NOW, 5 * MINUTE, limit=10)
        uow.commit()
    assert audit(engine, LATER, GRACE) == ()
    with new_uow() as uow:
        uow.outbox.mark_sent(first.id, NOW, None)
        uow.commit()
    assert audit(engine, LATER, GRACE)[0].example == "2"


def test_a_redraw_that_waits_for_its_turn_is_not_late(engine, new_uow, office):
    with new_uow() as uow:
        uow.outbox.add(a_message("redraw", office), NOW)
        uow.commit()

    assert audit(engine, LATER, GRACE) == ()


def test_an_event_that_was_acknowledged_and_not_worked_on_is_late(engine, new_uow):
    with new_uow() as uow:
        uow.inbox.take("Ev1", "slack", {}, NOW)
        uow.commit()

    assert [late.finding for late in audit(engine, LATER, GRACE)] == [Finding.EVENT_OVERDUE]

    with new_uow() as uow:
        uow.inbox.done("Ev1", NOW)
        uow.commit()
    assert audit(engine, LATER, GRACE) == ()


def test_what_fails_again_and_again_is_found_although_it_is_put_off(engine, new_uow, ask):
    number = ask("step")
    with new_uow() as uow:
        uow.inbox.take("Ev1", "slack", {}, NOW)
        for _ in range(3):
            uow.timers.put_back(number, NOW + 60 * MINUTE)
            uow.inbox.put_back("Ev1", NOW + 60 * MINUTE, "why")
        uow.commit()

    [failing] = audit(engine, LATER, GRACE)

    assert (failing.finding, failing.count) == (Finding.KEEPS_FAILING, 2)
    assert "failed several times" in str(failing)


def retried(new_uow, times, now=NOW):
    """What is due in the outbox is tried in vain so many times, and each time due again a minute later."""
    for number in range(times):
        with new_uow() as uow:
            for message in uow.outbox.lease(now + number * MINUTE, MINUTE, limit=10):
                uow.outbox.retry(message.id, now + (number + 1) * MINUTE, unclear=True, why="no answer")
            uow.commit()


def test_a_message_that_was_tried_five_times_is_found_although_each_try_put_it_off(engine, new_uow, office):
    with new_uow() as uow:
        uow.outbox.add(a_message("first", office, question=QuestionNumber(7)), NOW)
        uow.outbox.add(a_message("behind it", office, question=QuestionNumber(7)), NOW)
        uow.commit()
    retried(new_uow, times=5)

    [failing] = audit(engine, NOW, GRACE)

    assert (failing.finding, failing.count, failing.since) == (Finding.KEEPS_FAILING, 1, NOW)
    assert failing.example == "message 1 about Q-7"


def test_a_message_that_failed_is_found_when_it_has_been_waiting_for_longer_than_the_grace(engine, new_uow, office):
    with new_uow() as uow:
        uow.outbox.add(a_message("report", office), NOW)
        uow.commit()
    retried(new_uow, times=1)

    assert audit(engine, NOW + GRACE, GRACE) == ()
    [failing] = audit(engine, NOW + 2 * GRACE, GRACE)

    assert (failing.finding, failing.example) == (Finding.KEEPS_FAILING, "message 1")


def test_a_message_that_is_put_off_on_purpose_is_well_however_long_and_often(engine, new_uow, office):
    with new_uow() as uow:
        uow.outbox.add(a_message("thanks", office), NOW)
        uow.commit()
    for day in range(5):
        with new_uow() as uow:
            [message] = uow.outbox.lease(NOW + day * 1440 * MINUTE, MINUTE, limit=10)
            assert message.attempts == 1
            uow.outbox.put_off(message.id, NOW + (day + 1) * 1440 * MINUTE, "they are on leave")
            uow.commit()

    assert audit(engine, NOW + 5 * 1440 * MINUTE, GRACE) == ()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_late_timers_are_found_by_their_index_and_not_by_looking_at_all(engine):
    with engine.connect() as connection:
        plan = connection.execute(
            text("EXPLAIN QUERY PLAN SELECT * FROM timer WHERE firm = 1 AND due_at <= 'x' ORDER BY due_at LIMIT 10")
        ).all()

    assert [row.detail for row in plan] == ["SEARCH timer USING INDEX ix_timer_due (firm=? AND due_at<?)"]


def test_a_question_that_moves_on_is_well_again(engine, new_uow, ask):
    number = ask("step")
    with new_uow() as uow:
        question = uow.questions.get(number)
        uow.questions.save(replace(question, status=Status.RESOLVED))
        uow.timers.replace(number, [])
        uow.commit()

    assert audit(engine, LATER, GRACE) == ()
