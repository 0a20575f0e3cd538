"""Which halves of which days a title speaks of: "(½ first day)", "PM", "from 2pm", "4 hours"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coverage.absence import Half
from coverage.leave.meanings import Meaning
from coverage.leave.title import folded
from coverage.leave.title_reading import TitleReading

_CLOCK = r"(\d{1,2})(?:[:.h](\d\d))?\s*(?:(am|pm|a\.m\.|p\.m\.|uhr|h|uur|o'clock)(?![a-z]))?(?![\w:.]*\d)"
_FROM = re.compile(
    rf"\b(?:from|after|ab|desde(?: las?)?|dalle|dal|vanaf|a partir d[aeo]s?|des)\s+(?:las |le )?{_CLOCK}"
)
_UNTIL = re.compile(rf"\b(?:until|till|til|bis|jusqu'?a|hasta(?: las?)?|fino alle|tot|ate(?: as)?)\s+{_CLOCK}")
_UNTIL_NOON = re.compile(
    r"\b(?:until|till|til|bis|jusqu'?a|hasta el|fino a|tot|ate ao)\s+(?:noon|midday|lunch|mittag|midi|mediodia)"
)
_FROM_NOON = re.compile(r"\b(?:from|after|ab|desde el|a partir de|vanaf)\s+(?:noon|midday|lunch|mittag|midi|mediodia)")
_RANGE = re.compile(rf"(?<![\w/.-]){_CLOCK}\s*(?:-|–|to|bis|a|tot)\s*{_CLOCK}(?![/.-]?\d)")
_HOURS = re.compile(
    r"\b(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?|std|stunden?|heures?|horas?|ore|uur|uren)\b(?!\s*\d)", re.ASCII
)
_NOON = 12
_LATEST_MORNING_END = 14
_WHOLE_DAY_HOURS = 6


@dataclass(frozen=True, slots=True)
class Halves:
    """Halves of the first day, of the last day, and of a day that the title does not name; None: nothing is said."""

    first: Half | None = None
    last: Half | None = None
    unplaced: Half | None = None

    def __bool__(self) -> bool:
        return self != Halves()


def halves_in(title: str, reading: TitleReading) -> Halves:
    """What the title says about halves of days."""
    placed = _placed(reading)
    if placed:
        return placed
    text = folded(title)
    if (half := _half_of_a_range(text)) is not None:
        return Halves(unplaced=half)
    if _starts_after_noon(text):
        return Halves(first=Half.PM)
    if _ends_before_two(text):
        return Halves(last=Half.AM)
    said = reading.meanings
    if Meaning.MORNING in said or Meaning.AFTERNOON in said:
        return Halves(unplaced=_half_of(said))
    hours = _HOURS.search(text)
    if Meaning.HALF in said or (hours and float(hours.group(1).replace(",", ".")) < _WHOLE_DAY_HOURS):
        return Halves(unplaced=Half.UNKNOWN)
    return Halves()


def _placed(reading: TitleReading) -> Halves:
    """Halves that stand in one part with "first day" or "last day"."""
    first = last = None
    for part in {said.part for said in reading.said}:
        said = frozenset(one.meaning for one in reading.said if one.part == part)
        if not said & {Meaning.HALF, Meaning.MORNING, Meaning.AFTERNOON}:
            continue
        if Meaning.FIRST_DAY in said:
            first = _half_of(said)
        if Meaning.LAST_DAY in said:
            last = _half_of(said)
    return Halves(first, last)


def _half_of(said: frozenset[Meaning]) -> Half | None:
    """None for a morning and an afternoon: that is the whole day."""
    if Meaning.MORNING in said and Meaning.AFTERNOON in said:
        return None
    if Meaning.MORNING in said:
        return Half.AM
    return Half.PM if Meaning.AFTERNOON in said else Half.UNKNOWN


def _half_of_a_range(text: str) -> Half | None:
    """ "14:00-17:00", "9-1pm": numbers that are hours by their form, and all on one side of noon or lunch."""
    found = _RANGE.search(text)
    if found is None or not any(found.group(number) for number in (2, 3, 5, 6)):
        return None
    start, end = _hour(found.groups()[:3]), _hour(found.groups()[3:])
    if end <= start:
        end += _NOON
    if start >= _NOON:
        return Half.PM
    return Half.AM if end <= _LATEST_MORNING_END else None


def _starts_after_noon(text: str) -> bool:
    found = _FROM.search(text)
    return bool(_FROM_NOON.search(text)) or (
        found is not None and _is_a_clock(found) and _hour(found.groups()) >= _NOON
    )


def _ends_before_two(text: str) -> bool:
    found = _UNTIL.search(text)
    return bool(_UNTIL_NOON.search(text)) or (
        found is not None and _is_a_clock(found) and _hour(found.groups()) <= _LATEST_MORNING_END
    )


def _is_a_clock(found: re.Match[str]) -> bool:
    """A bare number is a date: "from 3 to 14 August"."""
    return found.group(2) is not None or found.group(3) is not None


def _hour(clock: Sequence[str | None]) -> int:
    """Of a clock time as hour, minutes and unit."""
    hour = int(clock[0] or 0)
    return hour + _NOON if (clock[2] or "").startswith("p") and hour < _NOON else hour
