"""A question whose client goes to another pod: offered there anew, or kept by whoever has it."""

from dataclasses import replace

import pytest

from coverage.events import MovedToPod, Offered, OfferReason
from coverage.ids import PersonId
from coverage.moving import move
from coverage.question import NotPossible, Status, answer, claim, resolve, wait
from tests.coverage.builders import ANN, BOB, MONDAY, SOUTH, a_policy, a_question, minutes

LATER = MONDAY + minutes(10)
FAST = a_policy("20% pod")
MANAGER = PersonId(99)


def test_what_nobody_has_claimed_is_offered_to_the_new_pod_under_its_policy() -> None:
    waiting = replace(a_question(), step=2, reminded=1, called=(ANN,))

    moved, events = move(waiting, MANAGER, SOUTH, FAST, LATER, "to South")

    assert events == (MovedToPod(MANAGER, "to South"), Offered(OfferReason.MOVED))
    assert (moved.pod, moved.policy, moved.status, moved.offered_at) == (SOUTH, FAST, Status.ROUTED, LATER)
    assert (moved.step, moved.reminded, moved.called) == (0, 0, ())
    assert moved.version == waiting.version + 1


@pytest.mark.parametrize("status", [Status.CLAIMED, Status.WAITING, Status.ANSWERED])
def test_whoever_has_it_keeps_it_and_the_policy_it_was_routed_under(status: Status) -> None:
    question, _ = claim(a_question(), BOB, MONDAY)
    if status is Status.WAITING:
        question, _ = wait(question, BOB, MONDAY)
    if status is Status.ANSWERED:
        question, _ = answer(question, BOB, MONDAY, "")

    moved, events = move(question, MANAGER, SOUTH, FAST, LATER, "to South")

    assert moved == replace(question, pod=SOUTH)
    assert (moved.status, moved.claimed_by) == (status, BOB)
    assert events == (MovedToPod(MANAGER, "to South"),)


def test_what_is_resolved_stays_where_it_was() -> None:
    question, _ = claim(a_question(), BOB, MONDAY)
    resolved, _ = resolve(question, BOB, MONDAY)

    with pytest.raises(NotPossible):
        move(resolved, MANAGER, SOUTH, FAST, LATER, "to South")
