"""Who knows a client: the firm's word, and the evidence of answered questions that fades."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage.clients import (
    MAY_BE_ENOUGH,
    Acquaintance,
    Answer,
    Basis,
    Knowledge,
    Worth,
    is_enough_for_sure,
    known_by_answers,
    who_knows,
    worths,
)
from coverage.ids import PersonId
from tests.coverage.builders import ANN, BOB, CAS, DEE, ELI, MONDAY, a_client


def answered(who: PersonId, times: int, days_ago: float = 0) -> list[Answer]:
    return [Answer(who, MONDAY - timedelta(days=days_ago))] * times


def known(
    *answers: Answer, knows: dict[PersonId, Knowledge] | None = None, named_contact: PersonId | None = ANN
) -> dict[PersonId, Acquaintance]:
    """In their order, best first."""
    return {one.person: one for one in who_knows(a_client(knows, named_contact), answers, MONDAY)}


def test_the_named_contact_comes_before_those_who_know_before_those_who_learn() -> None:
    found = known(knows={DEE: Knowledge.LEARNING, CAS: Knowledge.KNOWS, BOB: Knowledge.KNOWS})

    assert [(one.person, one.basis) for one in found.values()] == [
        (ANN, Basis.NAMED_CONTACT),
        (BOB, Basis.KNOWS),
        (CAS, Basis.KNOWS),
        (DEE, Basis.LEARNING),
    ]


def test_of_two_who_know_the_client_the_one_who_answered_them_comes_first() -> None:
    found = known(*answered(CAS, 1, days_ago=400), knows={BOB: Knowledge.KNOWS, CAS: Knowledge.KNOWS})

    assert list(found) == [ANN, CAS, BOB]


def test_an_answer_counts_half_as_much_after_180_days() -> None:
    found = known(*answered(BOB, 1), *answered(CAS, 1, days_ago=180), *answered(DEE, 1, days_ago=360))

    assert [found[who].evidence for who in (BOB, CAS, DEE)] == pytest.approx([0.25, 0.125, 0.0625])


@pytest.mark.parametrize(
    ("times", "days_ago", "knows_them"),
    [(2, 0, False), (3, 0, True), (3, 56, True), (3, 90, False), (4, 180, False), (5, 180, True), (20, 900, False)],
)
def test_enough_recent_answers_make_somebody_know_a_client(times: int, days_ago: float, knows_them: bool) -> None:
    assert known(*answered(DEE, times, days_ago))[DEE].knows_them is knows_them


def test_learning_a_client_is_not_knowing_them_and_does_not_help_to_count() -> None:
    learners = {BOB: Knowledge.LEARNING, CAS: Knowledge.LEARNING, DEE: Knowledge.LEARNING}

    found = known(*answered(CAS, 2), *answered(DEE, 3), knows=learners)

    assert {who: one.knows_them for who, one in found.items()} == {ANN: True, BOB: False, CAS: False, DEE: True}


def test_nobody_knows_a_client_by_an_answer_still_to_come() -> None:
    assert BOB not in known(Answer(BOB, MONDAY + timedelta(seconds=1)))


def test_how_many_answers_and_the_last_of_them_are_told() -> None:
    found = known(*answered(BOB, 1, days_ago=3), *answered(BOB, 1, days_ago=9), named_contact=None)

    assert list(found) == [BOB]
    assert (found[BOB].answers, found[BOB].last_answer) == (2, MONDAY - timedelta(days=3))


def test_equal_knowledge_has_one_order_always() -> None:
    forward = known(*answered(ELI, 1), *answered(BOB, 1))
    backward = known(*answered(BOB, 1), *answered(ELI, 1))

    assert list(forward) == list(backward) == [ANN, BOB, ELI]


@given(st.lists(st.tuples(st.sampled_from([BOB, CAS, DEE]), st.floats(-5, 800)), max_size=20))
def test_for_all_clients_at_once_answers_say_the_same_as_for_one(given_answers: list[tuple[PersonId, float]]) -> None:
    answers = [Answer(who, MONDAY - timedelta(days=days)) for who, days in given_answers]

    found = known(*answers, named_contact=None)

    assert known_by_answers(answers, MONDAY) == {who for who, one in found.items() if one.knows_them}


@given(st.lists(st.floats(0, 720), min_size=3, max_size=40), st.randoms())
def test_what_answers_are_worth_rounded_down_is_never_wrong(days_ago: list[float], chance: Random) -> None:
    answers = [Answer(BOB, MONDAY - timedelta(days=days)) for days in days_ago]
    chance.shuffle(answers)
    steps = worths(MONDAY - timedelta(days=720), MONDAY)

    worth = sum(worth_of(answer, steps) for answer in answers)

    knows_them = BOB in known_by_answers(answers, MONDAY)
    assert knows_them or not is_enough_for_sure(worth)
    assert not knows_them or worth >= MAY_BE_ENOUGH


@pytest.mark.parametrize("days_ago", [0, 7, 180, 359, 720])
def test_an_answer_is_worth_a_little_less_than_it_counts(days_ago: int) -> None:
    (answer,) = answered(BOB, 1, days_ago)

    worth = worth_of(answer, worths(MONDAY - timedelta(days=720), MONDAY))

    assert worth <= known(answer)[BOB].evidence <= worth * 1.03


def worth_of(answer: Answer, steps: tuple[Worth, ...]) -> float:
    return next(step.least for step in steps if answer.at >= step.since)
