"""Bringing a database to the present schema, and telling whether it is there."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from storage.copies import backup
from storage.engine import for_writing, sqlite_file

OURS = Path(__file__).parent / "migrations"
"""The migrations of this program. Others only stand in for later ones, in tests."""
_ANY_NUMBER = 7_233_146  # the name of our lock in PostgreSQL's own register of locks


class SchemaState(StrEnum):
    """How a database stands to this program."""

    CURRENT = "current"
    """This program may run on it, also when a newer one has migrated it."""
    OLD = "old"
    TOO_NEW = "too_new"
    EMPTY = "empty"


class SchemaTooNew(Exception):
    """A newer program has changed the database so that this one may not run on it any more."""

    def __init__(self) -> None:
        super().__init__(
            "The database was migrated by a newer Podline that this one cannot work with: install that one."
        )


def state(engine: Engine, migrations: Path = OURS) -> SchemaState:
    """Looks and changes nothing. A SQLite file that does not exist yet is empty, and stays uncreated."""
    file = sqlite_file(engine)
    if file is not None and not file.exists():
        return SchemaState.EMPTY
    with engine.connect() as connection:
        return _state(connection, migrations)


def upgrade(engine: Engine, migrations: Path = OURS) -> Path | None:
    """Migrate to the newest schema that this program knows; does nothing where that is reached.

    All in one transaction; of two programs that migrate at once, the second waits and finds it done. An existing
    SQLite file is copied first, beside itself.

    Returns:
        The copy, None where none was needed.

    Raises:
        SchemaTooNew: a newer program has been here.
    """
    before = state(engine, migrations)
    copy = _copied(engine, migrations) if before is SchemaState.OLD else None
    with for_writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ANY_NUMBER})
        match _state(connection, migrations):
            case SchemaState.TOO_NEW:
                raise SchemaTooNew
            case SchemaState.EMPTY | SchemaState.OLD:
                command.upgrade(_config(connection, migrations), "head")
            case SchemaState.CURRENT:
                pass
    return copy


def _state(connection: Connection, migrations: Path) -> SchemaState:
    if not inspect(connection).has_table("compatibility"):
        return SchemaState.EMPTY
    scripts = ScriptDirectory.from_config(_config(connection, migrations))
    known = {script.revision for script in scripts.walk_revisions()}
    oldest_code = connection.scalar(text("SELECT oldest_code FROM compatibility"))
    if oldest_code not in known:
        return SchemaState.TOO_NEW
    revision = MigrationContext.configure(connection).get_current_revision()
    is_behind = revision in known and revision != scripts.get_current_head()
    return SchemaState.OLD if is_behind else SchemaState.CURRENT


def _copied(engine: Engine, migrations: Path) -> Path | None:
    """A copy of the SQLite file as it was before the migration it is named after."""
    file = sqlite_file(engine)
    if file is None:
        return None
    with engine.connect() as connection:
        newest = ScriptDirectory.from_config(_config(connection, migrations)).get_current_head()
    copy = file.with_name(f"{file.name}.before-{newest}")
    backup(engine, copy)
    return copy


def _config(connection: Connection, migrations: Path) -> Config:
    """Alembic's settings without a file, so that they work from an installed package too."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
