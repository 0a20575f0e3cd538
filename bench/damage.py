"""Real calendars damaged in every way feeds are: bytes, lines, properties of another file, endless rules, encodings."""

from collections.abc import Callable, Sequence
from pathlib import Path

Pick = Callable[[int], int]
"""A whole number from 0 to below the one given: of a test's own choice, or by dice."""
Damage = Callable[[bytes, Pick, Sequence[bytes]], bytes]
"""What is left of a file after one accident; the other files are there to take something from."""


def calendars_in(corpus: Path) -> list[bytes]:
    """All real calendars, in an order that is always the same."""
    return [path.read_bytes() for path in sorted((corpus / "files").rglob("*")) if path.is_file()]


def damaged(data: bytes, kinds: Sequence[Damage], pick: Pick, others: Sequence[bytes]) -> bytes:
    """The file after one to four accidents of these ``kinds``."""
    for _ in range(1 + pick(4)):
        data = kinds[pick(len(kinds))](data, pick, others)
    return data


def flipped(data: bytes, pick: Pick, others: Sequence[bytes]) -> bytes:
    """Single bits are wrong."""
    octets = bytearray(data)
    for _ in range(1 + pick(12)):
        if octets:
            octets[pick(len(octets))] ^= 1 << pick(8)
    return bytes(octets)


def cut_off(data: bytes, pick: Pick, others: Sequence[bytes]) -> bytes:
    """A download that ended too early, or began too late."""
    at = pick(len(data) + 1)
    return data[:at] if pick(3) else data[at:]


def overwritten(data: bytes, pick: Pick, others: Sequence[bytes]) -> bytes:
    at, length = pick(len(data) + 1), pick(40)
    return data[:at] + SCRAPS[pick(len(SCRAPS))] + data[at + length :]


def spliced(data: bytes, pick: Pick, others: Sequence[bytes]) -> bytes:
    """The beginning of this file and the end of another, from anywhere."""
    other = others[pick(len(others))]
    return data[: pick(len(data) + 1)] + other[pick(len(other) + 1) :]


def line_dropped(data: bytes, pick: Pick, others: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        at = pick(len(lines))
        del lines[at : at + 1 + pick(3)]
    return b"".join(lines)


def line_repeated(data: bytes, pick: Pick, others: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        at = pick(len(lines))
        lines[at:at] = lines[at : at + 1 + pick(30)] * (1 + pick(3))
    return b"".join(lines)


def line_moved(data: bytes, pick: Pick, others: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        moved = lines.pop(pick(len(lines)))
        lines.insert(pick(len(lines) + 1), moved)
    return b"".join(lines)


def property_of_another(data: bytes, pick: Pick, others: Sequence[bytes]) -> bytes:
    """A line of another file takes the place of one with the same name here, or comes in somewhere."""
    lines, theirs = data.splitlines(keepends=True), others[pick(len(others))].splitlines(keepends=True)
    if not lines or not theirs:
        return data
    line = theirs[pick(len(theirs))]
    same = [at for at, own in enumerate(lines) if _name(own) == _name(line)]
    if same:
        lines[same[pick(len(same))]] = line
    else:
        lines.insert(pick(len(lines) + 1), line)
    return b"".join(lines)


def odd_value(data: bytes, pick: Pick, others: Sequence[bytes]) -> bytes:
    """A property with a value that producers really write, or that nobody should: endless rules, odd zones and days."""
    line = ODD_LINES[pick(len(ODD_LINES))].encode()
    lines = data.splitlines(keepends=True)
    same = [at for at, own in enumerate(lines) if _name(own) == _name(line)]
    events = [at for at, own in enumerate(lines) if own.strip().upper() == b"BEGIN:VEVENT"]
    if same and pick(2):
        lines[same[pick(len(same))]] = line + b"\r\n"
    elif events:
        lines.insert(events[pick(len(events))] + 1, line + b"\r\n")
    return b"".join(lines)


def reencoded(data: bytes, pick: Pick, others: Sequence[bytes]) -> bytes:
    text = data.decode("utf-8", "replace")
    match pick(8):
        case 0:
            return text.encode("utf-16", "replace")
        case 1:
            return text.encode("utf-16-be", "replace")
        case 2:
            return text.encode("cp1252", "replace")
        case 3:
            return text.encode("utf-8-sig", "replace")
        case 4:
            return data.decode("cp1252", "replace").encode()
        case 5:
            return data.replace(b"\r\n", b"\r").replace(b"\n", b"\r")
        case 6:
            return data.replace(b"\r\n", b"\r\r\n")
        case _:
            return data.replace(b"\n", b"\n ", 1 + pick(20))


def _name(line: bytes) -> bytes:
    return line.partition(b":")[0].partition(b";")[0].strip().upper()


KINDS: dict[str, tuple[Damage, ...]] = {
    "bytes": (flipped, cut_off, overwritten, spliced),
    "lines": (line_dropped, line_repeated, line_moved, cut_off),
    "exchanged": (property_of_another, property_of_another, line_dropped, odd_value),
    "rules, zones and encodings": (odd_value, odd_value, reencoded, property_of_another),
}
EVERY_KIND = tuple(dict.fromkeys(kind for kinds in KINDS.values() for kind in kinds))

SCRAPS = (
    b"", b"\n", b"\r\n ", b":", b";", b",", b"\x00", b"\xff\xfe", b"99999999", b"-1", b"0", b"T", b"Z", b'"', b"\\",
    b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n", b"<html>", b"PK\x03\x04",
    "ü½🌴".encode(), b"\xed\xa0\x80", b";TZID=", b";VALUE=DATE", b"\t", b"=0D=0A", b"\\n",
)  # fmt: skip
ODD_LINES = (
    "RRULE:FREQ=DAILY;COUNT=999999999",
    "RRULE:FREQ=DAILY;INTERVAL=999999999999",
    "RRULE:FREQ=YEARLY;INTERVAL=0",
    "RRULE:FREQ=SECONDLY",
    "RRULE:FREQ=MINUTELY;COUNT=100000",
    "RRULE:FREQ=HOURLY;UNTIL=99991231T235959Z",
    "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;COUNT=100000",
    "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
    "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=53MO;BYSETPOS=-366",
    "RRULE:FREQ=DAILY;UNTIL=19700101",
    "RRULE:FREQ=DAILY;COUNT=-1",
    "RRULE:FREQ=NEVER",
    "RRULE:",
    "EXRULE:FREQ=DAILY",
    "RDATE;VALUE=PERIOD:20260101T000000Z/P99999D",
    "RDATE:" + ",".join(["20260302"] * 500),
    "EXDATE;VALUE=DATE:" + ",".join(f"2026{month:02}01" for month in range(1, 13)),
    "EXDATE:nonsense",
    "RECURRENCE-ID:99991231T000000Z",
    "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20260302",
    "DTSTART;TZID=W. Europe Standard Time:20260302T090000",
    "DTSTART;TZID=Mars/Olympus:20260302T090000",
    'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin":20260302T090000',
    "DTSTART;TZID=../../../etc/passwd:20260302T090000",
    "DTSTART;TZID=:20260302T090000",
    "DTSTART;VALUE=DATE;TZID=Asia/Tokyo:20260302",
    "DTSTART:00010101T000000Z",
    "DTSTART:99991231T235959Z",
    "DTSTART;VALUE=DATE:20260229",
    "DTSTART:20260302T250000",
    "DTEND;VALUE=DATE:99991231",
    "DTEND:19000101T000000Z",
    "DURATION:P99999999D",
    "DURATION:-P1D",
    "DURATION:PT",
    "TZOFFSETTO:+9900",
    "TZOFFSETFROM:",
    "X-WR-TIMEZONE:Nowhere/At_All",
    "TZID:Europe/London",
    "UID:",
    "UID:the-same-for-all",
    "SEQUENCE:99999999999999999999",
    "SEQUENCE:-1",
    "STATUS:CANCELLED",
    "STATUS:TENTATIVE",
    "TRANSP:TRANSPARENT",
    "CLASS:PRIVATE",
    "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
    "SUMMARY:Ann Lee - Annual leave",
    "SUMMARY:Ann Lee - sick",
    "SUMMARY:" + "long " * 5_000,
    "SUMMARY;ENCODING=QUOTED-PRINTABLE:=41=6E=6E=",
    "ATTENDEE;CN=Ann Lee;PARTSTAT=ACCEPTED:mailto:ann@firm.example",
    "DTSTAMP:nothing",
    "REFRESH-INTERVAL;VALUE=DURATION:P999999W",
    "METHOD:CANCEL",
)  # fmt: skip
