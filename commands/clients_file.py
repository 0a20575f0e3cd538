"""A file of clients as it was read: a line for each of its lines, and what is wrong with their form."""

from collections.abc import Iterable
from dataclasses import dataclass

from commands.roster_checks import Problem
from commands.roster_lines import ClientLine


@dataclass(frozen=True, slots=True)
class ClientsFile:
    """``lines`` are its clients and ``numbers`` in which line of the file each begins (from 1).

    ``mistakes`` are of form and stand at ``("clients", place in lines, column)``; a line with one has what else
    it says. ``columns`` are those it has, ``read_as`` says how it was written (``UTF-8, separated by commas``) and
    ``remarks`` what whoever made it should look at.
    """

    name: str
    lines: tuple[ClientLine, ...]
    numbers: tuple[int, ...]
    columns: tuple[str, ...]
    mistakes: tuple[Problem, ...]
    read_as: str
    remarks: tuple[str, ...] = ()

    def sentence(self, problem: Problem) -> str:
        """``line 12, pod: There is no pod "Nort". Did you mean "North"?``"""
        number, column = self.line_of(problem), "".join(str(part) for part in problem.path[2:3])
        where = ", ".join(part for part in (f"line {number}" if number else "", column) if part)
        return f"{where}: {problem.says}" if where else problem.says

    def in_order(self, problems: Iterable[Problem]) -> list[Problem]:
        """As they stand in the file, each once."""
        return sorted(dict.fromkeys(problems), key=lambda one: self.line_of(one) or 0)

    def line_of(self, problem: Problem) -> int | None:
        """In which line of the file it is."""
        _, place = (*problem.path, None, None)[:2]
        return self.numbers[place] if isinstance(place, int) else None
