"""From a CSV file of clients to a line for each, or to what is wrong with it, cell by cell."""

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from bot.roster import values
from bot.roster.csv_text import (
    SEPARATORS,
    Decoded,
    Row,
    column_named,
    decoded,
    rows_of,
    separator_of,
    without_separator_line,
)
from bot.roster.document import NotReadable
from commands.clients_file import ClientsFile
from commands.roster_checks import Problem
from commands.roster_lines import UNSAID, ClientLine, Unsaid, same_name
from coverage.clients import Knowledge

COLUMNS = ("name", "pod", "named_contact", "domains", "aliases", "channels", "knows")
_EXAMPLE = ",".join(COLUMNS)
_IN_A_LIST = ";"


def clients_file(data: bytes, name: str) -> ClientsFile:
    """The file's clients; ``name`` is what it is called. Raises NotReadable where it cannot be read at all."""
    read = decoded(data, name)
    text, separator, skipped = without_separator_line(read.text)
    separator = separator or separator_of(text, COLUMNS)
    rows = rows_of(text, separator)
    columns = _columns(next(rows, None), name)
    table = _Table(columns, skipped)
    for row in rows:
        table.add(row)
    if not table.lines and not table.mistakes:
        raise NotReadable(f"{name} has no clients: below the first line it is empty.")
    return ClientsFile(
        name=name,
        lines=tuple(table.lines),
        numbers=tuple(table.numbers),
        columns=tuple(column for column in columns if column),
        mistakes=tuple(table.mistakes),
        read_as=f"{read.encoding}, separated by {SEPARATORS[separator]}",
        remarks=tuple(_remarks(read, table.lines)),
    )


def _columns(row: Row | None, name: str) -> tuple[str, ...]:
    """The columns in their order; one without a name must be empty. Raises NotReadable."""
    if row is None or row.mistake:
        raise NotReadable(f"{name} has no first line that names its columns. It can be: {_EXAMPLE}")
    columns = tuple(column_named(cell) for cell in row.cells)
    if not set(columns) & set(COLUMNS):
        raise NotReadable(f"{name}, line {row.line}: the first line must name the columns. It can be: {_EXAMPLE}")
    for column, cell in zip(columns, row.cells, strict=True):
        if column and column not in COLUMNS:
            near = get_close_matches(column, COLUMNS, n=1)
            hint = f'Did you mean "{near[0]}"?' if near else f"There can be: {', '.join(COLUMNS)}."
            raise NotReadable(f'{name}, line {row.line}: there is no column "{cell}". {hint}')
        if column and columns.count(column) > 1:
            raise NotReadable(f'{name}, line {row.line}: the column "{column}" is there twice. Take one out.')
    if "name" not in columns:
        raise NotReadable(f'{name}, line {row.line}: the column "name" is missing; clients are known by it.')
    return columns


class _Table:
    """Takes row after row, and goes on after one that is wrong."""

    def __init__(self, columns: Sequence[str], skipped: int) -> None:
        self.lines: list[ClientLine] = []
        self.numbers: list[int] = []
        self.mistakes: list[Problem] = []
        self._columns = columns
        self._skipped = skipped
        self._seen: dict[str, int] = {}

    def add(self, row: Row) -> None:
        self.numbers.append(row.line + self._skipped)
        mistake = row.mistake or self._wrong_length(row)
        if mistake:
            self._say(None, mistake)
            self.lines.append(ClientLine(""))
        else:
            self.lines.append(self._line(dict(zip(self._columns, row.cells, strict=False))))

    def _wrong_length(self, row: Row) -> str:
        there, wanted = len(row.cells), len(self._columns)
        if there < wanted:
            return f"It has {_counted(there, 'cell')} and the first line has {wanted}."
        too_many = any(row.cells[wanted:]) or any(
            cell for cell, column in zip(row.cells, self._columns, strict=False) if not column
        )
        if too_many:
            return (
                f"It has {_counted(there, 'cell')} and the first line names {sum(map(bool, self._columns))}: "
                "a cell that holds the separator must stand in quotation marks."
            )
        return ""

    def _line(self, cells: dict[str, str]) -> ClientLine:
        name = self._read("name", values.text, cells["name"], "")
        self._check_once(name)
        return ClientLine(
            name=name,
            pod=self._optional(cells, "pod", values.text, UNSAID),
            named_contact=self._optional(cells, "named_contact", _person, None),
            domains=self._several(cells, "domains", values.domain),
            aliases=self._several(cells, "aliases", values.text),
            channels=self._several(cells, "channels", values.channel),
            knows=self._knows(cells),
        )

    def _check_once(self, name: str) -> None:
        number = self.numbers[-1]
        earlier = self._seen.setdefault(same_name(name), number)
        if name and earlier != number:
            self._say("name", f'"{name}" is in line {earlier} already. Join the two.')

    def _optional(self, cells: dict[str, str], column: str, read: Callable[[str], Any], empty: Any) -> Any:
        """A column that is not there says nothing; an empty cell of one that is there says ``empty``."""
        if column not in cells:
            return UNSAID
        return self._read(column, read, cells[column], UNSAID) if cells[column] else empty

    def _several(self, cells: dict[str, str], column: str, read: Callable[[str], Any]) -> tuple[Any, ...] | Unsaid:
        if column not in cells:
            return UNSAID
        found = [self._read(column, read, part, None) for part in _parts(cells[column])]
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def _knows(self, cells: dict[str, str]) -> dict[str, Knowledge] | Unsaid:
        if "knows" not in cells:
            return UNSAID
        found: dict[str, Knowledge] = {}
        for part in _parts(cells["knows"]):
            person, how = self._read("knows", _acquaintance, part, (None, Knowledge.KNOWS))
            if person is not None and found.setdefault(person, how) is not how:
                self._say("knows", f"{person} is there twice, once as knows and once as learning.")
        return found

    def _read(self, column: str, read: Callable[[str], Any], cell: str, otherwise: Any) -> Any:
        try:
            if "\n" in cell or "\r" in cell:
                raise ValueError("a cell goes over several lines: is a quotation mark missing that closes it?")
            return read(cell)
        except ValueError as wrong:
            says = str(wrong)
            self._say(column, f"{says[:1].upper()}{says[1:]}{'' if says.endswith(('.', '?')) else '.'}")
            return otherwise

    def _say(self, column: str | None, says: str) -> None:
        path: tuple[str | int, ...] = ("clients", len(self.numbers) - 1)
        self.mistakes.append(Problem((*path, column) if column else path, says))


def _parts(cell: str) -> Iterator[str]:
    return (part for part in (each.strip() for each in cell.split(_IN_A_LIST)) if part)


def _person(said: str) -> str:
    """An address; a name is left as it is for whoever knows the people."""
    return values.email(said) if "@" in said else values.text(said)


def _acquaintance(said: str) -> tuple[str, Knowledge]:
    """``bob@firm.example`` knows the client, ``bob@firm.example:learning`` is getting to know them."""
    person, _, how = said.partition(":")
    allowed = [one.value for one in Knowledge]
    level = how.strip().casefold() or Knowledge.KNOWS.value
    if level not in allowed:
        raise ValueError(f'"{how.strip()}" is not how somebody can know a client: write {" or ".join(allowed)}')
    return _person(person.strip()), Knowledge(level)


def _remarks(read: Decoded, lines: Sequence[ClientLine]) -> Iterator[str]:
    if not read.is_guessed:
        return
    names = [name for line in lines for name in (line.name, *(line.aliases if isinstance(line.aliases, tuple) else ()))]
    accented = next((name for name in names if not name.isascii()), None)
    such = f" such as “{accented}”" if accented else ""
    how = f"It is not in UTF-8 and was read as {read.encoding}"
    yield f"{how}: look at names{such}. If they are wrong, save it as UTF-8."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
