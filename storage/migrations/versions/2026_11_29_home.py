"""Find a client's open questions without their past ones, answers without what else happened, and the last alarms."""

import sqlalchemy
from alembic import op

revision = "2026_11_29_home"
down_revision = "2026_11_29_client_channels"


def upgrade() -> None:
    _partial("ix_question_open_of_client", "question", ["firm", "client", "number"], "status <> 'resolved'")
    _partial("ix_history_answers", "history", ["firm", "question", "id"], "what = 'answered'")
    _partial("ix_outbox_alarms", "outbox", ["firm", "queued_at"], "topic = 'alarm'")


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sqlalchemy.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
