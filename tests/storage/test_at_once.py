"""What happens when several do the same thing at the same moment, on both engines."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event
from typing import TypeVar

import pytest

from commands.ports import HistoryRow, Overtaken, What
from coverage.question import AlreadyClaimed, Status, claim
from tests.storage.builders import MINUTE, NOW, a_message, a_question, asked

Result = TypeVar("Result")


def test_of_two_who_claim_at_once_one_wins_and_the_other_learns_who(new_uow, office):
    number = asked(new_uow, a_question(office)).number

    def click(who):
        with new_uow() as uow:
            try:
                claimed, _ = claim(uow.questions.get(number), who, NOW)
            except AlreadyClaimed as first:
                return first.by
            uow.questions.save(claimed)
            uow.history.append(number, [HistoryRow(NOW, who, What.CLAIMED, "")])
            uow.commit()
        return who

    for _ in range(5):
        owners = at_once(lambda: click(office.ann), lambda: click(office.bob))

        with new_uow.reading() as uow:
            question = uow.questions.look_at(number)
            assert owners == [question.claimed_by] * 2
            assert [row.who for row in uow.history.of(number)] == [question.claimed_by]
        number = asked(new_uow, a_question(office)).number


def test_of_two_who_saw_the_same_state_only_one_saves(new_uow, office):
    seen = asked(new_uow, a_question(office))

    def save(step):
        with new_uow() as uow:
            try:
                uow.questions.save(replace(seen, step=step))
            except Overtaken:
                return "overtaken"
            uow.commit()
        return "saved"

    outcomes = at_once(*(lambda step=step: save(step) for step in range(1, 5)))

    assert sorted(outcomes) == ["overtaken", "overtaken", "overtaken", "saved"]


def test_questions_asked_at_once_get_numbers_without_gaps(new_uow, office):
    def ask(keep):
        with new_uow() as uow:
            number = uow.questions.add(a_question(office)).number
            if keep:
                uow.commit()
        return number if keep else None

    numbers = at_once(*(lambda keep=keep: ask(keep) for keep in (True, False) * 4))

    assert sorted(number for number in numbers if number is not None) == [1, 2, 3, 4]


def test_one_of_twenty_deliveries_at_once_has_its_effect(new_uow, office):
    def deliver():
        with new_uow() as uow:
            number = uow.questions.add(a_question(office)).number
            if not uow.deliveries.remember("idempotency:1", NOW, number):
                return None
            uow.commit()
        return number

    numbers = at_once(*[deliver] * 20)

    assert [number for number in numbers if number] == [1]
    with new_uow.reading() as uow:
        delivered = uow.deliveries.find("idempotency:1")
        assert delivered is not None
        assert delivered.question == 1


def test_no_message_is_leased_to_two_senders(new_uow, office):
    with new_uow() as uow:
        for number in range(30):
            uow.outbox.add(a_message(f"card:{number}", office, question=asked_before(uow, office)), NOW)
        uow.commit()

    def lease():
        taken = []
        for _ in range(5):
            with new_uow() as uow:
                taken += [queued.id for queued in uow.outbox.lease(NOW, MINUTE, limit=3)]
                uow.commit()
        return taken

    taken = [message for each in at_once(*[lease] * 3) for message in each]

    assert len(taken) == len(set(taken)) == 30


def test_a_place_heard_of_at_once_becomes_known_once(new_uow):
    def hear():
        with new_uow() as uow:
            place = uow.places.at("slack", "C0NEW")
            uow.commit()
        return place

    assert len(set(at_once(*[hear] * 8))) == 1


def test_one_of_several_processes_does_a_periodic_job(new_uow):
    def lease():
        with new_uow() as uow:
            is_ours = uow.jobs.lease("digest", NOW, every=60 * MINUTE, lease=MINUTE)
            uow.commit()
        return is_ours

    assert sorted(at_once(*[lease] * 6)) == [False] * 5 + [True]


def test_reading_waits_for_no_writer(new_uow, office):
    number = asked(new_uow, a_question(office)).number
    has_written, may_go_on = Event(), Event()

    def write_slowly():
        with new_uow() as uow:
            uow.questions.save(replace(uow.questions.get(number), status=Status.RESOLVED))
            has_written.set()
            assert may_go_on.wait(timeout=10)
            uow.commit()

    with ThreadPoolExecutor() as threads:
        writing = threads.submit(write_slowly)
        assert has_written.wait(timeout=10)
        with new_uow.reading() as uow:
            status = uow.questions.look_at(number).status
        may_go_on.set()
        writing.result(timeout=10)

    assert status is Status.ROUTED


def test_events_are_shared_out_between_those_who_work_on_them(new_uow):
    with new_uow() as uow:
        for number in range(40):
            uow.inbox.take(f"Ev{number}", "slack", {}, NOW)
        uow.commit()

    def take() -> list[str]:
        taken: list[str] = []
        while True:
            with new_uow() as uow:
                some = uow.inbox.lease("slack", NOW, MINUTE, limit=3)
                uow.commit()
            if not some:
                return taken
            taken += [event.key for event in some]

    taken = at_once(*(take for _ in range(4)))

    assert sorted(key for some in taken for key in some) == sorted(f"Ev{number}" for number in range(40))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_whoever_takes_events_does_not_wait_for_another_who_does(new_uow):
    with new_uow() as uow:
        for key in ("Ev1", "Ev2"):
            uow.inbox.take(key, "slack", {}, NOW)
        uow.commit()

    with new_uow() as one, new_uow() as other:
        [first] = one.inbox.lease("slack", NOW, MINUTE, limit=1)
        [second] = other.inbox.lease("slack", NOW, MINUTE, limit=10)

    assert (first.key, second.key) == ("Ev1", "Ev2")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_that_wait_for_each_other_are_told_to_begin_again(new_uow, office):
    first, second = (asked(new_uow, a_question(office)).number for _ in range(2))
    both_hold_one = Barrier(2)

    def take(one, other):
        with new_uow() as uow:
            uow.questions.get(one)
            both_hold_one.wait(timeout=10)
            try:
                uow.questions.get(other)
            except Overtaken:
                return "overtaken"
        return "got both"

    outcomes = at_once(lambda: take(first, second), lambda: take(second, first))

    assert sorted(outcomes) == ["got both", "overtaken"]


def asked_before(uow, office):
    return uow.questions.add(a_question(office)).number


def at_once(*acts: Callable[[], Result]) -> list[Result]:
    """Do all these in threads of their own that start together; returns what they return, raises what they raise."""
    start = Barrier(len(acts))

    def begin(act: Callable[[], Result]) -> Result:
        start.wait(timeout=10)
        return act()

    with ThreadPoolExecutor(max_workers=len(acts)) as threads:
        running = [threads.submit(begin, act) for act in acts]
        return [each.result(timeout=30) for each in running]
