"""Messages leave in order per place and question, the urgent ones first, and none is lost by a sender that dies."""

from datetime import timedelta

import pytest

from commands.outgoing import Message, Priority, Topic
from coverage.ids import QuestionNumber
from tests.storage.builders import MINUTE, NOW, a_message, a_question, asked

FIRST, SECOND = QuestionNumber(1), QuestionNumber(2)


@pytest.fixture
def queue(new_uow, office):
    def add(*messages):
        with new_uow() as uow:
            for message in messages:
                uow.outbox.add(message, NOW)
            uow.commit()

    return add


@pytest.fixture
def lease(new_uow):
    def take(now=NOW, limit=10):
        with new_uow() as uow:
            leased = uow.outbox.lease(now, MINUTE, limit)
            uow.commit()
        return leased

    return take


@pytest.fixture
def note(new_uow):
    def write(act, *args, **more):
        with new_uow() as uow:
            getattr(uow.outbox, act)(*args, **more)
            uow.commit()

    return write


def test_kudos_that_wait_for_somebodys_return_hold_nothing_else_back(office, queue, lease, note):
    waiting = Message("kudos:1", Topic.KUDOS, Priority.REPORT, to_person=office.bob)
    queue(waiting)
    note("retry", lease()[0].id, NOW + 600 * MINUTE, unclear=False, why="they are on leave")

    queue(Message("alarm:1", Topic.ALARM, Priority.ESCALATION, to_person=office.bob))

    assert [one.message.key for one in lease()] == ["alarm:1"]


def test_without_redraws_those_stay_where_they_are(office, queue, lease, new_uow):
    for priority in Priority:
        queue(
            Message(
                f"of {priority.name}",
                Topic.CARD,
                priority,
                to_place=office.channel,
                question=QuestionNumber(1 + priority),
            )
        )

    with new_uow() as uow:
        leased = uow.outbox.lease(NOW, MINUTE, 10, redraws=False)
        uow.commit()

    assert [one.message.key for one in leased] == ["of NEW_QUESTION", "of ESCALATION", "of REPORT"]
    assert [one.message.key for one in lease()] == ["of UPDATE"]


def test_a_message_comes_out_as_it_went_in(office, queue, lease):
    message = Message(
        key="step:1:2",
        topic=Topic.STEP,
        priority=Priority.ESCALATION,
        to_place=office.channel,
        question=FIRST,
        in_thread=True,
        people=(office.bob, office.ann),
        step=2,
        version=3,
        facts={"why": "nobody was there", "who": "Ann <!channel>"},
    )
    queue(message)

    [queued] = lease()

    assert queued.message == message
    assert (queued.attempts, queued.unclear) == (1, False)
    assert (queued.queued_at, queued.lease_until) == (NOW, NOW + MINUTE)


def test_deciding_twice_queues_once(office, queue, lease):
    queue(a_message("card:1", office), a_message("card:1", office))

    assert len(lease()) == 1
    assert lease(NOW + 2 * MINUTE)[0].unclear


def test_new_questions_go_before_escalations_before_updates_before_reports(office, queue, lease):
    queue(
        *(
            a_message(
                f"{priority.name}:{number}", office, priority=priority, question=QuestionNumber(10 * number + priority)
            )
            for number in (1, 2)
            for priority in reversed(Priority)
        )
    )

    keys = [queued.message.key for queued in lease()]

    assert keys == [f"{priority.name}:{number}" for priority in Priority for number in (1, 2)]


def test_of_one_question_at_one_place_only_the_oldest_is_taken_however_urgent_the_next_one_is(
    office, queue, lease, note
):
    queue(
        a_message("update", office, question=FIRST, priority=Priority.UPDATE),
        a_message("escalation", office, question=FIRST, priority=Priority.ESCALATION),
        a_message("other question", office, question=SECOND),
        a_message("other place", office, question=FIRST, to_place=None, to_person=office.ann),
    )

    taken = lease()
    assert {each.message.key for each in taken} == {"update", "other question", "other place"}
    assert lease() == []

    note("mark_sent", taken[0].id, NOW, "17.1")
    assert [each.message.key for each in lease()] == ["escalation"]


def test_what_is_put_off_holds_back_what_comes_after_it(office, queue, lease, note):
    queue(a_message("first", office, question=FIRST), a_message("second", office, question=FIRST))
    [first] = lease()

    note("retry", first.id, NOW + 2 * MINUTE, unclear=False, why="429")

    assert lease(NOW + MINUTE) == []
    [again] = lease(NOW + 2 * MINUTE)
    assert (again.message.key, again.attempts, again.unclear) == ("first", 2, False)


def test_a_message_whose_sender_died_is_taken_again_and_may_have_arrived(office, queue, lease):
    queue(a_message("card", office))
    lease()

    assert lease(NOW + timedelta(seconds=59)) == []
    [again] = lease(NOW + MINUTE)

    assert (again.attempts, again.unclear) == (2, True)


def test_once_unclear_a_message_stays_so(office, queue, lease, note):
    queue(a_message("card", office))
    [first] = lease()
    note("retry", first.id, NOW, unclear=True, why="time-out")
    [second] = lease()
    note("retry", second.id, NOW, unclear=False, why="429")

    [third] = lease()

    assert (second.unclear, third.unclear) == (True, True)


def test_nothing_that_has_ended_is_sent_or_ended_again(new_uow, office, queue, lease, note):
    queue(*(a_message(str(number), office, question=QuestionNumber(number)) for number in range(3)))
    sent, dropped, buried = (queued.id for queued in lease())
    note("mark_sent", sent, NOW, "17.1")
    note("drop", dropped, NOW, "claimed meanwhile")
    note("bury", buried, NOW, "is_archived")

    note("retry", sent, NOW, unclear=True, why="too late")

    assert lease(NOW + 2 * MINUTE) == []
    with new_uow.reading() as uow:
        assert uow.outbox.earliest() is None


@pytest.mark.parametrize(
    ("ends", "reached_nobody"),
    [
        ((), True),
        (("bury",), True),
        (("bury", "drop"), True),
        (("bury", "mark_sent"), False),
        (("bury", "queued"), False),
    ],
)
def test_a_step_reached_nobody_when_no_message_was_accepted_and_none_is_left(
    new_uow, office, queue, lease, note, ends, reached_nobody
):
    asked(new_uow, a_question(office))
    queue(
        a_message("earlier turn", office, question=FIRST, step=1, version=1, to_place=None, to_person=office.ann),
        *(
            a_message(f"{number}", office, question=FIRST, step=1, version=2, to_place=None, to_person=person)
            for number, person in zip(range(len(ends)), (office.bob, office.ann), strict=False)
        ),
    )
    note("mark_sent", 1, NOW, None)

    for number, end in enumerate(ends, start=2):
        if end != "queued":
            note(end, number, NOW, "why")

    with new_uow.reading() as uow:
        assert uow.outbox.step_reached_nobody(FIRST, step=1, version=2) is reached_nobody


def test_the_earliest_message_is_not_one_that_waits_behind_another(new_uow, office, queue, lease, note):
    queue(a_message("first", office, question=FIRST), a_message("second", office, question=FIRST))
    [first] = lease()
    note("retry", first.id, NOW + 5 * MINUTE, unclear=False, why="429")

    with new_uow.reading() as uow:
        assert uow.outbox.earliest() == NOW + 5 * MINUTE


def test_numbers_of_messages_are_never_used_again(new_uow, office, queue, lease, note):
    queue(a_message("first", office))
    [first] = lease()
    note("mark_sent", first.id, NOW, "17.1")

    with new_uow() as uow:
        assert uow.outbox.forget_before(NOW) == 0
        assert uow.outbox.forget_before(NOW + MINUTE) == 1
        uow.commit()
    queue(a_message("first", office))

    assert lease()[0].id > first.id
