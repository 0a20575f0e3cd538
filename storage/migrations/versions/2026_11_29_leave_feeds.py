"""Calendar feeds of leave: where they are fetched from (encrypted), what they gave, and what a human is asked."""

import sqlalchemy
from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "2026_11_29_leave_feeds"
down_revision = "2026_11_29_kudos_read_again"

INSTANT = String(32).with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "feed",
        Column("id", Integer, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("name", Text, nullable=False),
        Column("kind", String(16), nullable=False),
        Column("owner", Integer, ForeignKey("person.id")),
        Column("country", String(16)),
        Column("address", LargeBinary, nullable=False, comment="encrypted"),
        Column("sealed_with", String(16), nullable=False, comment="which key encrypted the address and the calendars"),
        Column("host", Text, nullable=False),
        Column("fingerprint", String(16), nullable=False),
        Column("added_at", INSTANT, nullable=False),
        Column("added_by", Integer, ForeignKey("person.id")),
        Column("due_at", INSTANT, nullable=False),
        Column("state", String(16), nullable=False),
        Column("why", Text, nullable=False),
        Column("leased_until", INSTANT),
        Column("failures", Integer, nullable=False),
        Column("interval_seconds", Integer, nullable=False),
        Column("etag", Text),
        Column("last_modified", Text),
        Column("digest", String(64)),
        Column("basis", String(64)),
        Column("events", Integer, nullable=False),
        Column("last_fetch_at", INSTANT),
        Column("last_outcome", String(16)),
        Column("said", Text, nullable=False),
        Column("last_good_at", INSTANT),
        Column("held_digest", String(64)),
        Column("is_confirmed", Boolean, nullable=False, server_default=text("false")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_name", "feed", ["firm", "name"])
    _partial("ix_feed_due", "feed", ["firm", "due_at"], "state <> 'paused'")
    op.create_table(
        "feed_body",
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("feed", Integer, ForeignKey("feed.id"), primary_key=True, autoincrement=False),
        Column("which", String(8), primary_key=True),
        Column("sealed", LargeBinary, nullable=False, comment="compressed, then encrypted"),
    )
    op.create_table(
        "feed_question",
        Column("id", Integer, primary_key=True),
        Column("firm", Integer, ForeignKey("firm.id"), nullable=False),
        Column("feed", Integer, ForeignKey("feed.id"), nullable=False),
        Column("key", String(64), nullable=False),
        Column("uid", Text, nullable=False),
        Column("why", Text, nullable=False),
        Column("candidates", Text, nullable=False),
        Column("title", Text, comment="deleted with the answer, or when it is old"),
        Column("name", Text),
        Column("first", Date, nullable=False),
        Column("last", Date, nullable=False),
        Column("asked_at", INSTANT, nullable=False),
        Column("answer", Text),
        Column("answered_by", Integer, ForeignKey("person.id")),
        Column("answered_at", INSTANT),
        UniqueConstraint("firm", "feed", "key"),
        sqlite_autoincrement=True,
    )
    _partial("ix_feed_question_open", "feed_question", ["firm", "asked_at"], "title IS NOT NULL")


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sqlalchemy.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
