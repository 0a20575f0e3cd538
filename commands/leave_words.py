"""What people type after ``leave``: days, halves and kinds, read into an absence. Pure text in, dates out."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from commands.wording import first_line
from coverage.absence import Half, HalfDay, Kind
from coverage.leave.meanings import Meaning
from coverage.leave.title import meanings, words_of
from coverage.leave.words import KINDS


@dataclass(frozen=True, slots=True)
class Days:
    """``first`` to ``last``, inclusive; ``half_days`` those that are half days."""

    first: date
    last: date
    half_days: tuple[HalfDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """Days somebody marks as leave, and why."""

    days: Days
    kind: Kind


class NoDate(ValueError):
    """The words name no day, or one that does not exist; says which and what can be written."""


def read_leave(words: str, today: date) -> Marked:
    """``3 Aug - 14 Aug pm sick`` or ``sick today``: the days, the half and the kind. ``today`` is the person's own.

    A date without a year is the next such date. A range with ``pm`` starts at noon of its first day, one with ``am``
    ends at noon of its last. The kind may stand before the days or after them, and defaults to other.

    Raises:
        NoDate
    """
    kind_first, words = _kind_before_days(words.strip())
    days, rest = read_days(words, today)
    return Marked(days, kind_in(f"{kind_first} {rest}"))


def read_days(words: str, today: date) -> tuple[Days, str]:
    """The day or range the words begin with, its half included, and the words after it that are no days.

    Raises:
        NoDate: there is none, or more than one: nobody is marked away on half of what they said.
    """
    days, rest = _range(words.strip(), today)
    if max(abs(days.first - today), abs(days.last - today)) > _FARTHEST:
        raise NoDate(f"{days.last:%d %b %Y} is too far away. Dates within ten years can be marked.")
    half, rest = _half(rest)
    if more := _MORE_DAYS.search(rest):
        raise NoDate(f"I read one day or one range at a time, and found “{more.group()}” after it. {_FORMS}")
    return _with_half(days, half), rest


def read_day(words: str, today: date) -> tuple[date, str]:
    """The one day the words begin with, today or later, and what follows it. Raises NoDate."""
    return _one(words.strip(), today, today)


def _kind_before_days(words: str) -> tuple[str, str]:
    """``sick today`` taken apart into the kind and the rest; what begins with a day has no kind before it."""
    parts = words.split()
    for length in range(min(len(parts), _LONGEST_KIND), 0, -1):
        kind = words_of(" ".join(parts[:length]))
        said = meanings(kind)
        is_listed = len(said) == 1 and (said[0].start, said[0].end) == (0, len(kind)) and said[0].meaning in KINDS
        if is_listed or (len(kind) == 1 and kind[0].folded in _ALONE):
            return " ".join(parts[:length]), " ".join(parts[length:])
    return "", words


_LONGEST_KIND = 3
"""Words of a kind: ``shared parental leave``."""


def _range(text: str, today: date) -> tuple[Days, str]:
    if week := _WEEK.match(text):
        monday = today - timedelta(days=today.weekday())
        is_next = week["which"].casefold() in ("next", "nächste")
        first = monday + timedelta(days=7) if is_next else today
        return Days(first, monday + timedelta(days=13 if is_next else 6)), text[week.end() :]
    short = _RANGE_IN_A_MONTH.match(text)
    if short is not None and short["month"].casefold() in _MONTHS:  # 3-14 Aug
        last = _date(short["last"], short["month"], short["year"], today)
        first = _checked(last.year, last.month, int(short["first"]))
        return _in_order(first, last), text[short.end() :]
    first, rest = _one(text, today, today)
    to = _TO.match(rest)
    if to is None:
        return Days(first, first), rest
    if _ISO.match(text) and _names_no_day(rest[to.end() :]):  # a form whose last day was left empty
        return Days(first, first), rest[to.end() :]
    last, after = _one(rest[to.end() :], today, first)
    said_first = text[: len(text) - len(rest)].strip(" .")
    said_last = rest[to.end() : len(rest) - len(after)].strip(" .")
    rolls_over = last.year > first.year and last - first > _HALF_A_YEAR
    if rolls_over and _DAY_NUMBER.search(said_first) and not _YEAR_SAID.search(said_last):
        raise NoDate(
            f"{said_last} is before {said_first}. Did you mean {said_last} - {said_first}? "
            f"If not, write the years: {first.isoformat()} - {last.isoformat()}."
        )
    return _in_order(first, last), after


def _names_no_day(words: str) -> bool:
    """Whether only a half or a kind follows, or nothing."""
    return not words or _HALF.match(words) is not None or _kind_before_days(words)[0] != ""


_HALF_A_YEAR = timedelta(days=183)
"""A range that is longer than the one its two dates make the other way round is more likely a slip."""
_DAY_NUMBER = re.compile(r"\d")
_YEAR_SAID = re.compile(r"\d{4}|\d\.\d{1,2}\.\d{2}")


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar",
            "feb february februar",
            "mar march märz maerz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = r"(?P<month>[^\W\d_]{3,9})\.?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_DAY_MONTH = re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*{_MONTH}{_YEAR}(?!\w)", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b{_YEAR}(?!\w)", re.IGNORECASE)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})(?:\.(?P<year>\d{4}|\d{2})?)?(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_TO = re.compile(r"\s*(?:-|–|—|to\b|until\b|till\b|bis\b)\s*", re.IGNORECASE)
_RANGE_IN_A_MONTH = re.compile(
    rf"(?P<first>\d{{1,2}})\s*[-–]\s*(?P<last>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+{_MONTH}{_YEAR}(?!\w)", re.IGNORECASE
)
_WEEK = re.compile(r"(?P<which>this|next|diese|nächste)\s+(?:week|woche)\b", re.IGNORECASE)
_FORMS = "Write it as 3 Aug, 3 Aug - 14 Aug, 2027-08-03, today or Monday."
_FARTHEST = timedelta(days=3660)
_MORE_DAYS = re.compile(
    r"\d+|\b(?:today|tomorrow|heute|morgen|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"\b(am|pm|a\.m\.|p\.m\.|morning|afternoon)(?=\s|$|,)", re.IGNORECASE)


def _one(text: str, today: date, not_before: date) -> tuple[date, str]:
    """One day at the beginning of the text: a date, ``today``, ``tomorrow`` or a weekday, not before that day."""
    if found := _ISO.match(text):
        return _checked(int(found["year"]), int(found["month"]), int(found["day"])), text[found.end() :]
    if found := _DOTTED.match(text):
        return _date(found["day"], found["month"], found["year"], not_before), text[found.end() :]
    for form in (_DAY_MONTH, _MONTH_DAY):
        found = form.match(text)
        if found is not None and found["month"].casefold() in _MONTHS:
            return _date(found["day"], found["month"], found["year"], not_before), text[found.end() :]
    word = _WORD.match(text)
    named = _named_day(word.group().casefold(), today, not_before) if word is not None else None
    if word is None or named is None:
        raise NoDate(f"I find no date in “{first_line(text)}”. {_FORMS}" if text.strip() else f"Which days? {_FORMS}")
    return named, text[word.end() :]


def _named_day(word: str, today: date, not_before: date) -> date | None:
    if word in ("today", "heute"):
        return today
    if word in ("yesterday", "gestern"):
        return today - timedelta(days=1)
    if word in ("tomorrow", "morgen"):
        return today + timedelta(days=1)
    for number, name in enumerate(_WEEKDAYS):
        if word == name or (len(word) >= 3 and name.startswith(word)):
            return not_before + timedelta(days=(number - not_before.weekday()) % 7)
    return None


def _date(day: str, month: str, year: str | None, not_before: date) -> date:
    number = int(month) if month.isdigit() else _MONTHS.get(month.casefold(), 0)
    if year is not None:
        return _checked(int(year) + (_CENTURY if len(year) == len("27") else 0), number, int(day))
    for candidate in range(not_before.year, not_before.year + _UNTIL_A_LEAP_YEAR):
        try:
            found = date(candidate, number, int(day))
        except ValueError:
            continue  # 29 Feb of a common year, or a day that never is: told apart below
        if found >= not_before:
            return found
    return _checked(not_before.year, number, int(day))


_UNTIL_A_LEAP_YEAR = 9
_CENTURY = 2000


def _checked(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDate(f"There is no day {day} in month {month} of {year}. {_FORMS}") from None


def _in_order(first: date, last: date) -> Days:
    if last < first:
        raise NoDate(f"{last:%d %b %Y} is before {first:%d %b %Y}. Write the first day first: 3 Aug - 14 Aug.")
    if last - first > _LONGEST:
        raise NoDate("That is more than two years. Write the dates with their years: 2027-08-03 - 2027-08-14.")
    return Days(first, last)


_LONGEST = timedelta(days=731)


_MORNING = ("am", "a.m.", "morning")


def _half(rest: str) -> tuple[Half | None, str]:
    found = _HALF.search(rest)
    if found is None:
        return None, rest
    half = Half.AM if found.group(1).casefold() in _MORNING else Half.PM
    return half, rest[: found.start()] + rest[found.end() :]


def _with_half(days: Days, half: Half | None) -> Days:
    if half is None:
        return days
    on = days.first if half is Half.PM else days.last
    return Days(days.first, days.last, (HalfDay(on, half),))


def kind_in(words: str) -> Kind:
    """The kind the words name, in any language of the leave table."""
    spoken = words_of(words)
    said = {one.meaning for one in meanings(spoken)}
    said |= {_ALONE[word.folded] for word in spoken if word.folded in _ALONE}
    return next((kind for meaning, kind in KINDS.items() if meaning in said and kind is not Kind.UNKNOWN), Kind.OTHER)


_ALONE = {
    word: meaning
    for meaning, words in {
        Meaning.ANNUAL: "annual annuel annuelle anual annuale jaarlijks jahrlich",
        Meaning.PARENTAL: "parentale",
        Meaning.OTHER: "other",
    }.items()
    for word in words.split()
}
"""What stands for a kind after ``leave``; in a calendar's title it may be about anything: "annual review"."""
