"""Kudos are read again: by whoever got them, and all of a month."""

from alembic import op

revision = "2026_11_29_kudos_read_again"
down_revision = "2026_11_29_home"


def upgrade() -> None:
    op.create_index("ix_kudos_received", "kudos", ["firm", "receiver", "at"])
    op.create_index("ix_kudos_at", "kudos", ["firm", "at"])
