"""What a change of the set-up will change, worked out before anything is: the parts it touches, and how they differ."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from commands.export_roster import stored_roster
from commands.ports import UnitOfWork
from commands.roster_checks import RosterRefused, problems_of
from commands.roster_lines import UNSAID, ClientLine, PodLine, Roster, same_name
from commands.roster_merge import Change, changes_between, facts_of, merged, name_key
from coverage.clients import Client

PodOrClient = TypeVar("PodOrClient", PodLine, ClientLine)

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
        """What differs, as it was and as it will be. Of a pod or client only what differs; all of a new one, which the
        first of the two lacks."""
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
        (_by_name(known.pods), _by_name(lines.pods)),
        (_by_name(known.clients), _by_name(lines.clients)),
    )
    facts = [
        (name, facts_of(stored[name]) if name in (stored or {}) else None)
        for stored, wanted in named
        for name in wanted or ()
        if stored is not None
    ]
    return zlib.crc32(repr(facts).encode("utf-8", "surrogatepass"))


def overlap(one: Roster, other: Roster) -> bool:
    """Whether two sets of parts have one in common: the same hours, charter or policy, or the same field of a pod or
    client."""
    return not _fields_said(one).isdisjoint(_fields_said(other))


def part_names(parts: Roster) -> frozenset[tuple[str, str]]:
    """Which parts these are: ``hours``, ``charter``, ``policy``, ``pod`` or ``client``, and its name folded."""
    return frozenset((kind, same_name(name)) for kind, name, _ in _fields_said(parts))


def holds(parts: Roster, known: Roster) -> bool:
    """Whether what is stored still says what ``parts`` say."""
    pods, clients = _by_name(known.pods), _by_name(known.clients)
    return (
        all((known.hours or {}).get(name) == value for name, value in (parts.hours or {}).items())
        and all((known.charters or {}).get(name) == value for name, value in (parts.charters or {}).items())
        and all((known.policies or {}).get(name) == value for name, value in (parts.policies or {}).items())
        and all(_line_holds(line, pods.get(name_key(line))) for line in parts.pods or ())
        and all(_line_holds(line, clients.get(name_key(line))) for line in parts.clients or ())
    )


def taken_back(known: Roster, before: Roster, after: Roster) -> Roster:
    """``known`` with the parts of ``after`` as they were ``before``; what was new is gone."""
    laid = merged(known, before, prune=False)
    return replace(
        laid,
        hours=_without_new(laid.hours, before.hours, after.hours),
        charters=_without_new(laid.charters, before.charters, after.charters),
        policies=_without_new(laid.policies, before.policies, after.policies),
        pods=_lines_without_new(laid.pods, before.pods, after.pods),
        clients=_lines_without_new(laid.clients, before.clients, after.clients),
    )


def _differing(roster: Roster, other: Roster) -> Roster:
    """The parts of ``roster`` that ``other`` lacks or has otherwise."""
    return Roster(
        hours=_changed(other.hours, roster.hours),
        charters=_changed(other.charters, roster.charters),
        policies=_changed(other.policies, roster.policies),
        pods=tuple(_differing_lines(roster.pods, other.pods)),
        clients=tuple(_differing_lines(roster.clients, other.clients)),
    )


def _differing_lines(
    lines: Iterable[PodOrClient] | None, others: Iterable[PodOrClient] | None
) -> Iterable[PodOrClient]:
    known = _by_name(others)
    for line in lines or ():
        other = known.get(name_key(line))
        if other is None:
            yield line
        elif line != other:
            same = {f.name: UNSAID for f in fields(line) if getattr(line, f.name) == getattr(other, f.name)}
            yield replace(line, **{name: value for name, value in same.items() if name != "name"})  # type: ignore[arg-type]


def _pairs(
    known: Iterable[PodOrClient] | None, wanted: Iterable[PodOrClient] | None
) -> tuple[tuple[PodOrClient, PodOrClient], ...]:
    before = _by_name(known)
    both = ((before.get(name_key(line)), line) for line in wanted or ())
    return tuple((old, new) for old, new in both if old is not None and old != new)


def _by_name(lines: Iterable[PodOrClient] | None) -> dict[str, PodOrClient]:
    return {name_key(line): line for line in lines or ()}


def _changed(known: Mapping[str, Any] | None, wanted: Mapping[str, Any] | None) -> dict[str, Any]:
    before = known or {}
    return {name: value for name, value in (wanted or {}).items() if name not in before or before[name] != value}


def _fields_said(parts: Roster) -> set[tuple[str, str, str]]:
    named = {
        *(("hours", name, "") for name in parts.hours or ()),
        *(("charter", name, "") for name in parts.charters or ()),
        *(("policy", name, "") for name in parts.policies or ()),
    }
    for kind, lines in (("pod", parts.pods or ()), ("client", parts.clients or ())):
        for line in lines:
            said = (f.name for f in fields(line) if getattr(line, f.name) is not UNSAID)
            named |= {(kind, same_name(line.name), name) for name in said if name != "name"}
    return named


def _line_holds(said: PodOrClient, stored: PodOrClient | None) -> bool:
    if stored is None:
        return False
    values = {f.name: getattr(said, f.name) for f in fields(said) if f.name != "name"}
    return all(value is UNSAID or getattr(stored, name) == value for name, value in values.items())


def _without_new(
    laid: Mapping[str, Any] | None, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, Any]:
    new = set(after or ()) - set(before or ())
    return {name: value for name, value in (laid or {}).items() if name not in new}


def _lines_without_new(
    laid: Iterable[PodOrClient] | None,
    before: Iterable[PodOrClient] | None,
    after: Iterable[PodOrClient] | None,
) -> tuple[PodOrClient, ...]:
    new = set(_by_name(after)) - set(_by_name(before))
    return tuple(line for line in laid or () if name_key(line) not in new)
