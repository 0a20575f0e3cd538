"""`podline migrate`: bring the database to the schema of this version."""

import json
from typing import Annotated

import typer


def migrate(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Make or migrate the database. A SQLite file is copied first; on PostgreSQL the bot may go on meanwhile."""
    from bot.cli.database import configured_engine
    from bot.database import migrated, name_of, schema_of
    from storage.migrate import SchemaState

    with configured_engine(must_be_current=False) as engine:
        before = schema_of(engine)
        copy = migrated(engine)
        name = name_of(engine)
    if as_json:
        print(json.dumps({"database": name, "before": before.value, "copy": str(copy) if copy else None}))
    elif before is SchemaState.CURRENT:
        print(f"{name} is up to date already.")
    elif before is SchemaState.EMPTY:
        print(f"{name} is ready. Next: podline import roster FILE.")
    else:
        print(f"{name} is up to date now." + (f" The copy from before is {copy}." if copy else ""))
