"""The words of kudos, and when somebody who is away hears of theirs."""

from datetime import datetime, timedelta

from commands.ports import Kudos
from commands.views import Bold, Mention, Notice, Quote, Text
from commands.wording import name_of
from coverage.availability import Presence
from coverage.firm import Firm
from coverage.ids import PersonId, short_id


def thanks(kudos: Kudos, firm: Firm, *, is_direct: bool, is_called: bool) -> Notice:
    """What the receiver reads (``is_direct``), or the kudos channel; there the receiver is mentioned if ``is_called``,
    otherwise named. The giver's own words call nobody."""
    receiver = name_of(firm, kudos.receiver)
    whom: Text = ("you",) if is_direct else ((Mention(kudos.receiver, receiver) if is_called else Bold(receiver)),)
    what: Text = (" for ", Bold(short_id(kudos.question))) if kudos.question is not None else ()
    return Notice((Bold(name_of(firm, kudos.giver)), " thanks ", *whom, *what, ":\n", Quote(kudos.sentence)))


def when_back(presence: Presence, who: PersonId, now: datetime) -> datetime:
    """When to look again whether somebody on leave is back: daily, since leave may be cut short, at last when they work
    again: the weekend before is theirs."""
    tomorrow = now + _DAILY
    back = presence.back_at(who, now)
    return tomorrow if back is None or presence.is_on_leave(who, tomorrow) else back


_DAILY = timedelta(days=1)
