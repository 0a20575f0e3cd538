"""What people type after ``snooze Q-214``: for how long, or until when. Pure text in, an instant out."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from commands.leave_words import NoDate, read_day
from commands.wording import first_line
from coverage.deadlines import Rules
from coverage.durations import Duration, InvalidDuration, parse_duration
from coverage.wall_clock import first_instant, zone_of

LONGEST = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Wanted:
    """``until`` (UTC); ``anyway`` says that a promise falls due before that, and that this is known."""

    until: datetime
    why: str = ""
    anyway: bool = False


class NoTime(ValueError):
    """The words name no time to come, or none near enough; says what can be written."""


def says_off(words: str) -> bool:
    """The snooze is to end."""
    return words.casefold().strip(" .!") in ("off", "no", "end", "over", "stop")


def read_snooze(words: str, now: datetime, timezone: str, rules: Rules) -> Wanted:
    """``2h``, ``2d``, ``for 30 minutes``, ``until Mon 9:00``, ``until 14:30``, ``tomorrow``; then why, with
    ``anyway`` before or after it.

    A duration is one of service time, under ``rules``. A day and a time of day are those of ``timezone`` (IANA); a day
    without a time means the opening on it.

    Raises:
        NoTime
    """
    words = words.strip()
    if span := _SPAN.match(words):
        rest = words[span.end() :].strip()
        if not _UNTIL.match(rest):  # of two, the form's own line wins over its list
            return _checked(rules.deadline(now, _duration(span["span"])), rest, now)
        words = rest
    until, rest = _until(_UNTIL.sub("", words, count=1), now, timezone, rules)
    return _checked(until, rest, now)


_UNIT = r"(?:d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)"
_SPAN = re.compile(rf"(?:for\s+)?(?P<span>\d{{1,5}}\s*{_UNIT}(?:\s*\d{{1,5}}\s*{_UNIT})*)(?=\s|$|,)", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|till|to)\b\s*", re.IGNORECASE)
_ANYWAY = re.compile(r"^anyway\b[\s,:]*|[\s,:]*\banyway$", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:at\s+)?(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?:\s*(?P<half>am|pm))?|\s*(?P<only>am|pm))(?=\s|$|,)",
    re.IGNORECASE,
)
_FORMS = "Write for example 2h, 2d, until Mon 9:00, until 14:30 or until 3 Aug."


def _duration(text: str) -> Duration:
    try:
        return parse_duration(re.sub(r"([dhms])[a-z]*", r"\1", text.lower()))
    except InvalidDuration as why:
        raise NoTime(str(why)) from None


def _until(words: str, now: datetime, timezone: str, rules: Rules) -> tuple[datetime, str]:
    zone = zone_of(timezone)
    today = now.astimezone(zone).date()
    clock, rest = _clock(words)
    if clock is not None:  # a time alone is the next such time
        until = first_instant(datetime.combine(today, clock), zone)
        tomorrow = datetime.combine(today + timedelta(days=1), clock)
        return (until if until > now else first_instant(tomorrow, zone)), rest
    day, rest = _day(words, today)
    clock, rest = _clock(rest)
    if clock is None:
        return rules.next_opening(first_instant(datetime.combine(day, time()), zone)), rest
    until = first_instant(datetime.combine(day, clock), zone)
    if until <= now and _WEEKDAY.match(words):  # Monday 9:00, said on Monday at ten
        until = first_instant(datetime.combine(day + timedelta(days=7), clock), zone)
    return until, rest


_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)


def _day(words: str, today: date) -> tuple[date, str]:
    try:
        day, rest = read_day(words, today)
    except NoDate:
        raise NoTime(f"I find no time in “{first_line(words, 40)}”. {_FORMS}") from None
    return day, rest.strip(" ,")


def _clock(words: str) -> tuple[time | None, str]:
    found = _CLOCK.match(words)
    if found is None:
        return None, words
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or found["only"] or "").lower()
    if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        raise NoTime(f"There is no time {found.group().strip()}. {_FORMS}")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute), words[found.end() :].strip(" ,")


def _checked(until: datetime, rest: str, now: datetime) -> Wanted:
    if until <= now:
        raise NoTime(f"That has passed. {_FORMS}")
    if until - now > LONGEST:
        raise NoTime(f"That is too far away: {LONGEST.days} days are the most.")
    why, is_meant = _ANYWAY.subn("", rest.strip())
    return Wanted(until, why.strip(), bool(is_meant))
