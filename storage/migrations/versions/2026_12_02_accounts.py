"""By which of their accounts somebody acted last, and by which platform a message to a person goes."""

from alembic import op
from sqlalchemy import Column, String
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "2026_12_02_accounts"
down_revision = "2026_12_01_answerers"

INSTANT = String(32).with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    acted_at = Column("acted_at", INSTANT, comment="when they came over to it from another account of theirs, last")
    op.add_column("identity", acted_at)
    via = Column("via", String(32), comment="of a message to a person: the platform by which it goes, or went")
    op.add_column("outbox", via)
