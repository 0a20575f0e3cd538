"""The tables of questions, their history, timers and kudos, and of what comes in and goes out."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage import json_forms as forms
from storage.metadata import BIG, metadata, of_a_firm, of_a_question, partial_index
from storage.types import Coded, FreeText, UtcDateTime

question = Table(
    "question",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("rules_version", Integer, nullable=False, comment="the set-up under which its times were worked out"),
    Column("status", String(16), nullable=False),
    Column("level", String(16), nullable=False),
    Column("via", String(16), nullable=False),
    Column("pod", ForeignKey("pod.id"), nullable=False),
    Column("client", ForeignKey("client.id")),
    Column("named_as", FreeText),
    Column("candidates", Coded(), nullable=False),
    Column("asked_by_name", FreeText),
    Column("asked_by_email", FreeText),
    Column("filed_by", ForeignKey("person.id")),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("arrived_at", UtcDateTime, nullable=False),
    Column("offered_at", UtcDateTime, nullable=False),
    Column("claim_due", UtcDateTime),
    Column("first_response_due", UtcDateTime),
    Column("resolution_due", UtcDateTime),
    Column("called", Coded(), nullable=False),
    Column("step", Integer, nullable=False),
    Column("reminded", Integer, nullable=False),
    Column("managers_told_at", UtcDateTime),
    Column("brought_forward", UtcDateTime),
    Column("brought_forward_because", FreeText, nullable=False),
    Column("claimed_by", ForeignKey("person.id")),
    Column("claimed_at", UtcDateTime),
    Column("nudged", Boolean, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("answered_by", ForeignKey("person.id")),
    Column("resolved_at", UtcDateTime),
    Column("pauses", Coded(forms.pauses_to_json, forms.pauses_from_json), nullable=False),
    Column("breached", Coded(), nullable=False),
    Column("origin", ForeignKey("place.id")),
    Column("origin_remote", Text, comment="the platform's own name of the message it was asked in, at origin"),
    Column("origin_thread", Text, comment="the platform's own name of the first message of the thread it was asked in"),
    Column("asker", Text, comment="the platform's own name of the client's person who asked, at origin"),
    Column(
        "attachments",
        Coded(forms.attachments_to_json, forms.attachments_from_json),
        nullable=False,
        server_default="[]",
    ),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("snoozed_until", UtcDateTime),
    Column("merged_into", Integer),
    Column("policy", Coded(forms.policy_to_json, forms.policy_from_json), nullable=False),
    Column("text", FreeText, nullable=False),
    Index("ix_question_by_status", "firm", "status", "number"),
    Index("ix_question_by_client", "firm", "client", "number"),
    partial_index("ix_question_open_of_client", "firm", "client", "number", where="status <> 'resolved'"),
    Index("ix_question_by_pod", "firm", "pod", "number"),
    partial_index("ix_question_owned", "firm", "claimed_by", "number", where="claimed_by IS NOT NULL"),
    partial_index(
        "ix_question_unclaimed", "firm", "pod", "claim_due", "number", where="status IN ('unidentified', 'routed')"
    ),
    partial_index("ix_question_origin", "firm", "origin", "origin_remote", where="origin_remote IS NOT NULL"),
    partial_index("ix_question_thread", "firm", "origin", "origin_thread", "number", where="origin_thread IS NOT NULL"),
    partial_index("ix_question_asker", "firm", "origin", "asker", "number", where="asker IS NOT NULL"),
    partial_index("ix_question_rules", "firm", "rules_version", "number", where="status <> 'resolved'"),
    partial_index(
        "ix_question_answers", "firm", "client", "answered_at", "answered_by", where="answered_by IS NOT NULL"
    ),
    partial_index(
        "ix_question_answerers", "firm", "client", "answered_by", "answered_at", where="answered_by IS NOT NULL"
    ),
)

history = Table(
    "history",
    metadata,
    Column("id", BIG, primary_key=True),
    *of_a_question(),
    Column("at", UtcDateTime, nullable=False),
    Column("who", ForeignKey("person.id")),
    Column("what", String(16), nullable=False),
    Column("why", FreeText, nullable=False),
    Index("ix_history_question", "firm", "question", "id"),
    partial_index("ix_history_answers", "firm", "question", "id", where="what = 'answered'"),
)

follow_up = Table(
    "follow_up",
    metadata,
    Column("id", BIG, primary_key=True),
    *of_a_question(),
    Column("at", UtcDateTime, nullable=False),
    Column("by", FreeText, comment="the name of whoever of the client said it"),
    Column("text", FreeText, nullable=False),
    Column("attachments", Coded(forms.attachments_to_json, forms.attachments_from_json), nullable=False),
    Column("place", ForeignKey("place.id")),
    Column("remote", Text, comment="the platform's own name of the message, at place"),
    Index("ix_follow_up_question", "firm", "question", "id"),
    partial_index("ix_follow_up_remote", "firm", "place", "remote", "id", where="remote IS NOT NULL"),
)

timer = Table(
    "timer",
    metadata,
    *of_a_question(key=True),
    Column("kind", String(32), primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("ix_timer_due", "firm", "due_at"),
    partial_index("ix_timer_failing", "firm", "question", where="attempts > 0"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", BIG, primary_key=True),
    of_a_firm(),
    Column("key", Text, nullable=False),
    Column("platform", String(32), nullable=False),
    Column("payload", Coded(), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("why", FreeText, nullable=False, server_default=""),
    UniqueConstraint("firm", "key"),
    partial_index("ix_inbox_pending", "firm", "due_at", where="done_at IS NULL"),
    Index("ix_inbox_received", "firm", "received_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BIG, primary_key=True),
    of_a_firm(),
    Column("key", Text, nullable=False),
    Column("lane", Text, nullable=False, comment="what of one lane is sent in order: a place or person and a question"),
    Column("topic", String(32), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("to_place", ForeignKey("place.id")),
    Column("to_person", ForeignKey("person.id")),
    Column("question", Integer),
    Column("in_thread", Boolean, nullable=False),
    Column("people", Coded(), nullable=False),
    Column("step", Integer),
    Column("version", Integer),
    Column("facts", Coded(), nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False, comment="of a leased message: when the lease runs out"),
    Column("leased", Boolean, nullable=False, server_default=text("false")),
    Column("unclear", Boolean, nullable=False, server_default=text("false")),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(16), comment="sent, dropped or buried"),
    Column("remote", Text),
    Column("via", String(32), comment="of a message to a person: the platform by which it goes, or went"),
    Column("why", FreeText, nullable=False, server_default=""),
    UniqueConstraint("firm", "key"),
    partial_index("ix_outbox_due", "firm", "due_at", where="ended_at IS NULL"),
    partial_index("ix_outbox_lane", "firm", "lane", "id", where="ended_at IS NULL"),
    partial_index("ix_outbox_step", "firm", "question", "step", where="step IS NOT NULL"),
    Index("ix_outbox_ended", "firm", "ended_at"),
    partial_index("ix_outbox_alarms", "firm", "queued_at", where="topic = 'alarm'"),
    sqlite_autoincrement=True,  # platforms know our messages by this id: it is never used again
)

posting = Table(
    "posting",
    metadata,
    *of_a_question(key=True),
    Column("place", ForeignKey("place.id"), primary_key=True),
    Column("remote", Text, nullable=False),
    Column("drawn", Integer, nullable=False),
    Index("ix_posting_remote", "firm", "place", "remote"),
)

kudos = Table(
    "kudos",
    metadata,
    Column("id", Integer, primary_key=True),
    of_a_firm(),
    Column("giver", ForeignKey("person.id"), nullable=False),
    Column("receiver", ForeignKey("person.id"), nullable=False),
    Column("question", Integer),
    Column("sentence", FreeText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["firm", "question"], ["question.firm", "question.number"]),
    Index("ix_kudos_given", "firm", "giver", "at"),
    Index("ix_kudos_received", "firm", "receiver", "at"),
    Index("ix_kudos_at", "firm", "at"),
    sqlite_autoincrement=True,
)

draft = Table(
    "draft",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("content", Coded(), nullable=False),
    Index("ix_draft_at", "firm", "at"),
)

delivery = Table(
    "delivery",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("question", Integer),
    Column("fingerprint", Text, nullable=False),
    Index("ix_delivery_at", "firm", "at"),
)
