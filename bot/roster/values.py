"""How single values of the roster file are written. Each refusal says what is allowed there."""

import re
from typing import Any

from commands import roster_values
from commands.roster_values import channel, domain, text
from coverage.durations import Duration, Share, parse_after, parse_duration
from coverage.people import WorkingPattern
from coverage.service_hours import ServiceHours
from coverage.timetable import parse_week, read_hours

__all__ = [
    "after",
    "channel",
    "code",
    "domain",
    "duration",
    "email",
    "hours",
    "listed",
    "more_than_nothing",
    "slack_user",
    "text",
    "working_pattern",
]

_SLACK_USER = re.compile(r"[UW][A-Z0-9]{1,60}")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")


def email(value: Any) -> str:
    """An e-mail address in small letters: capitals make no other person."""
    line = text(value)
    if not _EMAIL.fullmatch(line):
        raise ValueError(f'"{line}" is no e-mail address: write it like ann@firm.example')
    return line.casefold()


def slack_user(value: Any) -> str:
    line = text(value)
    if not _SLACK_USER.fullmatch(line):
        raise ValueError(
            f'"{line}" is no Slack member id: write the id, such as U0ANN (in Slack: the profile, "Copy member ID")'
        )
    return line


def code(value: Any) -> str:
    """A country or region code in capitals: ``GB``, ``ENG``. YAML 1.2 reads ``NO`` as Norway, not as false."""
    return text(value).upper()


def working_pattern(value: Any) -> WorkingPattern:
    line = text(value)
    return WorkingPattern(parse_week(line), line)


def hours(value: Any) -> ServiceHours:
    return value if isinstance(value, ServiceHours) else read_hours(value)


def _time(value: Any) -> str:
    """A bare number is refused as the time that it is not: quotes alone would not mend it."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else text(value)


def duration(value: Any) -> Duration:
    return parse_duration(_time(value))


def after(value: Any) -> Duration | Share:
    return parse_after(_time(value))


def more_than_nothing(value: Any) -> Duration | Share:
    return roster_values.more_than_nothing(_time(value))


def listed(value: Any) -> Any:
    """A list; one thing that stands alone is a mistake that is easily made."""
    if value is None or isinstance(value, list | tuple):
        return value
    raise ValueError("this must be a list: put it in square brackets, or each on a line that starts with a dash")
