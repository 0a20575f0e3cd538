"""All tables, as the first release has them."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
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
        Column("oldest_code", String(64), nullable=False),
        PrimaryKeyConstraint("oldest_code", name="pk_compatibility"),
        comment="the oldest migration that a program must know to be allowed to run on this schema",
    )
    op.create_table(
        "firm",
        Column("id", Integer, nullable=False),
        Column("next_question", Integer, server_default="1", nullable=False),
        Column("setup_version", Integer, server_default="1", nullable=False),
        Column("intake_channel", Integer),
        Column("intake_pod", Integer),
        Column("alerts_channel", Integer),
        Column("kudos_channel", Integer),
        Column("settings", Text, server_default="{}", nullable=False),
        PrimaryKeyConstraint("id", name="pk_firm"),
    )
    op.create_table(
        "charter",
        Column("firm", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("charter", Text, nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_charter_firm"),
        PrimaryKeyConstraint("firm", "name", name="pk_charter"),
    )
    op.create_table(
        "delivery",
        Column("firm", Integer, nullable=False),
        Column("key", Text, nullable=False),
        Column("at", INSTANT, nullable=False),
        Column("question", Integer),
        Column("fingerprint", Text, nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_delivery_firm"),
        PrimaryKeyConstraint("firm", "key", name="pk_delivery"),
    )
    op.create_index("ix_delivery_at", "delivery", ["firm", "at"])
    op.create_table(
        "escalation_policy",
        Column("firm", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("policy", Text, nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_escalation_policy_firm"),
        PrimaryKeyConstraint("firm", "name", name="pk_escalation_policy"),
    )
    op.create_table(
        "inbox",
        Column("id", BIG, nullable=False),
        Column("firm", Integer, nullable=False),
        Column("key", Text, nullable=False),
        Column("platform", String(32), nullable=False),
        Column("payload", Text, nullable=False),
        Column("received_at", INSTANT, nullable=False),
        Column("due_at", INSTANT, nullable=False),
        Column("done_at", INSTANT),
        Column("attempts", Integer, server_default="0", nullable=False),
        Column("why", Text, server_default="", nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_inbox_firm"),
        PrimaryKeyConstraint("id", name="pk_inbox"),
        UniqueConstraint("firm", "key", name="uq_inbox_firm_key"),
    )
    _partial("ix_inbox_pending", "inbox", ["firm", "due_at"], "done_at IS NULL")
    op.create_index("ix_inbox_received", "inbox", ["firm", "received_at"])
    op.create_table(
        "job",
        Column("firm", Integer, nullable=False),
        Column("name", String(64), nullable=False),
        Column("due_at", INSTANT, nullable=False),
        Column("leased_until", INSTANT),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_job_firm"),
        PrimaryKeyConstraint("firm", "name", name="pk_job"),
    )
    op.create_table(
        "person",
        Column("id", Integer, nullable=False),
        Column("firm", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("email", Text, nullable=False),
        Column("folded_email", Text, nullable=False),
        Column("timezone", String(64), nullable=False),
        Column("role", String(16), nullable=False),
        Column("aliases", Text, nullable=False),
        Column("country", String(8)),
        Column("region", String(16)),
        Column("working_pattern", Text),
        Column("removed", Boolean, server_default=text("false"), nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_person_firm"),
        PrimaryKeyConstraint("id", name="pk_person"),
        sqlite_autoincrement=True,
    )
    _partial("uq_person_email", "person", ["firm", "folded_email"], "NOT removed", unique=True)
    op.create_table(
        "place",
        Column("id", Integer, nullable=False),
        Column("firm", Integer, nullable=False),
        Column("platform", String(32), nullable=False),
        Column("address", Text, nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_place_firm"),
        PrimaryKeyConstraint("id", name="pk_place"),
        UniqueConstraint("firm", "platform", "address", name="uq_place_firm_platform_address"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "service_hours",
        Column("firm", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("hours", Text, nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_service_hours_firm"),
        PrimaryKeyConstraint("firm", "name", name="pk_service_hours"),
    )
    op.create_table(
        "absence",
        Column("id", Integer, nullable=False),
        Column("firm", Integer, nullable=False),
        Column("person", Integer, nullable=False),
        Column("kind", String(16), nullable=False),
        Column("first", Date, nullable=False),
        Column("last", Date, nullable=False),
        Column("half_days", Text, nullable=False),
        Column("uid", Text),
        Column("starts_at", INSTANT, nullable=False),
        Column("ends_at", INSTANT, nullable=False),
        Column("source", Text, nullable=False),
        Column("handled", Boolean, server_default=text("false"), nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_absence_firm"),
        ForeignKeyConstraint(["person"], ["person.id"], name="fk_absence_person"),
        PrimaryKeyConstraint("id", name="pk_absence"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_absence_ended", "absence", ["firm", "ends_at"])
    op.create_index("ix_absence_person", "absence", ["firm", "person", "ends_at"])
    op.create_index("ix_absence_source", "absence", ["firm", "source"])
    _partial("ix_absence_unhandled", "absence", ["firm", "starts_at"], "NOT handled")
    op.create_table(
        "identity",
        Column("firm", Integer, nullable=False),
        Column("platform", String(32), nullable=False),
        Column("user", Text, nullable=False),
        Column("tenant", Text, nullable=False, comment="empty until the platform has told it: a roster names none"),
        Column("person", Integer, nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_identity_firm"),
        ForeignKeyConstraint(["person"], ["person.id"], name="fk_identity_person"),
        PrimaryKeyConstraint("firm", "platform", "user", name="pk_identity"),
    )
    op.create_index("ix_identity_person", "identity", ["person"])
    op.create_table(
        "outbox",
        Column("id", BIG, nullable=False),
        Column("firm", Integer, nullable=False),
        Column("key", Text, nullable=False),
        Column(
            "lane", Text, nullable=False, comment="what of one lane is sent in order: a place or person and a question"
        ),
        Column("topic", String(32), nullable=False),
        Column("priority", Integer, nullable=False),
        Column("to_place", Integer),
        Column("to_person", Integer),
        Column("question", Integer),
        Column("in_thread", Boolean, nullable=False),
        Column("people", Text, nullable=False),
        Column("step", Integer),
        Column("version", Integer),
        Column("facts", Text, nullable=False),
        Column("queued_at", INSTANT, nullable=False),
        Column("due_at", INSTANT, nullable=False, comment="of a leased message: when the lease runs out"),
        Column("leased", Boolean, server_default=text("false"), nullable=False),
        Column("unclear", Boolean, server_default=text("false"), nullable=False),
        Column("attempts", Integer, server_default="0", nullable=False),
        Column("ended_at", INSTANT),
        Column("outcome", String(16), comment="sent, dropped or buried"),
        Column("remote", Text),
        Column("why", Text, server_default="", nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_outbox_firm"),
        ForeignKeyConstraint(["to_person"], ["person.id"], name="fk_outbox_to_person"),
        ForeignKeyConstraint(["to_place"], ["place.id"], name="fk_outbox_to_place"),
        PrimaryKeyConstraint("id", name="pk_outbox"),
        UniqueConstraint("firm", "key", name="uq_outbox_firm_key"),
        sqlite_autoincrement=True,
    )
    _partial("ix_outbox_due", "outbox", ["firm", "due_at"], "ended_at IS NULL")
    op.create_index("ix_outbox_ended", "outbox", ["firm", "ended_at"])
    _partial("ix_outbox_lane", "outbox", ["firm", "lane", "id"], "ended_at IS NULL")
    _partial("ix_outbox_step", "outbox", ["firm", "question", "step"], "step IS NOT NULL")
    _partial("ix_outbox_urgency", "outbox", ["firm", "priority", "id"], "ended_at IS NULL")
    op.create_table(
        "pod",
        Column("id", Integer, nullable=False),
        Column("firm", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("channel", Integer, nullable=False),
        Column("lead", Integer),
        Column("service_hours", Text, nullable=False),
        Column("charter", Text, nullable=False),
        Column("escalation_policy", Text, nullable=False),
        Column("removed", Boolean, server_default=text("false"), nullable=False),
        ForeignKeyConstraint(["channel"], ["place.id"], name="fk_pod_channel"),
        ForeignKeyConstraint(["firm", "charter"], ["charter.firm", "charter.name"], name="fk_pod_firm_charter"),
        ForeignKeyConstraint(
            ["firm", "escalation_policy"],
            ["escalation_policy.firm", "escalation_policy.name"],
            name="fk_pod_firm_escalation_policy",
        ),
        ForeignKeyConstraint(
            ["firm", "service_hours"], ["service_hours.firm", "service_hours.name"], name="fk_pod_firm_service_hours"
        ),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_pod_firm"),
        ForeignKeyConstraint(["lead"], ["person.id"], name="fk_pod_lead"),
        PrimaryKeyConstraint("id", name="pk_pod"),
        sqlite_autoincrement=True,
    )
    _partial("uq_pod_name", "pod", ["firm", "name"], "NOT removed", unique=True)
    op.create_table(
        "client",
        Column("id", Integer, nullable=False),
        Column("firm", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("pod", Integer, nullable=False),
        Column("named_contact", Integer),
        Column("removed", Boolean, server_default=text("false"), nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_client_firm"),
        ForeignKeyConstraint(["named_contact"], ["person.id"], name="fk_client_named_contact"),
        ForeignKeyConstraint(["pod"], ["pod.id"], name="fk_client_pod"),
        PrimaryKeyConstraint("id", name="pk_client"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_client_named_contact", "client", ["named_contact"])
    op.create_index("ix_client_pod", "client", ["pod"])
    op.create_table(
        "membership",
        Column("firm", Integer, nullable=False),
        Column("pod", Integer, nullable=False),
        Column("person", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_membership_firm"),
        ForeignKeyConstraint(["person"], ["person.id"], name="fk_membership_person"),
        ForeignKeyConstraint(["pod"], ["pod.id"], name="fk_membership_pod"),
        PrimaryKeyConstraint("pod", "person", name="pk_membership"),
    )
    op.create_index("ix_membership_person", "membership", ["person"])
    op.create_table(
        "client_channel",
        Column("firm", Integer, nullable=False),
        Column("client", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("place", Integer, nullable=False),
        ForeignKeyConstraint(["client"], ["client.id"], name="fk_client_channel_client"),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_client_channel_firm"),
        ForeignKeyConstraint(["place"], ["place.id"], name="fk_client_channel_place"),
        PrimaryKeyConstraint("client", "position", name="pk_client_channel"),
    )
    op.create_index("ix_client_channel_place", "client_channel", ["place"])
    op.create_table(
        "client_domain",
        Column("firm", Integer, nullable=False),
        Column("client", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("domain", Text, nullable=False),
        Column("folded", Text, nullable=False),
        ForeignKeyConstraint(["client"], ["client.id"], name="fk_client_domain_client"),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_client_domain_firm"),
        PrimaryKeyConstraint("client", "position", name="pk_client_domain"),
    )
    op.create_index("ix_client_domain_folded", "client_domain", ["firm", "folded"])
    op.create_table(
        "client_name",
        Column("firm", Integer, nullable=False),
        Column("client", Integer, nullable=False),
        Column("position", Integer, nullable=False, comment="0 is the name, the others are aliases"),
        Column("text", Text, nullable=False),
        Column("folded", Text, nullable=False),
        ForeignKeyConstraint(["client"], ["client.id"], name="fk_client_name_client"),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_client_name_firm"),
        PrimaryKeyConstraint("client", "position", name="pk_client_name"),
    )
    op.create_index("ix_client_name_folded", "client_name", ["firm", "folded"])
    op.create_table(
        "confirmed_address",
        Column("firm", Integer, nullable=False),
        Column("folded_email", Text, nullable=False),
        Column("client", Integer, nullable=False),
        ForeignKeyConstraint(["client"], ["client.id"], name="fk_confirmed_address_client"),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_confirmed_address_firm"),
        PrimaryKeyConstraint("firm", "folded_email", "client", name="pk_confirmed_address"),
    )
    op.create_index("ix_confirmed_address_client", "confirmed_address", ["client"])
    op.create_table(
        "knowledge",
        Column("firm", Integer, nullable=False),
        Column("client", Integer, nullable=False),
        Column("person", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("knowledge", String(16), nullable=False),
        ForeignKeyConstraint(["client"], ["client.id"], name="fk_knowledge_client"),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_knowledge_firm"),
        ForeignKeyConstraint(["person"], ["person.id"], name="fk_knowledge_person"),
        PrimaryKeyConstraint("client", "person", name="pk_knowledge"),
    )
    op.create_index("ix_knowledge_person", "knowledge", ["person"])
    op.create_table(
        "question",
        Column("firm", Integer, nullable=False),
        Column("number", Integer, autoincrement=False, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("version", Integer, nullable=False),
        Column("rules_version", Integer, nullable=False, comment="the set-up under which its times were worked out"),
        Column("status", String(16), nullable=False),
        Column("level", String(16), nullable=False),
        Column("via", String(16), nullable=False),
        Column("pod", Integer, nullable=False),
        Column("client", Integer),
        Column("named_as", Text),
        Column("candidates", Text, nullable=False),
        Column("asked_by_name", Text),
        Column("asked_by_email", Text),
        Column("filed_by", Integer),
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
        Column("claimed_by", Integer),
        Column("claimed_at", INSTANT),
        Column("nudged", Boolean, nullable=False),
        Column("answered_at", INSTANT),
        Column("answered_by", Integer),
        Column("resolved_at", INSTANT),
        Column("pauses", Text, nullable=False),
        Column("breached", Text, nullable=False),
        Column("origin", Integer),
        Column("policy", Text, nullable=False),
        Column("text", Text, nullable=False),
        ForeignKeyConstraint(["answered_by"], ["person.id"], name="fk_question_answered_by"),
        ForeignKeyConstraint(["claimed_by"], ["person.id"], name="fk_question_claimed_by"),
        ForeignKeyConstraint(["client"], ["client.id"], name="fk_question_client"),
        ForeignKeyConstraint(["filed_by"], ["person.id"], name="fk_question_filed_by"),
        ForeignKeyConstraint(["firm"], ["firm.id"], name="fk_question_firm"),
        ForeignKeyConstraint(["origin"], ["place.id"], name="fk_question_origin"),
        ForeignKeyConstraint(["pod"], ["pod.id"], name="fk_question_pod"),
        PrimaryKeyConstraint("firm", "number", name="pk_question"),
    )
    _partial("ix_question_answers", "question", ["firm", "client", "answered_at"], "answered_by IS NOT NULL")
    op.create_index("ix_question_by_client", "question", ["firm", "client", "number"])
    op.create_index("ix_question_by_pod", "question", ["firm", "pod", "number"])
    op.create_index("ix_question_by_status", "question", ["firm", "status", "number"])
    _partial("ix_question_owned", "question", ["firm", "claimed_by", "number"], "claimed_by IS NOT NULL")
    _partial("ix_question_rules", "question", ["firm", "rules_version", "number"], "status <> 'resolved'")
    _partial("ix_question_unclaimed", "question", ["firm", "pod", "claim_due"], "status IN ('unidentified', 'routed')")
    op.create_table(
        "history",
        Column("id", BIG, nullable=False),
        Column("firm", Integer, autoincrement=False, nullable=False),
        Column("question", Integer, autoincrement=False, nullable=False),
        Column("at", INSTANT, nullable=False),
        Column("who", Integer),
        Column("what", String(16), nullable=False),
        Column("why", Text, nullable=False),
        ForeignKeyConstraint(
            ["firm", "question"], ["question.firm", "question.number"], name="fk_history_firm_question"
        ),
        ForeignKeyConstraint(["who"], ["person.id"], name="fk_history_who"),
        PrimaryKeyConstraint("id", name="pk_history"),
    )
    op.create_index("ix_history_question", "history", ["firm", "question", "id"])
    op.create_table(
        "posting",
        Column("firm", Integer, autoincrement=False, nullable=False),
        Column("question", Integer, autoincrement=False, nullable=False),
        Column("place", Integer, nullable=False),
        Column("remote", Text, nullable=False),
        Column("drawn", Integer, nullable=False),
        ForeignKeyConstraint(
            ["firm", "question"], ["question.firm", "question.number"], name="fk_posting_firm_question"
        ),
        ForeignKeyConstraint(["place"], ["place.id"], name="fk_posting_place"),
        PrimaryKeyConstraint("firm", "question", "place", name="pk_posting"),
    )
    op.create_index("ix_posting_remote", "posting", ["firm", "place", "remote"])
    op.create_table(
        "timer",
        Column("firm", Integer, autoincrement=False, nullable=False),
        Column("question", Integer, autoincrement=False, nullable=False),
        Column("kind", String(32), nullable=False),
        Column("due_at", INSTANT, nullable=False),
        Column("version", Integer, nullable=False),
        Column("attempts", Integer, server_default="0", nullable=False),
        ForeignKeyConstraint(["firm", "question"], ["question.firm", "question.number"], name="fk_timer_firm_question"),
        PrimaryKeyConstraint("firm", "question", "kind", name="pk_timer"),
    )
    op.create_index("ix_timer_due", "timer", ["firm", "due_at"])

    op.execute(f"INSERT INTO compatibility (oldest_code) VALUES ('{revision}')")
    op.execute("INSERT INTO firm (id) VALUES (1)")


def _partial(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))
