"""How much there is of what waits: the counts that the operator watches. Reads only, through indexes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from coverage.question import OPEN
from storage import schema


@dataclass(frozen=True, slots=True)
class Figures:
    """``open_questions`` by status; ``oldest_unsent`` (UTC) is when the message that waits longest was queued."""

    open_questions: dict[str, int]
    outbox_pending: int
    outbox_buried: int
    oldest_unsent: datetime | None
    inbox_pending: int


def figures(engine: Engine) -> Figures:
    """As of now. Buried messages are those of the last 7 days: older ones are forgotten."""
    question, outbox, inbox = schema.question, schema.outbox, schema.inbox
    unsent = outbox.c.ended_at.is_(None)
    with engine.connect() as connection:
        by_status = select(question.c.status, func.count()).where(question.c.status.in_([*OPEN]))
        rows = connection.execute(by_status.group_by(question.c.status)).all()
        pending, oldest = connection.execute(select(func.count(), func.min(outbox.c.queued_at)).where(unsent)).one()
        buried = connection.scalar(select(func.count()).select_from(outbox).where(outbox.c.outcome == "buried"))
        arrived = connection.scalar(select(func.count()).select_from(inbox).where(inbox.c.done_at.is_(None)))
    counted = {status.value: 0 for status in OPEN} | {str(status): count for status, count in rows}
    return Figures(counted, pending, buried or 0, oldest, arrived or 0)
