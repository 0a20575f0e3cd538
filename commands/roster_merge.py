"""What a roster will be once a file's lines are laid over the stored ones, and in what that differs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from commands.ports import Place
from commands.roster_lines import (
    UNSAID,
    ClientLine,
    IntakeLine,
    PersonLine,
    PodLine,
    PolicyLine,
    Roster,
    StepLine,
    same_name,
)
from coverage.charter import Charter, Targets
from coverage.people import Role, WorkingPattern
from coverage.service_hours import ServiceHours
from coverage.timetable import write_hours

Line = TypeVar("Line", PersonLine, PodLine, ClientLine)

NEW_PERSON = PersonLine(
    email="",
    name="",
    slack=None,
    teams=None,
    timezone="UTC",
    role=Role.MEMBER,
    aliases=(),
    country=None,
    region=None,
    working_pattern=None,
)
NEW_POD = PodLine(name="", members=(), lead=None)
NEW_CLIENT = ClientLine(name="", named_contact=None, domains=(), aliases=(), channels=(), knows={})


class Happened(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an import changes: ``kind`` and ``name`` say which; ``details`` each say ``field: old -> new``."""

    happened: Happened
    kind: str
    name: str
    details: tuple[str, ...] = ()


def merged(known: Roster, file: Roster, *, prune: bool) -> Roster:
    """``known`` with the lines of ``file`` over it: what the file does not mention stays, lists it mentions are
    replaced. With ``prune`` the people, pods and clients are gone that are missing from a section the file has."""
    pods = _lines(known.pods, file.pods, lambda _: NEW_POD, name_key, prune)
    hours = {**(known.hours or {}), **(file.hours or {})}
    return Roster(
        people=_lines(known.people, file.people, lambda line: _new_person(line, pods, hours), person_key, prune),
        hours=hours,
        charters={**(known.charters or {}), **(file.charters or {})},
        policies={**(known.policies or {}), **(file.policies or {})},
        pods=pods,
        clients=_lines(known.clients, _as_pods_are_spelled(file.clients, pods), lambda _: NEW_CLIENT, name_key, prune),
        intake=_intake(file.intake, pods) or known.intake,
        alerts_channel=file.alerts_channel or known.alerts_channel,
        kudos_channel=file.kudos_channel or known.kudos_channel,
        settings={**known.settings, **file.settings},
    )


def changes_between(known: Roster, wanted: Roster) -> tuple[Change, ...]:
    """Every difference, in the order of the file's sections; nothing when both say the same."""
    return (
        *_differences("person", _by(person_key, known.people), _by(person_key, wanted.people)),
        *_differences("service hours", known.hours or {}, wanted.hours or {}),
        *_differences("charter", known.charters or {}, wanted.charters or {}),
        *_differences("escalation policy", known.policies or {}, wanted.policies or {}),
        *_differences("pod", _by(name_key, known.pods), _by(name_key, wanted.pods)),
        *_differences("client", _by(name_key, known.clients), _by(name_key, wanted.clients)),
        *_differences("firm", {"": _firm_wide(known)}, {"": _firm_wide(wanted)}),
    )


def person_key(line: PersonLine) -> str:
    return line.email.casefold()


def name_key(line: PodLine | ClientLine) -> str:
    return same_name(line.name)


def _lines(
    known: Sequence[Line] | None,
    given: Sequence[Line] | None,
    new: Callable[[Line], Line],
    key: Callable[[Line], str],
    prune: bool,
) -> tuple[Line, ...]:
    if given is None:
        return tuple(known or ())
    before = {key(line): line for line in known or ()}
    after = {key(line): _over(before.get(key(line)) or new(line), line) for line in given}
    kept = {} if prune else before
    return tuple({**kept, **after}.values())


def _new_person(line: PersonLine, pods: Iterable[PodLine], hours: Mapping[str, ServiceHours]) -> PersonLine:
    """Somebody new whose zone is not said lives in that of their first pod's hours."""
    own = (pod for pod in pods if isinstance(pod.members, tuple) and line.email in pod.members)
    zones = (hours[str(pod.service_hours)].timezone for pod in own if pod.service_hours in hours)
    return replace(NEW_PERSON, timezone=next(zones, NEW_PERSON.timezone))


def _as_pods_are_spelled(lines: Iterable[ClientLine] | None, pods: Iterable[PodLine]) -> list[ClientLine] | None:
    """Clients whose pod is written as the pod itself is, so that capitals make no difference."""
    if lines is None:
        return None
    names = {name_key(pod): pod.name for pod in pods}
    return [
        replace(line, pod=names.get(same_name(line.pod), line.pod)) if isinstance(line.pod, str) else line
        for line in lines
    ]


def _intake(line: IntakeLine | None, pods: Iterable[PodLine]) -> IntakeLine | None:
    names = {name_key(pod): pod.name for pod in pods}
    return replace(line, pod=names.get(same_name(line.pod), line.pod)) if line else None


def _over(before: Line, line: Line) -> Line:
    """``line``, with what it leaves unsaid as it was ``before``."""
    unsaid = {f.name: getattr(before, f.name) for f in fields(line) if getattr(line, f.name) is UNSAID}
    return replace(line, **unsaid)


def _by(key: Callable[[Line], str], lines: Iterable[Line] | None) -> dict[str, Line]:
    return {key(line): line for line in lines or ()}


def _firm_wide(roster: Roster) -> dict[str, str]:
    channels = {"alerts_channel": roster.alerts_channel, "kudos_channel": roster.kudos_channel}
    intake = f"{in_words(roster.intake.channel)} of {roster.intake.pod}" if roster.intake else "none"
    return {
        "intake": intake,
        **{name: in_words(channel) for name, channel in channels.items()},
        **{name: in_words(value) for name, value in roster.settings.items()},
    }


def _differences(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    for key, line in after.items():
        if key not in before:
            yield Change(Happened.ADDED, kind, _called(key, line))
        elif details := tuple(_details(facts_of(before[key]), facts_of(line))):
            yield Change(Happened.CHANGED, kind, _called(key, line), details)
    for key, line in before.items():
        if key not in after:
            yield Change(Happened.REMOVED, kind, _called(key, line))


def _called(key: str, line: Any) -> str:
    match line:
        case PersonLine(email=email, name=name):
            return f"{name} ({email})"
        case PodLine(name=name) | ClientLine(name=name):
            return name
        case _:
            return key


def _details(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[str]:
    for name in {**before, **after}:
        old, new = before.get(name, "none"), after.get(name, "none")
        if old != new:
            yield f"{name}: {old} -> {new}"


def facts_of(line: Any) -> dict[str, str]:
    """Field by field in words, so that a difference can be said and what is equal in meaning is equal."""
    match line:
        case ServiceHours():
            return {name: in_words(value) for name, value in write_hours(line).items()}
        case Charter(levels=levels):
            return {level.value: in_words(targets) for level, targets in levels.items()}
        case PolicyLine(steps=steps, remind=remind):
            reminders = f"every {remind.every}, at most {remind.max} times" if remind else "none"
            return {"steps": "; ".join(in_words(step) for step in steps), "remind": reminders}
        case dict():
            return line
        case _:
            return {f.name: in_words(getattr(line, f.name)) for f in fields(line)}


def in_words(value: Any) -> str:
    """One value of a roster as a person reads it."""
    match value:
        case None | () | []:
            return "none"
        case bool():
            return "yes" if value else "no"
        case Place(address=address):
            return address
        case WorkingPattern(text=text):
            return text
        case StepLine(after=after, notify=notify, channel=channel):
            return f"{after} {notify}" + (f" in {channel.address}" if channel else "")
        case Targets():
            kept = ((name, getattr(value, name)) for name in ("claim", "first_response", "resolution"))
            return ", ".join(f"{name} {target}" for name, target in kept if target is not None) or "no promise"
        case Mapping():
            return ", ".join(f"{key}: {in_words(part)}" for key, part in sorted(value.items())) or "none"
        case tuple() | list():
            return ", ".join(in_words(part) for part in value)
        case _:
            return str(value)
