"""`podline backup` and `podline restore`: copies of the SQLite file."""

from pathlib import Path
from typing import Annotated

import typer


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write the copy.", metavar="FILE")],
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there already.")] = False,
) -> None:
    """Copy the database into FILE, whole, also while `serve` runs. PostgreSQL has its own tool: pg_dump."""
    from bot.cli.database import configured_engine
    from bot.errors import PlainError
    from storage import copies

    if file.exists() and not force:
        raise PlainError(f"{file} is there already. Name another file, or replace it with --force.")
    with configured_engine() as engine:
        try:
            copies.backup(engine, file)
        except copies.CannotCopy as problem:
            raise PlainError(str(problem)) from None
    print(f"The copy is {file}. Put it back with: podline restore {file}")


def restore(
    file: Annotated[Path, typer.Argument(help="A copy made by `podline backup`.", metavar="FILE")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before the database is replaced.")] = False,
) -> None:
    """Make the database what it was when FILE was written. `serve` must not run."""
    from bot.cli.database import configured_engine
    from bot.database import migrated, name_of
    from bot.errors import PlainError
    from storage import copies
    from storage.lock import AlreadyServed, only_server

    with configured_engine(must_be_current=False) as engine:
        try:
            with only_server(engine):
                copies.check_copy(engine, file)
                if not yes:
                    typer.confirm(f"Replace all that is in {name_of(engine)} with {file}?", abort=True)
                copies.restore(engine, file)
                migrated(engine)
        except (copies.CannotCopy, AlreadyServed) as problem:
            raise PlainError(str(problem)) from None
        print(f"{name_of(engine)} is what {file} holds.")
