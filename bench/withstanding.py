"""A damaged calendar is read, or refused with a reason; whatever it does, it stays in its caps and wipes nothing."""

import pickle
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.calendar_reading import LeaveFile, read_fetched_here
from bot.calendar_worker import SECONDS
from commands.feed_polls import AHEAD, BEFORE
from commands.storable import storable
from coverage.ids import PersonId
from coverage.leave.calendar import CalendarKind, Reading
from coverage.leave.changes import HeldBack, refuse_a_sudden_loss
from coverage.leave.decoding import NotACalendar
from coverage.leave.limits import MOST_EVENTS, MOST_OCCURRENCES
from coverage.people import Person

ANN = Person(PersonId(1), "Ann Lee", "ann@firm.example", timezone="Europe/London", country="GB")
BOB = Person(PersonId(2), "Bob Roy", "bob@firm.example", timezone="America/New_York", country="US")
STAFF = (ANN, BOB)
LEAVES = 5
_YEAR = re.compile(rb"DTSTART[^:\r\n]*:(\d{4})")
_LAST_END = re.compile(rb"END:VCALENDAR\s*$", re.IGNORECASE)


class Hangs(BaseException):
    """Reading took longer than a whole calendar may. No Exception: nothing on the way may take it for a bad event."""


def with_leave(original: bytes) -> bytes:
    """The calendar with some leave of Ann's in it, in the days it is about; as it is where it has no proper end."""
    day = first_day(original) + timedelta(days=60)
    events = []
    for number in range(LEAVES):
        first = day + timedelta(days=14 * number)
        events.append(
            f"BEGIN:VEVENT\r\nUID:{_mark(number)}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:{first:%Y%m%d}\r\n"
            f"DTEND;VALUE=DATE:{first + timedelta(days=5):%Y%m%d}\r\nSUMMARY:Ann Lee - Annual leave {_mark(number)}\r\n"
            "END:VEVENT\r\n"
        )
    return _LAST_END.sub("".join(events).encode() + b"END:VCALENDAR\r\n", original)


def first_day(data: bytes) -> date:
    """The new year before the first event in it."""
    found = _YEAR.search(data)
    return date(min(max(int(found[1]), 1971), 2090) if found else 2026, 1, 1)


def withstand(original: bytes, harmed: bytes, *, is_personal: bool) -> str:
    """Read the ``harmed`` calendar as the next fetch of the ``original`` one; returns what became of it, in a word.

    Raises AssertionError for a broken promise, Hangs, and whatever reading must not raise.
    """
    kind, owner = (CalendarKind.PERSONAL, ANN) if is_personal else (CalendarKind.TEAM, None)
    begin = first_day(original)
    now = datetime(begin.year, begin.month, begin.day, 12, tzinfo=UTC)
    file = LeaveFile(harmed, STAFF, kind, owner, None, begin - BEFORE, begin + AHEAD, now)
    before = _previous(replace(file, data=original))
    try:
        with _at_most(SECONDS):
            reading = read_fetched_here(file)
        if before is not None:
            refuse_a_sudden_loss(before, reading)
    except (NotACalendar, HeldBack) as refused:
        _check_the_reason(refused)
        return "refused"
    _check(reading, file)
    if before is not None:
        _check_that_nothing_is_wiped(before, reading, harmed)
    return "read"


def _previous(file: LeaveFile) -> Reading | None:
    """What was there before, read once; None where the original itself is no calendar."""
    key = (file.data, file.kind)
    if key not in _ORIGINALS:
        try:
            _ORIGINALS[key] = read_fetched_here(file)
        except NotACalendar:
            _ORIGINALS[key] = None
    return _ORIGINALS[key]


_ORIGINALS: dict[tuple[bytes, CalendarKind], Reading | None] = {}


def _check_the_reason(refused: ValueError) -> None:
    assert str(refused), "It is refused without a reason."
    assert str(pickle.loads(pickle.dumps(refused))) == str(refused), "The reason is lost on its way."


def _check(reading: Reading, file: LeaveFile) -> None:
    assert reading.events <= MOST_EVENTS
    assert len(reading.sightings) <= MOST_OCCURRENCES
    for absence in (*reading.absences, *reading.single):
        assert absence.person in {one.id for one in file.people}, "Leave of somebody who is not there."
        assert absence.first <= absence.last
        assert absence.first <= file.last_day
        assert absence.last >= file.first_day
        assert absence.uid is None or storable(absence.uid) == absence.uid, "A UID that no database can keep."
    for asked in reading.needs_human:
        for text in (asked.uid, asked.why, asked.title, asked.name, asked.key):
            assert storable(text) == text, "A question that no database can keep."
    assert pickle.loads(pickle.dumps(reading)) == reading, "The reading is another after its way between processes."


def _check_that_nothing_is_wiped(before: Reading, after: Reading, harmed: bytes) -> None:
    """Where a feed is believed, half of the leave it had is still named in it: what it says of it now is its affair."""
    had = [number for number in range(LEAVES) if any(_mark(number) in (one.uid or "") for one in before.single)]
    text = re.sub(rb"[\r\n]+[ \t]|[\r\n\x00]", b"", harmed)
    left = [number for number in had if _mark(number).encode() in text]
    if len(had) == LEAVES and len(before.sightings) == LEAVES:
        assert 2 * len(left) >= LEAVES, f"Of {LEAVES} leaves only {len(left)} are in it, and it was believed."
    lost = len(before.sightings) >= LEAVES and not after.events
    assert not lost, "A feed without any event was believed."


def _mark(number: int) -> str:
    return f"leave{number}@firm.example"


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raises Hangs after so many seconds of the processor, however busy the machine is; for the main thread."""
    before = signal.signal(signal.SIGVTALRM, _hangs)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _hangs(signal_number: int, frame: object) -> None:
    raise Hangs
