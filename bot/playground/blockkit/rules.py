"""A small language for rules on JSON: each rule looks at a value and notes what is wrong, where.

Problems are worded as Slack words them in `response_metadata.messages`.
"""

from collections.abc import Callable, Mapping
from typing import Any

Rule = Callable[[Any, str, list[str]], None]


def problem(problems: list[str], text: str, path: str) -> None:
    """Note one problem at a JSON pointer."""
    problems.append(f"[ERROR] {text} [json-pointer:{path}]")


def string(at_most: int, at_least: int = 1) -> Rule:
    """A string of so many characters."""

    def check(value: Any, path: str, problems: list[str]) -> None:
        if not isinstance(value, str):
            problem(problems, "must be a string", path)
        elif len(value) > at_most:
            problem(problems, f"must be less than {at_most + 1} characters", path)
        elif len(value) < at_least:
            problem(problems, f"must be more than {at_least - 1} characters", path)

    return check


def boolean(value: Any, path: str, problems: list[str]) -> None:
    """True or false."""
    if not isinstance(value, bool):
        problem(problems, "must be a boolean", path)


def number(at_least: float, at_most: float) -> Rule:
    """A number within bounds."""

    def check(value: Any, path: str, problems: list[str]) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            problem(problems, "must be a number", path)
        elif not at_least <= value <= at_most:
            problem(problems, f"must be between {at_least} and {at_most}", path)

    return check


def one_of(*values: str) -> Rule:
    """One of a closed set of words."""

    def check(value: Any, path: str, problems: list[str]) -> None:
        if value not in values:
            problem(problems, f"must be one of {', '.join(values)}", path)

    return check


def mapping(value: Any, path: str, problems: list[str]) -> None:
    """An object whose inside is not looked at."""
    if not isinstance(value, Mapping):
        problem(problems, "must be an object", path)


def items(rule: Rule, at_most: int, at_least: int = 1) -> Rule:
    """A list of so many things, each after the same rule."""

    def check(value: Any, path: str, problems: list[str]) -> None:
        if not isinstance(value, list):
            problem(problems, "must be an array", path)
            return
        if len(value) > at_most:
            problem(problems, f"no more than {at_most} items allowed", path)
        if len(value) < at_least:
            problem(problems, f"no fewer than {at_least} items allowed", path)
        for index, member in enumerate(value):
            rule(member, f"{path}/{index}", problems)

    return check


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    """An object with these fields and no others."""

    def check(value: Any, path: str, problems: list[str]) -> None:
        if not isinstance(value, Mapping):
            problem(problems, "must be an object", path)
            return
        for name in required.keys() - value.keys():
            problem(problems, f"missing required field: {name}", path)
        for name, inside in value.items():
            rule = required.get(name) or optional.get(name)
            if rule is None:
                problem(problems, f"invalid additional property: {name}", path)
            else:
                rule(inside, f"{path}/{name}", problems)

    return check


def by_type(rules: Mapping[str, Rule]) -> Rule:
    """An object whose `type` says which rule holds."""

    def check(value: Any, path: str, problems: list[str]) -> None:
        kind = value.get("type") if isinstance(value, Mapping) else None
        if kind is None:
            problem(problems, "missing required field: type", path)
        elif not isinstance(kind, str) or kind not in rules:
            problem(problems, f"unsupported type: {kind}", f"{path}/type")
        else:
            rules[kind](value, path, problems)

    return check


def all_of(*rules: Rule) -> Rule:
    """Every one of these."""

    def check(value: Any, path: str, problems: list[str]) -> None:
        for rule in rules:
            rule(value, path, problems)

    return check


def exactly_one_field(*names: str) -> Rule:
    """One of these fields, not two and not none."""

    def check(value: Any, path: str, problems: list[str]) -> None:
        if isinstance(value, Mapping) and sum(name in value for name in names) != 1:
            problem(problems, f"exactly one of {', '.join(names)} is required", path)

    return check


def any_field(*names: str) -> Rule:
    """At least one of these fields."""

    def check(value: Any, path: str, problems: list[str]) -> None:
        if isinstance(value, Mapping) and not any(name in value for name in names):
            problem(problems, f"at least one of {', '.join(names)} is required", path)

    return check
