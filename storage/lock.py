"""One ``serve`` per SQLite file: two would both believe that they alone order its writers and send its messages."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from storage.engine import sqlite_file


class AlreadyServed(Exception):
    """Another process serves from the same SQLite file; says which."""


@contextmanager
def only_server(engine: Engine) -> Iterator[None]:
    """Hold the file for this process until the block ends; the system lets go of it should the process die.

    PostgreSQL takes any number of servers: there, nothing is held.

    Raises:
        AlreadyServed: another process holds it.
    """
    file = sqlite_file(engine)
    if file is None:
        yield
        return
    lock = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(lock, str(file))
        yield
    finally:
        os.close(lock)


def _take(lock: int, file: str) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        other = os.pread(lock, 32, 0).decode(errors="replace").strip()
        raise AlreadyServed(
            f"{file} is already being served by process {other or 'unknown'}. A SQLite file takes one podline serve: "
            "end that one, or use PostgreSQL to run several."
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
