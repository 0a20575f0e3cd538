"""How long something may take: service time (``4h``), open days (``2d``), or a share of a target (``50%``)."""

import re
from dataclasses import dataclass

LONGEST_DAYS = 3660
_DAY = 86_400
_SERVICE_TIME = re.compile(r"(?=\d)(?:(?P<h>\d{1,9})h)?(?:(?P<m>\d{1,9})m)?(?:(?P<s>\d{1,9})s)?", re.ASCII)
_OPEN_DAYS = re.compile(r"(\d{1,9})d", re.ASCII)
_SHARE = re.compile(r"(\d{1,5})%", re.ASCII)


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """Seconds of open time. Closed hours, breaks and pauses do not count."""

    seconds: int

    def __str__(self) -> str:
        """The short form that ``parse_duration`` reads: ``1h30m``, ``90s`` as ``1m30s``, nothing at all as ``0s``."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        parts = ((hours, "h"), (minutes, "m"), (seconds, "s"))
        return "".join(f"{count}{unit}" for count, unit in parts if count) or "0s"


@dataclass(frozen=True, slots=True)
class OpenDays:
    """The same time of day so many open days later; never a number of hours."""

    days: int

    def __str__(self) -> str:
        return f"{self.days}d"


Duration = ServiceTime | OpenDays


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the service time up to a target, in percent; may be above 100."""

    percent: int

    def __str__(self) -> str:
        return f"{self.percent}%"


class InvalidDuration(ValueError):
    """The text is not a duration; the message says what is. ``text`` is what was given."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r} {reason}")
        self.text = text


def parse_after(text: str) -> Duration | Share:
    """When a step comes: a share such as ``50%`` or a duration such as ``30m``. Raises InvalidDuration."""
    share = _SHARE.fullmatch(_squeezed(text))
    if share:
        return Share(int(share[1]))
    return _parse(text, 'is not a time for a step. Write a share such as "50%" or a duration such as "30m" or "2d".')


def parse_duration(text: str) -> Duration:
    """``90s``, ``30m``, ``4h``, ``1h30m`` are service time, ``2d`` is open days. Raises InvalidDuration.

    Capitals and spaces do not matter. Zero is allowed and means the next open instant.
    """
    return _parse(text, 'is not a duration. Write for example "90s", "30m", "4h", "1h30m" or "2d".')


def _parse(text: str, reason: str) -> Duration:
    short = _squeezed(text)
    duration: Duration
    if days := _OPEN_DAYS.fullmatch(short):
        duration = OpenDays(int(days[1]))
    elif service_time := _SERVICE_TIME.fullmatch(short):
        hours, minutes, seconds = (int(service_time[unit] or 0) for unit in "hms")
        duration = ServiceTime(hours * 3600 + minutes * 60 + seconds)
    elif re.fullmatch(r"(\d+[dhms])+", short, re.ASCII):
        raise InvalidDuration(text, 'mixes or repeats units. Write open days alone ("2d"), or hours, minutes, seconds.')
    else:
        raise InvalidDuration(text, reason)
    _refuse_ages(text, duration)
    return duration


def _refuse_ages(text: str, duration: Duration) -> None:
    days = duration.days if isinstance(duration, OpenDays) else duration.seconds / _DAY
    if days > LONGEST_DAYS:
        raise InvalidDuration(text, f"is too long. The longest duration is {LONGEST_DAYS}d.")


def _squeezed(text: str) -> str:
    return "".join(text.split()).lower()
