"""How the values of a set-up are written, in the roster file and in a chat alike. Each refusal says what is allowed."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from commands.ports import Place
from coverage.charter import Level
from coverage.durations import OpenDays, ServiceTime, Share, parse_after
from coverage.policy import After, Notify

_SLACK_CHANNEL = re.compile(r"[CGD][A-Z0-9]{1,60}")
_TEAMS_CHANNEL = re.compile(r"19:\S{3,400}")
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


def more_than_nothing(value: str) -> After:
    """When a reminder comes. Raises InvalidDuration, and ValueError for no time at all."""
    every = parse_after(value)
    if every in (ServiceTime(0), OpenDays(0), Share(0)):
        raise ValueError("reminders cannot come all at once: write a time above zero, such as 50% or 30m")
    return every


def check_step(notify: Notify, *, has_channel: bool) -> None:
    """A step has a channel where it writes into one. Raises ValueError."""
    if notify is Notify.CONTACT_CENTRE and not has_channel:
        raise ValueError("a step that notifies the contact_centre needs a channel")
    if has_channel and not notify.in_a_channel:
        raise ValueError(
            f"a step that notifies {notify.value} writes into the question's thread and to people, so it "
            "takes no channel; those of team and contact_centre do"
        )


def check_steps(steps: Sequence[tuple[After, Notify]]) -> None:
    """The steps go forward in time and end where somebody always is. Raises ValueError."""
    if steps[-1][1] is not Notify.CONTACT_CENTRE:
        raise ValueError("the last step must notify the contact_centre, with a channel that is always staffed")
    for (earlier, _), (later, _) in pairwise(steps):
        if _comes_before(later, earlier):
            raise ValueError(f"the steps go back in time: {later} comes after {earlier}")


def check_levels(charter: str, levels: Iterable[Level]) -> None:
    """The levels a charter may leave out take routine's targets. Raises ValueError."""
    if Level.ROUTINE not in levels:
        raise ValueError(f'the charter "{charter}" needs the level routine: levels it does not list take its targets')


def sentence(words: str) -> str:
    """``words`` as a sentence of their own."""
    words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _comes_before(one: After, other: After) -> bool:
    """True when ``one`` is certainly earlier; shares, hours and days cannot be compared with each other."""
    match one, other:
        case (ServiceTime(first), ServiceTime(second)) | (OpenDays(first), OpenDays(second)):
            return first < second
        case Share(first), Share(second):
            return first < second
        case _:
            return False
