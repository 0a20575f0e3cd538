"""From the bytes of a feed to its content lines: archives and pages refused, any encoding, folds undone."""

import re

from coverage.leave.limits import MOST_BYTES

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r*\n|\r")
_FOLD = re.compile(rb"\n[ \t]")
_NOT_KEEPABLE = re.compile("[\0\ud800-\udfff]")
_CHARSET = re.compile(rb"^[^:]*;CHARSET=\"?([A-Za-z0-9_.-]+)", re.IGNORECASE)


class NotACalendar(ValueError):
    """These bytes must not be taken for a calendar; the message says what they are and what to do."""


def content_lines(data: bytes) -> list[str]:
    """The unfolded lines of a calendar. Raises NotACalendar for what is clearly something else.

    Folds may cut a character in two, so lines are joined as bytes and decoded one by one: as UTF-8, else as what
    they say they are (vCalendar's CHARSET), else as Windows-1252, which every byte sequence is.
    """
    if len(data) > MOST_BYTES:
        raise NotACalendar(f"The file is larger than {MOST_BYTES // 1_000_000} MB: export a shorter period.")
    _refuse_other_formats(data)
    octets = _LINE_END.sub(b"\n", _as_single_bytes(data).removeprefix(_BOM))
    return [_decoded(line) for line in _FOLD.sub(b"", octets).split(b"\n")]


def keepable(text: str) -> str:
    """``text`` with the replacement character for what no text in a database may have: NUL, and halves of surrogate
    pairs, which some charsets decode to."""
    return _NOT_KEEPABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _refuse_other_formats(data: bytes) -> None:
    start = data[:512].lstrip(_BOM + b" \t\r\n\x00").lower()
    if not start:
        raise NotACalendar("The file is empty. Download the calendar again.")
    for beginning, advice in _OTHER_FORMATS:
        if start.startswith(beginning):
            raise NotACalendar(advice)


_OTHER_FORMATS = (
    (b"pk\x03\x04", "This is a ZIP archive: unzip it first and import the .ics files in it."),
    (b"\x1f\x8b", "This is a gzip archive: unpack it first and import the .ics file in it."),
    (b"%pdf", "This is a PDF, not a calendar: export the calendar as .ics."),
    (b"<", "This is a web page, not a calendar: the link may have expired. Copy the calendar's address again."),
    (b"{", "This is JSON (often an error message), not a calendar. Copy the calendar's address again."),
    (b"[", "This is JSON (often an error message), not a calendar. Copy the calendar's address again."),
)


def _as_single_bytes(data: bytes) -> bytes:
    """UTF-16 turned into UTF-8; anything else as it is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    if data[1:2] == b"\0" and data[3:4] == b"\0":
        return data.decode("utf-16-le", "replace").encode()
    if data[0:1] == b"\0" and data[2:3] == b"\0":
        return data.decode("utf-16-be", "replace").encode()
    return data


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode(_declared_charset(line), "replace")


def _declared_charset(line: bytes) -> str:
    declared = _CHARSET.match(line)
    if declared is not None:
        try:
            "".encode(name := declared.group(1).decode("ascii"))
        except (LookupError, UnicodeError):
            return "cp1252"
        return "cp1252" if name.lower().replace("_", "-") in ("iso-8859-1", "latin1", "us-ascii", "utf-8") else name
    return "cp1252"
