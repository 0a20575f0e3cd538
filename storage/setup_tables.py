"""The tables of the firm's set-up: people, places, pods, hours, charters, policies."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
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
from storage.json_rosters import roster_from_json, roster_to_json
from storage.metadata import metadata, of_a_firm, partial_index
from storage.types import Coded, FreeText, UtcDateTime

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
    Column("settings", Coded(forms.settings_to_json, forms.settings_from_json), nullable=False, server_default="{}"),
)

place = Table(
    "place",
    metadata,
    Column("id", Integer, primary_key=True),
    of_a_firm(),
    Column("platform", String(32), nullable=False),
    Column("address", Text, nullable=False),
    UniqueConstraint("firm", "platform", "address"),
    sqlite_autoincrement=True,
)

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    of_a_firm(),
    Column("name", FreeText, nullable=False),
    Column("email", Text, nullable=False),
    Column("folded_email", Text, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("aliases", Coded(), nullable=False),
    Column("country", String(8)),
    Column("region", String(16)),
    Column("working_pattern", Coded(forms.pattern_to_json, forms.pattern_from_json)),
    Column("removed", Boolean, nullable=False, server_default=text("false")),
    partial_index("uq_person_email", "firm", "folded_email", where="NOT removed", unique=True),
    sqlite_autoincrement=True,
)

reference = Table(
    "reference",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("platform", String(32), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("content", Coded(), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

identity = Table(
    "identity",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("platform", String(32), primary_key=True),
    Column("user", Text, primary_key=True),
    Column("tenant", Text, nullable=False, comment="empty until the platform has told it: a roster names none"),
    Column("person", ForeignKey("person.id"), nullable=False, index=True),
    Column("acted_at", UtcDateTime, comment="when they came over to it from another account of theirs, last"),
)

service_hours = Table(
    "service_hours",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("hours", Coded(forms.hours_to_json, forms.hours_from_json), nullable=False),
)

charter = Table(
    "charter",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("charter", Coded(forms.charter_to_json, forms.charter_from_json), nullable=False),
)

escalation_policy = Table(
    "escalation_policy",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("policy", Coded(forms.policy_to_json, forms.policy_from_json), nullable=False),
)

pod = Table(
    "pod",
    metadata,
    Column("id", Integer, primary_key=True),
    of_a_firm(),
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
    partial_index("uq_pod_name", "firm", "name", where="NOT removed", unique=True),
    sqlite_autoincrement=True,
)

setup_change = Table(
    "setup_change",
    metadata,
    Column("id", Integer, primary_key=True),
    of_a_firm(),
    Column("at", UtcDateTime, nullable=False),
    Column("by", ForeignKey("person.id"), nullable=False),
    Column("words", FreeText, nullable=False, comment="what was changed, for whoever takes it back"),
    Column(
        "before",
        Coded(roster_to_json, roster_from_json),
        nullable=False,
        comment="a roster of what was there before, of the parts that changed",
    ),
    Column("after", Coded(roster_to_json, roster_from_json), nullable=False, comment="the same parts after it"),
    Column("undone_at", UtcDateTime),
    Index("ix_setup_change_at", "firm", "id"),
    sqlite_autoincrement=True,
)

membership = Table(
    "membership",
    metadata,
    of_a_firm(),
    Column("pod", ForeignKey("pod.id"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)

absence = Table(
    "absence",
    metadata,
    Column("id", Integer, primary_key=True),
    of_a_firm(),
    Column("person", ForeignKey("person.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("half_days", Coded(forms.half_days_to_json, forms.half_days_from_json), nullable=False),
    Column("uid", Text),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("source", Text, nullable=False),
    Column("handled", Boolean, nullable=False, server_default=text("false")),
    Index("ix_absence_person", "firm", "person", "ends_at"),
    Index("ix_absence_source", "firm", "source"),
    Index("ix_absence_ended", "firm", "ends_at"),
    partial_index("ix_absence_unhandled", "firm", "starts_at", where="NOT handled", sqlite="handled = 0"),
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
