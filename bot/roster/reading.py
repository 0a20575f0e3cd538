"""From a roster document to the lines of a roster, or to everything that is wrong with it."""

import reprlib
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.roster.document import Document
from bot.roster.entries import (
    ClientEntry,
    Entry,
    IntakeEntry,
    PersonEntry,
    PodEntry,
    PolicyEntry,
    RemindEntry,
    RosterFile,
    SettingsEntry,
    StepEntry,
    TargetsEntry,
)
from commands.roster_checks import Problem, RosterRefused
from commands.roster_lines import ClientLine, IntakeLine, PersonLine, PodLine, PolicyLine, Roster, StepLine
from commands.roster_values import sentence
from coverage.charter import Charter, Level, Targets
from coverage.policy import Reminders


def roster_of(document: Document) -> Roster:
    """What the document says. Raises RosterRefused with every problem of its form, and where it is."""
    content = document.content
    if content is None:
        raise RosterRefused([Problem((), "The file is empty. It can hold " + _names(RosterFile) + ".")])
    if not isinstance(content, Mapping):
        raise RosterRefused([Problem((), "The file is no roster: it starts with a section such as `people:`.")])
    try:
        file = RosterFile.model_validate(content)
    except ValidationError as invalid:
        raise RosterRefused([_problem(error) for error in _causes(invalid.errors())]) from None
    return _roster(file)


def _roster(file: RosterFile) -> Roster:
    return Roster(
        people=None if file.people is None else tuple(_person(entry) for entry in file.people),
        hours=file.service_hours,
        charters=None if file.charters is None else {name: _charter(name, one) for name, one in file.charters.items()},
        policies=None
        if file.escalation_policies is None
        else {name: _policy(name, entry) for name, entry in file.escalation_policies.items()},
        pods=None if file.pods is None else tuple(_pod(entry) for entry in file.pods),
        clients=None if file.clients is None else tuple(_client(entry) for entry in file.clients),
        intake=IntakeLine(file.intake.channel, file.intake.pod) if file.intake else None,
        alerts_channel=file.alerts_channel,
        kudos_channel=file.kudos_channel,
        settings=file.settings.model_dump(exclude_unset=True) if file.settings else {},
    )


def _person(entry: PersonEntry) -> PersonLine:
    return PersonLine(**_mentioned(entry))


def _pod(entry: PodEntry) -> PodLine:
    return PodLine(**_mentioned(entry, never_empty=("channel", "service_hours", "charter", "escalation_policy")))


def _client(entry: ClientEntry) -> ClientLine:
    return ClientLine(**_mentioned(entry, never_empty=("pod",)))


def _charter(name: str, levels: Mapping[Level, TargetsEntry]) -> Charter:
    targets = {level: Targets(entry.claim, entry.first_response, entry.resolution) for level, entry in levels.items()}
    return Charter(name, targets)


def _policy(name: str, entry: PolicyEntry) -> PolicyLine:
    steps = tuple(StepLine(step.after, step.notify, step.channel) for step in entry.steps)
    return PolicyLine(name, steps, Reminders(entry.remind.every, entry.remind.max) if entry.remind else None)


def _mentioned(entry: Entry, never_empty: Iterable[str] = ()) -> dict[str, Any]:
    """What the file mentions, as values; the rest is left unsaid, and so is null for what is never empty."""
    mentioned = {name: getattr(entry, name) for name in entry.model_fields_set}
    return {name: value for name, value in mentioned.items() if value is not None or name not in never_empty}


def _causes(errors: Sequence[Any]) -> list[Any]:
    """Without what only follows: a list is empty to pydantic when each of its entries has a mistake."""
    places = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if error["type"] != "too_short"
        or not any(len(place) > len(error["loc"]) and place[: len(error["loc"])] == error["loc"] for place in places)
    ]


def _problem(error: Any) -> Problem:
    path = _path(error["loc"])
    match error["type"]:
        case "extra_forbidden":
            return Problem(path, _unknown_key(error["loc"]))
        case "missing":
            return Problem(path[:-1], f"{path[-1]} is missing.")
        case "value_error":
            return Problem(path, sentence(str(error["ctx"]["error"])))
        case "enum":
            return Problem(path, f"{_shown(error['input'])} is not allowed. Allowed: {_allowed(error)}.")
        case "model_type" | "dict_type" | "mapping_type":
            return Problem(path, f"{_shown(error['input'])} is not a set of keys and values.")
        case "bool_type":
            return Problem(path, f"{_shown(error['input'])} is not allowed. Allowed: true, false.")
        case "too_short":
            return Problem(path, "The list may not be empty.")
        case _:
            return Problem(path, sentence(str(error["msg"]).replace("Input", "It")))


def _path(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """pydantic's place, without the marks it adds that are not in the file."""
    return tuple(step for step in loc if step != "[key]")


def _unknown_key(loc: tuple[str | int, ...]) -> str:
    known = list(_model_at(loc[:-1]).model_fields)
    key = str(loc[-1])
    near = get_close_matches(key, known, n=1)
    hint = f'Did you mean "{near[0]}"?' if near else f"There can be: {', '.join(known)}."
    return f'There is no "{key}" here. {hint}'


_MODELS: dict[str, type[BaseModel]] = {
    "people": PersonEntry,
    "charters": TargetsEntry,
    "escalation_policies": PolicyEntry,
    "pods": PodEntry,
    "clients": ClientEntry,
    "intake": IntakeEntry,
    "settings": SettingsEntry,
}
_INSIDE_A_POLICY: dict[str | int, type[BaseModel]] = {"steps": StepEntry, "remind": RemindEntry}


def _model_at(loc: tuple[str | int, ...]) -> type[BaseModel]:
    """The model that reads the part of the file at ``loc``."""
    if not loc:
        return RosterFile
    inside = _INSIDE_A_POLICY.get(loc[2]) if loc[0] == "escalation_policies" and len(loc) > 2 else None
    return inside or _MODELS[str(loc[0])]


def _allowed(error: Any) -> str:
    return str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")


def _names(model: type[BaseModel]) -> str:
    return ", ".join(model.model_fields)


def _shown(value: object) -> str:
    text = reprlib.repr(value) if isinstance(value, list | dict) else str(value)  # aliases can make it endless
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}..."'
