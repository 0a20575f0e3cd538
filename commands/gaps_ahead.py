"""The gaps of some time to come, found quickly: evidence is asked for only of clients who seem to have too few."""

from collections.abc import Sequence
from datetime import datetime

from commands.calling import EVIDENCE
from commands.ports import Acquainted, UnitOfWork
from commands.staffing import absences_in, leave_until
from coverage.availability import Presence
from coverage.clients import known_by_answers
from coverage.depth import Gap, Known, Staffed, gaps, staffed_days
from coverage.firm import Firm
from coverage.ids import PodId


def gaps_ahead(uow: UnitOfWork, firm: Firm, begin: datetime, until: datetime, minimum: int) -> list[tuple[Gap, Known]]:
    """The clients below ``minimum`` on some day between the two instants (UTC), worst first, and who knows each.

    What people have answered can only add to who knows a client: whoever has enough without that has enough.
    """
    days = _staffed(uow, firm, begin, until)
    said = {one.client: _known(one, firm) for one in uow.clients.acquainted() if one.pod in firm.pods}
    in_doubt = [gap.client for gap in gaps(said.values(), days, minimum)]
    answers = uow.clients.unforeseen_answers(begin - EVIDENCE, in_doubt)
    known = {}
    for client in in_doubt:
        shown = frozenset(known_by_answers(answers.get(client, ()), begin) & firm.people.keys())
        known[client] = Known(client, said[client].pod, said[client].knowing | shown)
    return [(gap, known[gap.client]) for gap in gaps(known.values(), days, minimum)]


def _known(one: Acquainted, firm: Firm) -> Known:
    return Known(one.client, one.pod, frozenset(one.people & firm.people.keys()))


def _staffed(uow: UnitOfWork, firm: Firm, begin: datetime, until: datetime) -> dict[PodId, Sequence[Staffed]]:
    """Who of the whole firm is there on the open days of each pod; pods of the same hours share them."""
    presence = Presence(firm.people, absences_in(leave_until(uow, firm, begin, until)))
    names = {pod.service_hours for pod in firm.pods.values()}
    of = {name: staffed_days(firm.hours[name], firm.people, presence, begin, until) for name in names}
    return {pod.id: of[pod.service_hours] for pod in firm.pods.values()}
