"""Every query of the ports finds its rows by an index, however many there are."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from commands.ports import Body, Identity, Kudos, QuestionQuery
from coverage.clients import worths
from coverage.ids import ClientId, FeedId, PersonId, PlaceId, PodId, QuestionNumber
from coverage.question import Status
from tests.storage.builders import NOW

ONE = QuestionNumber(1)
DAY = timedelta(days=1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("sqlite_autoindex_question_1", lambda uow: uow.questions.page(QuestionQuery(before=ONE))),
        ("ix_question_by_status", lambda uow: uow.questions.page(QuestionQuery(status=Status.ROUTED))),
        ("ix_question_by_client", lambda uow: uow.questions.page(QuestionQuery(client=ClientId(1)))),
        ("ix_question_by_client", lambda uow: uow.questions.of_clients_since([ClientId(1)], NOW, limit=10)),
        ("ix_question_by_pod", lambda uow: uow.questions.page(QuestionQuery(pod=PodId(1)))),
        ("ix_question_owned", lambda uow: uow.questions.owned_by(PersonId(1))),
        ("ix_question_unclaimed", lambda uow: uow.questions.unclaimed_in([PodId(1), PodId(2)])),
        ("ix_question_open_of_client", lambda uow: uow.questions.open_of(ClientId(1))),
        ("ix_question_rules", lambda uow: uow.questions.count_open([PodId(1), PodId(2)])),
        ("ix_question_rules", lambda uow: uow.questions.under_old_rules(2, limit=10)),
        ("ix_posting_remote", lambda uow: uow.questions.in_thread(PlaceId(1), "17.1")),
        ("ix_question_origin", lambda uow: uow.questions.asked_as(PlaceId(1), "17.1")),
        ("ix_question_asker", lambda uow: uow.questions.asked_by(PlaceId(1), "U0JO")),
        ("ix_question_thread", lambda uow: uow.questions.asked_in(PlaceId(1), "17.1")),
        ("ix_follow_up_remote", lambda uow: uow.follow_ups.said_as(PlaceId(1), "17.1")),
        ("ix_follow_up_question", lambda uow: uow.follow_ups.of(ONE)),
        ("ix_history_question", lambda uow: uow.history.of(ONE)),
        ("ix_question_answers", lambda uow: uow.questions.answered_of(ClientId(1), 5)),
        ("ix_question_by_client", lambda uow: uow.questions.texts_of(ClientId(1))),
        ("ix_history_answers", lambda uow: uow.history.answers_to([ONE])),
        ("ix_history_answers", lambda uow: uow.history.answers_of(ClientId(1))),
        ("ix_follow_up_question", lambda uow: uow.follow_ups.texts_of(ClientId(1))),
        ("ix_client_note_client", lambda uow: uow.notes.of(ClientId(1))),
        ("ix_outbox_alarms", lambda uow: uow.outbox.alarms(NOW, 10)),
        ("ix_client_named_contact", lambda uow: uow.clients.without_contact()),
        ("sqlite_autoindex_identity_1", lambda uow: uow.people.with_account()),
        ("ix_timer_due", lambda uow: uow.timers.due(NOW, limit=10)),
        ("ix_timer_due", lambda uow: uow.timers.earliest()),
        ("sqlite_autoindex_timer_1", lambda uow: uow.timers.of(ONE)),
        ("sqlite_autoindex_timer_1", lambda uow: uow.timers.replace(ONE, [])),
        ("sqlite_autoindex_timer_1", lambda uow: uow.timers.put_back(ONE, NOW)),
        ("ix_outbox_due", lambda uow: uow.outbox.lease(NOW, DAY, limit=10)),
        ("sqlite_autoindex_outbox_1", lambda uow: uow.outbox.queued_before(["a", "b"])),
        ("ix_outbox_lane", lambda uow: uow.outbox.lease(NOW, DAY, limit=10)),
        ("ix_outbox_ended", lambda uow: uow.outbox.forget_before(NOW)),
        ("ix_outbox_step", lambda uow: uow.outbox.step_reached_nobody(ONE, step=1, version=1)),
        ("ix_outbox_step", lambda uow: uow.outbox.sent_calls(ONE)),
        ("ix_outbox_due", lambda uow: uow.outbox.earliest()),
        ("sqlite_autoindex_posting_1", lambda uow: uow.postings.cards(ONE)),
        ("sqlite_autoindex_place_1", lambda uow: uow.places.find("slack", "C0")),
        ("sqlite_autoindex_reference_1", lambda uow: uow.references.find("teams", "19:north@thread.tacv2")),
        ("sqlite_autoindex_reference_1", lambda uow: uow.references.of_platform("teams")),
        ("sqlite_autoindex_identity_1", lambda uow: uow.people.by_identity(Identity("slack", "T", "U"))),
        ("sqlite_autoindex_identity_1", lambda uow: uow.people.acting(Identity("slack", "T", "U"))),
        ("ix_identity_person", lambda uow: uow.people.ways_to(PersonId(1))),
        ("ix_client_name_folded", lambda uow: uow.clients.called("Acme")),
        ("ix_client_domain_folded", lambda uow: uow.clients.with_domain("acme.example")),
        ("ix_client_channel_place", lambda uow: uow.clients.with_channel(PlaceId(1))),
        ("sqlite_autoindex_confirmed_address_1", lambda uow: uow.clients.with_address("jo@acme.example")),
        ("sqlite_autoindex_confirmed_address_1", lambda uow: uow.clients.forget_address("jo@x.example", ClientId(1))),
        ("ix_question_answers", lambda uow: uow.clients.answers(ClientId(1), NOW)),
        ("ix_question_answers", lambda uow: uow.clients.answers_of([ClientId(1)], NOW)),
        ("ix_question_answerers", lambda uow: uow.clients.regulars(NOW - DAY, NOW, worths(NOW - DAY, NOW), 3, 0.5)),
        ("ix_kudos_received", lambda uow: uow.kudos.received_by(PersonId(1), 20)),
        ("ix_kudos_received", lambda uow: uow.kudos.same_as(Kudos(0, PersonId(1), PersonId(2), "“Hm”", NOW, ONE))),
        ("ix_kudos_at", lambda uow: uow.kudos.between(NOW, NOW + DAY)),
        ("ix_kudos_given", lambda uow: uow.kudos.given_since(PersonId(1), NOW)),
        ("ix_setup_change_at", lambda uow: uow.setup_changes.latest(50)),
        ("ix_setup_change_at", lambda uow: uow.setup_changes.since(1)),
        ("ix_client_pod", lambda uow: uow.clients.of_pods([PodId(1)])),
        ("ix_absence_person", lambda uow: uow.absences.overlapping([PersonId(1)], NOW, NOW + DAY)),
        ("ix_absence_source", lambda uow: uow.absences.of_source("import:team")),
        ("ix_absence_unhandled", lambda uow: uow.absences.started_unhandled(NOW, limit=10)),
        ("ix_absence_unhandled", lambda uow: uow.absences.earliest_unhandled()),
        ("ix_feed_due", lambda uow: uow.feeds.lease(NOW, DAY, limit=10)),
        ("ix_feed_due", lambda uow: uow.feeds.earliest()),
        ("ix_feed_name", lambda uow: uow.feeds.everything()),
        ("sqlite_autoindex_feed_body_1", lambda uow: uow.feeds.drop_body(FeedId(1), Body.HELD)),
        ("sqlite_autoindex_feed_question_1", lambda uow: uow.feeds.asked_about(FeedId(1))),
        ("ix_feed_question_open", lambda uow: uow.feeds.open_questions()),
        ("ix_feed_question_open", lambda uow: uow.feeds.forget_texts_before(NOW)),
        ("sqlite_autoindex_feed_question_1", lambda uow: uow.feeds.remove(FeedId(1))),
        ("sqlite_autoindex_delivery_1", lambda uow: uow.deliveries.find("key")),
        ("ix_delivery_at", lambda uow: uow.deliveries.forget_before(NOW)),
        ("sqlite_autoindex_draft_1", lambda uow: uow.drafts.find("key")),
        ("ix_draft_at", lambda uow: uow.drafts.forget_before(NOW)),
        ("ix_absence_ended", lambda uow: uow.absences.delete_ended_before(NOW)),
        ("ix_inbox_received", lambda uow: uow.inbox.forget_before(NOW)),
        ("ix_inbox_pending", lambda uow: uow.inbox.lease("slack", NOW, DAY, limit=10)),
        ("ix_inbox_pending", lambda uow: uow.inbox.earliest("slack")),
        ("ix_inbox_pending", lambda uow: uow.inbox.take_over(NOW)),
    ],
)
def test_a_query_of_the_ports_uses_its_index(engine, new_uow, index, ask):
    asked = statements_of(engine, lambda: ask_in_vain(new_uow, ask))

    plans = [line for statement in asked for line in plan_of(engine, statement)]

    assert any(f" {index} " in f"{line} " for line in plans), plans
    assert not any(line.startswith("SCAN") and "USING" not in line for line in plans), plans


def ask_in_vain(new_uow, ask):
    with new_uow() as uow:
        ask(uow)


def statements_of(engine, act):
    """What SQLite itself was given, with the values in it."""
    asked: list[str] = []

    def listen(connection, *_):
        connection.set_trace_callback(asked.append)

    event.listen(engine.pool, "checkout", listen)
    act()
    event.remove(engine.pool, "checkout", listen)
    return [statement for statement in asked if not statement.startswith(("BEGIN", "ROLLBACK"))]


def plan_of(engine, statement):
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    return [row.detail for row in rows]
