"""`podline import roster FILE` and `podline export roster`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.clients import import_clients
from bot.cli.errors import fail, say
from bot.cli.nearest import Group

if TYPE_CHECKING:
    from commands.roster import Imported

importing = typer.Typer(
    cls=Group, help="Take in a file: a roster, or clients out of a spreadsheet.", no_args_is_help=True
)
exporting = typer.Typer(cls=Group, help="Write out what is stored: the roster.", no_args_is_help=True)


@importing.command("roster")
def import_roster(
    file: Annotated[Path, typer.Argument(help="YAML or JSON; docs/roster.md has its form.", metavar="FILE")],
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete people, pods and clients that are missing from the file's sections.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Lay a roster file over what is stored, all of it or nothing, and say what changes."""
    from bot.cli.database import configured_uow
    from bot.clock import SystemClock
    from bot.roster.document import open_document
    from bot.roster.reading import roster_of
    from commands import roster
    from commands.roster_checks import RosterRefused

    document = open_document(file)
    try:
        lines = roster_of(document)
        with configured_uow(may_make=not dry_run) as new_uow:
            done = roster.import_roster(lines, new_uow, prune=prune, dry_run=dry_run, now=SystemClock().now())
    except RosterRefused as refused:
        for problem in refused.problems:
            say(f"{file}: {document.sentence(problem)}")
        fail(f"Nothing was changed: {file} has {_counted(len(refused.problems), 'mistake')}.")
    print(_as_json(done, dry_run) if as_json else _in_words(done, dry_run))
    for warning in () if as_json else done.warnings:
        say(warning)


importing.command("clients")(import_clients)


@exporting.command("roster")
def export_roster(
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of YAML; both can be imported.")] = False,
) -> None:
    """Print the roster as it is stored; importing it again changes nothing."""
    from bot.cli.database import configured_uow
    from bot.roster.writing import as_values, as_yaml
    from commands import export_roster

    with configured_uow() as new_uow:
        stored = export_roster.export_roster(new_uow)
    print(json.dumps(as_values(stored), indent=2, ensure_ascii=False) if as_json else as_yaml(stored).rstrip("\n"))


def _in_words(done: "Imported", dry_run: bool) -> str:
    lines = []
    for change in done.changes:
        details = f": {'; '.join(change.details)}" if change.details else ""
        lines.append(f"{change.happened} {change.kind} {change.name}".rstrip() + details)
    if not lines:
        return "Nothing to change: all of the file is stored already."
    return "\n".join([*lines, _counted(len(lines), "change") + (" would be made." if dry_run else ".")])


def _as_json(done: "Imported", dry_run: bool) -> str:
    changes = [
        {"change": one.happened.value, "kind": one.kind, "name": one.name, "details": list(one.details)}
        for one in done.changes
    ]
    return json.dumps({"dry_run": dry_run, "changes": changes, "warnings": list(done.warnings)})


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
