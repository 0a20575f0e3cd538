"""From content lines to calendars: only events and time zones are kept, and an unfinished calendar is refused."""

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from coverage.leave.decoding import NotACalendar, keepable
from coverage.leave.limits import LONGEST_TEXT, MOST_EVENTS, MOST_NESTED

_NAME = re.compile(r"\s*([A-Za-z0-9-]+)\s*$")
_ESCAPED = re.compile(r"\\([\\;,nN\"])")


@dataclass(frozen=True, slots=True)
class Line:
    """One content line (RFC 5545 section 3.1). ``parameters`` have upper-case names, ``value`` is as written."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value with backslash escapes (and vCalendar's quoted-printable) undone, at most LONGEST_TEXT long."""
        value = self.value[: 2 * LONGEST_TEXT]
        if self.parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
            value = keepable(quopri.decodestring(value.encode("utf-8", "replace")).decode("utf-8", "replace"))
        return _ESCAPED.sub(_unescaped, value)[:LONGEST_TEXT]


@dataclass(slots=True)
class RawCalendar:
    """The lines of one VCALENDAR that matter for leave, nothing interpreted yet."""

    properties: dict[str, str] = field(default_factory=dict)
    zones: list[list[Line]] = field(default_factory=list)
    events: list[list[Line]] = field(default_factory=list)
    unfinished_events: int = 0


def calendars_in(lines: Iterable[str]) -> list[RawCalendar]:
    """Every calendar in a file; events outside any calendar, as some programs export one, count as one more.

    Raises NotACalendar when there is none, when the last one is cut off (no END:VCALENDAR: half a feed must not
    pass for all of it), or when there are more than MOST_EVENTS events.
    """
    reader = _Reader()
    for line in lines:
        reader.read(line)
    return reader.finished()


class _Reader:
    """Walks over the lines with a stack of open components; nesting costs nothing but a list entry."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._calendars: list[RawCalendar] = []
        self._outside = RawCalendar()
        self._kept: list[Line] | None = None  # of the event or zone that is open
        self._kept_at = 0
        self._events = 0

    def read(self, text: str) -> None:
        line = parsed(text)
        if line is None:
            return
        if line.name == "BEGIN":
            self._begin(line.value.strip().upper())
        elif line.name == "END":
            self._end(line.value.strip().upper())
        elif self._kept is not None:
            if len(self._open) == self._kept_at or self._is_in_a_zone():
                self._kept.append(line)
        elif self._open == ["VCALENDAR"]:
            self._calendars[-1].properties.setdefault(line.name, line.text)

    def _begin(self, component: str) -> None:
        if component == "VCALENDAR":
            self._refuse_if_unfinished()
            self._close_calendar()  # what was open stood outside any calendar
            self._calendars.append(RawCalendar())
        elif component == "VEVENT" and self._kept is not None:
            self._abandon()
        self._open.append(component)
        if len(self._open) > MOST_NESTED:
            raise NotACalendar(f"The calendar has more than {MOST_NESTED:,} components in each other.")
        if self._kept is None and component in ("VEVENT", "VTIMEZONE"):
            self._kept, self._kept_at = [], len(self._open)
        elif self._kept is not None and self._is_in_a_zone():
            self._kept.append(Line("BEGIN", {}, component))

    def _abandon(self) -> None:
        """The event that is open has no END: it is lost, what follows is not."""
        self._calendar.unfinished_events += 1
        del self._open[self._kept_at - 1 :]
        self._kept = None

    def _end(self, component: str) -> None:
        if component == "VCALENDAR":
            self._close_calendar()
        elif component in self._open:
            while self._open[-1] != component:  # an END is missing; what encloses it ends it
                self._close()
            self._close()

    def _close(self) -> None:
        component = self._open[-1]
        if self._kept is not None and len(self._open) == self._kept_at:
            self._keep(component, self._kept)
            self._kept = None
        elif self._kept is not None and self._is_in_a_zone():
            self._kept.append(Line("END", {}, component))
        self._open.pop()

    def _keep(self, component: str, lines: list[Line]) -> None:
        if component == "VTIMEZONE":
            self._calendar.zones.append(lines)
            return
        self._events += 1
        if self._events > MOST_EVENTS:
            raise NotACalendar(f"The calendar has more than {MOST_EVENTS:,} events: export a shorter period.")
        self._calendar.events.append(lines)

    def _close_calendar(self) -> None:
        if self._kept is not None:
            self._abandon()
        self._open.clear()

    @property
    def _calendar(self) -> RawCalendar:
        return self._calendars[-1] if self._is_in_a_calendar() else self._outside

    def _is_in_a_calendar(self) -> bool:
        return self._open[:1] == ["VCALENDAR"]

    def _is_in_a_zone(self) -> bool:
        return self._open[self._kept_at - 1] == "VTIMEZONE"

    def _refuse_if_unfinished(self) -> None:
        if self._is_in_a_calendar():
            raise NotACalendar("The calendar is cut off (it has no END:VCALENDAR). Download it again.")

    def finished(self) -> list[RawCalendar]:
        self._refuse_if_unfinished()
        if any(any(line.name == "DTSTART" for line in event) for event in self._outside.events):
            self._calendars.append(self._outside)
        if not self._calendars:
            raise NotACalendar("This is not a calendar (it has no BEGIN:VCALENDAR). Export the calendar as .ics.")
        return self._calendars


def parsed(text: str) -> Line | None:
    """The parts of one content line; None for what is no property, such as text that was not folded."""
    head, parameters, value = _split(text)
    name = _NAME.match(head)
    if name is None or value is None:
        return None
    return Line(name.group(1).upper(), dict(_parameters(parameters)), value)


def _split(text: str) -> tuple[str, str, str | None]:
    """The name, the parameters and the value: the value begins at the first colon outside quotes."""
    if '"' not in text:
        head, colon, value = text.partition(":")
    else:
        head, colon, value = _split_quoted(text)
    name, _, parameters = head.partition(";")
    return name, parameters, value if colon else None


def _split_quoted(text: str) -> tuple[str, str, str]:
    quoted = False
    for at, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return text[:at], ":", text[at + 1 :]
    return text, "", ""


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for part in re.findall(r'(?:[^;"]|"[^"]*"?)+', text) if text else ():
        name, _, value = part.partition("=")
        yield name.strip().upper(), value.strip().strip('"').strip()


def _unescaped(match: re.Match[str]) -> str:
    character = match.group(1)
    return "\n" if character in "nN" else character
