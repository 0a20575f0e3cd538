"""After hours, holidays or charters changed: deadlines and timers of open questions are worked out anew, in batches."""

from datetime import datetime

from commands.ports import NewUnitOfWork, Overtaken
from commands.record import record


def recompute(new_uow: NewUnitOfWork, now: datetime, limit: int = 200) -> int:
    """Bring up to ``limit`` open questions under the present set-up; returns how many there were to do.

    Lazily, one transaction each: nothing is locked that people work on. Timers that no longer hold are withdrawn.
    """
    with new_uow.reading() as uow:
        version = uow.firm().version
        behind = uow.questions.under_old_rules(version, limit)
    for number in behind:
        try:
            with new_uow() as uow:
                record(uow, uow.firm(), uow.questions.get(number), (), now)
                uow.questions.mark_recomputed(number, version)
                uow.commit()
        except Overtaken:
            continue  # it was changed meanwhile; the next round finds it again
    return len(behind)
