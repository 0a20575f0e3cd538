"""After hours, holidays or charters changed: deadlines and timers of open questions are worked out anew, in batches."""

import logging
from datetime import datetime

from commands.calling import rules_of
from commands.ports import NewUnitOfWork, Overtaken, UnitOfWork
from commands.record import record
from coverage.deadlines import timers_for, with_deadlines
from coverage.question import Question

log = logging.getLogger(__name__)


def recompute(new_uow: NewUnitOfWork, now: datetime, limit: int = 200) -> int:
    """Bring up to ``limit`` open questions under the present set-up; returns how many were brought.

    Lazily, one transaction each: nothing is locked that people work on. Timers that no longer hold are withdrawn. One
    question that fails is reported and left for the next time; the others go on.
    """
    with new_uow.reading() as uow:
        version = uow.firm().version
        behind = uow.questions.under_old_rules(version, limit)
    done = 0
    for number in behind:
        try:
            with new_uow() as uow:
                _bring_up(uow, uow.questions.get(number), now)
                uow.questions.mark_recomputed(number, version)
                uow.commit()
            done += 1
        except Overtaken:
            continue  # it was changed meanwhile; the next round finds it again
        except Exception:
            log.exception("The times of Q-%s could not be worked out anew; it is tried again", number)
    return done


def _bring_up(uow: UnitOfWork, question: Question, now: datetime) -> None:
    """Redraw the card only where a deadline has moved: most changes of the set-up move none."""
    rules = rules_of(uow.firm(), question)
    if with_deadlines(question, rules) != question:
        record(uow, uow.firm(), question, (), now)
    else:
        uow.timers.replace(question.number, timers_for(question, rules))
