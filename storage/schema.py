"""The tables. Every row belongs to a firm; every query that the ports ask for has its index."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.json_forms import (
    charter_from_json,
    charter_to_json,
    half_days_from_json,
    half_days_to_json,
    hours_from_json,
    hours_to_json,
    pattern_from_json,
    pattern_to_json,
    pauses_from_json,
    pauses_to_json,
    policy_from_json,
    policy_to_json,
    settings_from_json,
    settings_to_json,
)
from storage.types import Coded, FreeText, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_BIG = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in a column of type INTEGER."""


def _firm() -> Column[int]:
    return Column("firm", ForeignKey("firm.id"), nullable=False)


def _part_of_question(*, key: bool = False) -> tuple[Column[int], Column[int], ForeignKeyConstraint]:
    return (
        Column("firm", Integer, primary_key=key, autoincrement=False, nullable=False),
        Column("question", Integer, primary_key=key, autoincrement=False, nullable=False),
        ForeignKeyConstraint(["firm", "question"], ["question.firm", "question.number"]),
    )


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


compatibility = Table(
    "compatibility",
    metadata,
    Column("oldest_code", String(64), primary_key=True),
    comment="the oldest migration that a program must know to be allowed to run on this schema",
)

firm = Table(
    "firm",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("next_question", Integer, nullable=False, server_default="1"),
    Column("setup_version", Integer, nullable=False, server_default="1"),
    Column("intake_channel", Integer),
    Column("intake_pod", Integer),
    Column("alerts_channel", Integer),
    Column("kudos_channel", Integer),
    Column("settings", Coded(settings_to_json, settings_from_json), nullable=False, server_default="{}"),
)

place = Table(
    "place",
    metadata,
    Column("id", Integer, primary_key=True),
    _firm(),
    Column("platform", String(32), nullable=False),
    Column("address", Text, nullable=False),
    UniqueConstraint("firm", "platform", "address"),
    sqlite_autoincrement=True,
)

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    _firm(),
    Column("name", FreeText, nullable=False),
    Column("email", Text, nullable=False),
    Column("folded_email", Text, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("aliases", Coded(), nullable=False),
    Column("country", String(8)),
    Column("region", String(16)),
    Column("working_pattern", Coded(pattern_to_json, pattern_from_json)),
    Column("removed", Boolean, nullable=False, server_default=text("false")),
    _partial("uq_person_email", "firm", "folded_email", where="NOT removed", unique=True),
    sqlite_autoincrement=True,
)

identity = Table(
    "identity",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("platform", String(32), primary_key=True),
    Column("user", Text, primary_key=True),
    Column("tenant", Text, nullable=False, comment="empty until the platform has told it: a roster names none"),
    Column("person", ForeignKey("person.id"), nullable=False, index=True),
)

service_hours = Table(
    "service_hours",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("hours", Coded(hours_to_json, hours_from_json), nullable=False),
)

charter = Table(
    "charter",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("charter", Coded(charter_to_json, charter_from_json), nullable=False),
)

escalation_policy = Table(
    "escalation_policy",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("policy", Coded(policy_to_json, policy_from_json), nullable=False),
)

pod = Table(
    "pod",
    metadata,
    Column("id", Integer, primary_key=True),
    _firm(),
    Column("name", FreeText, nullable=False),
    Column("channel", ForeignKey("place.id"), nullable=False),
    Column("lead", ForeignKey("person.id")),
    Column("service_hours", Text, nullable=False),
    Column("charter", Text, nullable=False),
    Column("escalation_policy", Text, nullable=False),
    Column("removed", Boolean, nullable=False, server_default=text("false")),
    ForeignKeyConstraint(["firm", "service_hours"], ["service_hours.firm", "service_hours.name"]),
    ForeignKeyConstraint(["firm", "charter"], ["charter.firm", "charter.name"]),
    ForeignKeyConstraint(["firm", "escalation_policy"], ["escalation_policy.firm", "escalation_policy.name"]),
    _partial("uq_pod_name", "firm", "name", where="NOT removed", unique=True),
    sqlite_autoincrement=True,
)

membership = Table(
    "membership",
    metadata,
    _firm(),
    Column("pod", ForeignKey("pod.id"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)

client = Table(
    "client",
    metadata,
    Column("id", Integer, primary_key=True),
    _firm(),
    Column("name", FreeText, nullable=False),
    Column("pod", ForeignKey("pod.id"), nullable=False, index=True),
    Column("named_contact", ForeignKey("person.id"), index=True),
    Column("removed", Boolean, nullable=False, server_default=text("false")),
    sqlite_autoincrement=True,
)

client_name = Table(
    "client_name",
    metadata,
    _firm(),
    Column("client", ForeignKey("client.id"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="0 is the name, the others are aliases"),
    Column("text", FreeText, nullable=False),
    Column("folded", Text, nullable=False),
    Index("ix_client_name_folded", "firm", "folded"),
)

client_domain = Table(
    "client_domain",
    metadata,
    _firm(),
    Column("client", ForeignKey("client.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("domain", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Index("ix_client_domain_folded", "firm", "folded"),
)

client_channel = Table(
    "client_channel",
    metadata,
    _firm(),
    Column("client", ForeignKey("client.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("place", ForeignKey("place.id"), nullable=False, index=True),
)

knowledge = Table(
    "knowledge",
    metadata,
    _firm(),
    Column("client", ForeignKey("client.id"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
    Column("knowledge", String(16), nullable=False),
)

confirmed_address = Table(
    "confirmed_address",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("folded_email", Text, primary_key=True),
    Column("client", ForeignKey("client.id"), primary_key=True, index=True),
)

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
    Column("pauses", Coded(pauses_to_json, pauses_from_json), nullable=False),
    Column("breached", Coded(), nullable=False),
    Column("origin", ForeignKey("place.id")),
    Column("policy", Coded(policy_to_json, policy_from_json), nullable=False),
    Column("text", FreeText, nullable=False),
    Index("ix_question_by_status", "firm", "status", "number"),
    Index("ix_question_by_client", "firm", "client", "number"),
    Index("ix_question_by_pod", "firm", "pod", "number"),
    _partial("ix_question_owned", "firm", "claimed_by", "number", where="claimed_by IS NOT NULL"),
    _partial("ix_question_unclaimed", "firm", "pod", "claim_due", where="status IN ('unidentified', 'routed')"),
    _partial("ix_question_rules", "firm", "rules_version", "number", where="status <> 'resolved'"),
    _partial("ix_question_answers", "firm", "client", "answered_at", where="answered_by IS NOT NULL"),
)

history = Table(
    "history",
    metadata,
    Column("id", _BIG, primary_key=True),
    *_part_of_question(),
    Column("at", UtcDateTime, nullable=False),
    Column("who", ForeignKey("person.id")),
    Column("what", String(16), nullable=False),
    Column("why", FreeText, nullable=False),
    Index("ix_history_question", "firm", "question", "id"),
)

timer = Table(
    "timer",
    metadata,
    *_part_of_question(key=True),
    Column("kind", String(32), primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("ix_timer_due", "firm", "due_at"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", _BIG, primary_key=True),
    _firm(),
    Column("key", Text, nullable=False),
    Column("platform", String(32), nullable=False),
    Column("payload", Coded(), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("why", FreeText, nullable=False, server_default=""),
    UniqueConstraint("firm", "key"),
    _partial("ix_inbox_pending", "firm", "due_at", where="done_at IS NULL"),
    Index("ix_inbox_received", "firm", "received_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _BIG, primary_key=True),
    _firm(),
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
    Column("why", FreeText, nullable=False, server_default=""),
    UniqueConstraint("firm", "key"),
    _partial("ix_outbox_urgency", "firm", "priority", "id", where="ended_at IS NULL"),
    _partial("ix_outbox_due", "firm", "due_at", where="ended_at IS NULL"),
    _partial("ix_outbox_lane", "firm", "lane", "id", where="ended_at IS NULL"),
    _partial("ix_outbox_step", "firm", "question", "step", where="step IS NOT NULL"),
    Index("ix_outbox_ended", "firm", "ended_at"),
    sqlite_autoincrement=True,  # platforms know our messages by this id: it is never used again
)

posting = Table(
    "posting",
    metadata,
    *_part_of_question(key=True),
    Column("place", ForeignKey("place.id"), primary_key=True),
    Column("remote", Text, nullable=False),
    Column("drawn", Integer, nullable=False),
    Index("ix_posting_remote", "firm", "place", "remote"),
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

absence = Table(
    "absence",
    metadata,
    Column("id", Integer, primary_key=True),
    _firm(),
    Column("person", ForeignKey("person.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("half_days", Coded(half_days_to_json, half_days_from_json), nullable=False),
    Column("uid", Text),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("source", Text, nullable=False),
    Column("handled", Boolean, nullable=False, server_default=text("false")),
    Index("ix_absence_person", "firm", "person", "ends_at"),
    Index("ix_absence_source", "firm", "source"),
    Index("ix_absence_ended", "firm", "ends_at"),
    _partial("ix_absence_unhandled", "firm", "starts_at", where="NOT handled"),
    sqlite_autoincrement=True,
)

job = Table(
    "job",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("leased_until", UtcDateTime),
)
