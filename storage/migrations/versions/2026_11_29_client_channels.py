"""The thread a question was asked in; finding a question by what was added to it; messages that are being filed."""

import sqlalchemy
from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, String, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "2026_11_29_client_channels"
down_revision = "2026_11_28_whole_of_slack"

INSTANT = String(32).with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.add_column(
        "question",
        Column(
            "origin_thread",
            Text,
            comment="the platform's own name of the first message of the thread it was asked in",
        ),
    )
    _partial(
        "ix_question_thread", "question", ["firm", "origin", "origin_thread", "number"], "origin_thread IS NOT NULL"
    )
    _partial("ix_follow_up_remote", "follow_up", ["firm", "place", "remote", "id"], "remote IS NOT NULL")
    op.create_table(
        "draft",
        Column("firm", Integer, ForeignKey("firm.id"), primary_key=True),
        Column("key", Text, primary_key=True),
        Column("at", INSTANT, nullable=False),
        Column("content", Text, nullable=False),
    )
    op.create_index("ix_draft_at", "draft", ["firm", "at"])


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sqlalchemy.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
