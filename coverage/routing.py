"""Where a question goes and whom its card calls: the named contact, or the best stand-in of the pod."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coverage.availability import Presence
from coverage.clients import Acquaintance, Client
from coverage.escalation import Audience
from coverage.firm import Firm
from coverage.ids import PersonId
from coverage.people import Pod
from coverage.policy import Notify
from coverage.service_hours import NeverOpen, ServiceHours


@dataclass(frozen=True, slots=True)
class Call:
    """Whom the card calls: ``person``, standing in for somebody who is away until and with ``until`` (None: for
    another reason, such as a day off). Nobody (None) when nobody of the pod is there. ``others`` know the client too,
    best first; they are listed by name, not called."""

    person: PersonId | None
    stands_in_for: PersonId | None = None
    until: date | None = None
    others: tuple[PersonId, ...] = ()


def whom_to_call(
    client: Client | None,
    pod: Pod,
    known: Sequence[Acquaintance],
    presence: Presence,
    hours: ServiceHours,
    now: datetime,
) -> Call:
    """Choose who is called about a question of ``client`` that is offered at ``now`` (UTC).

    Availability is judged at the next open instant of the pod's hours (asked on Friday night, the question is about
    Monday morning); called is only who is available then and not on leave now. The best stand-in is the pod member who
    knows the client best, in the pod's own order where nobody does. ``known`` is ``who_knows(client)``.
    """
    at = _next_open_instant(hours, now)
    first_choice = client.named_contact if client is not None else pod.lead
    there = [who for who in _by_knowledge(pod, known, first_choice) if _can_be_called(who, presence, at, now)]
    person = there[0] if there else None
    others = tuple(one.person for one in known if one.person not in (person, first_choice) and one.knows_them)
    if first_choice is None or person == first_choice or client is None:
        return Call(person, others=others)
    until = presence.away_until(first_choice, at) or presence.away_until(first_choice, now)
    return Call(person, first_choice, until, others)


def audience_for(firm: Firm, pod: Pod, named_contact: PersonId | None, presence: Presence, now: datetime) -> Audience:
    """Who of each kind of step's audience is available at ``now`` (UTC)."""
    team = firm.team_of(pod.id)
    leads = [pod.lead] if pod.lead is not None else []
    everybody = [who for each in team for who in each.members] + leads
    groups = {
        Notify.NAMED_CONTACT: [named_contact] if named_contact is not None else [],
        Notify.DEPUTIES: [who for who in pod.members if who != named_contact],
        Notify.POD: list(pod.members),
        Notify.TEAM: everybody,
    }
    others = [who for each in team[1:] for who in each.members]
    return Audience(
        {notify: _present(people, presence, now) for notify, people in groups.items()},
        other_pods=_present(others, presence, now),
    )


def _present(people: Sequence[PersonId], presence: Presence, now: datetime) -> tuple[PersonId, ...]:
    return tuple(who for who in dict.fromkeys(people) if presence.is_available(who, now))


def _by_knowledge(pod: Pod, known: Sequence[Acquaintance], first_choice: PersonId | None) -> list[PersonId]:
    ranked = [one.person for one in known if one.person in pod.members]
    first = [first_choice] if first_choice is not None else []
    return list(dict.fromkeys([*first, *ranked, *pod.members]))


def _can_be_called(who: PersonId, presence: Presence, at: datetime, now: datetime) -> bool:
    return presence.is_available(who, at) and not presence.is_on_leave(who, now)


def _next_open_instant(hours: ServiceHours, now: datetime) -> datetime:
    try:
        return hours.next_opening(now)
    except NeverOpen:
        return now
