"""Export the roster: everything a roster file can say, as it is stored now."""

from collections.abc import Iterable, Mapping

from commands.ports import NewUnitOfWork, Place, UnitOfWork
from commands.roster_lines import (
    SETTINGS,
    ClientLine,
    IntakeLine,
    PersonLine,
    PodLine,
    PolicyLine,
    Roster,
    StepLine,
)
from coverage.clients import Client
from coverage.firm import Firm
from coverage.ids import PersonId, PlaceId
from coverage.people import Person, Pod
from coverage.policy import EscalationPolicy


def export_roster(new_uow: NewUnitOfWork) -> Roster:
    """The whole roster; importing it again changes nothing."""
    with new_uow() as uow:
        return stored_roster(uow)


def stored_roster(uow: UnitOfWork, clients: Iterable[Client] | None = None) -> Roster:
    """The same inside an open unit of work. No line of it leaves anything unsaid.

    With ``clients`` it has only those: a firm may have many more of them than of anything else.
    """
    firm = uow.firm()
    return Roster(
        people=tuple(_person_line(person, uow) for person in firm.people.values()),
        hours=dict(firm.hours),
        charters=dict(firm.charters),
        policies={name: _policy_line(policy, uow) for name, policy in firm.policies.items()},
        pods=tuple(_pod_line(pod, firm, uow) for pod in firm.pods.values()),
        clients=_client_lines(uow, firm, clients),
        intake=_intake_line(firm, uow),
        alerts_channel=_place(firm.alerts_channel, uow),
        kudos_channel=_place(firm.kudos_channel, uow),
        settings={name: getattr(firm.settings, name) for name in SETTINGS},
    )


def _person_line(person: Person, uow: UnitOfWork) -> PersonLine:
    users = {identity.platform: identity.user for identity in uow.people.identities(person.id)}
    return PersonLine(
        email=person.email.casefold(),
        name=person.name,
        slack=users.get("slack"),
        teams=users.get("teams"),
        timezone=person.timezone,
        role=person.role,
        aliases=person.aliases,
        country=person.country,
        region=person.region,
        working_pattern=person.working_pattern,
    )


def _policy_line(policy: EscalationPolicy, uow: UnitOfWork) -> PolicyLine:
    steps = tuple(StepLine(step.after, step.notify, _place(step.channel, uow)) for step in policy.steps)
    return PolicyLine(policy.name, steps, policy.remind)


def _pod_line(pod: Pod, firm: Firm, uow: UnitOfWork) -> PodLine:
    return PodLine(
        name=pod.name,
        channel=uow.places.get(pod.channel),
        members=_emails(pod.members, firm),
        lead=_email(pod.lead, firm),
        service_hours=pod.service_hours,
        charter=pod.charter,
        escalation_policy=pod.escalation_policy,
    )


def _client_lines(uow: UnitOfWork, firm: Firm, some: Iterable[Client] | None) -> tuple[ClientLine, ...]:
    """All of them are many, so that their channels are looked up at once."""
    clients = uow.clients.everyone() if some is None else list(some)
    if some is None:
        places = uow.places.everywhere()
    else:
        places = {channel: uow.places.get(channel) for client in clients for channel in client.channels}
    return tuple(_client_line(client, firm, places) for client in clients)


def _client_line(client: Client, firm: Firm, places: Mapping[PlaceId, Place]) -> ClientLine:
    return ClientLine(
        name=client.name,
        pod=firm.pods[client.pod].name,
        named_contact=_email(client.named_contact, firm),
        domains=client.domains,
        aliases=client.aliases,
        channels=tuple(places[channel] for channel in client.channels),
        knows={firm.people[who].email.casefold(): how for who, how in sorted(client.knows.items())},
    )


def _intake_line(firm: Firm, uow: UnitOfWork) -> IntakeLine | None:
    if firm.intake is None:
        return None
    return IntakeLine(uow.places.get(firm.intake.channel), firm.pods[firm.intake.pod].name)


def _place(place: PlaceId | None, uow: UnitOfWork) -> Place | None:
    return None if place is None else uow.places.get(place)


def _emails(people: Iterable[PersonId], firm: Firm) -> tuple[str, ...]:
    return tuple(firm.people[who].email.casefold() for who in people)


def _email(who: PersonId | None, firm: Firm) -> str | None:
    return None if who is None else firm.people[who].email.casefold()
