"""Copies of the SQLite file, made and put back whole while others may be using it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from storage.engine import sqlite_file


class CannotCopy(Exception):
    """The copy was not made or not put back, and nothing was changed; says why and what to do."""


def backup(engine: Engine, target: Path) -> None:
    """Write the database as of this moment into the file ``target``, which is replaced only when the copy is whole.

    Writers need not stop meanwhile. Only the owner may read the copy: it holds clients' words.

    Raises:
        CannotCopy: PostgreSQL, whose own tools do this; or the file cannot be written.
    """
    source = _file_of(engine, "pg_dump --format=custom --file podline.dump DATABASE")
    if not target.absolute().parent.is_dir():
        raise CannotCopy(f"The folder {target.absolute().parent} does not exist. Make it, or name another.")
    if target.resolve() == source.resolve():
        raise CannotCopy(f"{target} is the database itself. Name another file for the copy.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _copy(source, unfinished)
        _check(unfinished)
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as problem:
        raise CannotCopy(
            f"{target} cannot be written: {problem}. Check the folder and the space on the disk."
        ) from problem
    finally:
        unfinished.unlink(missing_ok=True)


def restore(engine: Engine, source: Path) -> None:
    """Make the database what it was when ``source`` was copied, in one transaction.

    For the caller to see to: that nothing is being served from it (``storage/lock.py``).

    Raises:
        CannotCopy: PostgreSQL, or ``source`` is not a whole copy of a Podline database.
    """
    target = check_copy(engine, source)
    try:
        engine.dispose()
        _copy(source, target)
    except sqlite3.Error as problem:
        raise CannotCopy(f"{source} cannot be restored: {problem}.") from problem


def check_copy(engine: Engine, source: Path) -> Path:
    """The file that would be replaced. Raises CannotCopy as ``restore`` does; changes nothing."""
    target = _file_of(engine, "pg_restore --clean --dbname DATABASE podline.dump")
    if not source.is_file():
        raise CannotCopy(f"There is no file {source}.")
    try:
        _check(source)
    except sqlite3.Error as problem:
        raise CannotCopy(f"{source} cannot be restored: {problem}.") from problem
    return target


def _file_of(engine: Engine, instead: str) -> Path:
    file = sqlite_file(engine)
    if file is None:
        raise CannotCopy(f"PostgreSQL is copied and restored with its own tools: {instead}")
    return file


def _copy(source: Path, target: Path) -> None:
    with closing(_opened(source)) as original, closing(sqlite3.connect(target, timeout=10)) as copy:
        original.backup(copy)


def _check(file: Path) -> None:
    with closing(_opened(file)) as connection:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        ours = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'compatibility'").fetchone()
    if verdict != "ok":
        raise CannotCopy(f"{file} is damaged ({verdict}). Use another copy.")
    if ours is None:
        raise CannotCopy(f"{file} is not a Podline database.")


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=10)
