"""Who could cover the clients of a list of gaps: a button for each, which makes them learn the client."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from commands.client_line import line_of
from commands.coverage_words import gap_row
from commands.ports import UnitOfWork
from commands.staffing import Clients
from commands.views import Button, Row
from commands.wording import name_of
from coverage.absence import Absence
from coverage.availability import Presence
from coverage.clients import Client, Knowledge
from coverage.depth import Gap, Staffed, staffed_days
from coverage.firm import Firm
from coverage.ids import PersonId, PodId
from coverage.stand_ins import best_placed

_MOST = 2
"""Buttons beside one gap: a choice, not a directory."""


@dataclass(frozen=True, slots=True)
class Period:
    """The time that gaps are of, ``begin`` to ``until`` (UTC), and everybody's leave in it."""

    absences: tuple[Absence, ...]
    begin: datetime
    until: datetime


def gap_rows(uow: UnitOfWork, firm: Firm, gaps: Sequence[Gap], clients: Clients, period: Period) -> list[Row]:
    """A row for each gap, with who is learning the client already, else buttons to assign a cover; for managers."""
    finding = _Finding(firm, clients, period)
    whole = uow.clients.many(gap.client for gap in gaps)
    rows = []
    for gap in gaps:
        client = whole[gap.client]
        row = gap_row(gap, clients, firm)
        learning = [who for who, how in client.knows.items() if how is Knowledge.LEARNING and who in firm.people]
        if learning:
            names = " and ".join(sorted(name_of(firm, who) for who in learning))
            more = f"; {names} {'is' if len(learning) == 1 else 'are'} learning them"
            rows.append(Row((*row.text, more)))
        else:
            rows.append(Row(row.text, tuple(_button(uow, firm, client, who) for who in finding.for_gap(gap, client))))
    return rows


def _button(uow: UnitOfWork, firm: Firm, client: Client, who: PersonId) -> Button:
    person = firm.people[who]
    line = line_of(uow, client, "learning", person.email)
    return Button(f"Cover: {person.name}", line, f"Let {person.name} cover {client.name}: they learn the client")


class _Finding:
    """Looks at the people of each pod and its team once, however many of its clients have a gap."""

    def __init__(self, firm: Firm, clients: Clients, period: Period) -> None:
        self._firm, self._clients, self._period = firm, clients, period
        self._presence = Presence(firm.people, period.absences)
        self._load = Counter(who for known in clients.known for who in known.knowing)
        self._days: dict[PodId, tuple[Staffed, ...]] = {}

    def for_gap(self, gap: Gap, client: Client) -> tuple[PersonId, ...]:
        knowing = self._clients.knowing(gap.client)
        circles = [[who for who in circle if who not in knowing] for circle in self._circles(client.pod)]
        return best_placed(gap.days.keys(), self._staffed(client.pod), circles, self._load, _MOST)

    def _circles(self, number: PodId) -> tuple[Iterable[PersonId], ...]:
        """The pod, and the others under the same lead."""
        pod = self._firm.pods[number]
        team = [one for one in self._firm.pods.values() if one.lead is not None and one.lead == pod.lead]
        return pod.members, dict.fromkeys(who for one in team for who in one.members)

    def _staffed(self, pod: PodId) -> tuple[Staffed, ...]:
        if pod not in self._days:
            people = {who for circle in self._circles(pod) for who in circle if who in self._firm.people}
            hours, period = self._firm.hours_of(pod), self._period
            self._days[pod] = staffed_days(hours, people, self._presence, period.begin, period.until)
        return self._days[pod]
