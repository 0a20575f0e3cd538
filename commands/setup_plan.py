"""What a change of the set-up will change, worked out before anything is: the parts it touches, and how they differ."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from commands.export_roster import stored_roster
from commands.ports import UnitOfWork
from commands.roster_checks import RosterRefused, problems_of
from commands.roster_lines import UNSAID, ClientLine, PersonLine, PodLine, Roster, same_name
from commands.roster_merge import Change, changes_between, facts_of, merged, name_key, person_key
from coverage.clients import Client

Line = TypeVar("Line", PersonLine, PodLine, ClientLine)

RULES = ("service_hours", "charter")
"""Of a pod: what moves the deadlines of its open questions."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``known`` is what is stored, of clients only those concerned; ``wanted`` is what shall be there instead."""

    known: Roster
    wanted: Roster

    @property
    def changes(self) -> tuple[Change, ...]:
        return changes_between(self.known, self.wanted)

    def parts(self) -> tuple[Roster, Roster]:
        """What differs, as it was and as it will be. Of a person, pod or client only what differs; all of a new one,
        which the first of the two lacks."""
        return _differing(self.known, self.wanted), _differing(self.wanted, self.known)

    def pods_with_moved_deadlines(self) -> tuple[str, ...]:
        """The names of the pods whose hours or charter will be others, by their own choice or because those change."""
        known, wanted = self.known, self.wanted
        hours, charters = _changed(known.hours, wanted.hours), _changed(known.charters, wanted.charters)
        before = {name_key(pod): pod for pod in known.pods or ()}
        return tuple(
            pod.name
            for pod in wanted.pods or ()
            if (old := before.get(name_key(pod))) is not None
            and (
                pod.service_hours in hours
                or pod.charter in charters
                or any(getattr(old, rule) != getattr(pod, rule) for rule in RULES)
            )
        )

    def pods_with_other_steps(self) -> tuple[str, ...]:
        """The names of the pods whose escalation policy will be another."""
        policies = _changed(self.known.policies, self.wanted.policies)
        before = {name_key(pod): pod for pod in self.known.pods or ()}
        return tuple(
            pod.name
            for pod in self.wanted.pods or ()
            if (old := before.get(name_key(pod))) is not None
            and (pod.escalation_policy in policies or pod.escalation_policy != old.escalation_policy)
        )

    def pods_without_rules(self) -> tuple[str, ...]:
        """The names of the pods whose hours, charter or escalation policy would be gone."""
        wanted = self.wanted
        return tuple(
            pod.name
            for pod in wanted.pods or ()
            if pod.service_hours not in (wanted.hours or {})
            or pod.charter not in (wanted.charters or {})
            or pod.escalation_policy not in (wanted.policies or {})
        )

    def changed_pods(self) -> tuple[tuple[PodLine, PodLine], ...]:
        """Those that were there before, as they were and as they will be."""
        return _pairs(self.known.pods, self.wanted.pods)

    def changed_clients(self) -> tuple[tuple[ClientLine, ClientLine], ...]:
        return _pairs(self.known.clients, self.wanted.clients)

    def replaces_rules(self) -> bool:
        """True when hours, a charter or a policy that was there is replaced."""
        pairs = (
            (self.known.hours, self.wanted.hours),
            (self.known.charters, self.wanted.charters),
            (self.known.policies, self.wanted.policies),
        )
        return any(name in (before or {}) for before, after in pairs for name in _changed(before, after))


def plan_of(uow: UnitOfWork, lines: Roster, clients: Iterable[Client] = ()) -> Plan:
    """``lines`` laid over what is stored; ``clients`` are those that they concern and that are there.

    Raises:
        RosterRefused: with everything that would be wrong then.
    """
    known = stored_roster(uow, clients)
    wanted = merged(known, lines, prune=False)
    problems = problems_of(lines, wanted, known)
    if problems:
        raise RosterRefused(problems)
    return Plan(known, wanted)


def seen(known: Roster, lines: Roster) -> int:
    """A number that stands for all that is stored of what ``lines`` name: another one when any of it has changed."""
    named = (
        (known.hours, lines.hours),
        (known.charters, lines.charters),
        (known.policies, lines.policies),
        (_by_key(known.people), _by_key(lines.people)),
        (_by_key(known.pods), _by_key(lines.pods)),
        (_by_key(known.clients), _by_key(lines.clients)),
    )
    facts = [
        (name, facts_of(stored[name]) if name in (stored or {}) else None)
        for stored, wanted in named
        for name in wanted or ()
        if stored is not None
    ]
    return zlib.crc32(repr(facts).encode("utf-8", "surrogatepass"))


def overlap(one: Roster, other: Roster) -> bool:
    """Whether two sets of parts have one in common: the same hours, charter or policy, or the same field of a person,
    pod or client."""
    return not _fields_said(one).isdisjoint(_fields_said(other))


def part_names(parts: Roster) -> frozenset[tuple[str, str]]:
    """Which parts these are: ``hours``, ``charter``, ``policy``, ``person``, ``pod`` or ``client``, and its name folded
    (a person's e-mail address)."""
    return frozenset((kind, same_name(name)) for kind, name, _ in _fields_said(parts))


def holds(parts: Roster, known: Roster) -> bool:
    """Whether what is stored still says what ``parts`` say."""
    people, pods, clients = _by_key(known.people), _by_key(known.pods), _by_key(known.clients)
    return (
        all((known.hours or {}).get(name) == value for name, value in (parts.hours or {}).items())
        and all((known.charters or {}).get(name) == value for name, value in (parts.charters or {}).items())
        and all((known.policies or {}).get(name) == value for name, value in (parts.policies or {}).items())
        and all(_line_holds(line, people.get(_key(line))) for line in parts.people or ())
        and all(_line_holds(line, pods.get(_key(line))) for line in parts.pods or ())
        and all(_line_holds(line, clients.get(_key(line))) for line in parts.clients or ())
    )


def taken_back(known: Roster, before: Roster, after: Roster) -> Roster:
    """``known`` with the parts of ``after`` as they were ``before``; what was new is gone."""
    laid = merged(known, _as_they_are_called(before, known), prune=False)
    return replace(
        laid,
        hours=_without_new(laid.hours, before.hours, after.hours),
        charters=_without_new(laid.charters, before.charters, after.charters),
        policies=_without_new(laid.policies, before.policies, after.policies),
        people=_lines_without_new(laid.people, before.people, after.people),
        pods=_lines_without_new(laid.pods, before.pods, after.pods),
        clients=_lines_without_new(laid.clients, before.clients, after.clients),
    )


def _as_they_are_called(parts: Roster, known: Roster) -> Roster:
    """The same, with each person under the name they have now: taking something else back renames nobody."""
    names = {person_key(line): line.name for line in known.people or ()}
    people = [replace(line, name=names.get(person_key(line), line.name)) for line in parts.people or ()]
    return replace(parts, people=tuple(people) if parts.people is not None else None)


def _differing(roster: Roster, other: Roster) -> Roster:
    """The parts of ``roster`` that ``other`` lacks or has otherwise."""
    return Roster(
        hours=_changed(other.hours, roster.hours),
        charters=_changed(other.charters, roster.charters),
        policies=_changed(other.policies, roster.policies),
        people=tuple(_differing_lines(roster.people, other.people)),
        pods=tuple(_differing_lines(roster.pods, other.pods)),
        clients=tuple(_differing_lines(roster.clients, other.clients)),
    )


def _differing_lines(lines: Iterable[Line] | None, others: Iterable[Line] | None) -> Iterable[Line]:
    known = _by_key(others)
    for line in lines or ():
        other = known.get(_key(line))
        if other is None:
            yield line
        elif line != other:
            same = {f.name: UNSAID for f in fields(line) if getattr(line, f.name) == getattr(other, f.name)}
            yield replace(line, **{name: value for name, value in same.items() if name not in _ALWAYS_SAID})  # type: ignore[arg-type]


def _pairs(known: Iterable[Line] | None, wanted: Iterable[Line] | None) -> tuple[tuple[Line, Line], ...]:
    before = _by_key(known)
    both = ((before.get(_key(line)), line) for line in wanted or ())
    return tuple((old, new) for old, new in both if old is not None and old != new)


_ALWAYS_SAID = frozenset({"name", "email"})


def _key(line: PersonLine | PodLine | ClientLine) -> str:
    return person_key(line) if isinstance(line, PersonLine) else name_key(line)


def _by_key(lines: Iterable[Line] | None) -> dict[str, Line]:
    return {_key(line): line for line in lines or ()}


def _changed(known: Mapping[str, Any] | None, wanted: Mapping[str, Any] | None) -> dict[str, Any]:
    before = known or {}
    return {name: value for name, value in (wanted or {}).items() if name not in before or before[name] != value}


def _fields_said(parts: Roster) -> set[tuple[str, str, str]]:
    named = {
        *(("hours", name, "") for name in parts.hours or ()),
        *(("charter", name, "") for name in parts.charters or ()),
        *(("policy", name, "") for name in parts.policies or ()),
    }
    sections = (("person", parts.people or ()), ("pod", parts.pods or ()), ("client", parts.clients or ()))
    for kind, lines in sections:
        for line in lines:
            said = (f.name for f in fields(line) if getattr(line, f.name) is not UNSAID)
            named |= {(kind, _key(line), name) for name in said if name not in _ALWAYS_SAID}
    return named


def _line_holds(said: Line, stored: Line | None) -> bool:
    if stored is None:
        return False
    values = {f.name: getattr(said, f.name) for f in fields(said) if f.name not in _ALWAYS_SAID}
    return all(value is UNSAID or getattr(stored, name) == value for name, value in values.items())


def _without_new(
    laid: Mapping[str, Any] | None, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, Any]:
    new = set(after or ()) - set(before or ())
    return {name: value for name, value in (laid or {}).items() if name not in new}


def _lines_without_new(
    laid: Iterable[Line] | None,
    before: Iterable[Line] | None,
    after: Iterable[Line] | None,
) -> tuple[Line, ...]:
    new = set(_by_key(after)) - set(_by_key(before))
    return tuple(line for line in laid or () if _key(line) not in new)
