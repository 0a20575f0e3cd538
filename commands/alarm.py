"""Alarms: something of ours is broken, and whoever can mend it is told."""

import logging
from datetime import datetime

from commands.calling import presence_of
from commands.outgoing import Message, Priority, Topic
from commands.ports import UnitOfWork
from coverage.firm import Firm
from coverage.ids import PersonId, PlaceId

log = logging.getLogger(__name__)


def raise_alarm(
    uow: UnitOfWork,
    firm: Firm,
    key: str,
    why: str,
    now: datetime,
    *,
    broken: PlaceId | None = None,
    besides: PersonId | None = None,
) -> None:
    """Into the alarms channel, else (also when that is what is ``broken``) to the managers ``besides`` one. ``key`` is
    unique: what is raised twice under it is said once."""
    if firm.alerts_channel is None or firm.alerts_channel == broken:
        tell_the_managers(uow, firm, key, why, now, besides=besides)
    else:
        uow.outbox.add(_alarm(key, why, place=firm.alerts_channel), now)


def tell_the_managers(
    uow: UnitOfWork, firm: Firm, key: str, why: str, now: datetime, *, besides: PersonId | None = None
) -> None:
    """By DM to the managers who are there, else to those who are not on leave, else to all of them, once they are
    back."""
    managers = firm.managers()
    presence = presence_of(uow, firm, (one.id for one in managers), now)
    there = [one for one in managers if presence.is_available(one.id, now)]
    there = there or [one for one in managers if not presence.is_on_leave(one.id, now)]
    if not there:
        log.error("No manager is there to be told: %s", why)
    for manager in there or managers:
        if manager.id != besides:
            uow.outbox.add(_alarm(f"{key}:dm{manager.id}", why, person=manager.id), now)


def _alarm(key: str, why: str, *, place: PlaceId | None = None, person: PersonId | None = None) -> Message:
    return Message(key, Topic.ALARM, Priority.ESCALATION, to_place=place, to_person=person, facts={"why": why})
