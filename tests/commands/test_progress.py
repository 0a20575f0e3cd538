"""How far a question has come: released, handed off, answered, waiting, resolved, reopened."""

from datetime import UTC, datetime

import pytest

from commands.views import Form
from coverage.question import Status
from tests.world import World, buttons, is_refusal, words


@pytest.fixture
def claimed(world: World) -> World:
    """Bob has a question of Acme's, and everybody has seen it."""
    world.ask()
    world.say("Bob", "claim Q-1")
    world.deliver()
    return world


def test_a_released_question_is_offered_again_to_somebody_else(claimed: World) -> None:
    assert claimed.say("Bob", "release Q-1 in court all day") == "Q-1 is back with North."

    [_, call] = claimed.must_send("C0NORTH redrawn", "C0NORTH thread: called")
    assert call.calls == ("Ann Lee",)
    assert call.text == (
        "It was given back to the pod “in court all day”. Ann Lee, can you take Q-1? It is to be claimed by "
        "Mon 23 Nov 10:30."
    )


def test_a_card_that_is_offered_again_says_that_the_client_has_had_an_answer(claimed: World) -> None:
    claimed.say("Bob", "answered Q-1")
    claimed.deliver()
    claimed.say("Bob", "release Q-1 in court all day")

    card, _ = claimed.must_send("C0NORTH redrawn", "C0NORTH thread: called")
    assert "First answer Bob Roy, " in card.text


def test_whoever_gave_it_back_is_called_only_if_nobody_else_is_there(claimed: World) -> None:
    claimed.say("Ann", "leave today")

    claimed.say("Bob", "release Q-1")

    assert claimed.called() == ["Bob"]


def test_a_lead_who_gives_a_question_of_nobody_knows_whom_back_is_not_called_again(world: World) -> None:
    world.change(
        "pods: [{name: North, channel: C0NORTH, members: [ann@firm.example, bob@firm.example], lead: ann@firm.example,"
        " service_hours: uk-office, charter: standard, escalation_policy: standard}]"
    )
    world.ask("hello", client=None)
    assert world.called() == ["Ann"]
    world.say("Ann", "claim Q-1")

    world.say("Ann", "release Q-1")

    assert world.called() == ["Bob"]


def test_the_card_does_not_say_that_the_named_contact_is_away_when_they_gave_it_back(world: World) -> None:
    world.ask()
    world.say("Ann", "claim Q-1")
    world.say("Ann", "release Q-1")

    [card] = world.must_send("C0NORTH card")

    assert "Calling Bob Roy. Also know them: Ann Lee." in card.text


def test_a_colleague_may_release_for_somebody_and_the_history_says_so(claimed: World) -> None:
    claimed.say("Ann", "release Q-1 Bob is ill")

    assert "in the place of Bob Roy; Bob is ill" in [row.why for row in claimed.history()]


def test_a_hand_off_stays_claimed_and_tells_whoever_has_it_now(claimed: World) -> None:
    assert claimed.say("Bob", "handoff Q-1 @Annie she did the audit") == "Ann Lee has Q-1 now."

    sent = claimed.must_send("Ann: handed_off", "C0NORTH redrawn", "C0NORTH thread: handed_off")
    assert {one.to: one.text for one in sent if one.topic == "handed_off"} == {
        "Ann": "Bob Roy hands you Q-1 from Acme Ltd:\nHow do we file the return?\n"
        "An answer is due Mon 23 Nov 14:00. “she did the audit”",
        "C0NORTH": "Bob Roy hands Q-1 to Ann Lee. “she did the audit”",
    }
    assert claimed.question().status is Status.CLAIMED


def test_a_colleague_who_takes_a_question_over_is_not_written_to(claimed: World) -> None:
    assert claimed.say("Ann", "handoff Q-1 @Annie Bob is in court") == "Ann Lee has Q-1 now."

    [_, told] = claimed.must_send("C0NORTH redrawn", "C0NORTH thread: handed_off")
    assert told.text == "Ann Lee has taken over Q-1. “Bob is in court”"


def test_a_hand_off_to_whoever_has_it_changes_nothing(claimed: World) -> None:
    assert claimed.refused("Bob", "handoff Q-1 @Bob Roy") == "Q-1 is theirs already."


def test_a_hand_off_to_somebody_who_does_not_work_that_day_is_refused(claimed: World) -> None:
    claimed.change("people:\n  - {name: Dan Low, email: dan@firm.example, working_pattern: Tue-Thu 09:00-17:00}")

    assert claimed.refused("Bob", "handoff Q-1 @Dan Low") == "Dan Low is not there. Who is in: Ann Lee."


def test_a_hand_off_to_somebody_away_is_refused_naming_who_is_in(claimed: World) -> None:
    claimed.say("Cara", "leave today - Wed")

    assert claimed.refused("Bob", "handoff Q-1 @Cara Diaz") == "Cara Diaz is away until Wed 25 Nov. Who is in: Ann Lee."
    claimed.say("Ann", "leave today")
    assert claimed.refused("Bob", "handoff Q-1 @Annie") == (
        "Ann Lee is away until Mon 23 Nov. Nobody else of the pod is in."
    )
    assert claimed.owner() == "Bob"


def test_an_unclaimed_question_may_be_handed_off_by_its_pod(world: World) -> None:
    world.ask()

    world.say("Bob", "handoff Q-1 @Cara Diaz she did their audit")

    assert world.owner() == "Cara"


def test_a_hand_off_without_a_name_opens_the_form(claimed: World) -> None:
    form = claimed.reply("Bob", "handoff Q-1")

    assert isinstance(form, Form)
    assert form.line == "handoff Q-1 {to} {why}"


def test_an_answer_to_an_unclaimed_question_claims_it_first_also_from_outside(world: World) -> None:
    world.ask()

    assert world.say("Cara", "answered Q-1 told them on the phone") == "Q-1 is answered."

    assert world.owner() == "Cara"
    assert [(row.what.value, row.why) for row in world.history()[-2:]] == [
        ("claimed", "from outside North"),
        ("answered", "told them on the phone"),
    ]


def test_a_colleague_may_answer_for_the_claimer_who_still_has_it(claimed: World) -> None:
    claimed.say("Ann", "answered Q-1")

    assert claimed.owner() == "Bob"


def test_whoever_resolves_an_unclaimed_question_has_answered_for_it(world: World) -> None:
    world.ask()

    world.say("Bob", "resolve Q-1 a duplicate")

    assert world.owner() == "Bob"
    assert world.happened()[-2:] == ["claimed", "resolved"]


def test_waiting_cuts_the_pause_out_of_the_answers_deadline(claimed: World) -> None:
    assert claimed.say("Bob", "waiting Q-1 their bank") == "Q-1 waits for the client; its clocks stand still."
    assert claimed.question().deadlines.first_response is None

    claimed.wait(hours=2)
    claimed.say("Bob", "claim Q-1")

    assert claimed.question().deadlines.first_response == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert claimed.question().deadlines.claim == datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def test_an_answer_ends_the_waiting(claimed: World) -> None:
    claimed.say("Bob", "waiting Q-1")

    claimed.say("Bob", "answered Q-1")

    assert claimed.happened()[-2:] == ["resumed", "answered"]


def test_what_nobody_has_cannot_be_given_back_or_wait(world: World) -> None:
    world.ask()

    assert world.refused("Bob", "waiting Q-1") == "Q-1 is not claimed by anybody: claim it first."
    assert world.refused("Bob", "release Q-1") == "Q-1 is not claimed by anybody, so there is nothing to release."


@pytest.mark.parametrize("verb", ["release", "waiting"])
def test_what_is_resolved_is_to_be_reopened_first(claimed: World, verb: str) -> None:
    claimed.say("Bob", "resolve Q-1")

    assert claimed.refused("Bob", f"{verb} Q-1") == "Q-1 is resolved; reopen it first."


def test_what_was_done_cannot_be_done_again(claimed: World) -> None:
    claimed.say("Bob", "waiting Q-1")
    assert claimed.refused("Bob", "waiting Q-1") == "Q-1 waits for the client already."
    claimed.say("Bob", "resolve Q-1")
    assert claimed.refused("Bob", "resolve Q-1") == "Q-1 is resolved already."
    assert claimed.refused("Bob", "answered Q-1") == "Q-1 is resolved already."
    assert claimed.refused("Bob", "handoff Q-1 @Annie") == "Q-1 is resolved; reopen it first."


@pytest.mark.parametrize("last", ["answered", "resolve"])
def test_a_reopened_question_is_offered_again_with_the_reason(claimed: World, last: str) -> None:
    claimed.say("Bob", f"{last} Q-1")
    claimed.deliver()

    assert claimed.say("Cara", "reopen Q-1 the form came back") == "Q-1 is open again, with North."

    [_, call] = claimed.must_send("C0NORTH redrawn", "C0NORTH thread: called")
    assert call.text.startswith("It was reopened “the form came back”. Ann Lee, can you take Q-1?")
    assert claimed.question().status is Status.ROUTED


def test_reopening_asks_for_the_reason_and_only_where_there_is_something_to_reopen(claimed: World) -> None:
    assert claimed.refused("Bob", "reopen Q-1").startswith("Q-1 is still open")
    claimed.say("Bob", "resolve Q-1")

    assert isinstance(claimed.reply("Bob", "reopen Q-1"), Form)


def test_a_button_of_an_earlier_turn_is_asked_about_before_it_changes_somebody_elses_question(claimed: World) -> None:
    drawn_for = claimed.question().version
    claimed.say("Bob", "handoff Q-1 @Annie")

    stale = claimed.reply("Mia", "resolve Q-1", drawn_for=drawn_for)

    assert is_refusal(stale)
    assert words(stale) == ("Q-1 has moved on since you were shown that button: Ann Lee has it since Mon 23 Nov 10:00.")
    [anyway] = buttons(stale)
    assert not is_refusal(claimed.reply("Mia", anyway.command, drawn_for=claimed.question().version))
    assert claimed.question().status is Status.RESOLVED


def test_the_claimers_own_buttons_work_whenever_they_were_drawn(claimed: World) -> None:
    drawn_for = claimed.question().version
    claimed.say("Bob", "waiting Q-1")

    assert not is_refusal(claimed.reply("Bob", "answered Q-1", drawn_for=drawn_for))


def test_a_pod_that_was_dissolved_leaves_its_old_questions_readable_and_they_reopen_where_the_client_is_now(
    claimed: World,
) -> None:
    claimed.say("Bob", "resolve Q-1")
    claimed.change("clients: [{name: Acme Ltd, pod: South, named_contact: cara@firm.example, knows: {}}]")
    claimed.change("intake: {channel: C0INTAKE, pod: South}")
    with claimed.new_uow() as uow:
        north = next(pod.id for pod in uow.firm().pods.values() if pod.name == "North")
        uow.setup.prune(people=[], pods=[north], clients=[])
        uow.commit()

    assert "Its pod is gone" in words(claimed.reply("Bob", "explain Q-1"))
    for line in ("client Acme", "mine", "release Q-1", "claim Q-1", "answered Q-1"):
        assert "went wrong" not in words(claimed.reply("Cara", line))
    assert claimed.say("Cara", "reopen Q-1 the form came back") == "Q-1 is open again, with South."
    assert claimed.called() == ["Cara"]


def test_a_client_that_moved_to_another_pod_takes_its_new_questions_there(claimed: World) -> None:
    claimed.change("clients: [{name: Acme Ltd, pod: South, named_contact: cara@firm.example}]")
    claimed.ask("another")

    claimed.say("Bob", "release Q-1")

    sent = claimed.must_send("C0SOUTH card", "C0NORTH redrawn", "C0NORTH thread: called")
    assert [one.calls for one in sent] == [("Cara Diaz",), (), ("Cara Diaz",)]
