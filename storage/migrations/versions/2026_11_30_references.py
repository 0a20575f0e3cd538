"""How a platform reaches its places and people, as its adapter remembers it."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, String, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "2026_11_30_references"
down_revision = "2026_11_29_leave_feeds"

INSTANT = String(32).with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "reference",
        Column("firm", Integer, ForeignKey("firm.id"), primary_key=True),
        Column("platform", String(32), primary_key=True),
        Column("key", Text, primary_key=True),
        Column("content", Text, nullable=False),
        Column("at", INSTANT, nullable=False),
    )
