"""Who has answered a client, and when: in the order in which it is added up for all clients at once."""

from alembic import op
from sqlalchemy import text

revision = "2026_12_01_answerers"
down_revision = "2026_11_30_references"


def upgrade() -> None:
    answered = text("answered_by IS NOT NULL")
    columns = ["firm", "client", "answered_by", "answered_at"]
    op.create_index("ix_question_answerers", "question", columns, sqlite_where=answered, postgresql_where=answered)
