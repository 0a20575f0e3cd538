"""All tables, as the first release has them. Constraints are named by the convention in storage/schema.py."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "2026_11_21_first_schema"
down_revision = None

INSTANT = String(32).with_variant(TIMESTAMP(timezone=True), "postgresql")
BIG = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "compatibility",
        Column("oldest_code", String(64), primary_key=True),
        comment="the oldest migration that a program must know to be allowed to run on this schema",
    )
    op.create_table(
        "firm",
        Column("id", Integer, primary_key=True),
        Column("next_question", Integer, nullable=False, server_default="1"),
        Column("setup_version", Integer, nullable=False, server_default="1"),
        Column("intake_channel", Integer),
        Column("intake_pod", Integer),
        Column("alerts_channel", Integer),
        Column("kudos_channel", Integer),
        Column("settings", Text, nullable=False, server_default="{}"),
    )
    op.create_table(
        "charter",
        Column("firm", Integer, ForeignKey("firm.id"), primary_key=True),
        Column("name", Text, primary_key=True),
        Column("charter", Text, nullable=False),
    )
    op.create_table(
        "delivery",
        Column("firm", Integer, ForeignKey("firm.id"), primary_key=True),
        Column("key", Text, primary_key=True),
        Column("at", INSTANT, nullable=False),
        Column("question", Integer),
        Column("fingerprint", Text, nullable=False),
    )
    op.create_index("ix_delivery_at", "delivery", ["firm", "at"])
    op.create_table(
        "escalation_policy",
        Column("firm", Integer, ForeignKey("firm.id"), primary_key=True),
        Column("name", Text, primary_key=True),
        Column("policy", Text, nullable=False),
    )
    op.create_table(
        "inbox",
        Column("id", BIG, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("key", Text, nullable=False),
        Column("platform", String(32), nullable=False),
        Column("payload", Text, nullable=False),
        Column("received_at", INSTANT, nullable=False),
        Column("due_at", INSTANT, nullable=False),
        Column("done_at", INSTANT),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("why", Text, nullable=False, server_default=""),
        UniqueConstraint("firm", "key"),
    )
    _partial("ix_inbox_pending", "inbox", ["firm", "due_at"], "done_at IS NULL")
    op.create_index("ix_inbox_received", "inbox", ["firm", "received_at"])
    op.create_table(
        "job",
        Column("firm", Integer, ForeignKey("firm.id"), primary_key=True),
        Column("name", String(64), primary_key=True),
        Column("due_at", INSTANT, nullable=False),
        Column("leased_until", INSTANT),
    )
    op.create_table(
        "person",
        Column("id", Integer, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("name", Text, nullable=False),
        Column("email", Text, nullable=False),
        Column("folded_email", Text, nullable=False),
        Column("timezone", String(64), nullable=False),
        Column("role", String(16), nullable=False),
        Column("aliases", Text, nullable=False),
        Column("country", String(8)),
        Column("region", String(16)),
        Column("working_pattern", Text),
        Column("removed", Boolean, nullable=False, server_default=text("false")),
        sqlite_autoincrement=True,
    )
    _partial("uq_person_email", "person", ["firm", "folded_email"], "NOT removed", unique=True)
    op.create_table(
        "place",
        Column("id", Integer, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("platform", String(32), nullable=False),
        Column("address", Text, nullable=False),
        UniqueConstraint("firm", "platform", "address"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "service_hours",
        Column("firm", Integer, ForeignKey("firm.id"), primary_key=True),
        Column("name", Text, primary_key=True),
        Column("hours", Text, nullable=False),
    )
    op.create_table(
        "absence",
        Column("id", Integer, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("person", Integer, ForeignKey("person.id"), nullable=False),
        Column("kind", String(16), nullable=False),
        Column("first", Date, nullable=False),
        Column("last", Date, nullable=False),
        Column("half_days", Text, nullable=False),
        Column("uid", Text),
        Column("starts_at", INSTANT, nullable=False),
        Column("ends_at", INSTANT, nullable=False),
        Column("source", Text, nullable=False),
        Column("handled", Boolean, nullable=False, server_default=text("false")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_absence_ended", "absence", ["firm", "ends_at"])
    op.create_index("ix_absence_person", "absence", ["firm", "person", "ends_at"])
    op.create_index("ix_absence_source", "absence", ["firm", "source"])
    _partial("ix_absence_unhandled", "absence", ["firm", "starts_at"], "NOT handled", sqlite="handled = 0")
    op.create_table(
        "identity",
        Column("firm", Integer, ForeignKey("firm.id"), primary_key=True),
        Column("platform", String(32), primary_key=True),
        Column("user", Text, primary_key=True),
        Column("tenant", Text, nullable=False, comment="empty until the platform has told it: a roster names none"),
        Column("person", Integer, ForeignKey("person.id"), nullable=False),
    )
    op.create_index("ix_identity_person", "identity", ["person"])
    op.create_table(
        "outbox",
        Column("id", BIG, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("key", Text, nullable=False),
        Column(
            "lane", Text, nullable=False, comment="what of one lane is sent in order: a place or person and a question"
        ),
        Column("topic", String(32), nullable=False),
        Column("priority", Integer, nullable=False),
        Column("to_place", Integer, ForeignKey("place.id")),
        Column("to_person", Integer, ForeignKey("person.id")),
        Column("question", Integer),
        Column("in_thread", Boolean, nullable=False),
        Column("people", Text, nullable=False),
        Column("step", Integer),
        Column("version", Integer),
        Column("facts", Text, nullable=False),
        Column("queued_at", INSTANT, nullable=False),
        Column("due_at", INSTANT, nullable=False, comment="of a leased message: when the lease runs out"),
        Column("leased", Boolean, nullable=False, server_default=text("false")),
        Column("unclear", Boolean, nullable=False, server_default=text("false")),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("ended_at", INSTANT),
        Column("outcome", String(16), comment="sent, dropped or buried"),
        Column("remote", Text),
        Column("why", Text, nullable=False, server_default=""),
        UniqueConstraint("firm", "key"),
        sqlite_autoincrement=True,
    )
    _partial("ix_outbox_due", "outbox", ["firm", "due_at"], "ended_at IS NULL")
    op.create_index("ix_outbox_ended", "outbox", ["firm", "ended_at"])
    _partial("ix_outbox_lane", "outbox", ["firm", "lane", "id"], "ended_at IS NULL")
    _partial("ix_outbox_step", "outbox", ["firm", "question", "step"], "step IS NOT NULL")
    op.create_table(
        "pod",
        Column("id", Integer, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("name", Text, nullable=False),
        Column("channel", Integer, ForeignKey("place.id"), nullable=False),
        Column("lead", Integer, ForeignKey("person.id")),
        Column("service_hours", Text, nullable=False),
        Column("charter", Text, nullable=False),
        Column("escalation_policy", Text, nullable=False),
        Column("removed", Boolean, nullable=False, server_default=text("false")),
        ForeignKeyConstraint(["firm", "escalation_policy"], ["escalation_policy.firm", "escalation_policy.name"]),
        ForeignKeyConstraint(["firm", "service_hours"], ["service_hours.firm", "service_hours.name"]),
        ForeignKeyConstraint(["firm", "charter"], ["charter.firm", "charter.name"]),
        sqlite_autoincrement=True,
    )
    _partial("uq_pod_name", "pod", ["firm", "name"], "NOT removed", unique=True)
    op.create_table(
        "client",
        Column("id", Integer, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("name", Text, nullable=False),
        Column("pod", Integer, ForeignKey("pod.id"), nullable=False),
        Column("named_contact", Integer, ForeignKey("person.id")),
        Column("removed", Boolean, nullable=False, server_default=text("false")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_client_named_contact", "client", ["named_contact"])
    op.create_index("ix_client_pod", "client", ["pod"])
    op.create_table(
        "membership",
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("pod", Integer, ForeignKey("pod.id"), primary_key=True),
        Column("person", Integer, ForeignKey("person.id"), primary_key=True),
        Column("position", Integer, nullable=False),
    )
    op.create_index("ix_membership_person", "membership", ["person"])
    op.create_table(
        "client_channel",
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("client", Integer, ForeignKey("client.id"), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("place", Integer, ForeignKey("place.id"), nullable=False),
    )
    op.create_index("ix_client_channel_place", "client_channel", ["place"])
    op.create_table(
        "client_domain",
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("client", Integer, ForeignKey("client.id"), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("domain", Text, nullable=False),
        Column("folded", Text, nullable=False),
    )
    op.create_index("ix_client_domain_folded", "client_domain", ["firm", "folded"])
    op.create_table(
        "client_name",
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("client", Integer, ForeignKey("client.id"), primary_key=True),
        Column("position", Integer, primary_key=True, comment="0 is the name, the others are aliases"),
        Column("text", Text, nullable=False),
        Column("folded", Text, nullable=False),
    )
    op.create_index("ix_client_name_folded", "client_name", ["firm", "folded"])
    op.create_table(
        "confirmed_address",
        Column("firm", Integer, ForeignKey("firm.id"), primary_key=True),
        Column("folded_email", Text, primary_key=True),
        Column("client", Integer, ForeignKey("client.id"), primary_key=True),
    )
    op.create_index("ix_confirmed_address_client", "confirmed_address", ["client"])
    op.create_table(
        "knowledge",
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("client", Integer, ForeignKey("client.id"), primary_key=True),
        Column("person", Integer, ForeignKey("person.id"), primary_key=True),
        Column("position", Integer, nullable=False),
        Column("knowledge", String(16), nullable=False),
    )
    op.create_index("ix_knowledge_person", "knowledge", ["person"])
    op.create_table(
        "question",
        Column("firm", Integer, ForeignKey("firm.id"), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("revision", Integer, nullable=False),
        Column("version", Integer, nullable=False),
        Column("rules_version", Integer, nullable=False, comment="the set-up under which its times were worked out"),
        Column("status", String(16), nullable=False),
        Column("level", String(16), nullable=False),
        Column("via", String(16), nullable=False),
        Column("pod", Integer, ForeignKey("pod.id"), nullable=False),
        Column("client", Integer, ForeignKey("client.id")),
        Column("named_as", Text),
        Column("candidates", Text, nullable=False),
        Column("asked_by_name", Text),
        Column("asked_by_email", Text),
        Column("filed_by", Integer, ForeignKey("person.id")),
        Column("asked_at", INSTANT, nullable=False),
        Column("arrived_at", INSTANT, nullable=False),
        Column("offered_at", INSTANT, nullable=False),
        Column("claim_due", INSTANT),
        Column("first_response_due", INSTANT),
        Column("resolution_due", INSTANT),
        Column("called", Text, nullable=False),
        Column("step", Integer, nullable=False),
        Column("reminded", Integer, nullable=False),
        Column("managers_told_at", INSTANT),
        Column("brought_forward", INSTANT),
        Column("brought_forward_because", Text, nullable=False),
        Column("claimed_by", Integer, ForeignKey("person.id")),
        Column("claimed_at", INSTANT),
        Column("nudged", Boolean, nullable=False),
        Column("answered_at", INSTANT),
        Column("answered_by", Integer, ForeignKey("person.id")),
        Column("resolved_at", INSTANT),
        Column("pauses", Text, nullable=False),
        Column("breached", Text, nullable=False),
        Column("origin", Integer, ForeignKey("place.id")),
        Column("policy", Text, nullable=False),
        Column("text", Text, nullable=False),
    )
    _partial(
        "ix_question_answers", "question", ["firm", "client", "answered_at", "answered_by"], "answered_by IS NOT NULL"
    )
    op.create_index("ix_question_by_client", "question", ["firm", "client", "number"])
    op.create_index("ix_question_by_pod", "question", ["firm", "pod", "number"])
    op.create_index("ix_question_by_status", "question", ["firm", "status", "number"])
    _partial("ix_question_owned", "question", ["firm", "claimed_by", "number"], "claimed_by IS NOT NULL")
    _partial("ix_question_rules", "question", ["firm", "rules_version", "number"], "status <> 'resolved'")
    _partial(
        "ix_question_unclaimed",
        "question",
        ["firm", "pod", "claim_due", "number"],
        "status IN ('unidentified', 'routed')",
    )
    op.create_table(
        "history",
        Column("id", BIG, primary_key=True),
        Column("firm", Integer, nullable=False),
        Column("question", Integer, nullable=False),
        Column("at", INSTANT, nullable=False),
        Column("who", Integer, ForeignKey("person.id")),
        Column("what", String(16), nullable=False),
        Column("why", Text, nullable=False),
        ForeignKeyConstraint(["firm", "question"], ["question.firm", "question.number"]),
    )
    op.create_index("ix_history_question", "history", ["firm", "question", "id"])
    op.create_table(
        "kudos",
        Column("id", Integer, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("giver", Integer, ForeignKey("person.id"), nullable=False),
        Column("receiver", Integer, ForeignKey("person.id"), nullable=False),
        Column("question", Integer),
        Column("sentence", Text, nullable=False),
        Column("at", INSTANT, nullable=False),
        ForeignKeyConstraint(["firm", "question"], ["question.firm", "question.number"]),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kudos_given", "kudos", ["firm", "giver", "at"])
    op.create_table(
        "posting",
        Column("firm", Integer, primary_key=True, autoincrement=False),
        Column("question", Integer, primary_key=True, autoincrement=False),
        Column("place", Integer, ForeignKey("place.id"), primary_key=True),
        Column("remote", Text, nullable=False),
        Column("drawn", Integer, nullable=False),
        ForeignKeyConstraint(["firm", "question"], ["question.firm", "question.number"]),
    )
    op.create_index("ix_posting_remote", "posting", ["firm", "place", "remote"])
    op.create_table(
        "timer",
        Column("firm", Integer, primary_key=True, autoincrement=False),
        Column("question", Integer, primary_key=True, autoincrement=False),
        Column("kind", String(32), primary_key=True),
        Column("due_at", INSTANT, nullable=False),
        Column("version", Integer, nullable=False),
        Column("attempts", Integer, nullable=False, server_default="0"),
        ForeignKeyConstraint(["firm", "question"], ["question.firm", "question.number"]),
    )
    op.create_index("ix_timer_due", "timer", ["firm", "due_at"])
    _partial("ix_timer_failing", "timer", ["firm", "question"], "attempts > 0")
    op.execute(f"INSERT INTO compatibility (oldest_code) VALUES ('{revision}')")
    op.execute("INSERT INTO firm (id) VALUES (1)")


def _partial(
    name: str, table: str, columns: list[str], where: str, *, sqlite: str | None = None, unique: bool = False
) -> None:
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=text(sqlite or where), postgresql_where=text(where)
    )
