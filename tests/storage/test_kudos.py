"""Kudos come back as they were given, and are counted by giver and day."""

from dataclasses import replace
from datetime import timedelta

from commands.ports import Kudos
from tests.storage.builders import MINUTE, NOW, a_question, asked


def test_kudos_come_out_as_they_went_in(new_uow, office):
    question = asked(new_uow, a_question(office)).number
    for_a_question = Kudos(0, office.ann, office.bob, "Well done, <!channel> 🎉", NOW, question)
    for_nothing = replace(for_a_question, question=None, sentence="half \ud83d and NUL \0")

    with new_uow() as uow:
        stored = [uow.kudos.add(for_a_question), uow.kudos.add(for_nothing)]
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.kudos.get(stored[0].id) == stored[0] == replace(for_a_question, id=stored[0].id)
        kept = uow.kudos.get(stored[1].id)
        assert (kept.question, kept.sentence) == (None, "half \ufffd and NUL \ufffd")
        assert uow.kudos.get(999) is None


def test_they_are_counted_by_giver_from_an_instant_on(new_uow, office):
    with new_uow() as uow:
        for at in (NOW - MINUTE, NOW, NOW + MINUTE):
            uow.kudos.add(Kudos(0, office.ann, office.bob, "Well done", at))
        uow.kudos.add(Kudos(0, office.bob, office.ann, "You too", NOW))
        uow.commit()

    with new_uow() as uow:
        assert uow.kudos.given_since(office.ann, NOW) == 2
        assert uow.kudos.given_since(office.bob, NOW - timedelta(days=1)) == 1
        assert uow.kudos.given_since(office.bob, NOW + MINUTE) == 0


def test_they_are_read_again_by_receiver_by_month_and_by_id(new_uow, office):
    with new_uow() as uow:
        first, second, third = (
            uow.kudos.add(Kudos(0, office.ann, who, f"Number {number}", NOW + MINUTE * number))
            for number, who in enumerate((office.bob, office.ann, office.bob))
        )
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.kudos.received_by(office.bob, 20) == [third, first]
        assert uow.kudos.received_by(office.bob, 1) == [third]
        assert uow.kudos.between(NOW, NOW + 2 * MINUTE) == [first, second]
        assert uow.kudos.many([third.id, 999, first.id]) == [first, third]
        assert uow.kudos.many([]) == []


def test_the_same_words_for_the_same_question_are_found_whoever_gave_them(new_uow, office):
    question = asked(new_uow, a_question(office)).number
    given = Kudos(0, office.ann, office.bob, "“You saved us!”", NOW, question)
    with new_uow() as uow:
        stored = uow.kudos.add(given)
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.kudos.same_as(replace(given, giver=office.bob, at=NOW + MINUTE)) == stored
        assert uow.kudos.same_as(replace(given, sentence="“Thanks”")) is None
        assert uow.kudos.same_as(replace(given, question=None)) is None
