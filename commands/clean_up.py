"""Forgetting: what is kept only so long is deleted."""

from datetime import datetime, timedelta

from commands.leaver import part_with_leavers
from commands.ports import NewUnitOfWork

KEPT = timedelta(days=7)
"""How long deliveries, drafts, events and sent messages are remembered: no platform repeats one later (DESIGN.md)."""
TEXTS_KEPT = timedelta(days=30)
"""How long the text of an event that nobody could read is kept unanswered (PRODUCT.md, Leave)."""
_MONTH = timedelta(days=30.5)


def clean_up(new_uow: NewUnitOfWork, now: datetime) -> None:
    """Delete what has been kept long enough: delivery keys, drafts, events, sent messages, old leave, texts of
    calendars. Whoever has had their last day in the firm is taken out of pods and clients."""
    with new_uow() as uow:
        uow.deliveries.forget_before(now - KEPT)
        uow.drafts.forget_before(now - KEPT)
        uow.inbox.forget_before(now - KEPT)
        uow.outbox.forget_before(now - KEPT)
        uow.feeds.forget_texts_before(now - TEXTS_KEPT)
        uow.absences.delete_ended_before(now - _MONTH * uow.firm().settings.leave_kept_months)
        uow.commit()
    part_with_leavers(new_uow, now)
