"""Opening a database: SQLite that is durable and lets readers pass writers, or PostgreSQL through psycopg 3."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Engine, PoolProxiedConnection, create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

_BUSY_SECONDS = 10.0
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit that was answered survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16000",
    "PRAGMA journal_size_limit = 67108864",
)


class CannotOpenDatabase(Exception):
    """The database address cannot be used; says what is wrong with it and what to write instead."""


class DatabaseBusy(Exception):
    """Another program has been writing to the SQLite file for longer than we wait (10 seconds)."""

    def __init__(self) -> None:
        super().__init__("Another program keeps the database file locked. End it, or try again in a moment.")


def open_engine(url: str, busy_seconds: float = _BUSY_SECONDS) -> Engine:
    """The engine for ``sqlite:///file.db`` or ``postgresql+psycopg://...``; connects only when first used.

    ``busy_seconds`` is how long a writer waits for another program that writes to the same SQLite file.

    Raises:
        CannotOpenDatabase: the address is not one of these, or the folder of the file does not exist.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == "postgresql":
        return _postgresql(parsed)
    return _sqlite(parsed, busy_seconds)


def sqlite_file(engine: Engine) -> Path | None:
    """The file behind the engine; None on PostgreSQL."""
    if engine.dialect.name != "sqlite" or engine.url.database is None:
        return None
    return Path(engine.url.database)


def for_writing(engine: Engine) -> Engine:
    """An engine with the same connections, but on SQLite each of its transactions begins with the writer's lock.

    A transaction that began as a reader and then writes would end in "database is locked" if another wrote meanwhile.
    """
    if engine.dialect.name != "sqlite":
        return engine
    return _beginning_with("BEGIN IMMEDIATE", create_engine(engine.url, pool=engine.pool, hide_parameters=True))


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
        backend = parsed.get_backend_name()
        if backend == "postgresql" and parsed.drivername in ("postgresql", "postgresql+psycopg"):
            return parsed.set(drivername="postgresql+psycopg")
        if backend == "sqlite" and parsed.database not in (None, "", ":memory:"):
            return parsed
    except (ArgumentError, NoSuchModuleError):
        pass
    raise CannotOpenDatabase(
        "The database address must look like sqlite:///podline.db (a file) or "
        "postgresql+psycopg://user:password@host/name."
    )


def _postgresql(url: URL) -> Engine:
    return create_engine(
        url,
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,
        connect_args={"options": "-c timezone=UTC"},
        hide_parameters=True,  # clients' words do not belong into the log
    )


def _sqlite(url: URL, busy_seconds: float) -> Engine:
    file = Path(url.database or "")
    if not file.parent.is_dir():
        raise CannotOpenDatabase(f"The folder {file.parent} does not exist. Make it, or choose another database file.")
    engine = create_engine(
        url, creator=lambda: _connect(file, busy_seconds), pool_size=10, max_overflow=20, hide_parameters=True
    )
    return _beginning_with("BEGIN", engine)


def _connect(file: Path, busy_seconds: float) -> sqlite3.Connection:
    """A connection of which Python begins no transactions: its own BEGIN comes late and is never IMMEDIATE."""
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))  # clients' words are in it: for its owner only
    connection = sqlite3.connect(
        file, timeout=busy_seconds, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection


def _beginning_with(begin: str, engine: Engine) -> Engine:
    """Set in the engine's own dialect, since a listener for "begin" would slow down every statement by a fifth."""

    def do_begin(dbapi_connection: PoolProxiedConnection) -> None:
        try:
            dbapi_connection.cursor().execute(begin)
        except sqlite3.OperationalError as problem:
            if "locked" in str(problem):
                raise DatabaseBusy from problem
            raise

    engine.dialect.do_begin = do_begin  # type: ignore[method-assign]
    return engine
