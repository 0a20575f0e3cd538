"""A CSV file as spreadsheets write it: its text in whichever encoding, its separator, its rows with their lines."""

import csv
import io
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.roster.document import NotReadable

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_MADE_BY_EXCEL = {
    b"PK\x03\x04": "an Excel workbook or another packed file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
}
_AS_CSV = "In the spreadsheet: save as, CSV UTF-8."


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row that begins in ``line`` of the file (from 1); ``mistake`` says why there are none."""

    line: int
    cells: tuple[str, ...]
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class Decoded:
    """``is_guessed``: the file does not say in which encoding it is, and not UTF-8 is what we took it for."""

    text: str
    encoding: str
    is_guessed: bool = False


def decoded(data: bytes, name: str) -> Decoded:
    """The text of a file, letters with accents in one form however they were put together. Raises NotReadable."""
    read = _decoded(data, name)
    if "\0" in read.text:
        raise NotReadable(f"{name} is no text. {_AS_CSV}")
    return Decoded(unicodedata.normalize("NFC", read.text), read.encoding, read.is_guessed)


def _decoded(data: bytes, name: str) -> Decoded:
    for beginning, what in _MADE_BY_EXCEL.items():
        if data.startswith(beginning):
            raise NotReadable(f"{name} is {what}, not a CSV file. {_AS_CSV}")
    for mark, codec, words in (
        (BOM_UTF8, "utf-8-sig", "UTF-8"),
        (BOM_UTF16_LE, "utf-16", "UTF-16"),
        (BOM_UTF16_BE, "utf-16", "UTF-16"),
    ):
        if data.startswith(mark):
            return Decoded(_strictly(data, codec, words, name), words)
    first, second = data[:_ENOUGH:2], data[1:_ENOUGH:2]
    if 2 * (first.count(0) + second.count(0)) > len(first):  # every other byte of western text
        big = first.count(0) > second.count(0)
        return Decoded(_strictly(data, "utf-16-be" if big else "utf-16-le", "UTF-16", name), "UTF-16")
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError as broken:
        return Decoded(_of_windows(data, broken, name), "Windows-1252", is_guessed=True)


_ENOUGH = 2_000
"""Bytes that show what a file is."""


def _strictly(data: bytes, codec: str, words: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as broken:
        line = data[: broken.start].decode(codec, errors="replace").count("\n") + 1
        raise NotReadable(f"{name} begins as {words}, and line {line} is none. {_AS_CSV}") from None


def _of_windows(data: bytes, broken: UnicodeDecodeError, name: str) -> str:
    """What Excel writes in the west. Text of it is hardly ever UTF-8 by accident: where there is some, it is UTF-8 with
    a broken line, which must not be read as something else."""
    line = data[: broken.start].count(b"\n") + 1
    if any(sign > "\x7f" and sign != "\ufffd" for sign in data.decode("utf-8", errors="replace")):
        raise NotReadable(f"{name} is in UTF-8, but for line {line}. Mend that line, or save the file as CSV UTF-8.")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise NotReadable(f"{name} is in an encoding that Podline does not know (line {line}). {_AS_CSV}") from None


def separator_of(text: str, columns: Collection[str]) -> str:
    """What stands between the cells of the first row: with it, the most of ``columns`` are found there."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def found(separator: str) -> int:
        cells = next(csv.reader([first], delimiter=separator), [])
        return sum(column_named(cell) in columns for cell in cells)

    return max(SEPARATORS, key=found)


def column_named(cell: str) -> str:
    """``Named Contact`` is named_contact."""
    return "_".join(cell.casefold().replace("-", " ").replace("_", " ").split())


def without_separator_line(text: str) -> tuple[str, str | None, int]:
    """Excel's own first line ``sep=;`` taken off: the text, the separator it names, and how many lines were taken."""
    first, end, rest = text.partition("\n")
    said = first.strip()
    if len(said) == len("sep=;") and said.lower().startswith("sep=") and said[-1] in SEPARATORS and end:
        return rest, said[-1], 1
    return text, None, 0


def rows_of(text: str, separator: str) -> Iterator[Row]:
    """All rows but empty ones; a broken one does not end those after it, unless a quotation mark is never closed."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = tuple(cell.strip() for cell in next(reader))
        except StopIteration:
            return
        except csv.Error as broken:
            yield Row(line, (), _in_words(str(broken)))
        else:
            if any(cells):
                yield Row(line, cells)


def _in_words(broken: str) -> str:
    if "field larger" in broken:
        return "A cell of it is longer than 100,000 characters: is a quotation mark missing that closes it?"
    if "end of data" in broken:
        return "A quotation mark opens a cell and none closes it, up to the end of the file."
    return "After the quotation mark that closes a cell something else follows. In a cell, write it twice."
