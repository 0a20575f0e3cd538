"""How a question lives: claimed by one, given back, handed on, waiting, answered, resolved, reopened."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from coverage.events import (
    Answered,
    Breached,
    Claimed,
    HandedOff,
    Identified,
    Nudged,
    Offered,
    OfferReason,
    Promise,
    Released,
    Reopened,
    Resolved,
    Resumed,
)
from coverage.ids import PersonId
from coverage.promises import miss, nudge
from coverage.question import (
    AlreadyClaimed,
    Change,
    NotPossible,
    Pause,
    Question,
    Status,
    answer,
    claim,
    hand_off,
    identify,
    offer,
    release,
    reopen,
    resolve,
    resume,
    wait,
)
from tests.coverage.builders import (
    ANN,
    BOB,
    BOLT,
    DEE,
    MONDAY,
    SOUTH,
    a_policy,
    a_question,
    minutes,
)

LATER = MONDAY + minutes(10)


def claimed(question: Question | None = None, by: PersonId = ANN, at: datetime = MONDAY) -> Question:
    return claim(question or a_question(), by, at)[0]


def waiting() -> Question:
    return wait(claimed(), ANN, MONDAY)[0]


def answered() -> Question:
    return answer(claimed(), ANN, MONDAY, "see page 3")[0]


def resolved() -> Question:
    return resolve(answered(), ANN, MONDAY)[0]


# Claiming


def test_a_claim_names_one_person_and_ends_the_waiting() -> None:
    question, events = claim(a_question(brought_forward=MONDAY), BOB, LATER)

    assert (question.status, question.claimed_by, question.claimed_at) == (Status.CLAIMED, BOB, LATER)
    assert question.brought_forward is None
    assert events == (Claimed(BOB),)


def test_a_claim_from_outside_the_pod_is_recorded_as_such() -> None:
    assert claim(a_question(), DEE, MONDAY, from_outside=True)[1] == (Claimed(DEE, from_outside=True),)


@pytest.mark.parametrize("question", [claimed(), waiting(), answered()], ids=lambda question: question.status)
def test_the_second_to_claim_learns_who_was_first_and_since_when(question: Question) -> None:
    with pytest.raises(AlreadyClaimed) as refused:
        claim(question, BOB, LATER)

    assert (refused.value.by, refused.value.since) == (ANN, MONDAY)


@pytest.mark.parametrize("question", [claimed(), answered()], ids=lambda question: question.status)
def test_a_double_click_is_a_success_that_changes_nothing(question: Question) -> None:
    assert claim(question, ANN, LATER) == (question, ())


def test_claiming_ones_own_question_that_waits_resumes_it() -> None:
    question, events = claim(waiting(), ANN, LATER)

    assert (question.status, question.claimed_at) == (Status.CLAIMED, MONDAY)
    assert question.pauses == (Pause(MONDAY, LATER),)
    assert events == (Resumed(ANN),)


def test_an_unidentified_question_can_be_claimed_and_goes_back_as_such() -> None:
    unidentified = a_question(client=None)

    taken = claimed(unidentified)

    assert release(taken, ANN, LATER, "")[0].status is unidentified.status is Status.UNIDENTIFIED


# Giving back and handing on


@pytest.mark.parametrize("question", [claimed(), waiting(), answered()], ids=lambda question: question.status)
def test_released_it_is_offered_anew_from_its_first_step(question: Question) -> None:
    worn = replace(question, step=3, reminded=2, called=(ANN,), managers_told_at=MONDAY, nudged=True)

    offered, events = release(worn, BOB, LATER, "she is in a meeting")

    assert events == (Released(BOB, ANN, "she is in a meeting"), _offered(OfferReason.RELEASED, "she is in a meeting"))
    assert (offered.status, offered.offered_at) == (Status.ROUTED, LATER)
    assert (offered.claimed_by, offered.claimed_at, offered.called) == (None, None, ())
    assert (offered.step, offered.reminded, offered.managers_told_at, offered.nudged) == (0, 0, None, False)
    assert all(pause.end for pause in offered.pauses)


def _offered(reason: OfferReason, why: str = "") -> Offered:
    return Offered(reason, why)


def test_offered_again_the_claim_may_be_missed_again_and_the_other_promises_stay_missed() -> None:
    missed = a_question(breached=frozenset(Promise))

    assert offer(missed, OfferReason.AWAY, LATER)[0].breached == {Promise.FIRST_RESPONSE, Promise.RESOLUTION}


def test_a_hand_off_is_no_offer_it_stays_claimed_by_somebody_else() -> None:
    question, events = hand_off(replace(claimed(), nudged=True, step=1), ANN, BOB, LATER, "he did the audit")

    assert (question.status, question.claimed_by, question.claimed_at) == (Status.CLAIMED, BOB, LATER)
    assert (question.offered_at, question.step, question.nudged) == (MONDAY, 1, False)
    assert events == (HandedOff(ANN, BOB, ANN, "he did the audit"),)


def test_a_colleague_may_be_given_a_question_that_nobody_has() -> None:
    question, events = hand_off(a_question(), ANN, BOB, LATER, "")

    assert (question.status, question.claimed_by) == (Status.CLAIMED, BOB)
    assert events == (HandedOff(ANN, BOB, None, ""),)


@pytest.mark.parametrize("question", [waiting(), answered()], ids=lambda question: question.status)
def test_a_hand_off_does_not_change_how_far_a_question_has_come(question: Question) -> None:
    handed = hand_off(question, ANN, BOB, LATER, "")[0]

    assert (handed.status, handed.pauses) == (question.status, question.pauses)


# Answering, waiting, resolving


def test_the_first_answer_is_the_one_that_counts() -> None:
    again = resume(wait(answered(), ANN, LATER)[0], None, LATER, "one more thing")[0]

    twice, events = answer(again, BOB, LATER, "and page 4")

    assert (twice.answered_at, twice.answered_by, twice.claimed_by) == (MONDAY, BOB, ANN)
    assert events == (Answered(BOB, "and page 4"),)


def test_answering_a_question_nobody_has_claims_it_first() -> None:
    question, events = answer(a_question(), BOB, LATER, "see page 3")

    assert (question.status, question.claimed_by, question.answered_at) == (Status.ANSWERED, BOB, LATER)
    assert events == (Claimed(BOB), Answered(BOB, "see page 3"))


def test_answering_ends_the_wait_for_the_client() -> None:
    question, events = answer(waiting(), BOB, LATER, "")

    assert question.pauses == (Pause(MONDAY, LATER),)
    assert events == (Resumed(BOB), Answered(BOB, ""))


def test_the_client_can_end_the_wait() -> None:
    question, events = resume(waiting(), None, LATER, "the client wrote")

    assert question.status is Status.CLAIMED
    assert events == (Resumed(None, "the client wrote"),)


def test_resolving_ends_every_wait() -> None:
    question, events = resolve(waiting(), ANN, LATER, "never mind")

    assert (question.status, question.resolved_at) == (Status.RESOLVED, LATER)
    assert question.pauses == (Pause(MONDAY, LATER),)
    assert events == (Resolved(ANN, "never mind"),)


def test_reopened_it_is_offered_to_the_pod_and_what_was_answered_stays_answered() -> None:
    question, events = reopen(resolved(), BOB, LATER, "the form came back")

    assert events == (Reopened(BOB, "the form came back"), Offered(OfferReason.REOPENED, "the form came back"))
    assert (question.status, question.resolved_at, question.answered_at) == (Status.ROUTED, None, MONDAY)
    assert (question.claimed_by, question.offered_at, question.asked_at) == (None, LATER, MONDAY)


def test_a_known_client_brings_the_question_to_their_pod_under_its_policy() -> None:
    policy = a_policy("10% pod")
    unidentified = a_question(client=None, candidates=(BOLT,), step=2, brought_forward=MONDAY)

    question, events = identify(unidentified, BOB, BOLT, SOUTH, policy, LATER)

    assert events == (Identified(BOB, BOLT), Offered(OfferReason.IDENTIFIED))
    assert (question.client, question.pod, question.policy, question.candidates) == (BOLT, SOUTH, policy, ())
    assert (question.status, question.step, question.offered_at) == (Status.ROUTED, 0, LATER)
    assert question.brought_forward is None


ACTS: dict[str, Callable[[Question], Change]] = {
    "claim": lambda question: claim(question, ANN, LATER),
    "release": lambda question: release(question, ANN, LATER, ""),
    "hand off": lambda question: hand_off(question, ANN, BOB, LATER, ""),
    "hand off to the owner": lambda question: hand_off(question, ANN, ANN, LATER, ""),
    "answer": lambda question: answer(question, ANN, LATER, ""),
    "wait": lambda question: wait(question, ANN, LATER),
    "resume": lambda question: resume(question, ANN, LATER),
    "resolve": lambda question: resolve(question, ANN, LATER),
    "reopen": lambda question: reopen(question, ANN, LATER, ""),
}
REFUSED = {
    Status.ROUTED: {"release", "wait", "resume", "reopen"},
    Status.CLAIMED: {"hand off to the owner", "resume", "reopen"},
    Status.WAITING: {"hand off to the owner", "wait", "reopen"},
    Status.ANSWERED: {"hand off to the owner", "answer", "resume"},
    Status.RESOLVED: set(ACTS) - {"reopen"},
}


@pytest.mark.parametrize(
    "question", [a_question(), claimed(), waiting(), answered(), resolved()], ids=lambda q: q.status
)
def test_what_a_state_does_not_allow_is_refused_in_words(question: Question) -> None:
    refused = set()
    for name, act in ACTS.items():
        try:
            act(question)
        except NotPossible as why:
            refused.add(name)
            assert str(why).startswith(("is ", "waits ", "does not "))  # noqa: PT017 (what is refused is collected)

    assert refused == REFUSED[question.status]


# Promises and nudges


def test_a_missed_promise_is_noted_once_and_is_no_new_turn() -> None:
    question, events = miss(a_question(), Promise.CLAIM)

    assert events == (Breached(Promise.CLAIM),)
    assert question.version == a_question().version
    assert miss(question, Promise.CLAIM) == (question, ())


def test_the_claimer_is_nudged_once() -> None:
    question, events = nudge(claimed())

    assert events == (Nudged(ANN),)
    assert nudge(question) == (question, ())


@pytest.mark.parametrize("question", [a_question(), waiting(), answered(), resolved()], ids=lambda q: q.status)
def test_nobody_is_nudged_who_need_not_answer_now(question: Question) -> None:
    assert nudge(question) == (question, ())


def test_who_claims_after_the_answer_was_due_may_keep_it() -> None:
    due = MONDAY + minutes(240)

    assert claimed(at=due - minutes(1)).was_claimed_in_time_to_answer
    assert not claimed(at=due).was_claimed_in_time_to_answer
    assert not a_question().was_claimed_in_time_to_answer
