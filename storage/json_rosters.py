"""The JSON form in which the parts of a roster are kept that a change of the set-up concerns; an exact round trip."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from commands.place import Place
from commands.roster_lines import UNSAID, ClientLine, PersonLine, PodLine, PolicyLine, Roster, StepLine
from coverage.clients import Knowledge
from coverage.people import Role, WorkingPattern
from coverage.policy import Notify, Reminders
from storage.json_forms import (
    after_from_form,
    after_to_form,
    charter_from_json,
    charter_to_json,
    hours_from_json,
    hours_to_json,
    pattern_from_json,
    pattern_to_json,
)


def roster_to_json(roster: Roster) -> str:
    """Of service hours, charters, policies, people, pods and clients; what a line leaves unsaid is left out."""
    sections: dict[str, object] = {
        "hours": _each(roster.hours, lambda hours: json.loads(hours_to_json(hours))),
        "charters": _each(roster.charters, lambda charter: json.loads(charter_to_json(charter))),
        "policies": _each(roster.policies, _policy_to_form),
        "people": None if roster.people is None else [_line_to_form(line) for line in roster.people],
        "pods": None if roster.pods is None else [_line_to_form(line) for line in roster.pods],
        "clients": None if roster.clients is None else [_line_to_form(line) for line in roster.clients],
    }
    return json.dumps({name: form for name, form in sections.items() if form is not None})


def roster_from_json(text: str) -> Roster:
    form: Mapping[str, Any] = json.loads(text)
    people, pods, clients = form.get("people"), form.get("pods"), form.get("clients")
    return Roster(
        hours=_each(form.get("hours"), lambda hours: hours_from_json(json.dumps(hours))),
        charters=_each(form.get("charters"), lambda charter: charter_from_json(json.dumps(charter))),
        policies=_each(form.get("policies"), _policy_from_form),
        people=None if people is None else tuple(PersonLine(**_said(line, _PERSON)) for line in people),
        pods=None if pods is None else tuple(PodLine(**_said(line, _POD)) for line in pods),
        clients=None if clients is None else tuple(ClientLine(**_said(line, _CLIENT)) for line in clients),
    )


def _each(section: Mapping[str, Any] | None, turn: Callable[[Any], Any]) -> dict[str, Any] | None:
    return None if section is None else {name: turn(value) for name, value in section.items()}


def _line_to_form(line: PersonLine | PodLine | ClientLine) -> dict[str, object]:
    values = {field.name: getattr(line, field.name) for field in fields(line)}
    return {name: _to_form(value) for name, value in values.items() if value is not UNSAID}


def _to_form(value: Any) -> Any:
    match value:
        case Place(platform, address):
            return [platform, address]
        case WorkingPattern():
            return json.loads(pattern_to_json(value))
        case tuple():
            return [_to_form(part) for part in value]
        case Mapping():
            return dict(value)
        case _:
            return value


def _said(form: Mapping[str, Any], readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    return {name: readers[name](value) if name in readers else value for name, value in form.items()}


def _place(form: tuple[str, str] | None) -> Place | None:
    return None if form is None else Place(*form)


def _pattern(form: object) -> WorkingPattern | None:
    return None if form is None else pattern_from_json(json.dumps(form))


_PERSON: Mapping[str, Callable[[Any], Any]] = {"role": Role, "aliases": tuple, "working_pattern": _pattern}
_POD: Mapping[str, Callable[[Any], Any]] = {"channel": _place, "members": tuple}
_CLIENT: Mapping[str, Callable[[Any], Any]] = {
    "domains": tuple,
    "aliases": tuple,
    "channels": lambda places: tuple(Place(*place) for place in places),
    "knows": lambda knows: {email: Knowledge(how) for email, how in knows.items()},
}


def _policy_to_form(line: PolicyLine) -> dict[str, object]:
    steps = [[after_to_form(step.after), step.notify.value, _to_form(step.channel)] for step in line.steps]
    remind = [after_to_form(line.remind.every), line.remind.max] if line.remind else None
    return {"name": line.name, "steps": steps, "remind": remind}


def _policy_from_form(form: Mapping[str, Any]) -> PolicyLine:
    steps = tuple(
        StepLine(after_from_form(after), Notify(notify), _place(channel)) for after, notify, channel in form["steps"]
    )
    remind = form["remind"]
    return PolicyLine(form["name"], steps, Reminders(after_from_form(remind[0]), remind[1]) if remind else None)
