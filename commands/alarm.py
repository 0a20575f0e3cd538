"""Alarms and their like: something needs a manager, and whoever can mend it is told."""

import logging
from collections.abc import Mapping
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
    """Say that something of ours is broken, as ``tell_of_trouble`` does."""
    tell_of_trouble(uow, firm, Topic.ALARM, key, {"why": why}, now, broken=broken, besides=besides)


def tell_of_trouble(
    uow: UnitOfWork,
    firm: Firm,
    topic: Topic,
    key: str,
    facts: Mapping[str, str],
    now: datetime,
    *,
    broken: PlaceId | None = None,
    besides: PersonId | None = None,
) -> None:
    """Into the alarms channel, else (also when that is what is ``broken``) to the managers ``besides`` one. ``key`` is
    unique: what is told twice under it is said once."""
    if firm.alerts_channel is None or firm.alerts_channel == broken:
        tell_the_managers(uow, firm, topic, key, facts, now, besides=besides)
    else:
        message = Message(key, topic, Priority.ESCALATION, to_place=firm.alerts_channel, facts=facts)
        uow.outbox.add(message, now)


def tell_the_managers(
    uow: UnitOfWork,
    firm: Firm,
    topic: Topic,
    key: str,
    facts: Mapping[str, str],
    now: datetime,
    *,
    besides: PersonId | None = None,
) -> None:
    """By DM to the managers who are there, else to those who are not on leave, else to all of them, once they are
    back."""
    managers = [one.id for one in firm.managers()]
    presence = presence_of(uow, firm, managers, now)
    there = [who for who in managers if presence.is_available(who, now)]
    there = there or [who for who in managers if not presence.is_on_leave(who, now)]
    if not there:
        log.error("No manager is there to be told: %s", facts.get("why", key))
    for who in there or managers:
        if who != besides:
            uow.outbox.add(Message(f"{key}:dm{who}", topic, Priority.ESCALATION, to_person=who, facts=facts), now)
