"""What must hold in a roster before it is stored: everything named exists, nothing is there twice."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from commands.roster_lines import UNSAID, PersonLine, Roster, Unsaid, same_name
from commands.roster_merge import Line, name_key, person_key
from coverage.public_holidays import UnknownRegion, check_region
from coverage.wall_clock import UnknownZone, zone_of

Path = tuple[str | int, ...]
"""Where in the file something stands: ``("pods", 0, "members", 2)``."""


@dataclass(frozen=True, slots=True)
class Problem:
    """``says`` what is wrong at ``path`` and what is allowed there."""

    path: Path
    says: str


class RosterRefused(Exception):
    """Nothing of the roster was stored; says everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.says for problem in problems))
        self.problems = tuple(problems)


def problems_of(file: Roster, wanted: Roster, known: Roster) -> list[Problem]:
    """What is wrong in ``file`` and in what would be stored (``wanted``) in the place of what is (``known``), in the
    order of the file."""
    gone = {name_key(pod): pod.name for pod in known.pods or ()}
    for pod in wanted.pods or ():
        gone.pop(name_key(pod), None)
    return [
        *_twice("people", [line.email for line in file.people or ()], "e-mail address"),
        *_twice("pods", [line.name for line in file.pods or ()], "name"),
        *_twice("clients", [line.name for line in file.clients or ()], "name"),
        *_people(file, wanted),
        *_pods(file, wanted),
        *_still_needed(wanted, gone),
        *_clients(file, wanted, gone),
        *_intake(wanted, gone),
    ]


def warnings_about(wanted: Roster) -> list[str]:
    """What is allowed and may yet surprise: names that fit two, and no manager."""
    people = wanted.people or ()
    said = [
        *_shared("people", {line.email: (line.name, *_list(line.aliases)) for line in people}),
        *_shared("clients", {line.name: (line.name, *_list(line.aliases)) for line in wanted.clients or ()}),
        *_shared("clients", {line.name: _list(line.domains) for line in wanted.clients or ()}),
    ]
    if people and not any(line.role == "manager" for line in people):
        said.append("Nobody is a manager yet: give somebody `role: manager`, or run `podline person promote EMAIL`.")
    return said


def _twice(section: str, names: Sequence[str], what: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for place, name in enumerate(names):
        earlier = first.setdefault(same_name(name), place)
        if earlier != place:
            yield Problem(
                (section, place),
                f'The {what} "{name}" is already that of number {earlier + 1} of {section}. Join them.',
            )


def _people(file: Roster, wanted: Roster) -> Iterator[Problem]:
    place_of = _places("people", file.people, person_key)
    users: dict[tuple[str, str], str] = {}
    for line in wanted.people or ():
        where = place_of(line)
        yield from _zone_and_holidays(where, line)
        for platform, user in (("slack", line.slack), ("teams", line.teams)):
            if not isinstance(user, str):
                continue
            owner = users.setdefault((platform, user), line.email)
            if owner != line.email:
                yield Problem((*where, platform), f"{user} is already {owner} on {platform}: one user is one person.")


def _zone_and_holidays(where: Path, line: PersonLine) -> Iterator[Problem]:
    try:
        zone_of(str(line.timezone))
    except UnknownZone as unknown:
        yield Problem((*where, "timezone"), str(unknown))
    if line.region and not line.country:
        yield Problem((*where, "region"), "A region needs its country too, such as `country: GB, region: ENG`.")
    elif line.country:
        try:
            check_region(f"{line.country}-{line.region}" if line.region else str(line.country))
        except UnknownRegion as unknown:
            yield Problem((*where, "region" if line.region else "country"), str(unknown))


def _pods(file: Roster, wanted: Roster) -> Iterator[Problem]:
    place_of = _places("pods", file.pods, name_key)
    emails = _emails(wanted)
    named: dict[str, Iterable[str]] = {
        "service_hours": wanted.hours or {},
        "charter": wanted.charters or {},
        "escalation_policy": wanted.policies or {},
    }
    for line in wanted.pods or ():
        where = place_of(line)
        if line.channel is UNSAID:
            yield Problem(where, f'The new pod "{line.name}" needs a channel: the id of the one its cards hang in.')
        for field, known in named.items():
            yield from _must_be_known((*where, field), getattr(line, field), known, line.name)
        for number, member in enumerate(_list(line.members)):
            yield from _must_be_somebody((*where, "members", number), member, emails)
        yield from _must_be_somebody((*where, "lead"), line.lead, emails)


def _still_needed(wanted: Roster, gone: Mapping[str, str]) -> Iterator[Problem]:
    """Pods that would be deleted while something is still theirs; ``gone`` has their names."""
    for key, name in gone.items():
        owners = [client.name for client in wanted.clients or () if same_name(str(client.pod)) == key]
        owners += ["intake"] if wanted.intake is not None and same_name(wanted.intake.pod) == key else []
        if owners:
            says = f'"{name}" would be deleted and is still the pod of {_all(owners)}: give those another pod first.'
            yield Problem(("pods",), says)


def _clients(file: Roster, wanted: Roster, gone: Mapping[str, str]) -> Iterator[Problem]:
    place_of = _places("clients", file.clients, name_key)
    emails, pods = _emails(wanted), {same_name(pod.name): pod.name for pod in wanted.pods or ()}
    for line in wanted.clients or ():
        where = place_of(line)
        if line.pod is UNSAID or same_name(str(line.pod)) not in {*pods, *gone}:
            yield from _must_be_known((*where, "pod"), line.pod, pods.values(), line.name)
        yield from _must_be_somebody((*where, "named_contact"), line.named_contact, emails)
        for who in line.knows if isinstance(line.knows, Mapping) else ():
            yield from _must_be_somebody((*where, "knows", who), who, emails)


def _intake(wanted: Roster, gone: Mapping[str, str]) -> Iterator[Problem]:
    pods = {same_name(pod.name): pod.name for pod in wanted.pods or ()}
    if wanted.intake is not None and same_name(wanted.intake.pod) not in {*pods, *gone}:
        yield from _must_be_known(("intake", "pod"), wanted.intake.pod, pods.values(), "intake")


def _must_be_known(where: Path, name: str | Unsaid, known: Iterable[str], owner: str) -> Iterator[Problem]:
    what, names = str(where[-1]), list(known)
    if name is UNSAID:
        yield Problem(where[:-1], f'The new entry "{owner}" needs a {what}. There are: {_all(names)}.')
    elif name not in names:
        yield Problem(where, f'There is no {what} "{name}" in this file or stored. {_nearest(str(name), names)}')


def _must_be_somebody(where: Path, email: str | Unsaid | None, emails: frozenset[str]) -> Iterator[Problem]:
    if isinstance(email, str) and email not in emails:
        yield Problem(
            where,
            f'"{email}" is nobody: they must be one of the people of this file or stored '
            f"(with --prune: of this file). {_nearest(email, emails)}",
        )


def _nearest(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    return f'Did you mean "{near[0]}"?' if near else f"There are: {_all(names)}."


def _all(names: Sequence[str], most: int = 8) -> str:
    return ", ".join([*names[:most], *(["..."] if len(names) > most else [])]) or "none yet"


def _places(section: str, lines: Sequence[Line] | None, key: Callable[[Line], str]) -> Callable[[Line], Path]:
    numbers = {key(line): number for number, line in enumerate(lines or ())}

    def place_of(line: Line) -> Path:
        number = numbers.get(key(line))
        return (section, line.name) if number is None else (section, number)

    return place_of


def _emails(wanted: Roster) -> frozenset[str]:
    return frozenset(line.email for line in wanted.people or ())


def _list(value: tuple[str, ...] | Unsaid) -> tuple[str, ...]:
    return () if isinstance(value, Unsaid) else value


def _shared(section: str, names_of: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    owners: dict[str, list[str]] = {}
    for owner, names in names_of.items():
        for name in {same_name(name) for name in names}:
            owners.setdefault(name, []).append(owner)
    for name, several in owners.items():
        if len(several) > 1:
            yield f'"{name}" fits several {section}: {_all(several)}. Whoever uses it is asked which one is meant.'
