"""Calendars damaged at random: read or refused, never an exception, and never a person who is not named in them."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from coverage.leave.calendar import CalendarKind, read_calendar
from coverage.leave.decoding import NotACalendar
from tests.coverage.leave.calendars import ANN, BO, NOW, a_calendar, an_event

WHOLE = a_calendar(
    an_event("Ann Lee - Annual leave", uid="a"),
    an_event("Ann Lee - off (part-time)", "20260306", "20260307", uid="b", more="RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=20"),
    an_event("Ann Lee - off", "20260312", "20260313", uid="b", more="RECURRENCE-ID;VALUE=DATE:20260313"),
    "UID:c\nDTSTART;TZID=Ours:20260316T140000\nDTEND;TZID=Ours:20260318T120000\nSUMMARY:Ann Lee - leave (½ last day)",
    head="X-WR-TIMEZONE:Europe/London\nBEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
    "TZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE",
)
SCRAPS = st.sampled_from(
    [
        b"",
        b"\n",
        b":",
        b";",
        b",",
        b"\x00",
        b"\xff",
        b"9999",
        b"-1",
        b"0",
        b"T",
        b"Z",
        b"BEGIN:VEVENT\r\n",
        b"END:VEVENT\r\n",
        b"RRULE:FREQ=YEARLY\r\n",
        b"EXDATE:20260313\r\n",
        b"DTEND:20260101\r\n",
        b'"',
        b"\\",
        "ü½".encode(),
        b"TZID=",
    ]
) | st.binary(max_size=8)
DAMAGE = st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 30), SCRAPS), min_size=1, max_size=6)


@settings(max_examples=300, deadline=None)
@given(DAMAGE)
def test_a_damaged_calendar_harms_nobody(damage: list[tuple[int, int, bytes]]) -> None:
    data = WHOLE
    for at, length, scrap in damage:
        data = data[:at] + scrap + data[at + length :]

    try:
        reading = read_calendar(
            data, (ANN, BO), CalendarKind.TEAM, None, None, date(2026, 3, 1), date(2026, 3, 31), NOW
        )
    except NotACalendar as refused:
        said = str(refused)
        assert said
        return

    assert {one.person for one in reading.absences} <= {ANN.id}
    assert all(one.first <= one.last for one in reading.absences)
