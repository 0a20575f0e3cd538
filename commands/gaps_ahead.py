"""The gaps of some time to come: the clients for whom too few are there on some day."""

from datetime import datetime

from commands.ports import UnitOfWork
from commands.staffing import Clients, absences_in, clients_of, leave_until, staffed_pods
from coverage.depth import Gap, gaps
from coverage.firm import Firm


def gaps_ahead(
    uow: UnitOfWork, firm: Firm, begin: datetime, until: datetime, minimum: int
) -> tuple[tuple[Gap, ...], Clients]:
    """The clients below ``minimum`` on some day between the two instants (UTC), worst first; and all clients, with who
    knows each."""
    clients = clients_of(uow, firm, begin)
    days = staffed_pods(firm, clients.known, absences_in(leave_until(uow, firm, begin, until)), begin, until)
    return gaps(clients.known, days, minimum), clients
