"""What coverage is worked out from: who knows each client, who is away, who is there on each open day of each pod."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.calling import EVIDENCE
from commands.ports import SaidToKnow, StoredAbsence, UnitOfWork
from coverage.absence import Absence
from coverage.availability import Presence
from coverage.clients import (
    FEWEST_ANSWERS,
    MAY_BE_ENOUGH,
    Answer,
    Client,
    is_enough_for_sure,
    known_by_answers,
    who_knows,
    worths,
)
from coverage.depth import Gap, Known, Staffed, gaps, staffed_days, worsened
from coverage.firm import Firm
from coverage.ids import ClientId, PersonId, PodId

AHEAD = timedelta(days=120)
"""How far leave is looked at to say until when somebody is away."""

Leave = Mapping[PersonId, list[StoredAbsence]]
"""The leave of each person, in order."""


@dataclass(frozen=True, slots=True)
class Clients:
    """All clients, and who knows each of them."""

    all: Mapping[ClientId, SaidToKnow]
    known: tuple[Known, ...]

    def knowing(self, client: ClientId) -> frozenset[PersonId]:
        return next(one.knowing for one in self.known if one.client == client)


def clients_of(uow: UnitOfWork, firm: Firm, now: datetime) -> Clients:
    """Named contacts, those who know a client, and those whose answers up to ``now`` (UTC) show that they do."""
    clients = {client.id: client for client in uow.clients.said_to_know() if client.pod in firm.pods}
    answering = _known_by_answers(uow, clients, now)
    there = frozenset(firm.people)
    known = [
        Known(one.id, one.pod, (one.people | answering.get(one.id, frozenset())) & there) for one in clients.values()
    ]
    return Clients(clients, tuple(known))


def _known_by_answers(
    uow: UnitOfWork, clients: Mapping[ClientId, SaidToKnow], now: datetime
) -> Mapping[ClientId, set[PersonId]]:
    """Those of whom the firm does not say that they know a client, but whose answers do. What the answers are worth,
    rounded down, nearly always decides; only where it does not are they looked at one by one."""
    found: dict[ClientId, set[PersonId]] = defaultdict(set)
    doubtful: set[ClientId] = set()
    since = now - EVIDENCE
    for one in uow.clients.regulars(since, now, worths(since, now), FEWEST_ANSWERS, MAY_BE_ENOUGH):
        if one.client not in clients or one.person in clients[one.client].people:
            continue
        if is_enough_for_sure(one.worth):
            found[one.client].add(one.person)
        else:
            doubtful.add(one.client)
    for client, answers in uow.clients.answers_of(doubtful, since).items():
        found[client] |= known_by_answers(answers, now)
    return found


def knowing(client: Client, answers: Iterable[Answer], firm: Firm, now: datetime) -> frozenset[PersonId]:
    """Who counts for the client's depth: whoever is learning them does not."""
    known = who_knows(client, answers, now)
    return frozenset(one.person for one in known if one.knows_them and one.person in firm.people)


def leave_until(uow: UnitOfWork, firm: Firm, begin: datetime, until: datetime) -> Leave:
    """The leave of everybody that reaches into the time between the two instants (UTC)."""
    found: dict[PersonId, list[StoredAbsence]] = defaultdict(list)
    for stored in uow.absences.overlapping(firm.people, begin, until):
        found[stored.absence.person].append(stored)
    return dict(found)


def absences_in(leave: Leave) -> tuple[Absence, ...]:
    return tuple(one.absence for stored in leave.values() for one in stored)


def staffed_pods(
    firm: Firm, known: Sequence[Known], absences: tuple[Absence, ...], begin: datetime, until: datetime
) -> dict[PodId, tuple[Staffed, ...]]:
    """The open days, from ``begin`` to ``until`` (UTC), of the pods of these clients, with those who know them. Each
    person is looked at once a day for all pods of the same hours."""
    presence = Presence(firm.people, absences)
    people = {who for one in known for who in one.knowing}
    hours_of = {pod: firm.pods[pod].service_hours for pod in {one.pod for one in known}}
    days_of = {name: staffed_days(firm.hours[name], people, presence, begin, until) for name in set(hours_of.values())}
    return {pod: days_of[name] for pod, name in hours_of.items()}


def gaps_caused(
    who: PersonId,
    firm: Firm,
    clients: Clients,
    without: tuple[Absence, ...],
    with_it: tuple[Absence, ...],
    begin: datetime,
    until: datetime,
) -> tuple[Gap, ...]:
    """The days, from ``begin`` to ``until`` (UTC), on which clients fall below the firm's minimum, or have nobody left,
    because ``who`` is away: with all leave (``with_it``), and not ``without`` theirs."""
    theirs = [one for one in clients.known if who in one.knowing]
    minimum = max(1, firm.settings.minimum_depth)

    def found(leave: tuple[Absence, ...]) -> tuple[Gap, ...]:
        return gaps(theirs, staffed_pods(firm, theirs, leave, begin, until), minimum)

    return worsened(found(without), found(with_it), minimum)
