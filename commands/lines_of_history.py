"""A long history on little room: so many lines at once, and several of them in one paragraph."""

from collections.abc import Sequence
from typing import TypeVar

from commands.views import Quote, Segment, Text, When, plain_text

AT_ONCE = 200
"""Lines of a page: with the longest text of a question they fit a window."""
_TOGETHER, _LENGTH, _LONG = 10, 2_800, 400

Row = TypeVar("Row")


def newest(rows: Sequence[Row], page: int, at_once: int | None) -> tuple[Sequence[Row], int]:
    """The rows of a page, oldest first, and how many are older; page 1 ends with the newest. Beyond the last page there
    is the last one."""
    if at_once is None or len(rows) <= at_once:
        return rows, 0
    end = max(len(rows) - at_once * (page - 1), min(at_once, len(rows)))
    return rows[max(0, end - at_once) : end], max(0, end - at_once)


def paragraphs(lines: Sequence[Text]) -> list[Text]:
    """The lines in as few paragraphs as show each of them whole; a very long one stands alone."""
    found: list[list[Segment]] = []
    count = length = 0
    for line in lines:
        size = _size(line)
        if found and size <= _LONG and count < _TOGETHER and length + size <= _LENGTH:
            found[-1] += ["\n", *line]
            count, length = count + 1, length + size
        else:
            found.append(list(_whole(line) if size > _LONG else line))
            count, length = (1, size) if size <= _LONG else (_TOGETHER, size)
    return [tuple(paragraph) for paragraph in found]


def _size(line: Text) -> int:
    """How long it may become when it is drawn: an instant or one of & < > takes more than its own length."""
    instants = sum(isinstance(segment, When) for segment in line)
    plain = plain_text(line)
    return len(plain) + _INSTANT * instants + _ESCAPED * sum(map(plain.count, "&<>"))


_INSTANT, _ESCAPED = 50, 4


def _whole(line: Text) -> Text:
    """What somebody said at length, as a quotation: that is cut nowhere."""
    *rest, last = line
    if not isinstance(last, str):
        return line
    what, colon, said = last.partition(": ")
    return (*rest, f"{what}{colon.rstrip()}", Quote(said)) if said else line
