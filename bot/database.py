"""Opening the configured database, and whether this program may run on it: errors say what to do."""

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.config import Settings
from bot.errors import PlainError
from bot.redaction import Redaction
from storage.engine import CannotOpenDatabase, DatabaseBusy, open_engine, sqlite_file
from storage.migrate import SchemaState, SchemaTooNew, state, upgrade
from storage.sealing import Sealing
from storage.unit_of_work import UnitsOfWork

MIGRATE = "Run `podline migrate`."


def open_database(settings: Settings) -> Engine:
    """The engine of ``PODLINE_DATABASE_URL``; nothing is made or changed yet. Raises PlainError."""
    try:
        return open_engine(settings.database_url.get_secret_value())
    except CannotOpenDatabase as problem:
        raise PlainError(f"PODLINE_DATABASE_URL: {problem}") from None


def units_of_work(engine: Engine, settings: Settings) -> UnitsOfWork:
    """On that database, with the keys of PODLINE_SECRET_KEY for what is encrypted in it."""
    return UnitsOfWork(engine, sealing=Sealing([key.get_secret_value() for key in settings.secret_keys]))


def open_current(settings: Settings) -> Engine:
    """The engine, with a schema this program may work with: for commands beside `serve`. Raises PlainError."""
    engine = open_database(settings)
    refuse_unless_current(engine)
    return engine


def prepare_to_work(engine: Engine) -> None:
    """For a command that may come first: make a SQLite file that is not there yet, else as ``open_current``."""
    if sqlite_file(engine) is not None and schema_of(engine) is SchemaState.EMPTY:
        migrated(engine)
    refuse_unless_current(engine)


def refuse_unless_current(engine: Engine) -> None:
    """Raises PlainError, which says what to do, unless this program may work with the schema."""
    match schema_of(engine):
        case SchemaState.CURRENT:
            return
        case SchemaState.EMPTY:
            raise PlainError(f"There is no Podline database at {name_of(engine)} yet. {MIGRATE}")
        case SchemaState.OLD:
            raise PlainError(f"The database {name_of(engine)} has an older schema. {MIGRATE}")
        case SchemaState.TOO_NEW:
            raise PlainError(str(SchemaTooNew()))


def prepare_to_serve(engine: Engine) -> Path | None:
    """Make the schema current where that is ours to do: a SQLite file is migrated, after a copy, which is returned.

    Raises:
        PlainError: PostgreSQL has no or an old schema (others may be working on it), or it is too new.
    """
    found = schema_of(engine)
    if found is SchemaState.CURRENT:
        return None
    if found is SchemaState.TOO_NEW or sqlite_file(engine) is not None:
        return migrated(engine)
    what = "has no Podline schema yet" if found is SchemaState.EMPTY else "has the schema of an older Podline"
    raise PlainError(f"The database {name_of(engine)} {what}. {MIGRATE}")


def migrated(engine: Engine) -> Path | None:
    """Migrate to the newest schema; returns the copy that was made of an existing SQLite file. Raises PlainError."""
    try:
        return upgrade(engine)
    except (SchemaTooNew, DatabaseBusy) as problem:
        raise PlainError(str(problem)) from None
    except SQLAlchemyError as problem:
        raise unreachable(engine, problem) from None


def schema_of(engine: Engine) -> SchemaState:
    """How its schema stands to this program. Raises PlainError where the database cannot be read."""
    try:
        return state(engine)
    except DatabaseBusy as problem:
        raise PlainError(str(problem)) from None
    except SQLAlchemyError as problem:
        raise unreachable(engine, problem) from None


def unreachable(engine: Engine, problem: SQLAlchemyError) -> PlainError:
    """Why a database cannot be used, in a line, without its password."""
    cause = getattr(problem, "orig", None) or problem
    first_line = (str(cause).strip().splitlines() or [type(cause).__name__])[0]
    reason = Redaction([engine.url.password or ""]).of_text(first_line)
    if sqlite_file(engine) is not None:
        return PlainError(f"The database file {name_of(engine)} cannot be used: {reason}. Check PODLINE_DATABASE_URL.")
    hint = "Check that it runs and that PODLINE_DATABASE_URL is right." if isinstance(problem, OperationalError) else ""
    return PlainError(f"The database {name_of(engine)} does not answer: {reason}. {hint}".strip())


def name_of(engine: Engine) -> str:
    """What to call the database in a message: its file, or its address without user and password."""
    file = sqlite_file(engine)
    if file is not None:
        return str(file)
    url = engine.url
    return f"{url.database} on {url.host or url.query.get('host') or 'this machine'}"
