"""Other hours on some days, of one set or of all of them: ``hours all closed 24 Dec - 28 Dec`` closes the firm."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from commands.invocation import Context, Refused
from commands.leave_words import Days, NoDate, read_days
from commands.permissions import Act
from commands.roster_lines import Roster
from commands.roster_values import sentence
from commands.setup import Wanted, change, in_turn, is_sure
from commands.setup_reading import checked, quoted
from commands.setup_words import listed
from commands.views import Code, Field, FieldKind, Form, Reply, refusal
from commands.wording import day_words, first_line
from coverage.service_hours import NeverOpen, ServiceHours, Window
from coverage.timetable import parse_windows
from coverage.wall_clock import zone_of

ALL = "all"
_CLOSED = re.compile(r"^closed\s+(?:on\s+|from\s+)?(?=[\w])", re.IGNORECASE)
_DAYS = re.compile(
    r"^(?:from\s+|on\s+)?(?=\d{1,2}\.?[\s-]|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.|today\b|tomorrow\b)", re.IGNORECASE
)
_TIMES = re.compile(r"\b\d{1,2}:\d\d.*$", re.DOTALL)
_LONGEST = timedelta(days=92)
_EXAMPLE = "hours all closed 24 Dec - 28 Dec"


def speaks_of_days(words: str) -> bool:
    """Whether what is said of some hours is about days by their dates."""
    return bool(_CLOSED.match(words) or _DAYS.match(words))


def change_days(context: Context, names: tuple[str, ...], words: str) -> Reply:
    """``closed 24 Dec - 28 Dec``, or ``3 Aug - 14 Aug 09:00-13:00`` on the days on which they are open anyway.

    Raises:
        Refused: the actor is no manager, the days cannot be read, or it would never open.
    """
    context = in_turn(context, Act.CHANGE_RULES, "Service hours are changed")
    words, sure = is_sure(words)
    closed = _CLOSED.match(words)
    begins = closed or _DAYS.match(words)
    words = words[begins.end() :] if begins else words
    times = _TIMES.search(words)
    days, rest = _read(context, names, words[: times.start()] if times else words)
    if rest.strip() or (closed is not None and times is not None):
        raise Refused(
            refusal(
                f"I read days, and found “{first_line(rest.strip() or words, 60)}” after them. For example ",
                Code(_EXAMPLE),
            )
        )
    if closed is None and times is None:
        example = f"hours {quoted(names[0])} 3 Aug - 14 Aug 09:00-13:00"
        raise Refused(refusal("Which hours on those days? For example ", Code(example), "."))
    rules = {name: context.firm.hours[name] for name in names}
    text = times[0].strip() if times is not None else ""
    windows = checked(parse_windows, text) if text else ()
    try:
        new = {name: _other(rule, days, windows) if text else _closed(rule, days) for name, rule in rules.items()}
    except NeverOpen as problem:
        raise Refused(refusal(sentence(first_line(str(problem), 400)))) from None
    shows = f"hours {quoted(names[0])}" if len(names) == 1 else "hours"
    return change(context, Wanted(Roster(hours=new), shows, done=(_done(new, days, text),), is_sure=sure))


def closure_form() -> Form:
    """For the whole firm."""
    return Form(
        title="Closed on some days",
        line=f"hours {ALL} closed {{first}} - {{last}}",
        fields=(Field("first", "First day", FieldKind.DATE), Field("last", "Last day", FieldKind.DATE)),
        submit="See what changes",
        example=_EXAMPLE,
    )


def _read(context: Context, names: tuple[str, ...], words: str) -> tuple[Days, str]:
    zone = zone_of(context.firm.hours[names[0]].timezone)
    try:
        days, rest = read_days(words, context.now.astimezone(zone).date())
    except NoDate as why:
        raise Refused(refusal(str(why))) from None
    if days.half_days:
        raise Refused(refusal("Hours are of whole days: say the hours of those days instead, such as 09:00-12:00."))
    if days.last - days.first > _LONGEST:
        raise Refused(refusal("That is more than three months. Change the week instead."))
    return days, rest


def _closed(rule: ServiceHours, days: Days) -> ServiceHours:
    dates = _dates(days)
    others = {day: windows for day, windows in rule.date_hours.items() if day not in dates}
    return replace(rule, closed=rule.closed | set(dates), date_hours=others)


def _other(rule: ServiceHours, days: Days, windows: tuple[Window, ...]) -> ServiceHours:
    """On the days on which they are open anyway."""
    open_days = [day for day in _dates(days) if rule.week[day.weekday()] and day not in rule.closed]
    return replace(rule, date_hours={**rule.date_hours, **dict.fromkeys(open_days, windows)})


def _dates(days: Days) -> list[date]:
    return [days.first + timedelta(days=number) for number in range((days.last - days.first).days + 1)]


def _done(new: Mapping[str, ServiceHours], days: Days, times: str) -> str:
    one_day = days.first == days.last
    when = f"on {day_words(days.first)}" if one_day else f"from {day_words(days.first)} to {day_words(days.last)}"
    return f"{listed(new)}: {f'open {times}' if times else 'closed'} {when}."
