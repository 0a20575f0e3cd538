"""Opening a database: SQLite that is durable and lets readers pass writers, or PostgreSQL through psycopg 3."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

_WRITES = "podline_writes"
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
    """The same engine and pool, but on SQLite each transaction takes the writer's lock when it begins.

    A transaction that began as a reader and then writes would end in "database is locked" if another wrote meanwhile.
    """
    return engine.execution_options(**{_WRITES: True})


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
        url, pool_size=10, max_overflow=20, pool_pre_ping=True, connect_args={"options": "-c timezone=UTC"}
    )


def _sqlite(url: URL, busy_seconds: float) -> Engine:
    file = Path(url.database or "")
    if not file.parent.is_dir():
        raise CannotOpenDatabase(f"The folder {file.parent} does not exist. Make it, or choose another database file.")
    engine = create_engine(
        url, pool_size=10, max_overflow=20, connect_args={"timeout": busy_seconds, "cached_statements": 256}
    )
    event.listen(engine, "do_connect", lambda *_: _create_private(file))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _create_private(file: Path) -> None:
    """Clients' words are in it: a new file is for its owner only."""
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # Python's own BEGIN would come too late and never be IMMEDIATE
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    raw: Any = connection.connection.dbapi_connection
    try:
        raw.execute("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")
    except sqlite3.OperationalError as problem:
        if "locked" in str(problem):
            raise DatabaseBusy from problem
        raise
