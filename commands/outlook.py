"""The managers' weekly outlook: who is out in the next two weeks, the gaps, and on whom everything hangs."""

from datetime import datetime, timedelta

from commands.coverage_report import overview
from commands.invocation import Context, Invocation
from commands.outgoing import Message
from commands.ports import Identity, UnitOfWork
from commands.views import Listing
from commands.wording import day_words
from coverage.firm import Firm
from coverage.wall_clock import zone_of

_DAYS = timedelta(days=13)
"""After the day it is sent on: what is seen two weeks ahead can still be mended."""


def outlook(message: Message, firm: Firm, uow: UnitOfWork, now: datetime) -> Listing | None:
    """What ``message.to_person`` reads at ``now`` (UTC); None for whoever is no manager any more."""
    manager = firm.people.get(message.to_person) if message.to_person is not None else None
    if manager is None or not manager.is_manager:
        return None
    today = now.astimezone(zone_of(manager.timezone)).date()
    last = today + _DAYS
    context = Context(uow, manager, firm, now, "", Invocation("", _NOWHERE, ""))
    return overview(context, f"The next two weeks, {day_words(today)} to {day_words(last)}", last, "Out")


_NOWHERE = Identity("", "", "")
"""They said nothing: it is a message that nobody typed a line for."""
