"""Import a roster: an upsert by e-mail and name that says what it changes; nothing is deleted unless asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from commands.again import again
from commands.export_roster import stored_roster
from commands.moving import follow
from commands.ports import Identity, NewUnitOfWork, Place, SetupEdit, StillNeeded, UnitOfWork
from commands.roster_checks import Problem, RosterRefused, problems_of, warnings_about
from commands.roster_lines import ClientLine, PersonLine, PodLine, PolicyLine, Roster, Unsaid, same_name
from commands.roster_merge import Change, changes_between, merged, name_key, person_key
from coverage.clients import Client
from coverage.firm import Intake, Settings
from coverage.ids import ClientId, PersonId, PlaceId, PodId
from coverage.people import Person, Pod
from coverage.policy import EscalationPolicy, Step

Said = TypeVar("Said")
_FEW = 20


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed, or would change; ``warnings`` are about what is allowed and may yet surprise."""

    changes: tuple[Change, ...]
    warnings: tuple[str, ...]


def import_roster(
    file: Roster,
    new_uow: NewUnitOfWork,
    *,
    prune: bool = False,
    dry_run: bool = False,
    now: datetime | None = None,
) -> Imported:
    """Lay the file over what is stored, in one transaction: all of it or, with anything wrong in it, nothing.

    The second import of the same file changes nothing. With ``prune`` the people, pods and clients that are missing
    from a section the file has are deleted; with ``dry_run`` nothing is stored. At ``now`` (UTC) open questions follow
    a client to another pod and a pod to another channel, as they do when that is said in chat; without it they stay
    where they are, as in a firm that is only being set up.

    Raises:
        RosterRefused: with everything that is wrong, or with what still needs something that would be pruned.
        Overtaken: people change the same questions all the time; nothing was done.
    """

    def once() -> Imported:
        with new_uow() as uow:
            then = following(uow, None, now)
            changes, wanted = lay_over(file, uow, problems_of, prune=prune, dry_run=dry_run, then=then)
            if changes and not dry_run:
                uow.commit()
        return Imported(changes, tuple(warnings_about(wanted)))

    return again(once)


Then = Callable[[Roster, Roster], None]
"""What follows from a change of the roster (from the first to the second), before what is gone is deleted."""


def following(uow: UnitOfWork, who: PersonId | None, now: datetime | None) -> Then:
    """Open questions follow at ``now`` (UTC); without it nothing does."""

    def then(known: Roster, wanted: Roster) -> None:
        if now is not None:
            follow(uow, known, wanted, who, now)

    return then


def _nothing_follows(_known: Roster, _wanted: Roster) -> None:
    """Where no question can be open, or whoever stores it lets them follow."""


Check = Callable[[Roster, Roster, Roster], list[Problem]]
"""What is wrong in a file (the first) and in what would be stored (the second) in the place of what is (the third)."""
Told = Callable[[int, int], None]
"""Hears how many of how many are stored by now, however often that is said."""


def _to_nobody(_done: int, _of: int) -> None:
    """Where nobody wants to hear how far it is."""


def lay_over(
    file: Roster,
    uow: UnitOfWork,
    check: Check,
    *,
    prune: bool = False,
    dry_run: bool = False,
    told: Told = _to_nobody,
    then: Then = _nothing_follows,
) -> tuple[tuple[Change, ...], Roster]:
    """The same inside an open unit of work: what changes, and the roster that there is afterwards. Raises
    RosterRefused with all that ``check`` finds."""
    uow.setup.wait_for_others()
    known = stored_roster(uow)
    wanted = merged(known, file, prune=prune)
    problems = check(file, wanted, known)
    if problems:
        raise RosterRefused(problems)
    changes = changes_between(known, wanted)
    if changes and not dry_run:
        try:
            store(uow, known, wanted, told, then)
        except StillNeeded as needed:
            says = f"--prune would delete what is still needed: {needed}"
            raise RosterRefused([Problem((), says)]) from None
    return changes, wanted


def store(
    uow: UnitOfWork, known: Roster, wanted: Roster, told: Told = _to_nobody, then: Then = _nothing_follows
) -> None:
    """Make what is stored as ``known`` says what ``wanted`` says; clients that neither has are left alone.

    Raises:
        StillNeeded: something that ``wanted`` lacks cannot be deleted.
    """
    _Writing(uow, known, wanted, told, then).everything()


class _Writing:
    """Stores what differs between two rosters; only that, so that the firm's version grows only for a reason."""

    def __init__(self, uow: UnitOfWork, known: Roster, wanted: Roster, told: Told, then: Then) -> None:
        firm = uow.firm()
        self._told, self._then = told, then
        self._uow, self._known, self._wanted, self._firm = uow, known, wanted, firm
        self._people = {person.email.casefold(): person.id for person in firm.people.values()}
        self._pods = {same_name(pod.name): pod.id for pod in firm.pods.values()}
        self._clients: dict[str, ClientId] = {}
        self._places: dict[Place, PlaceId] = {}

    def everything(self) -> None:
        """People first, pods after what they are made of, clients after their pods, then the open questions, deletions
        last: what a question has left is needed no more."""
        self._store_people()
        self._store_setup()
        self._store_clients()
        self._store_firm_wide()
        self._then(self._known, self._wanted)
        self._delete_what_is_gone()

    def _store_people(self) -> None:
        before = {person_key(line): line for line in self._known.people or ()}
        for line in self._wanted.people or ():
            key = person_key(line)
            if line == before.get(key):
                continue
            saved = self._uow.people.save(_person(line, self._people.get(key, PersonId(0))))
            self._people[key] = saved.id
            for platform, user in (("slack", line.slack), ("teams", line.teams)):
                self._store_identity(saved.id, platform, _said(user))

    def _store_identity(self, person: PersonId, platform: str, user: str | None) -> None:
        """Somebody is one user of a platform: an earlier one is not theirs any more."""
        known = [identity for identity in self._uow.people.identities(person) if identity.platform == platform]
        for identity in known:
            if identity.user != user:
                self._uow.people.unlink(person, identity)
        if user is not None and user not in {identity.user for identity in known}:
            self._uow.people.link(person, Identity(platform, "", user))

    def _store_setup(self) -> None:
        known, wanted = self._known, self._wanted
        pods = {name_key(line): line for line in known.pods or ()}
        edit = SetupEdit(
            hours=_changed(known.hours, wanted.hours),
            charters=_changed(known.charters, wanted.charters),
            policies={name: self._policy(line) for name, line in _changed(known.policies, wanted.policies).items()},
            pods=[self._pod(line) for line in wanted.pods or () if line != pods.get(name_key(line))],
        )
        if edit != SetupEdit(pods=[]):
            self._pods |= {same_name(pod.name): pod.id for pod in self._uow.setup.edit(edit)}

    def _store_clients(self) -> None:
        before = {name_key(line): line for line in self._known.clients or ()}
        after = {name_key(line): line for line in self._wanted.clients or ()}
        changed = [(key, line) for key, line in after.items() if line != before.get(key)]
        stored = self._stored_clients([*(key for key, _ in changed), *_gone(before, after)])
        for begin in range(0, len(changed), _AT_ONCE):
            some = changed[begin : begin + _AT_ONCE]
            self._places |= self._uow.places.all_at(place for _, line in some for place in _said(line.channels))
            self._uow.clients.save_all([self._client(line, stored.get(key, ClientId(0))) for key, line in some])
            self._told(begin + len(some), len(changed))
        self._clients = stored

    def _stored_clients(self, keys: Sequence[str]) -> dict[str, ClientId]:
        """By their names: one by one where they are few, else all in one go."""
        few = len(keys) <= _FEW
        clients = (
            [one for key in keys for one in self._uow.clients.called(key)] if few else self._uow.clients.everyone()
        )
        return {same_name(client.name): client.id for client in clients}

    def _store_firm_wide(self) -> None:
        known, wanted = self._known, self._wanted
        edit = SetupEdit(
            intake=self._intake() if wanted.intake != known.intake else None,
            alerts_channel=self._place(wanted.alerts_channel)
            if wanted.alerts_channel != known.alerts_channel
            else None,
            kudos_channel=self._place(wanted.kudos_channel) if wanted.kudos_channel != known.kudos_channel else None,
            settings=Settings(**wanted.settings) if wanted.settings != known.settings else None,  # type: ignore[arg-type]
        )
        if edit != SetupEdit():
            self._uow.setup.edit(edit)

    def _delete_what_is_gone(self) -> None:
        known, wanted = self._known, self._wanted
        people = _gone(map(person_key, known.people or ()), map(person_key, wanted.people or ()))
        pods = _gone(map(name_key, known.pods or ()), map(name_key, wanted.pods or ()))
        clients = _gone(map(name_key, known.clients or ()), map(name_key, wanted.clients or ()))
        if people or pods or clients:
            self._uow.setup.prune(
                people=[self._people[key] for key in people],
                pods=[self._pods[key] for key in pods],
                clients=[self._clients[key] for key in clients],
            )
        rules = (known.hours, wanted.hours), (known.charters, wanted.charters), (known.policies, wanted.policies)
        hours, charters, policies = (_gone(before or (), after or ()) for before, after in rules)
        if hours or charters or policies:
            self._uow.setup.forget(hours=hours, charters=charters, policies=policies)

    def _policy(self, line: PolicyLine) -> EscalationPolicy:
        steps = tuple(Step(step.after, step.notify, self._place(step.channel)) for step in line.steps)
        return EscalationPolicy(line.name, steps, line.remind)

    def _pod(self, line: PodLine) -> Pod:
        return Pod(
            id=self._pods.get(name_key(line), PodId(0)),
            name=line.name,
            channel=self._known_place(_said(line.channel)),
            members=tuple(self._people[email] for email in _said(line.members)),
            lead=self._person(_said(line.lead)),
            service_hours=_said(line.service_hours),
            charter=_said(line.charter),
            escalation_policy=_said(line.escalation_policy),
        )

    def _client(self, line: ClientLine, number: ClientId) -> Client:
        return Client(
            id=number,
            name=line.name,
            pod=self._pods[same_name(_said(line.pod))],
            named_contact=self._person(_said(line.named_contact)),
            domains=_said(line.domains),
            aliases=_said(line.aliases),
            channels=tuple(self._known_place(channel) for channel in _said(line.channels)),
            knows={self._people[email]: how for email, how in _said(line.knows).items()},
        )

    def _intake(self) -> Intake | None:
        line = self._wanted.intake
        return Intake(self._known_place(line.channel), self._pods[same_name(line.pod)]) if line else None

    def _person(self, email: str | None) -> PersonId | None:
        return None if email is None else self._people[email]

    def _place(self, place: Place | None) -> PlaceId | None:
        return None if place is None else self._known_place(place)

    def _known_place(self, place: Place) -> PlaceId:
        if place not in self._places:
            self._places[place] = self._uow.places.at(place.platform, place.address)
        return self._places[place]


_AT_ONCE = 200
"""Clients stored by one statement a table, between two times that it is said how far it is."""


def _person(line: PersonLine, number: PersonId) -> Person:
    return Person(
        id=number,
        name=line.name,
        email=line.email,
        timezone=_said(line.timezone),
        role=_said(line.role),
        aliases=_said(line.aliases),
        country=_said(line.country),
        region=_said(line.region),
        working_pattern=_said(line.working_pattern),
    )


def _said(value: Said | Unsaid) -> Said:
    """Merged and checked lines leave nothing unsaid."""
    assert not isinstance(value, Unsaid)
    return value


def _changed(known: Mapping[str, Said] | None, wanted: Mapping[str, Said] | None) -> dict[str, Said]:
    before = known or {}
    return {name: value for name, value in (wanted or {}).items() if before.get(name) != value}


def _gone(before: Iterable[str], after: Iterable[str]) -> list[str]:
    left = set(after)
    return [key for key in before if key not in left]
