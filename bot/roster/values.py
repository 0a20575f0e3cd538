"""How single values of the roster file are written. Each refusal says what is allowed there."""

import re
from typing import Any

from commands.ports import Place
from coverage.durations import Duration, OpenDays, ServiceTime, Share, parse_after, parse_duration
from coverage.people import WorkingPattern
from coverage.service_hours import ServiceHours
from coverage.timetable import parse_week, read_hours

_SLACK_CHANNEL = re.compile(r"[CGD][A-Z0-9]{1,60}")
_SLACK_USER = re.compile(r"[UW][A-Z0-9]{1,60}")
_TEAMS_CHANNEL = re.compile(r"19:\S{3,400}")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_]{2,}")
_LONGEST_TEXT = 255
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def text(value: Any) -> str:
    """One line of text, without spaces around it."""
    if isinstance(value, bool) or not isinstance(value, str):
        raise ValueError(f'{value!r} is read as something else than text: put it in quotes, "{value}"')
    line = value.strip()
    if not line:
        raise ValueError("it may not be empty")
    if len(line) > _LONGEST_TEXT or _CONTROLS.search(line):
        raise ValueError(f"it must be one line of at most {_LONGEST_TEXT} characters")
    return line


def email(value: Any) -> str:
    """An e-mail address in small letters: capitals make no other person."""
    line = text(value)
    if not _EMAIL.fullmatch(line):
        raise ValueError(f'"{line}" is no e-mail address: write it like ann@firm.example')
    return line.casefold()


def domain(value: Any) -> str:
    line = text(value).casefold().removeprefix("@").rstrip(".")
    if not _DOMAIN.fullmatch(line):
        raise ValueError(f'"{line}" is no domain: write it like acme.example')
    return line


def channel(value: Any) -> Place:
    """Where something is posted, by the platform's own id: names of channels change, ids do not."""
    line = text(value)
    if _SLACK_CHANNEL.fullmatch(line):
        return Place("slack", line)
    if _TEAMS_CHANNEL.fullmatch(line):
        return Place("teams", line)
    raise ValueError(
        f'"{line}" is no channel id: write the id, such as C0NORTH (in Slack: the channel\'s details, at the bottom)'
    )


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
    every = after(value)
    if every in (ServiceTime(0), OpenDays(0), Share(0)):
        raise ValueError("reminders cannot come all at once: write a time above zero, such as 50% or 30m")
    return every


def listed(value: Any) -> Any:
    """A list; one thing that stands alone is a mistake that is easily made."""
    if value is None or isinstance(value, list | tuple):
        return value
    raise ValueError("this must be a list: put it in square brackets, or each on a line that starts with a dash")


def comes_before(one: Duration | Share, other: Duration | Share) -> bool:
    """True when ``one`` is certainly earlier; shares, hours and days cannot be compared with each other."""
    match one, other:
        case (ServiceTime(first), ServiceTime(second)) | (OpenDays(first), OpenDays(second)):
            return first < second
        case Share(first), Share(second):
            return first < second
        case _:
            return False
