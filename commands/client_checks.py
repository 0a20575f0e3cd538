"""What must hold in a file of clients before it is stored, and what is allowed and may yet surprise."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz, process

from commands.roster_checks import Path, Problem
from commands.roster_lines import UNSAID, ClientLine, PersonLine, Roster, Unsaid, same_name
from commands.roster_merge import name_key
from coverage.free_mail import is_free_mail

Part = TypeVar("Part")


def client_problems(file: Roster, known: Roster) -> Iterator[Problem]:
    """Everything in the lines of ``file`` that the firm as it is (``known``) does not have, in their order."""
    checks = _Checks(known)
    for place, line in enumerate(file.clients or ()):
        yield from checks.of(("clients", place), line)


def client_warnings(file: Roster, wanted: Roster) -> Iterator[str]:
    """Names, domains and channels that the clients of ``file`` share with others of the roster as it will be."""
    theirs = {name_key(line) for line in file.clients or ()}
    clients = wanted.clients or ()
    names = {line.name: (line.name, *_listed(line.aliases)) for line in clients}
    domains = {line.name: _listed(line.domains) for line in clients}
    channels = {line.name: tuple(place.address for place in _listed(line.channels)) for line in clients}
    for name, several in _shared(names, theirs):
        yield f"“{name}” fits {several}: whoever uses it is asked which one is meant."
    for domain, several in _shared(domains, theirs):
        yield f"{domain} is the domain of {several}: what comes from there is asked about, never guessed."
    for channel, several in _shared(channels, theirs):
        yield f"{channel} is the channel of {several}: what is asked there is asked about, never guessed."


class _Checks:
    """The names there are, each looked for once however many lines misspell it."""

    def __init__(self, known: Roster) -> None:
        self._pods = {same_name(pod.name): pod.name for pod in known.pods or ()}
        self._clients = {name_key(line) for line in known.clients or ()}
        self._people = {line.email: line for line in known.people or ()}
        self._called = _by_name(known.people or ())
        self._pod_words = lru_cache(maxsize=None)(self._no_pod)
        self._person_words = lru_cache(maxsize=None)(self._nobody)

    def of(self, where: Path, line: ClientLine) -> Iterator[Problem]:
        """What is wrong with one line; a name that could not be read was said when it was read."""
        if not line.name:
            return
        if isinstance(line.pod, str) and same_name(line.pod) not in self._pods:
            yield Problem((*where, "pod"), self._pod_words(line.pod))
        elif line.pod is UNSAID and name_key(line) not in self._clients:
            says = f'"{line.name}" is a new client and needs a pod. There are: {_some(list(self._pods.values()))}.'
            yield Problem((*where, "pod"), says)
        if isinstance(line.named_contact, str) and line.named_contact not in self._people:
            yield Problem((*where, "named_contact"), self._person_words(line.named_contact))
        for who in line.knows if isinstance(line.knows, Mapping) else ():
            if who not in self._people:
                yield Problem((*where, "knows"), self._person_words(who))
        for domain in _listed(line.domains):
            if is_free_mail(domain):
                yield Problem((*where, "domains"), _FREE_MAIL.format(domain))

    def _no_pod(self, name: str) -> str:
        near = _nearest(name, self._pods.values())
        hint = f'Did you mean "{near}"?' if near else f"There are: {_some(list(self._pods.values()))}."
        return f'There is no pod "{name}". {hint}'

    def _nobody(self, said: str) -> str:
        """An address that nobody has, or a name where an address belongs: a name may fit two."""
        if "@" in said:
            near = _nearest(said, self._people)
            hint = f"Did you mean {near}?" if near else "Import them first: podline import roster."
            return f'Nobody of the firm has the address "{said}". {hint}'
        named = self._called.get(same_name(said), [])
        near = _nearest(said, [line.name for line in self._people.values()])
        meant = named or [line for line in self._people.values() if line.name == near]
        those = " or ".join(f"{line.email} ({line.name})" for line in meant)
        hint = f"Did you mean {those}?" if meant else "Write it like ann@firm.example."
        return f'"{said}" is no e-mail address. {hint}'


_FREE_MAIL = (
    "{} belongs to a mail provider: questions of strangers who write from there would be taken for this client's. "
    "Leave it out; once somebody has said whose question it is, Podline remembers the address."
)


def _by_name(people: Iterable[PersonLine]) -> dict[str, list[PersonLine]]:
    found: dict[str, list[PersonLine]] = {}
    for line in people:
        for name in {same_name(name) for name in (line.name, *_listed(line.aliases))}:
            found.setdefault(name, []).append(line)
    return found


def _shared(of: Mapping[str, Sequence[str]], theirs: set[str]) -> Iterator[tuple[str, str]]:
    """What several clients have, one of ``theirs`` among them, and who they are."""
    owners: dict[str, list[str]] = {}
    for owner, said in of.items():
        for one in {same_name(each): each for each in said}:
            owners.setdefault(one, []).append(owner)
    for one, several in owners.items():
        if len(several) > 1 and any(same_name(owner) in theirs for owner in several):
            yield one, _some(several, last=" and ")


def _nearest(said: str, names: Iterable[str]) -> str | None:
    known = list(names)
    found = process.extractOne(said, known, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR_ENOUGH)
    return found[0] if found is not None else None


_NEAR_ENOUGH = 65


def _some(names: Sequence[str], most: int = 8, last: str = ", ") -> str:
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return f"{', '.join(names[:-1])}{last}{names[-1]}" if len(names) > 1 else "".join(names) or "none yet"


def _listed(value: tuple[Part, ...] | Unsaid) -> tuple[Part, ...]:
    return () if isinstance(value, Unsaid) else value
