"""Questions asked in a shared channel, urgent, snoozed or merged; what clients add; notes; changes of the set-up."""

import sqlalchemy
from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "2026_11_28_whole_of_slack"
down_revision = "2026_11_21_first_schema"

INSTANT = String(32).with_variant(TIMESTAMP(timezone=True), "postgresql")
BIG = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    for column in (
        Column("origin_remote", Text, comment="the platform's own name of the message it was asked in, at origin"),
        Column("asker", Text, comment="the platform's own name of the client's person who asked, at origin"),
        Column("attachments", Text, nullable=False, server_default="[]"),
        Column("urgent", Boolean, nullable=False, server_default=text("false")),
        Column("snoozed_until", INSTANT),
        Column("merged_into", Integer),
    ):
        op.add_column("question", column)
    _partial("ix_question_origin", ["firm", "origin", "origin_remote"], "origin_remote IS NOT NULL")
    _partial("ix_question_asker", ["firm", "origin", "asker", "number"], "asker IS NOT NULL")
    op.create_table(
        "follow_up",
        Column("id", BIG, primary_key=True),
        Column("firm", Integer, nullable=False),
        Column("question", Integer, nullable=False),
        Column("at", INSTANT, nullable=False),
        Column("by", Text, comment="the name of whoever of the client said it"),
        Column("text", Text, nullable=False),
        Column("attachments", Text, nullable=False),
        Column("place", Integer, ForeignKey("place.id")),
        Column("remote", Text, comment="the platform's own name of the message, at place"),
        ForeignKeyConstraint(["firm", "question"], ["question.firm", "question.number"]),
    )
    op.create_index("ix_follow_up_question", "follow_up", ["firm", "question", "id"])
    op.create_table(
        "client_note",
        Column("id", Integer, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("client", Integer, ForeignKey("client.id"), nullable=False),
        Column("at", INSTANT, nullable=False),
        Column("by", Integer, ForeignKey("person.id"), nullable=False),
        Column("text", Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_client_note_client", "client_note", ["firm", "client", "id"])
    op.create_table(
        "setup_change",
        Column("id", Integer, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("at", INSTANT, nullable=False),
        Column("by", Integer, ForeignKey("person.id"), nullable=False),
        Column("words", Text, nullable=False, comment="what was changed, for whoever takes it back"),
        Column("before", Text, nullable=False, comment="a roster of what was there before, of the parts that changed"),
        Column("after", Text, nullable=False, comment="the same parts after it"),
        Column("undone_at", INSTANT),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_setup_change_at", "setup_change", ["firm", "id"])


def _partial(name: str, columns: list[str], where: str) -> None:
    condition = sqlalchemy.text(where)
    op.create_index(name, "question", columns, sqlite_where=condition, postgresql_where=condition)
