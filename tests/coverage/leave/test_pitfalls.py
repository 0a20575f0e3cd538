"""What calendars in the wild do to libraries, and must not do to us."""

import gzip
import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest

from coverage.leave.decoding import NotACalendar
from coverage.leave.limits import MOST_BYTES, MOST_EVENTS, MOST_OCCURRENCES_OF_A_SERIES
from coverage.leave.reading import Feed, read_feed
from tests.coverage.leave.calendars import a_calendar, an_event

FIRST, END = date(2026, 1, 1), date(2027, 1, 1)


def feed(data: bytes) -> Feed:
    return read_feed(data, FIRST, END)


def spans(data: bytes) -> list[tuple[str, str]]:
    return [(str(one.start), str(one.end)) for one in feed(data).occurrences]


def a_timed(zone: str, uid: str = "t") -> str:
    return f"UID:{uid}\nDTSTART;TZID={zone}:20260302T090000\nDTEND;TZID={zone}:20260302T100000\nSUMMARY:x"


def a_zone(tzid: str, offset: str, rule: str = "") -> str:
    lines = ["BEGIN:VTIMEZONE", f"TZID:{tzid}", "BEGIN:STANDARD", "DTSTART:16010101T000000"]
    lines += [f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}", *([rule] if rule else [])]
    return "\n".join([*lines, "END:STANDARD", "END:VTIMEZONE"])


@pytest.mark.parametrize("zones", [("+0500", "+0200"), ("+0200", "+0500")])
def test_one_feeds_own_time_zone_does_not_shift_anothers(zones: tuple[str, str]) -> None:
    read = [spans(a_calendar(a_timed("Ours"), head=a_zone("Ours", zone))) for zone in zones]

    starts = {"+0500": "2026-03-02 04:00:00+00:00", "+0200": "2026-03-02 07:00:00+00:00"}
    assert [one[0][0] for one in read] == [starts[zone] for zone in zones]


@pytest.mark.parametrize("begun", ["VEVENT", "VTIMEZONE", "X VTIMEZONE", "X Y VTIMEZONE", "X Y VEVENT"])
def test_what_begins_before_a_calendar_and_has_no_end_takes_nothing_with_it(begun: str) -> None:
    before = "".join(f"BEGIN:{component}\r\n" for component in begun.split()).encode()

    assert spans(before + a_calendar(an_event("x"))) == [("2026-03-02", "2026-03-05")]


def test_an_unknown_time_zone_is_floating_and_keeps_the_rest() -> None:
    assert spans(a_calendar(a_timed("Mars/Olympus"), a_timed("Europe/Berlin", "b"))) == [
        ("2026-03-02 08:00:00+00:00", "2026-03-02 09:00:00+00:00"),
        ("2026-03-02 09:00:00", "2026-03-02 10:00:00"),
    ]


def test_a_time_zone_that_changes_every_second_is_left_out() -> None:
    read = feed(a_calendar(a_timed("Ours"), head=a_zone("Ours", "+0500", "RRULE:FREQ=SECONDLY")))

    assert [str(one.start) for one in read.occurrences] == ["2026-03-02 09:00:00"]
    assert "changes of the clock" in read.warnings[0]


def test_text_without_line_breaks_is_never_opened_as_a_file() -> None:
    with pytest.raises(NotACalendar, match="BEGIN:VCALENDAR"):
        feed(__file__.encode())


def test_a_date_with_a_time_zone_stays_a_whole_day() -> None:
    event = "UID:d\nDTSTART;TZID=Asia/Tokyo;VALUE=DATE:20260319\nDTEND;VALUE=DATE;TZID=Asia/Tokyo:20260321\nSUMMARY:x"

    assert spans(a_calendar(event)) == [("2026-03-19", "2026-03-21")]


@pytest.mark.parametrize(
    "broken",
    [
        "UID:b\nDTSTART;VALUE=DATE:00000101\nSUMMARY:x",
        "UID:b\nSUMMARY:no start",
        "UID:b\nDTSTART:Next Year\nSUMMARY:x",
        "UID:b\nDTSTART;VALUE=DATE:20260302\nDURATION:P999999999999999999W",
        "UID:b\nDTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20250302",
        "UID:b\nDTSTART;VALUE=TIME:090000\nSUMMARY:x",
        "UID:b\nDTSTART;VALUE=DATE:20260302\nRRULE:FREQ=MONTHLY;BYDAY=0MO",
        "UID:b\nDTSTART;VALUE=DATE:20260302\nRDATE:nonsense",
        "UID:b\nDTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:99991231\nRRULE:FREQ=WEEKLY",
    ],
)
def test_a_broken_event_is_named_and_the_others_stand(broken: str) -> None:
    read = feed(a_calendar(broken, an_event("Ann Lee - leave", "20260316", "20260318", uid="good")))

    assert [one.event.uid for one in read.occurrences] == ["good"]
    [warning] = read.warnings
    assert "'b' is broken" in warning


@pytest.mark.parametrize(
    "part",
    [
        "BEGIN:VALARM\r\nTRIGGER:PT-2H\r\nEND:VALARM",
        "BEGIN:VFREEBUSY\r\nFREEBUSY:20260302T100000Z/20260301T100000Z\r\nEND:VFREEBUSY",
        "BEGIN:VTIMEZONE\r\nTZID:Broken\r\nBEGIN:STANDARD\r\nDTSTART:-1\r\nEND:STANDARD\r\nEND:VTIMEZONE",
        "BEGIN:VTODO\r\nDUE:nonsense\r\nEND:VTODO",
    ],
)
def test_a_broken_part_of_another_kind_costs_nothing(part: str) -> None:
    calendar = a_calendar(an_event("Ann Lee - leave"), head=part.replace("\r\n", "\n"))

    assert spans(calendar) == [("2026-03-02", "2026-03-05")]


def test_a_broken_alarm_inside_an_event_costs_nothing() -> None:
    event = an_event("Ann Lee - leave", more="BEGIN:VALARM\nTRIGGER:PT-2H\nDTSTART:nonsense\nEND:VALARM")

    assert spans(a_calendar(event)) == [("2026-03-02", "2026-03-05")]


def test_an_event_without_an_end_does_not_swallow_the_next() -> None:
    whole = a_calendar(an_event("one", uid="a"), an_event("two", uid="b"))
    read = feed(whole.replace(b"END:VEVENT\r\n", b"", 1))

    assert [one.event.uid for one in read.occurrences] == ["b"]
    assert "without an end" in read.warnings[0]


def test_leave_until_the_end_of_time_does_not_overflow() -> None:
    event = "UID:e\nDTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:99991231\nSUMMARY:x"

    assert spans(a_calendar(event)) == [("2026-03-02", "9999-12-31")]


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n", b"\r", b"\r\r\n"])
def test_any_line_end_will_do(line_end: bytes) -> None:
    assert spans(a_calendar(an_event("x")).replace(b"\r\n", line_end)) == [("2026-03-02", "2026-03-05")]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("cp1252", b""),
        ("utf-16", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_names_survive_any_encoding(encoding: str, mark: bytes) -> None:
    text = a_calendar(an_event("Zoë Müller – Urlaub")).decode()

    [one] = feed(mark + text.encode(encoding)).occurrences

    assert one.event.summary == "Zoë Müller – Urlaub"


@pytest.mark.parametrize(("charset", "name"), [("ISO-8859-1", "Zoë"), ("ISO-8859-2", "Żoë"), ("koi8-r", "Зоя")])
def test_a_line_says_its_own_charset(charset: str, name: str) -> None:
    line = f"SUMMARY;CHARSET={charset}:".encode() + name.encode(charset)
    data = a_calendar(an_event("placeholder")).replace(b"SUMMARY:placeholder", line)

    assert feed(data).occurrences[0].event.summary == name


def test_quoted_printable_of_old_calendars_is_read() -> None:
    data = a_calendar(an_event("placeholder")).replace(
        b"SUMMARY:placeholder", b"SUMMARY;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB =3D away"
    )

    assert feed(data).occurrences[0].event.summary == "Zoë = away"


@pytest.mark.parametrize(
    "uid",
    [b"UID:a\0b", b"UID;CHARSET=unicode_escape:a\\ud800\xff", b"UID;ENCODING=QUOTED-PRINTABLE:a=00b"],
    ids=["NUL", "half a surrogate pair", "quoted NUL"],
)
def test_what_no_database_can_keep_is_replaced(uid: bytes) -> None:
    data = a_calendar(an_event("x", uid="a")).replace(b"UID:a", uid)

    [found] = read_feed(data, FIRST, END, to_keep=True).occurrences

    assert "\N{REPLACEMENT CHARACTER}" in found.event.uid
    assert not re.search("[\0\ud800-\udfff]", found.event.uid)


def test_a_fold_inside_a_character_is_undone_before_decoding() -> None:
    data = a_calendar(an_event("Zoë")).replace("ë".encode(), b"\xc3\r\n \xab")

    assert feed(data).occurrences[0].event.summary == "Zoë"


def _zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("ann.ics", a_calendar(an_event("x")))
    return content.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"<!DOCTYPE html><html>Sign in</html>", "web page"),
        (b'{"error": "not found"}', "JSON"),
        (b"N/A", "not a calendar"),
        (b"BEGIN:VCARD\r\nFN:Ann\r\nEND:VCARD\r\n", "not a calendar"),
        (_zipped(), "unzip"),
        (gzip.compress(b"x"), "gzip"),
        (b"%PDF-1.7", "PDF"),
        (b"BEGIN:VEVENT\r\nSUMMARY:no start\r\nEND:VEVENT\r\n", "not a calendar"),
        (a_calendar(an_event("x")).replace(b"END:VCALENDAR\r\n", b""), "cut off"),
        (a_calendar(an_event("x"))[:-40], "cut off"),
        (a_calendar(an_event("x")).replace(b"END:VCALENDAR\r\n", b"") + a_calendar(an_event("y")), "cut off"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 20_000, "components in each other"),
        (b"x" * (MOST_BYTES + 1), "larger than 10 MB"),
        (a_calendar(*["UID:1\nDTSTART:20260302"] * (MOST_EVENTS + 1)), "more than 20,000 events"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_whole_calendar_is_refused_with_advice(data: bytes, says: str) -> None:
    with pytest.raises(NotACalendar, match=says):
        feed(data)


def test_an_event_outside_any_calendar_is_read() -> None:
    assert spans(f"BEGIN:VEVENT\n{an_event('x')}\nEND:VEVENT\n".encode()) == [("2026-03-02", "2026-03-05")]


def test_deep_nesting_costs_nothing() -> None:
    nested = b"BEGIN:X-A\r\n" * 2000 + b"END:X-A\r\n" * 2000

    assert spans(a_calendar(an_event("x")).replace(b"BEGIN:VEVENT", nested + b"BEGIN:VEVENT")) == [
        ("2026-03-02", "2026-03-05")
    ]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("FREQ=SECONDLY", "secondly"),
        ("FREQ=MINUTELY;INTERVAL=15", "minutely"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL"),
        ("FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4", "more often than every hour"),
        ("freq=secondly", "secondly"),
    ],
)
def test_a_series_that_never_ends_is_refused_and_the_others_stand(rule: str, says: str) -> None:
    endless = f"UID:e\nDTSTART:20260302T090000Z\nRRULE:{rule}\nSUMMARY:x"

    read = feed(a_calendar(endless, an_event("Ann Lee - leave", uid="good")))

    assert [one.event.uid for one in read.occurrences] == ["good"]
    assert says in read.capped[0]


def test_a_series_counts_up_to_its_cap() -> None:
    read = feed(a_calendar("UID:h\nDTSTART:20260101T000000Z\nRRULE:FREQ=HOURLY\nSUMMARY:x"))

    assert len(read.occurrences) == MOST_OCCURRENCES_OF_A_SERIES
    assert "8,760 times" in read.capped[0]


def test_the_start_of_a_counted_series_is_its_first_occurrence() -> None:
    event = "UID:c\nDTSTART;VALUE=DATE:20260301\nRRULE:FREQ=YEARLY;COUNT=1;BYMONTH=11;BYDAY=4SU\nSUMMARY:x"

    assert spans(a_calendar(event)) == [("2026-03-01", "2026-03-02")]


def test_a_moved_day_of_a_series_stands_where_it_was_moved_to() -> None:
    series = an_event("off", "20260306", "20260307", more="RRULE:FREQ=WEEKLY;COUNT=3")
    moved = an_event("off", "20260312", "20260313", more="RECURRENCE-ID;VALUE=DATE:20260313")

    assert [start for start, _ in spans(a_calendar(series, moved))] == ["2026-03-06", "2026-03-12", "2026-03-20"]


def test_a_newer_version_replaces_an_older_one() -> None:
    old = an_event("Ann Lee - leave", more="SEQUENCE:1")
    new = an_event("Ann Lee - leave", "20260309", "20260312", more="SEQUENCE:2")

    assert spans(a_calendar(new, old)) == [("2026-03-09", "2026-03-12")]


def test_without_a_sequence_the_later_stamp_is_the_newer_version() -> None:
    old = an_event("Ann Lee - leave", more="DTSTAMP:20260201T090000Z")
    new = an_event("Ann Lee - leave", "20260309", "20260312", more="DTSTAMP:20260210T090000Z")

    assert spans(a_calendar(new, old)) == [("2026-03-09", "2026-03-12")]


def test_one_uid_for_every_event_hides_nobodys_leave() -> None:
    events = [
        an_event(f"{who} - leave", f"2026030{day}", f"2026030{day + 1}", more=f"DTSTAMP:20260105T09000{day}Z")
        for who, day in (("Ann Lee", 2), ("Bo Chen", 4), ("Ann Lee", 6))
    ]

    read = feed(a_calendar(*events))

    assert [str(one.start) for one in read.occurrences] == ["2026-03-02", "2026-03-04", "2026-03-06"]
    assert "same UID" in read.warnings[0]


def test_events_without_a_uid_stand_each_for_itself() -> None:
    events = ["DTSTART;VALUE=DATE:20260302\nSUMMARY:a", "DTSTART;VALUE=DATE:20260304\nSUMMARY:b"]

    read = feed(a_calendar(*events))

    assert [one.event.uid for one in read.occurrences] == ["", ""]
    assert len({one.event.key for one in read.occurrences}) == 2


def test_a_calendars_own_zone_is_that_of_its_floating_times() -> None:
    event = an_event("x", "20260302T090000", "20260302T100000")

    assert spans(a_calendar(event, head="X-WR-TIMEZONE:Asia/Tokyo")) == [
        ("2026-03-02 00:00:00+00:00", "2026-03-02 01:00:00+00:00")
    ]
    assert spans(a_calendar(event)) == [("2026-03-02 09:00:00", "2026-03-02 10:00:00")]


def test_a_time_as_scripts_write_it_is_understood() -> None:
    event = "UID:s\nDTSTART:2026-03-02T09:00:00.000Z\nDTEND:2026-03-02T10:00Z\nSUMMARY:x"

    assert feed(a_calendar(event)).occurrences[0].start == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_cancelled_and_zero_length_events_are_among_the_raw_ones() -> None:
    cancelled = an_event("x", uid="c", more="STATUS:CANCELLED")
    empty = an_event("y", "20260302", "20260302", uid="z")

    assert {one.event.uid for one in feed(a_calendar(cancelled, empty)).occurrences} == {"c", "z"}
