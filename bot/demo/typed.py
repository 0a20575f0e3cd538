"""What can be typed at the demo's prompt, read into acts. Pure: no workspace, no clock."""

import re
from collections.abc import Callable, Iterable
from datetime import time, timedelta
from difflib import get_close_matches

from bot.demo.acts import Act, Ask, Cancel, Click, Command, Fill, Say, See, Speed, Wait, WaitUntil, Word


class NotUnderstood(ValueError):
    """Says what was not understood, the nearest word there is, and an example."""


def read(line: str) -> Act | None:
    """What the line means; None for an empty one. Raises NotUnderstood."""
    word, _, rest = line.strip().partition(" ")
    if not word:
        return None
    verb = word.casefold()
    if verb not in _VERBS:
        raise NotUnderstood(f"There is no “{word}” here.{nearest(verb, _VERBS)} For example: {EXAMPLES[0]}")
    return _VERBS[verb](rest.strip())


def nearest(word: str, known: Iterable[str]) -> str:
    """`` Did you mean “claim”?``, or nothing where nothing is near."""
    found = get_close_matches(word.casefold(), list(known), n=1, cutoff=0.5)
    return f" Did you mean “{found[0]}”?" if found else ""


EXAMPLES = (
    "as bob /claim Q-3",
    "as cara click Claim Q-3",
    "as dan say #south hello",
    "as eve dm leave today",
    "as ann reply Q-3 @podline claim",
    "as cara fill @ann; I am in a meeting",
    "ask Acme: may we pay in two parts?",
    "see bob",
    "see #north",
    "clock +15m",
    "clock to Monday 9:00",
    "clock 60x",
    "sick ann",
)

_CHANNEL = re.compile(r"#(?P<name>[\w-]+)\s*(?P<rest>.*)", re.DOTALL)
_BUTTON = re.compile(r"(?P<label>\S.*?)(?:\s+(?P<id>Q-\d+))?", re.IGNORECASE)
_REPLY = re.compile(r"(?P<id>Q-\d+)\s+(?P<text>.+)", re.IGNORECASE | re.DOTALL)
_SPAN = re.compile(r"\+\s*(?:(?P<d>\d+)\s*d)?\s*(?:(?P<h>\d+)\s*h)?\s*(?:(?P<m>\d+)\s*m(?:in)?)?\s*(?:(?P<s>\d+)\s*s)?")
_UNTIL = re.compile(r"to\s+(?:(?P<day>[a-z]{3,9})\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})", re.IGNORECASE)
_SPEED = re.compile(r"(?P<speed>\d+(?:\.\d+)?)\s*x", re.IGNORECASE)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST = timedelta(days=400)
_FASTEST = 3600.0


def _as(rest: str) -> Act:
    who, _, doing = rest.partition(" ")
    who, doing = _handle(who), doing.strip()
    if not who or not doing:
        raise NotUnderstood("Who does what? For example: as bob /claim Q-3")
    channel, doing = _channel(doing)
    if doing.startswith("/"):
        command, _, text = doing.partition(" ")
        return Command(who, command, text.strip(), channel)
    verb, _, said = doing.partition(" ")
    if channel is not None or verb.casefold() not in _ACTS:
        acts = ", ".join(_ACTS)
        raise NotUnderstood(f"“{doing}” is nothing {who} can do.{nearest(verb, _ACTS)} There are: /command, {acts}.")
    return _ACTS[verb.casefold()](who, said.strip())


def _click(who: str, said: str) -> Act:
    found = _BUTTON.fullmatch(said)
    if found is None:
        raise NotUnderstood("Which button? For example: as cara click Claim Q-3")
    return Click(who, found["label"], found["id"].upper() if found["id"] else None)


def _say(who: str, said: str) -> Act:
    channel, text = _channel(said)
    if channel is None or not text:
        raise NotUnderstood("Where, and what? For example: as dan say #south hello")
    return Say(who, text, channel=channel)


def _reply(who: str, said: str) -> Act:
    found = _REPLY.fullmatch(said)
    if found is None:
        raise NotUnderstood("To which question, and what? For example: as ann reply Q-3 @podline claim")
    return Say(who, found["text"], about=found["id"].upper())


def _dm(who: str, said: str) -> Act:
    if not said:
        raise NotUnderstood("What? For example: as eve dm leave today")
    return Say(who, said)


def _fill(who: str, said: str) -> Act:
    return Fill(who, tuple(entry.strip() for entry in said.split(";")))


_ACTS: dict[str, Callable[[str, str], Act]] = {
    "click": _click,
    "say": _say,
    "reply": _reply,
    "dm": _dm,
    "fill": _fill,
    "cancel": lambda who, _: Cancel(who),
}


def _ask(rest: str) -> Act:
    client, colon, text = rest.partition(":")
    if not rest or (colon and not text.strip()):
        raise NotUnderstood("Which client, and what? For example: ask Acme: may we pay in two parts?")
    return Ask(client.strip() or None, text.strip()) if colon else Ask(None, rest)


def _see(rest: str) -> Act:
    channel, others = _channel(rest)
    if channel is not None:
        return See(_handle(others) or None, channel)
    who, _, where = rest.partition(" ")
    if not who:
        raise NotUnderstood("Whom, or which channel? For example: see bob, or see #north")
    return See(_handle(who), _channel(where.strip())[0])


def _clock(rest: str) -> Act:
    if not rest:
        return Word("clock")
    if (span := _SPAN.fullmatch(rest)) and any(span.groups()):
        days, hours, minutes, seconds = (int(span[unit] or 0) for unit in "dhms")
        return Wait(_not_too_long(days, hours, minutes, seconds))
    if until := _UNTIL.fullmatch(rest):
        return _until(until)
    if (faster := _SPEED.fullmatch(rest)) and 0 < float(faster["speed"]) <= _FASTEST:
        return Speed(float(faster["speed"]))
    raise NotUnderstood("How far? For example: clock +15m, clock +2h, clock to Monday 9:00, clock 60x (at most 3600x)")


def _not_too_long(days: int, hours: int, minutes: int, seconds: int) -> timedelta:
    if days + hours + minutes + seconds < 10_000_000:
        by = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        if by <= _LONGEST:
            return by
    raise NotUnderstood("That is more than a year. For example: clock +2h")


def _until(found: re.Match[str]) -> Act:
    hour, minute, day = int(found["hour"]), int(found["minute"]), (found["day"] or "").casefold()
    if hour > 23 or minute > 59:
        raise NotUnderstood("There is no such time of day. For example: clock to Monday 9:00")
    days = [number for number, name in enumerate(_DAYS) if day and name.startswith(day)]
    if day and not days:
        raise NotUnderstood(f"“{found['day']}” is no weekday.{nearest(day, _DAYS)} For example: clock to Monday 9:00")
    return WaitUntil(days[0] if days else None, time(hour, minute))


def _sick(rest: str) -> Act:
    if not rest:
        raise NotUnderstood("Who? For example: sick ann")
    return Command(_handle(rest), "/podline", "leave today sick")


def _word(word: str) -> Callable[[str], Act]:
    return lambda _: Word(word)


_VERBS: dict[str, Callable[[str], Act]] = {
    "as": _as,
    "ask": _ask,
    "see": _see,
    "clock": _clock,
    "sick": _sick,
    "people": _word("people"),
    "log": _word("log"),
    "help": _word("help"),
    "quit": _word("quit"),
    "exit": _word("quit"),
}


def _handle(word: str) -> str:
    return word.strip().lstrip("@").casefold()


def _channel(text: str) -> tuple[str | None, str]:
    found = _CHANNEL.fullmatch(text)
    return (found["name"].casefold(), found["rest"].strip()) if found else (None, text)
