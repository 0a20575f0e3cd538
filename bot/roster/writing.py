"""From the lines of a roster to the file: short, in a fixed order, equal in meaning when it is read again."""

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from commands.ports import Place
from commands.roster_lines import ClientLine, PersonLine, PodLine, PolicyLine, Roster, StepLine, Unsaid
from coverage.charter import Charter
from coverage.people import Role, WorkingPattern
from coverage.timetable import write_hours

_LINE_WIDTH = 4096


def as_yaml(roster: Roster) -> str:
    """YAML 1.2: one person, pod or client a line."""
    yaml = YAML(typ="rt", pure=True)
    yaml.width = _LINE_WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    yaml.dump(_laid_out(as_values(roster)), text)
    return text.getvalue()


def as_values(roster: Roster) -> dict[str, Any]:
    """The file as plain values, dates as ISO text; what is empty or usual is left out."""
    file = {
        "people": [_person(line) for line in roster.people or ()],
        "service_hours": {name: _plain(write_hours(hours)) for name, hours in (roster.hours or {}).items()},
        "charters": {name: _charter(charter) for name, charter in (roster.charters or {}).items()},
        "escalation_policies": {name: _policy(line) for name, line in (roster.policies or {}).items()},
        "pods": [_entry(line) for line in roster.pods or ()],
        "clients": [_entry(line) for line in roster.clients or ()],
        "intake": {"channel": roster.intake.channel.address, "pod": roster.intake.pod} if roster.intake else None,
        "alerts_channel": _plain(roster.alerts_channel),
        "kudos_channel": _plain(roster.kudos_channel),
        "settings": dict(roster.settings),
    }
    return {section: value for section, value in file.items() if value}


def _person(line: PersonLine) -> dict[str, Any]:
    entry = _entry(line, first=("name", "email"))
    if line.role is Role.MEMBER:
        del entry["role"]
    return entry


def _charter(charter: Charter) -> dict[str, Any]:
    return {
        level.value: {
            name: str(target)
            for name in ("claim", "first_response", "resolution")
            if (target := getattr(targets, name)) is not None
        }
        for level, targets in charter.levels.items()
    }


def _policy(line: PolicyLine) -> dict[str, Any]:
    entry: dict[str, Any] = {"steps": [_step(step) for step in line.steps]}
    if line.remind:
        entry["remind"] = {"every": str(line.remind.every), "max": line.remind.max}
    return entry


def _step(step: StepLine) -> dict[str, Any]:
    entry = {"after": str(step.after), "notify": step.notify.value}
    return entry | ({"channel": step.channel.address} if step.channel else {})


def _entry(line: PersonLine | PodLine | ClientLine, first: Iterable[str] = ("name",)) -> dict[str, Any]:
    names = [*first, *(name for name in line.__dataclass_fields__ if name not in first)]
    values = {name: _plain(getattr(line, name)) for name in names}
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def _plain(value: Any) -> Any:
    match value:
        case None | Unsaid():
            return None
        case Place(address=address):
            return address
        case WorkingPattern(text=text):
            return text
        case date():
            return value.isoformat()
        case dict():
            return {_plain(key): _plain(part) for key, part in value.items()}
        case tuple() | list():
            return [_plain(part) for part in value]
        case str():
            return str(value)
        case _:
            return value


def _laid_out(file: dict[str, Any]) -> CommentedMap:
    """Sections as blocks; below them each entry in braces on a line of its own."""
    laid_out = CommentedMap()
    for section, value in file.items():
        if isinstance(value, list):
            laid_out[section] = CommentedSeq(_in_braces(entry) for entry in value)
        elif section == "escalation_policies":
            laid_out[section] = CommentedMap((name, _policy_block(policy)) for name, policy in value.items())
        elif isinstance(value, dict) and section in ("service_hours", "charters"):
            laid_out[section] = CommentedMap((name, _in_braces(part)) for name, part in value.items())
        else:
            laid_out[section] = _in_braces(value)
    return laid_out


def _policy_block(policy: dict[str, Any]) -> CommentedMap:
    block = CommentedMap(steps=CommentedSeq(_in_braces(step) for step in policy["steps"]))
    if "remind" in policy:
        block["remind"] = _in_braces(policy["remind"])
    return block


def _in_braces(value: Any) -> Any:
    braces: CommentedMap | CommentedSeq
    if isinstance(value, dict):
        braces = CommentedMap((key, _in_braces(part)) for key, part in value.items())
    elif isinstance(value, list):
        braces = CommentedSeq(_in_braces(part) for part in value)
    else:
        return value
    braces.fa.set_flow_style()
    return braces
