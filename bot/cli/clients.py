"""`podline import clients FILE.csv`: clients out of a spreadsheet."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.cli.errors import FAILED, fail, say

if TYPE_CHECKING:
    from commands.clients_file import ClientsFile
    from commands.import_clients import ImportedClients
    from commands.roster_checks import Problem
    from commands.roster_merge import Change

_SHOWN = 50
"""Of mistakes, warnings and changes each; the rest is counted. With --json there is all of it."""


def import_clients(
    file: Annotated[Path, typer.Argument(help="CSV; docs/import-clients.md has its columns.", metavar="FILE.csv")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Lay a CSV file of clients over those stored, by name, all of it or nothing, and say what changes."""
    from bot.cli.database import configured_uow
    from bot.cli.progress import progress_bar
    from bot.clock import SystemClock
    from bot.roster.clients_table import clients_file
    from commands import import_clients as clients
    from commands.roster_checks import RosterRefused

    table = clients_file(_bytes_of(file), str(file))
    try:
        with configured_uow() as new_uow, progress_bar("Storing clients") as told:
            done = clients.import_clients(table, new_uow, dry_run=dry_run, told=told, now=SystemClock().now())
    except RosterRefused as refused:
        _refuse(file, table, refused.problems, as_json=as_json)
    if as_json:
        print(_as_json(table, done, dry_run))
        return
    say(f"{file}: read as {table.read_as}.")
    for line in _cut([*table.remarks, *done.warnings], "warning"):
        say(line)
    print("\n".join(_in_words(done, dry_run)))


def _bytes_of(file: Path) -> bytes:
    from bot.roster.document import LARGEST_BYTES

    with file.open("rb") as content:
        data = content.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        fail(f"{file} is larger than {LARGEST_BYTES // 1_000_000} MB. Import it in parts, each with the first line.")
    return data


def _refuse(file: Path, table: "ClientsFile", problems: Sequence["Problem"], *, as_json: bool) -> NoReturn:
    if as_json:
        said = [
            {"line": table.line_of(one), "column": "".join(map(str, one.path[2:3])) or None, "says": one.says}
            for one in problems
        ]
        print(json.dumps({"problems": said}, ensure_ascii=False))
    for line in _cut([f"{file}, {table.sentence(one)}" for one in problems], "mistake"):
        say(line)
    say(f"Nothing was changed: {file} has {_counted(len(problems), 'mistake')}.")
    raise typer.Exit(FAILED)


def _in_words(done: "ImportedClients", dry_run: bool) -> Iterable[str]:
    from commands.roster_merge import Happened

    yield from _cut([_change(one) for one in done.changes], "change")
    counts = ", ".join(
        f"{number} {'would be ' if dry_run else ''}{what}"
        for what, number in (
            ("added", done.how_many(Happened.ADDED)),
            ("changed", done.how_many(Happened.CHANGED)),
        )
    )
    yield f"Clients: {counts}, {done.unchanged} as they were."


def _change(change: "Change") -> str:
    details = f": {'; '.join(change.details)}" if change.details else ""
    return f"{change.happened} {change.kind} {change.name}{details}"


def _as_json(table: "ClientsFile", done: "ImportedClients", dry_run: bool) -> str:
    changes = [{"change": one.happened.value, "name": one.name, "details": list(one.details)} for one in done.changes]
    return json.dumps(
        {
            "dry_run": dry_run,
            "read_as": table.read_as,
            "changes": changes,
            "unchanged": done.unchanged,
            "warnings": [*table.remarks, *done.warnings],
        },
        ensure_ascii=False,
    )


def _cut(lines: Sequence[str], what: str) -> Iterable[str]:
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"... and {len(lines) - _SHOWN:,} more {what}s."


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
