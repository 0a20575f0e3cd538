"""One event, one effect: what was delivered is remembered, and stored before it is acknowledged."""

from commands.outgoing import Posting
from commands.ports import Arrived
from coverage.ids import QuestionNumber
from tests.storage.builders import MINUTE, NOW, a_question, asked


def test_a_key_is_remembered_once_with_what_it_led_to(new_uow, office):
    with new_uow() as uow:
        assert uow.deliveries.find("view:V1:h") is None
        assert uow.deliveries.remember("view:V1:h", NOW, QuestionNumber(1), "sha")
        assert not uow.deliveries.remember("view:V1:h", NOW, QuestionNumber(2), "other")
        delivered = uow.deliveries.find("view:V1:h")
        uow.commit()

    assert delivered is not None
    assert (delivered.question, delivered.fingerprint) == (1, "sha")


def test_the_question_of_a_delivery_may_be_noted_later(new_uow, office):
    with new_uow() as uow:
        uow.deliveries.remember("idempotency:1", NOW, fingerprint="sha")
        uow.deliveries.note_question("idempotency:1", uow.questions.add(a_question(office)).number)
        uow.commit()

    with new_uow.reading() as uow:
        delivered = uow.deliveries.find("idempotency:1")
    assert delivered is not None
    assert (delivered.question, delivered.fingerprint) == (1, "sha")


def test_a_draft_is_kept_as_it_was_until_it_is_forgotten(new_uow):
    with new_uow() as uow:
        uow.drafts.keep("view:1", {"text": "How?", "files": [["a.pdf", "https://f.example"]]}, NOW)
        uow.commit()

    with new_uow() as uow:
        assert uow.drafts.find("view:1") == {"text": "How?", "files": [["a.pdf", "https://f.example"]]}
        assert uow.drafts.find("view:2") is None
        assert uow.drafts.forget_before(NOW + MINUTE) == 1
        assert uow.drafts.find("view:1") is None


def test_an_effect_that_is_undone_leaves_no_trace_of_its_delivery(new_uow):
    with new_uow() as uow:
        uow.deliveries.remember("trigger:1", NOW)

    with new_uow() as uow:
        assert uow.deliveries.remember("trigger:1", NOW)


def test_old_deliveries_are_forgotten(new_uow):
    with new_uow() as uow:
        uow.deliveries.remember("old", NOW)
        uow.deliveries.remember("new", NOW + MINUTE)

        assert uow.deliveries.forget_before(NOW + MINUTE) == 1

        assert uow.deliveries.find("old") is None
        assert uow.deliveries.find("new") is not None


def test_an_event_that_comes_three_times_is_stored_once_and_done_once(new_uow):
    payload = {"type": "message", "text": "half \ud83d and \x00", "nested": {"ts": "17.1", "n": [1, None, True]}}
    with new_uow() as uow:
        taken = [uow.inbox.take("Ev1", "slack", payload, NOW) for _ in range(3)]
        uow.commit()

    with new_uow() as uow:
        assert taken == [True, False, False]
        assert uow.inbox.lease("slack", NOW, MINUTE, limit=10) == [Arrived("Ev1", "slack", payload, attempts=0)]
        assert [uow.inbox.done("Ev1", NOW), uow.inbox.done("Ev1", NOW)] == [True, False]
        assert uow.inbox.lease("slack", NOW + MINUTE, MINUTE, limit=10) == []
        assert not uow.inbox.take("Ev1", "slack", payload, NOW + MINUTE)


def test_events_are_worked_on_in_the_order_of_their_arrival(new_uow):
    with new_uow() as uow:
        for key in ("Ev2", "Ev1", "Ev3"):
            uow.inbox.take(key, "slack", {}, NOW)

        assert [event.key for event in uow.inbox.lease("slack", NOW, MINUTE, limit=2)] == ["Ev2", "Ev1"]


def test_an_event_that_fails_comes_again_later_and_is_counted(new_uow):
    with new_uow() as uow:
        uow.inbox.take("Ev1", "slack", {}, NOW)
        assert uow.inbox.put_back("Ev1", NOW + MINUTE, "no such channel") == 1
        assert uow.inbox.lease("slack", NOW, MINUTE, limit=10) == []

        [event] = uow.inbox.lease("slack", NOW + MINUTE, MINUTE, limit=10)

        assert event.attempts == 1
        assert uow.inbox.put_back("Ev1", NOW + MINUTE, "again") == 2


def test_only_events_that_had_their_effect_are_forgotten(new_uow):
    with new_uow() as uow:
        uow.inbox.take("done", "slack", {}, NOW)
        uow.inbox.take("pending", "slack", {}, NOW)
        uow.inbox.done("done", NOW)

        assert uow.inbox.forget_before(NOW + MINUTE) == 1

        assert [event.key for event in uow.inbox.lease("slack", NOW, MINUTE, limit=10)] == ["pending"]


def test_what_one_has_taken_nobody_else_gets_until_the_lease_runs_out(new_uow):
    with new_uow() as uow:
        uow.inbox.take("Ev1", "slack", {}, NOW)
        assert [event.key for event in uow.inbox.lease("slack", NOW, MINUTE, limit=10)] == ["Ev1"]
        uow.commit()

    with new_uow() as uow:
        assert uow.inbox.lease("slack", NOW + MINUTE / 2, MINUTE, limit=10) == []
        assert uow.inbox.earliest("slack") == NOW + MINUTE
        again = uow.inbox.lease("slack", NOW + MINUTE, MINUTE, limit=10)

    assert [(event.key, event.attempts) for event in again] == [("Ev1", 0)]


def test_what_a_process_that_is_gone_had_taken_is_due_at_once(new_uow):
    with new_uow() as uow:
        for key in ("taken", "done"):
            uow.inbox.take(key, "slack", {}, NOW)
        uow.inbox.lease("slack", NOW, 60 * MINUTE, limit=10)
        uow.inbox.done("done", NOW)
        uow.commit()

    with new_uow() as uow:
        assert uow.inbox.take_over(NOW + MINUTE) == 1
        taken = uow.inbox.lease("slack", NOW + MINUTE, MINUTE, limit=10)

    assert [event.key for event in taken] == ["taken"]


def test_each_platform_takes_its_own_events(new_uow):
    with new_uow() as uow:
        uow.inbox.take("Ev1", "teams", {}, NOW)

        assert uow.inbox.earliest("slack") is None
        assert uow.inbox.lease("slack", NOW, MINUTE, limit=10) == []
        assert uow.inbox.earliest("teams") == NOW


def test_a_periodic_job_is_due_at_once_and_again_when_its_time_has_passed(new_uow):
    hour = 60 * MINUTE
    with new_uow() as uow:
        assert uow.jobs.lease("digest", NOW, hour, MINUTE)
        assert not uow.jobs.lease("digest", NOW, hour, MINUTE)
        uow.jobs.done("digest", NOW, hour)
        assert not uow.jobs.lease("digest", NOW + hour - MINUTE, hour, MINUTE)
        assert uow.jobs.lease("digest", NOW + hour, hour, MINUTE)
        assert uow.jobs.lease("clean-up", NOW, hour, MINUTE)


def test_a_periodic_job_whose_process_died_is_done_by_another_when_the_lease_has_run_out(new_uow):
    with new_uow() as uow:
        uow.jobs.lease("digest", NOW, 60 * MINUTE, MINUTE)
        uow.commit()

    with new_uow() as uow:
        assert uow.jobs.lease("digest", NOW + MINUTE, 60 * MINUTE, MINUTE)


def test_a_thread_has_the_cards_that_were_put_there(new_uow, office):
    number = asked(new_uow, a_question(office)).number
    with new_uow() as uow:
        uow.postings.put_card(Posting(number, office.channel, "17.1", drawn=1))
        uow.postings.put_card(Posting(number, office.channel, "17.1", drawn=2))
        other = uow.places.at("slack", "C0DESK")
        uow.postings.put_card(Posting(number, other, "17.2", drawn=1))
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.postings.card(number, office.channel) == Posting(number, office.channel, "17.1", drawn=2)
        assert [card.place for card in uow.postings.cards(number)] == [office.channel, other]
        assert uow.postings.card(QuestionNumber(99), other) is None
