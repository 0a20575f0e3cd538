"""How a change of the set-up is said: which part, what was there and what will be, and what follows from it."""

import re
from collections.abc import Iterable, Iterator

from commands.ports import Place
from commands.roster_lines import Roster
from commands.roster_merge import Change, Happened
from commands.views import Bold, Channel, Segment, Text
from coverage.firm import Firm

_KINDS = {"service hours": "Service hours ", "charter": "Charter ", "escalation policy": "Escalation policy "}


def changes_words(changes: Iterable[Change], rosters: Iterable[Roster], firm: Firm) -> Text:
    """Each change on lines of its own; people by their names and channels as such, wherever ``rosters`` have them."""
    rosters = list(rosters)
    places = {place.address for roster in rosters for place in _places(roster)}
    names = {person.email.casefold(): person.name for person in firm.people.values()}
    lines: list[Segment] = []
    for change in changes:
        lines += [*(["\n"] if lines else []), Bold(f"{_KINDS.get(change.kind, '')}{change.name}"), *_happened(change)]
        for detail in change.details:
            field, _, values = detail.partition(": ")
            lines += [f"\n• {field.replace('_', ' ')}: ", *_readable(values, places, names)]
    return tuple(lines)


def in_a_line(changes: Iterable[Change], firm: Firm) -> str:
    """The same in one line, to be remembered: ``North: members: Ann Lee -> Ann Lee, Bob Roy``."""
    names = {person.email.casefold(): person.name for person in firm.people.values()}
    said = []
    for change in changes:
        details = (
            f"{field.replace('_', ' ')}: {_named(values, names)}" for field, values in map(_split, change.details)
        )
        what = "; ".join(details) or change.happened.value
        said.append(f"{_KINDS.get(change.kind, '')}{change.name}: {what}")
    return "; ".join(said)


def counted(count: int, what: str = "open question") -> str:
    return f"{count} {what}{'s' if count != 1 else ''}"


def listed(names: Iterable[str]) -> str:
    """``North``, ``North and South``, ``North, South and East``."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _split(detail: str) -> tuple[str, str]:
    field, _, values = detail.partition(": ")
    return field, values


def _happened(change: Change) -> tuple[str, ...]:
    match change.happened:
        case Happened.ADDED:
            return (" (new)",)
        case Happened.REMOVED:
            return (" (gone)",)
        case Happened.CHANGED:
            return ()


def _readable(values: str, places: set[str], names: dict[str, str]) -> Iterator[Segment]:
    known = sorted(places, key=len, reverse=True)
    pattern = "|".join(rf"(?<![\w@.-]){re.escape(one)}(?![\w@])" for one in known)
    pieces = re.split(f"({pattern})", values) if known else [values]
    for place, piece in enumerate(pieces):
        if place % 2:
            yield Channel(piece)
        elif piece:
            yield _named(piece, names)


def _named(values: str, names: dict[str, str]) -> str:
    return _ADDRESS.sub(lambda found: names.get(found[0].casefold(), found[0]), values)


_ADDRESS = re.compile(r"[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:]+")


def _places(roster: Roster) -> Iterator[Place]:
    for pod in roster.pods or ():
        if isinstance(pod.channel, Place):
            yield pod.channel
    for client in roster.clients or ():
        yield from client.channels if isinstance(client.channels, tuple) else ()
    for policy in (roster.policies or {}).values():
        yield from (step.channel for step in policy.steps if step.channel is not None)
