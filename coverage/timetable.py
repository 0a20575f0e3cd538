"""Service hours and working patterns as people write them: ``Mon-Fri 09:00-12:00,13:00-17:30; Sat 00:00-24:00``."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from itertools import groupby, pairwise

from coverage.public_holidays import UnknownRegion
from coverage.service_hours import NeverOpen, ServiceHours, Week, Window
from coverage.wall_clock import UnknownZone

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CLOSED = "closed"
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KEYS = ("timezone", "week", "holidays", "closed", "date_hours")
_NEXT_DAYS = re.compile(r"[;\n]|(?<=\d)\s*,\s*(?=[A-Za-z])")
_PART = re.compile(r"(?P<days>[^\d]*?[a-z.])\s*:?\s*(?P<windows>\d.*|closed)", re.IGNORECASE | re.DOTALL)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_EXAMPLE = 'Write it like "Mon-Fri 09:00-12:00,13:00-17:30; Sat 10:00-14:00".'


class InvalidTimetable(ValueError):
    """A timetable that cannot be read or never opens; the message says which part and what is allowed."""


def read_hours(form: object) -> ServiceHours:
    """Service hours as the roster has them: ``timezone``, ``week``, ``holidays``, ``closed``, ``date_hours``.

    Dates may be dates or ISO text, holidays are region codes such as ``GB-ENG``. Raises InvalidTimetable.
    """
    if not isinstance(form, Mapping):
        raise InvalidTimetable(f"Service hours are a set of {', '.join(_KEYS)}, not {form!r}.")
    _refuse_other_keys(form)
    return build_hours(
        timezone=form.get("timezone"),
        week=parse_week(form["week"]) if form.get("week") else ((),) * 7,
        holiday_regions=_texts("holidays", form.get("holidays")),
        closed=(read_date("closed", day) for day in _entries("closed", form.get("closed"))),
        date_hours=_read_date_hours(form.get("date_hours")),
    )


def write_hours(hours: ServiceHours) -> dict[str, object]:
    """The roster's form of ``hours``, which ``read_hours`` reads back as equal hours. What is empty is left out."""
    form: dict[str, object] = {"timezone": hours.timezone}
    if any(hours.week):
        form["week"] = week_text(hours)
    if hours.holiday_regions:
        form["holidays"] = list(hours.holiday_regions)
    if hours.closed:
        form["closed"] = sorted(hours.closed)
    if hours.date_hours:
        form["date_hours"] = {day: windows_text(windows) for day, windows in sorted(hours.date_hours.items())}
    return form


def parse_week(text: object) -> Week:
    """The windows of Monday to Sunday from ``Mon-Thu 09:00-12:30,13:30-17:00; Sat 10:00-14:00``.

    Days are English names, alone, as a range (``Fri-Mon`` goes round) or as a list (``Mon,Wed``); a day that is not
    named has no windows. A semicolon, a new line, or a comma between a time and a day begins the next days. Serves
    service hours and people's working patterns alike. Raises InvalidTimetable.
    """
    if not isinstance(text, str) or not text.strip():
        raise InvalidTimetable(f"A week cannot be {text!r}. {_EXAMPLE}")
    days: list[tuple[Window, ...]] = [()] * 7
    for part in _NEXT_DAYS.split(_plain(text)):
        if not part.strip():
            continue
        match = _PART.fullmatch(part.strip())
        if match is None:
            raise InvalidTimetable(f'"{part.strip()}" does not say both days and times. {_EXAMPLE}')
        for day in _days(match["days"]):
            days[day] = _in_order((*days[day], *parse_windows(match["windows"])), f"{DAY_NAMES[day]}: ")
    return tuple(days)


def parse_windows(text: str) -> tuple[Window, ...]:
    """The windows of one day from ``09:00-12:00,13:00-17:30``, or none from ``closed``. Raises InvalidTimetable."""
    if text.strip().lower() == CLOSED:
        return ()
    windows = [_window(part.strip()) for part in _plain(text).split(",")]
    return _in_order(windows)


def read_window(opens: object, closes: object) -> Window:
    """From two wall-clock times such as ``09:00`` and ``24:00``; a close not after the opening is on the next day."""
    begin, end = _seconds(opens), _seconds(closes)
    if begin == 86_400:
        raise InvalidTimetable(f'Nothing opens at "{opens}". Write 00:00 on the day after.')
    return Window(begin, end)


def week_text(hours: ServiceHours | Week) -> str:
    """The week, short and always the same for the same windows: ``Mon-Fri 09:00-17:30; Sat 10:00-14:00``.

    Never-open weeks are the empty text, which ``parse_week`` refuses.
    """
    week = hours.week if isinstance(hours, ServiceHours) else hours
    days_by_windows: dict[tuple[Window, ...], list[int]] = {}
    for day, windows in enumerate(week):
        if windows:
            days_by_windows.setdefault(windows, []).append(day)
    return "; ".join(f"{_days_text(days)} {windows_text(windows)}" for windows, days in days_by_windows.items())


def windows_text(windows: tuple[Window, ...]) -> str:
    """``09:00-12:00,13:00-17:30``, or ``closed`` if there are none."""
    return ",".join(f"{_clock(window.opens)}-{_clock(_close_of(window))}" for window in windows) or CLOSED


def build_hours(
    timezone: object,
    week: Week,
    holiday_regions: Iterable[str],
    closed: Iterable[date],
    date_hours: Mapping[date, tuple[Window, ...]],
) -> ServiceHours:
    """The hours, or InvalidTimetable for an unknown zone or region and for hours that never open."""
    if not isinstance(timezone, str) or not timezone:
        raise InvalidTimetable('The hours need a time zone, such as "Europe/London".')
    try:
        return ServiceHours(timezone, week, tuple(holiday_regions), frozenset(closed), dict(date_hours))
    except (UnknownZone, UnknownRegion, NeverOpen) as problem:
        raise InvalidTimetable(str(problem)) from problem


def read_date(where: str, value: object) -> date:
    """A date or its ISO text. Raises InvalidTimetable, which names ``where`` it stood."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise InvalidTimetable(f'{where}: "{value}" is not a date. Write it like 2026-12-24.') from None


def day_number(name: str) -> int:
    """0 for Monday to 6 for Sunday, by short or full English name. Raises InvalidTimetable."""
    small = name.strip().strip(".").lower()
    for number, full in enumerate(_FULL_NAMES):
        if small == full or (len(small) >= 3 and full.startswith(small)):
            return number
    raise InvalidTimetable(f'"{name.strip()}" is not a day. The days are {", ".join(DAY_NAMES)}.')


def _refuse_other_keys(form: Mapping[object, object]) -> None:
    for key in form:
        if key not in _KEYS:
            near = get_close_matches(str(key), _KEYS, n=1)
            hint = f'Did you mean "{near[0]}"?' if near else f"It can hold {', '.join(_KEYS)}."
            raise InvalidTimetable(f'Service hours have no "{key}". {hint}')


def _read_date_hours(value: object) -> dict[date, tuple[Window, ...]]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise InvalidTimetable(f'date_hours: {value!r} is not a set of dates. Write {{2026-12-31: "09:00-12:00"}}.')
    return dict(_date_and_windows(day, windows) for day, windows in value.items())


def _date_and_windows(day: object, windows: object) -> tuple[date, tuple[Window, ...]]:
    when = read_date("date_hours", day)
    if not isinstance(windows, str):
        raise InvalidTimetable(f'date_hours {when}: {windows!r} is not hours. Write "09:00-12:00" or "closed".')
    try:
        return when, parse_windows(windows)
    except InvalidTimetable as problem:
        raise InvalidTimetable(f"date_hours {when}: {problem}") from None


def _texts(where: str, value: object) -> list[str]:
    entries = _entries(where, value)
    for entry in entries:
        if not isinstance(entry, str):
            raise InvalidTimetable(f'{where}: {entry!r} is not a region. Write a code such as "FR" or "GB-ENG".')
    return [str(entry) for entry in entries]


def _entries(where: str, value: object) -> list[object]:
    if value is None:
        return []
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(value)
    raise InvalidTimetable(f"{where}: {value!r} is not a list. Put it in square brackets.")


def _days(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, dash, last = part.partition("-")
        begin = day_number(first)
        end = day_number(last) if dash else begin
        yield from (day % 7 for day in range(begin, (end if end >= begin else end + 7) + 1))


def _window(text: str) -> Window:
    opens, dash, closes = text.partition("-")
    if not dash:
        raise InvalidTimetable(f'"{text}" is not from when to when. Write it like 09:00-17:30.')
    return read_window(opens.strip(), closes.strip())


def _seconds(value: object) -> int:
    match = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (99, 0, 0)
    total = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or total > 86_400:
        raise InvalidTimetable(f'"{value}" is not a time of day. Write it from 00:00 to 24:00, such as 17:30.')
    return total


def _in_order(windows: Iterable[Window], where: str = "") -> tuple[Window, ...]:
    in_order = tuple(sorted(windows, key=lambda window: window.opens))
    for earlier, later in pairwise(in_order):
        if later.opens < earlier.closes:
            overlap = f"{windows_text((earlier,))} and {windows_text((later,))}"
            raise InvalidTimetable(f"{where}{overlap} overlap. Join them, or change one.")
    return in_order


def _days_text(days: list[int]) -> str:
    runs = [list(run) for _, run in groupby(enumerate(days), key=lambda place: place[1] - place[0])]
    return ",".join(_run_text([day for _, day in run]) for run in runs)


def _run_text(days: list[int]) -> str:
    if len(days) == 1:
        return DAY_NAMES[days[0]]
    return f"{DAY_NAMES[days[0]]}-{DAY_NAMES[days[-1]]}"


def _close_of(window: Window) -> int:
    return window.closes if window.closes <= 86_400 else window.closes - 86_400


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{rest:02}" if rest else text


def _plain(text: str) -> str:
    return text.replace("–", "-").replace("—", "-")
