"""What a producer writes about times, made fit for the expander: rules that never end are refused, slips mended."""

import re
from collections.abc import Iterable
from datetime import datetime

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from coverage.leave.components import Line


class SeriesRefused(ValueError):
    """This series is not expanded; the rest of the calendar is. The message says why."""


def check_rule(rule: str) -> None:
    """Raises SeriesRefused for a rule (RRULE, in capital letters) that would never end or repeats more than hourly."""
    parts = _parts(rule)
    if parts.get("FREQ") in ("SECONDLY", "MINUTELY"):
        raise SeriesRefused(f"it repeats {parts['FREQ'].lower()}")
    if "INTERVAL" in parts and not _is_positive(parts["INTERVAL"]):
        raise SeriesRefused(f"it repeats every {parts['INTERVAL'][:20]} times (INTERVAL)")
    if _times_a_day(parts) > _HOURLY:
        raise SeriesRefused("it repeats more often than every hour")


def counting_the_start(rule: str, start: str) -> str | None:
    """The rule with a COUNT as the expander understands it; None when nothing is left to repeat.

    RFC 5545 section 3.3.10: DTSTART always counts as the first occurrence. The expander counts it only when the
    rule itself meets it, and would find one occurrence too many.
    """
    parts = _parts(rule)
    if "COUNT" not in parts or not _is_positive(parts["COUNT"]) or not any(name.startswith("BY") for name in parts):
        return rule
    first = next(iter(rrulestr(rule, dtstart=_wall_clock(start))), None)
    if first == _wall_clock(start):
        return rule
    left = int(parts["COUNT"][:10]) - 1
    return ";".join(f"{name}={left if name == 'COUNT' else value}" for name, value in parts.items()) if left else None


def compact_time(value: str) -> str:
    """``2026-03-02T09:00`` as ``20260302T090000``: what scripts write that never read the RFC."""
    found = _LOOSE_TIME.fullmatch(value.strip())
    if found is None:
        return value
    year, month, day, hour, minute, second, utc = found.groups()
    return f"{year}{month}{day}" + (f"T{hour}{minute}{second or '00'}{utc or ''}" if hour else "")


def is_harmless_zone(lines: Iterable[Line]) -> bool:
    """False for a VTIMEZONE whose changes of the clock come more than once a month: looking one up would not end."""
    rules = [_parts(line.value.upper()) for line in lines if line.name == "RRULE"]
    return all(
        parts.get("FREQ") in ("YEARLY", "MONTHLY")
        and _is_positive(parts.get("INTERVAL", "1"))
        and _times_a_day(parts) == 1
        for parts in rules
    )


def _parts(rule: str) -> dict[str, str]:
    return {name.strip(): value.strip() for name, _, value in (part.partition("=") for part in rule.split(";"))}


def _wall_clock(start: str) -> datetime:
    moment = f"{start[:15]}" if "T" in start else f"{start[:8]}T000000"
    return datetime.strptime(f"{moment}+0000", "%Y%m%dT%H%M%S%z").replace(tzinfo=None)


def _is_positive(number: str) -> bool:
    return number.isascii() and number.isdigit() and int(number[:10]) > 0


def _times_a_day(parts: dict[str, str]) -> int:
    times = 1
    for name, hourly in (("BYHOUR", _HOURLY), ("BYMINUTE", 1), ("BYSECOND", 1)):
        default = hourly if parts.get("FREQ") == "HOURLY" else 1
        times *= parts[name].count(",") + 1 if name in parts else default
    return times


_HOURLY = 24
_LOOSE_TIME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d):?(\d\d)?(?:\.\d+)?(Z)?)?")
