"""The row is the timer: what is set is there after a restart, and what is due is found."""

from datetime import timedelta

import pytest

from commands.ports import DueTimer, HistoryRow, What
from coverage.deadlines import Timer, TimerKind
from coverage.question import Status
from tests.storage.builders import MINUTE, NOW, a_question, asked


@pytest.fixture
def number(new_uow, office):
    return asked(new_uow, a_question(office)).number


def set_timers(new_uow, number, **timers):
    with new_uow() as uow:
        uow.timers.replace(number, [Timer(TimerKind(kind), due, version=1) for kind, due in timers.items()])
        uow.commit()


def test_the_timers_of_a_question_replace_those_it_had(new_uow, number):
    set_timers(new_uow, number, step=NOW, claim_due=NOW)

    set_timers(new_uow, number, nudge=NOW + MINUTE)

    with new_uow.reading() as uow:
        assert uow.timers.of(number) == [DueTimer(number, TimerKind.NUDGE, NOW + MINUTE, 1, attempts=0)]


def test_what_is_due_comes_earliest_first_and_the_rest_later(new_uow, office, number):
    other = asked(new_uow, a_question(office)).number
    set_timers(new_uow, number, step=NOW, resolution_due=NOW + timedelta(microseconds=1))
    set_timers(new_uow, other, step=NOW - MINUTE)

    with new_uow() as uow:
        assert [each.question for each in uow.timers.due(NOW, limit=10)] == [other, number]
        assert [each.question for each in uow.timers.due(NOW, limit=1)] == [other]
        assert uow.timers.earliest() == NOW - MINUTE


def test_without_timers_there_is_no_earliest(new_uow, number):
    with new_uow.reading() as uow:
        assert uow.timers.earliest() is None


def test_a_timer_put_off_until_opening_is_due_then(new_uow, number):
    set_timers(new_uow, number, step=NOW, claim_due=NOW)

    with new_uow() as uow:
        uow.timers.defer(number, TimerKind.STEP, NOW + MINUTE)
        uow.commit()

    with new_uow() as uow:
        assert [each.kind for each in uow.timers.due(NOW, limit=10)] == [TimerKind.CLAIM_DUE]
        assert uow.timers.earliest() == NOW
        assert [each.attempts for each in uow.timers.due(NOW + MINUTE, limit=10)] == [0, 0]


def test_failures_are_counted_until_the_timers_are_set_anew(new_uow, number):
    set_timers(new_uow, number, step=NOW, resolution_due=NOW + 60 * MINUTE)

    with new_uow() as uow:
        assert uow.timers.put_back(number, NOW + MINUTE) == 1
        assert uow.timers.put_back(number, NOW + 2 * MINUTE) == 2
        assert uow.timers.due(NOW + MINUTE, limit=10) == []
        assert uow.timers.of(number)[1].due_at == NOW + 60 * MINUTE
        uow.commit()
    set_timers(new_uow, number, step=NOW)

    with new_uow() as uow:
        assert [each.attempts for each in uow.timers.due(NOW, limit=10)] == [0]


def test_history_is_told_in_the_order_in_which_it_was_written(new_uow, office, number):
    rows = [
        HistoryRow(NOW, None, What.ASKED, ""),
        HistoryRow(NOW, None, What.OFFERED, "to North"),
        HistoryRow(NOW - MINUTE, office.ann, What.CLAIMED, "from outside the pod: <b> \x00"),
    ]
    with new_uow() as uow:
        uow.history.append(number, rows[:2])
        uow.history.append(number, rows[2:])
        uow.history.append(number, [])
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.history.of(number)[:2] == rows[:2]
        assert uow.history.of(number)[2].why == "from outside the pod: <b> \ufffd"


def test_timers_of_a_resolved_question_are_gone_with_an_empty_replacement(new_uow, office):
    number = asked(new_uow, a_question(office, status=Status.RESOLVED)).number
    set_timers(new_uow, number, step=NOW)

    set_timers(new_uow, number)

    with new_uow.reading() as uow:
        assert uow.timers.of(number) == []
