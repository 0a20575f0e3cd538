"""The same said twice: a platform may deliver what somebody said again, half a minute later and under a new id."""

import hashlib
from datetime import datetime, timedelta

from commands.grammar import Command, Name
from commands.invocation import Invocation
from commands.ports import UnitOfWork

WITHIN = timedelta(seconds=60)
MAKING = frozenset({Name.QUESTION, Name.KUDOS})
"""Verbs that make something new each time; the others know by the state of their question that they were done."""


def was_said(command: Command, invocation: Invocation, uow: UnitOfWork, now: datetime) -> bool:
    """Whether the same person said the same in the same place within the last minute, so that it is one; if not, it is
    remembered that they say it at ``now`` (UTC). Of two at once, on PostgreSQL the second waits here for the first."""
    if not invocation.may_come_again or command.name not in MAKING or not command.words:
        return False
    period = int(now.timestamp() // WITHIN.total_seconds())
    for earlier in (period, period - 1):
        known = uow.deliveries.find(_key(invocation, earlier))
        if known is not None and now - datetime.fromisoformat(known.fingerprint) < WITHIN:
            return True
    return not uow.deliveries.remember(_key(invocation, period), now, fingerprint=now.isoformat())


def _key(invocation: Invocation, period: int) -> str:
    who, where = invocation.sender, invocation.place.address if invocation.place is not None else ""
    said = "\0".join((who.platform, who.tenant, who.user, where, " ".join(invocation.line.split())))
    return f"said:{hashlib.sha256(said.encode()).hexdigest()}:{period}"
