"""A calendar as a JSON file has it: ``tz``, ``week``, ``holidays``, ``date_hours``, and one question's ``pauses``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from coverage.service_hours import Pause, ServiceHours, Week, Window
from coverage.timetable import (
    InvalidTimetable,
    build_hours,
    day_number,
    parse_week,
    parse_windows,
    read_date,
    read_window,
)
from coverage.wall_clock import zone_of

_KEYS = ("tz", "week", "holidays", "closed", "date_hours", "pauses")
_YEARS = range(1900, 2201)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Service hours and when the clock stood still. The pauses are in UTC, the last may have no end."""

    hours: ServiceHours
    pauses: tuple[Pause, ...] = ()


def read_calendar(form: object) -> Calendar:
    """From the parsed JSON. Raises InvalidTimetable with a sentence that says which part and what is allowed.

    ``tz`` is an IANA zone; ``week`` has lists of [open, close] by ``mon`` to ``sun`` (or is the roster's text),
    ``date_hours`` by date; ``holidays`` are dates or region codes such as ``DE-BY``; ``pauses`` are [begin, end], the
    end null while it lasts. Windows of a day may overlap: open is open.
    """
    if not isinstance(form, Mapping):
        raise InvalidTimetable('A calendar is an object such as {"tz": "UTC", "week": {"mon": [["09:00", "17:00"]]}}.')
    for key in form:
        if key not in _KEYS:
            raise InvalidTimetable(f'A calendar has no "{key}". It can hold {", ".join(_KEYS)}.')
    regions, holidays = _holidays(form.get("holidays"))
    closed = {read_date("closed", day) for day in _list("closed", form.get("closed"))}
    date_hours = {
        read_date("date_hours", day): _windows(f"date_hours {day}", windows)
        for day, windows in _object("date_hours", form.get("date_hours")).items()
    }
    hours = build_hours(form.get("tz"), _week(form.get("week")), regions, holidays | closed, date_hours)
    return Calendar(hours, tuple(_pause(pause, hours.timezone) for pause in _list("pauses", form.get("pauses"))))


def read_instant(text: object, timezone: str) -> datetime:
    """An ISO instant in UTC; without an offset it is local to ``timezone``. Raises InvalidTimetable.

    A local time that happens twice is the first one; one that does not exist has the offset from before the gap
    (RFC 5545, 3.3.5), so 02:30 is 03:30 on the day the clock goes forward at two.
    """
    try:
        instant = datetime.fromisoformat(text if isinstance(text, str) else "")
    except ValueError:
        message = f'"{text}" is not an instant. Write it like 2026-11-20T12:30:00Z, or 2026-11-20T12:30 for local time.'
        raise InvalidTimetable(message) from None
    if instant.year not in _YEARS:
        raise InvalidTimetable(
            f'"{text}" is too far away. Years from {_YEARS.start} to {_YEARS.stop - 1} are worked out.'
        )
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone_of(timezone))).astimezone(UTC)


def _week(value: object) -> Week:
    if isinstance(value, str):
        return parse_week(value)
    days: list[tuple[Window, ...]] = [()] * 7
    for name, windows in _object("week", value).items():
        days[day_number(str(name))] = _windows(f"week {name}", windows)
    return tuple(days)


def _windows(where: str, value: object) -> tuple[Window, ...]:
    try:
        if isinstance(value, str):
            return parse_windows(value)
        return tuple(read_window(*_pair(where, pair, '["09:00", "17:00"]')) for pair in _list(where, value))
    except InvalidTimetable as problem:
        raise InvalidTimetable(str(problem) if str(problem).startswith(where) else f"{where}: {problem}") from None


def _holidays(value: object) -> tuple[list[str], set[date]]:
    regions: list[str] = []
    dates: set[date] = set()
    for entry in _list("holidays", value):
        if isinstance(entry, str) and entry[:1].isalpha():
            regions.append(entry)
        else:
            dates.add(read_date("holidays", entry))
    return regions, dates


def _pause(value: object, timezone: str) -> Pause:
    begin, end = _pair("pauses", value, '["2026-11-20T12:30:00Z", null]')
    try:
        pause = read_instant(begin, timezone), None if end is None else read_instant(end, timezone)
    except InvalidTimetable as problem:
        raise InvalidTimetable(f"pauses: {problem}") from None
    if pause[1] is not None and pause[1] < pause[0]:
        raise InvalidTimetable(f"pauses: {end} is before {begin}. Write the begin first, then the end.")
    return pause


def _pair(where: str, value: object, example: str) -> tuple[object, object]:
    if isinstance(value, (list, tuple)) and len(value) == 2:
        return value[0], value[1]
    raise InvalidTimetable(f"{where}: {value!r} is not a pair. Write it like {example}.")


def _list(where: str, value: object) -> list[object]:
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise InvalidTimetable(f"{where}: {value!r} is not a list.")


def _object(where: str, value: object) -> Mapping[object, object]:
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    raise InvalidTimetable(f"{where}: {value!r} is not an object with one entry for each day.")
