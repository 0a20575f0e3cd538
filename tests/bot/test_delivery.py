"""The sender: order, retries, unclear outcomes, what can never be delivered; on a platform that does as it is told."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery import FAILURES, LEASE, Outcome
from bot.platform import CannotDeliver, Letter, NoLongerThere, TryLater, Unclear
from commands.compose import Drop, Later, ToSend
from commands.invocation import Invocation
from commands.outgoing import Priority, Topic
from commands.ports import Identity
from commands.run import run
from commands.views import Mention, Notice, notice
from coverage.ids import PersonId, PlaceId, QuestionNumber, short_id
from coverage.people import Person
from tests.bot.desk import Desk, words_of
from tests.bot.small_firm import ask_for_acme, set_up_small_firm


async def test_a_message_is_sent_once(desk: Desk) -> None:
    desk.queue("hello")

    await desk.delivery.drain()
    await desk.delivery.drain()

    assert desk.said == ["hello"]
    assert desk.outcomes == [Outcome.SENT]


async def test_what_no_longer_holds_is_not_sent(desk: Desk) -> None:
    desk.queue("reminder")
    desk.words.of["reminder"] = Drop("claimed meanwhile")

    await desk.delivery.drain()

    assert desk.said == []
    assert desk.outcomes == [Outcome.DROPPED]


async def test_what_is_not_for_now_waits_and_is_worded_anew_then(desk: Desk) -> None:
    desk.queue("thanks")
    desk.words.of["thanks"] = Later(desk.clock.now() + timedelta(hours=30), "they are on leave")
    await desk.delivery.drain()
    del desk.words.of["thanks"]

    await desk.after(29 * 3600)
    early = list(desk.said)
    await desk.after(3600)

    assert (early, desk.said) == ([], ["thanks"])
    assert desk.outcomes == [Outcome.LATER, Outcome.SENT]


async def test_messages_about_one_question_in_one_place_keep_their_order_through_a_failure(desk: Desk) -> None:
    for key in ("first", "second", "third"):
        desk.queue(key, question=QuestionNumber(7))
    desk.platform.then = [TryLater("busy", 5)]

    await desk.delivery.drain()
    waiting = list(desk.said)
    await desk.after(5)

    assert waiting == []
    assert desk.said == ["first", "second", "third"]


async def test_places_do_not_wait_for_each_other(desk: Desk) -> None:
    desk.queue("to north", place="north", question=QuestionNumber(1))
    desk.queue("to south", place="south", question=QuestionNumber(1))
    desk.platform.then = [TryLater("north is busy", 60)]

    await desk.delivery.drain()

    assert len(desk.said) == 1


async def test_several_are_sent_at_once_but_no_more_than_allowed(desk: Desk) -> None:
    for number in range(20):
        desk.queue(f"m{number}", question=QuestionNumber(number))

    await desk.delivery.drain()

    assert len(desk.said) == 20
    assert 1 < desk.platform.most_at_once <= 8


async def test_the_platform_says_when_to_come_back(desk: Desk) -> None:
    desk.queue("hello")
    desk.platform.then = [TryLater("slow down", 30)]

    await desk.delivery.drain()
    await desk.after(29)
    too_early = list(desk.said)
    await desk.after(1)

    assert too_early == []
    assert desk.said == ["hello"]
    assert desk.outcomes == [Outcome.LATER, Outcome.SENT]


async def test_a_message_that_may_have_arrived_is_looked_for_and_not_sent_again(desk: Desk) -> None:
    desk.queue("hello")
    desk.platform.then = [Unclear("the connection was lost")]
    desk.platform.after_accepting = True

    await desk.delivery.drain()
    await desk.after(5)

    assert desk.said == ["hello"]
    assert len(desk.platform.looked_for) == 1
    assert desk.outcomes == [Outcome.UNCLEAR, Outcome.SENT]


async def test_a_message_that_did_not_arrive_is_sent_again(desk: Desk) -> None:
    desk.queue("hello")
    desk.platform.then = [Unclear("the connection was lost")]

    await desk.delivery.drain()
    await desk.after(5)

    assert desk.said == ["hello"]
    assert len(desk.platform.looked_for) == 1


async def test_a_sender_that_died_in_mid_send_leaves_a_message_that_is_looked_for(desk: Desk) -> None:
    desk.queue("hello")
    with desk.new_uow() as uow:
        [taken] = uow.outbox.lease(desk.clock.now(), timedelta(seconds=LEASE), 1)
        uow.commit()
    desk.platform.posted.append(Letter(str(taken.id), "north", notice("hello"), desk.clock.now()))

    await desk.after(LEASE + 1)

    assert desk.said == ["hello"]
    assert desk.platform.looked_for == [str(taken.id)]


async def test_what_can_never_be_delivered_is_buried_with_its_reason(desk: Desk) -> None:
    desk.queue("hello")
    desk.platform.then = [CannotDeliver("the channel is archived")]

    await desk.delivery.drain()
    await desk.after(3600)

    assert desk.buried == [("hello", "the channel is archived")]
    assert desk.said == []


async def test_somebody_without_an_account_cannot_be_told(desk: Desk) -> None:
    with desk.new_uow() as uow:
        person = uow.people.save(Person(PersonId(0), "Ann Lee", "ann@firm.example"))
        uow.commit()
    desk.queue("hello", to_person=person.id)

    await desk.delivery.drain()

    assert [key for key, _ in desk.buried] == ["hello"]


async def test_a_person_is_written_to_and_mentioned_by_their_account(desk: Desk) -> None:
    with desk.new_uow() as uow:
        person = uow.people.save(Person(PersonId(0), "Ann Lee", "ann@firm.example"))
        uow.people.link(person.id, Identity("fake", "", "u-ann"))
        uow.commit()
    desk.queue("hello", to_person=person.id)
    desk.words.of["hello"] = ToSend(Notice((Mention(person.id, "Ann Lee"), " hello")))

    await desk.delivery.drain()

    [letter] = desk.platform.posted
    assert (letter.address, letter.is_direct, letter.users) == ("u-ann", True, {person.id: "u-ann"})


async def test_one_message_that_fails_stops_no_other_and_is_given_up_in_the_end(desk: Desk) -> None:
    desk.queue("broken", question=QuestionNumber(1))
    desk.queue("fine", question=QuestionNumber(2))
    desk.words.of["broken"] = RuntimeError("nobody thought of that")

    for _ in range(FAILURES):
        await desk.after(600)

    assert desk.said == ["fine"]
    assert [key for key, _ in desk.buried] == ["broken"]
    assert desk.outcomes.count(Outcome.FAILED) == FAILURES - 1


async def test_the_card_of_a_question_is_redrawn_where_it_hangs(desk: Desk) -> None:
    question = _a_question(desk)
    _a_card(desk, "new", draws=1, question=question)
    await desk.delivery.drain()
    _a_card(desk, "claimed", draws=2, question=question)

    await desk.delivery.drain()

    assert desk.said == ["new"]
    assert [(remote, words_of(letter)) for remote, letter in desk.platform.redrawn] == [("m1", "claimed")]
    assert _hangs(desk) == ("m1", 2)


async def test_while_the_platform_takes_no_redraws_they_wait_untouched_and_everything_else_goes_on(desk: Desk) -> None:
    desk.queue("card", priority=Priority.UPDATE)
    desk.queue("step", place="south", priority=Priority.ESCALATION)

    desk.platform.closed_to_redraws = 1.2
    await desk.delivery.drain()
    said_meanwhile = list(desk.said)
    desk.platform.closed_to_redraws = 0.0
    await desk.delivery.drain()

    assert said_meanwhile == ["step"]
    assert desk.said == ["step", "card"]
    assert desk.outcomes == [Outcome.SENT, Outcome.SENT]


async def test_no_step_waits_behind_the_redraw_of_an_old_call(desk: Desk) -> None:
    question = _a_question(desk)
    desk.words.of["settled"] = ToSend(notice("settled"), in_place_of="m7")
    desk.queue("settled", topic=Topic.SETTLED, priority=Priority.UPDATE, question=question)
    desk.queue("step", priority=Priority.ESCALATION, question=question)
    desk.platform.closed_to_redraws = 1.2

    await desk.delivery.drain()

    assert desk.said == ["step"]


async def test_a_card_that_somebody_deleted_is_hung_anew(desk: Desk) -> None:
    question = _a_question(desk)
    _a_card(desk, "new", draws=1, question=question)
    await desk.delivery.drain()
    _a_card(desk, "claimed", draws=2, question=question)
    desk.platform.then = [NoLongerThere("deleted")]

    await desk.delivery.drain()

    assert desk.said == ["new", "claimed"]
    assert _hangs(desk) == ("m2", 2)


async def test_a_card_whose_id_nobody_was_told_is_hung_anew_when_it_changes(desk: Desk) -> None:
    question = _a_question(desk)
    desk.platform.names_no_ids = True
    _a_card(desk, "new", draws=1, question=question)
    await desk.delivery.drain()
    desk.platform.names_no_ids = False
    _a_card(desk, "claimed", draws=2, question=question)

    await desk.delivery.drain()

    assert desk.platform.redrawn == []
    assert desk.said == ["new", "claimed"]
    assert _hangs(desk) == ("m2", 2)


async def test_what_is_only_redrawn_is_not_posted_where_it_is_gone(desk: Desk) -> None:
    desk.words.of["settled"] = ToSend(notice("settled"), in_place_of="m7")
    desk.queue("settled")
    desk.platform.then = [NoLongerThere("deleted")]

    await desk.delivery.drain()

    assert (desk.platform.posted, desk.outcomes) == ([], [Outcome.REDRAWN])


async def test_a_call_that_was_on_its_way_when_somebody_claimed_is_redrawn(desk: Desk) -> None:
    set_up_small_firm(desk.new_uow)
    asked = ask_for_acme("Hm?", desk.new_uow, desk.clock.now())
    await desk.delivery.drain()
    desk.queue("step", place="desk", question=asked.number, step=1, version=asked.version)
    bob = Identity("slack", "", "U0BOB")
    claim = Invocation(f"claim {short_id(asked.number)}", bob, "test:1")

    desk.platform.meanwhile = lambda: run(claim, desk.new_uow, desk.clock.now())
    await desk.delivery.drain()

    with desk.new_uow.reading() as uow:
        [call] = uow.outbox.sent_calls(asked.number)
        now = uow.questions.look_at(asked.number)
        known = uow.outbox.queued_before([f"settled:{call.id}:r{now.revision}"])
    assert now.claimed_by is not None
    assert len(known) == 1


async def test_a_card_that_did_arrive_is_brought_up_to_date(desk: Desk) -> None:
    question = _a_question(desk)
    _a_card(desk, "new", draws=1, question=question)
    desk.platform.then = [Unclear("the connection was lost")]
    desk.platform.after_accepting = True
    await desk.delivery.drain()
    desk.words.of["new"] = ToSend(notice("claimed"), draws=5)

    await desk.after(5)

    assert desk.said == ["new"]
    assert [(remote, words_of(letter)) for remote, letter in desk.platform.redrawn] == [("m1", "claimed")]
    assert _hangs(desk) == ("m1", 5)


async def test_a_reply_goes_under_the_card(desk: Desk) -> None:
    question = _a_question(desk)
    _a_card(desk, "new", draws=1, question=question)
    desk.queue("step", question=question, in_thread=True)

    await desk.delivery.drain()

    assert [(words_of(letter), letter.thread) for letter in desk.platform.posted] == [("new", None), ("step", "m1")]


async def test_what_was_sent_but_could_not_be_noted_is_not_sent_again(desk: Desk) -> None:
    nowhere_stored = QuestionNumber(99)
    _a_card(desk, "new", draws=1, question=nowhere_stored)

    for _ in range(3):
        await desk.after(600)

    assert desk.outcomes == [Outcome.FAILED] * 3
    assert desk.said == ["new"]


async def test_the_sender_wakes_when_something_is_queued(desk: Desk) -> None:
    sending = asyncio.create_task(desk.delivery.run())
    await asyncio.sleep(0.05)

    desk.new_uow.on_commit(desk.delivery.wake)
    await asyncio.to_thread(desk.queue, "hello")
    await _until(lambda: desk.said == ["hello"])

    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending


def _a_question(desk: Desk) -> QuestionNumber:
    """A question to hang cards for, without what was queued for it."""
    set_up_small_firm(desk.new_uow)
    question = ask_for_acme("How do we post this?", desk.new_uow, desk.clock.now())
    with desk.new_uow() as uow:
        for queued in uow.outbox.lease(desk.clock.now(), timedelta(seconds=LEASE), 100):
            uow.outbox.drop(queued.id, desk.clock.now(), "not what is tested")
        uow.commit()
    return question.number


def _a_card(desk: Desk, key: str, draws: int, question: QuestionNumber) -> None:
    desk.queue(key, question=question)
    desk.words.of[key] = replace(ToSend(notice(key)), draws=draws)


def _hangs(desk: Desk) -> tuple[str, int]:
    with desk.new_uow.reading() as uow:
        place = uow.places.find("fake", "north")
        posting = uow.postings.card(QuestionNumber(1), place or PlaceId(0))
    assert posting is not None
    return posting.remote, posting.drawn


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.01)
