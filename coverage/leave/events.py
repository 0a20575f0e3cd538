"""One event of a feed as its producer wrote it: texts, people and version, before any date is worked out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from coverage.leave.components import Line
from coverage.leave.limits import MOST_ATTENDEES


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom an ATTENDEE or ORGANIZER line means: ``address`` in small letters, ``name`` as written; either may be ""."""

    address: str
    name: str


@dataclass(frozen=True)
class Event:
    """The lines of one VEVENT. What is given twice although it must not be (RFC 5545 section 3.6.1): first wins.

    ``number`` is its place in the file, ``method`` what the calendar around it is for (``PUBLISH``, ``CANCEL`` ...).
    """

    number: int
    lines: tuple[Line, ...]
    method: str = ""

    @cached_property
    def uid(self) -> str:
        """As written; empty when the producer gave none."""
        return self._text("UID") or ""

    @cached_property
    def summary(self) -> str | None:
        return self._text("SUMMARY")

    @cached_property
    def description(self) -> str:
        return self._text("DESCRIPTION") or ""

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(word.strip() for line in self._all("CATEGORIES") for word in line.text.split(","))

    @property
    def status(self) -> str | None:
        """``CONFIRMED``, ``TENTATIVE``, ``CANCELLED`` or None."""
        return self._upper("STATUS")

    @property
    def transparency(self) -> str | None:
        """``OPAQUE``, ``TRANSPARENT`` or None."""
        return self._upper("TRANSP")

    @property
    def busy_status(self) -> str | None:
        """Outlook's ``FREE``, ``TENTATIVE``, ``BUSY``, ``OOF`` or ``WORKINGELSEWHERE`` (MS-OXCICAL); None elsewhere."""
        return self._upper("X-MICROSOFT-CDO-BUSYSTATUS") or self._upper("X-MICROSOFT-CDO-INTENDEDSTATUS")

    @cached_property
    def attendees(self) -> tuple[Invitee, ...]:
        """The people invited; rooms and those who declined left out."""
        return tuple(
            invitee
            for line in self._all("ATTENDEE")[:MOST_ATTENDEES]
            if line.parameters.get("CUTYPE", "").upper() not in ("ROOM", "RESOURCE")
            and line.parameters.get("PARTSTAT", "").upper() != "DECLINED"
            and (invitee := _invitee(line))
        )

    @cached_property
    def organizer(self) -> Invitee | None:
        return next((invitee for line in self._all("ORGANIZER") if (invitee := _invitee(line))), None)

    @cached_property
    def sequence(self) -> int:
        """How often the producer changed it; 0 when it does not say."""
        text = (self._value("SEQUENCE") or "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    @property
    def stamp(self) -> str:
        """When this version was made, in a form that sorts; empty when it does not say."""
        return (self._value("LAST-MODIFIED") or self._value("DTSTAMP") or "").strip()

    @cached_property
    def key(self) -> str:
        """The UID, or one made from the content for an event without any."""
        if self.uid:
            return self.uid
        times = sorted(f"{line.name}:{line.value}" for line in self.timing())
        content = "\n".join([self.summary or "", *times])
        return f"content-{sha256(content.encode('utf-8', 'replace')).hexdigest()[:16]}"

    @property
    def starts(self) -> str:
        return (self._value("DTSTART") or "").strip()

    @property
    def is_changed_occurrence(self) -> bool:
        """True for one day of a series that was moved or edited."""
        return self._value("RECURRENCE-ID") is not None

    @property
    def repeats(self) -> bool:
        return any(line.name in ("RRULE", "RDATE") for line in self.lines)

    @property
    def repeats_weekly(self) -> bool:
        return any("FREQ=WEEKLY" in rule for rule in self.rules)

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """The recurrence rules, in capital letters."""
        return tuple(line.value.strip().upper() for line in self._all("RRULE"))

    def timing(self) -> Iterator[Line]:
        """The lines that say when it is."""
        given = set()
        for line in self.lines:
            if line.name in _GIVEN_ONCE and line.name not in given:
                given.add(line.name)
                yield line
            elif line.name in ("RRULE", "RDATE", "EXDATE"):
                yield line

    def _all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def _value(self, name: str) -> str | None:
        return next((line.value for line in self.lines if line.name == name), None)

    def _text(self, name: str) -> str | None:
        return next((line.text for line in self.lines if line.name == name), None)

    def _upper(self, name: str) -> str | None:
        return (self._value(name) or "").strip().upper() or None


_GIVEN_ONCE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")


def _invitee(line: Line) -> Invitee | None:
    found = Invitee(_address(line), line.parameters.get("CN", "").strip())
    return found if found.address or found.name else None


def _address(line: Line) -> str:
    """The e-mail address of an ATTENDEE or ORGANIZER, from the value or, where that is an id, from EMAIL."""
    for text in (line.value, line.parameters.get("EMAIL", "")):
        scheme, colon, rest = text.strip().partition(":")
        address = rest if colon and scheme.lower() == "mailto" else text.strip()
        if "@" in address:
            return address.strip().lower()
    return ""
