"""Who is told when something needs a manager: the alarms channel, else the managers who are there."""

import logging
from collections.abc import Mapping
from datetime import datetime

from commands.calling import presence_of
from commands.outgoing import Message, Priority, Topic
from commands.ports import UnitOfWork
from coverage.firm import Firm
from coverage.ids import PersonId

log = logging.getLogger(__name__)


def alarm(uow: UnitOfWork, firm: Firm, topic: Topic, key: str, facts: Mapping[str, str], now: datetime) -> None:
    """Queue it once for each ``key``, into the alarms channel, else to ``managers_to_tell``."""
    if firm.alerts_channel is not None:
        message = Message(key, topic, Priority.ESCALATION, to_place=firm.alerts_channel, facts=facts)
        uow.outbox.add(message, now)
        return
    tell_managers(uow, firm, topic, key, facts, now)


def tell_managers(uow: UnitOfWork, firm: Firm, topic: Topic, key: str, facts: Mapping[str, str], now: datetime) -> None:
    """Queue it once for each ``key``, by direct message to ``managers_to_tell``."""
    managers = managers_to_tell(uow, firm, now)
    if not managers:
        log.error("The firm has no manager who could be told (%s).", key)
    for who in managers:
        uow.outbox.add(Message(f"{key}:dm{who}", topic, Priority.ESCALATION, to_person=who, facts=facts), now)


def managers_to_tell(uow: UnitOfWork, firm: Firm, now: datetime) -> list[PersonId]:
    """Those who are at work, else those not on leave, else all of them: they hear of it when they are back."""
    managers = [one.id for one in firm.managers()]
    presence = presence_of(uow, firm, managers, now)
    there = [who for who in managers if presence.is_available(who, now)]
    return there or [who for who in managers if not presence.is_on_leave(who, now)] or managers
