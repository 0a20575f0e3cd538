"""The gaps of some time to come: the clients for whom too few are there on some day."""

from datetime import datetime

from commands.covering import Period
from commands.ports import UnitOfWork
from commands.staffing import Clients, absences_in, clients_of, leave_until, staffed_pods
from coverage.depth import Gap, gaps
from coverage.firm import Firm


def gaps_ahead(
    uow: UnitOfWork, firm: Firm, begin: datetime, until: datetime, minimum: int
) -> tuple[tuple[Gap, ...], Clients, Period]:
    """The clients below ``minimum`` on some day between the two instants (UTC), worst first; all clients, with who
    knows each; and the leave of that time."""
    clients = clients_of(uow, firm, begin)
    absences = absences_in(leave_until(uow, firm, begin, until))
    days = staffed_pods(firm, clients.known, absences, begin, until)
    return gaps(clients.known, days, minimum), clients, Period(absences, begin, until)
