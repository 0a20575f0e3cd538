"""A file of 2,000 clients imported, and imported again, against parsing it and inserting its rows and nothing else."""

import csv
import io
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from bench.firm import a_folder, database_in
from bench.report import Direction, Measurement, interleaved, seconds_for
from bot.roster.clients_table import clients_file
from commands.import_clients import import_clients
from commands.ports import NewUnitOfWork
from storage.clients import folded
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork

ROUNDS = 7
CLIENTS = 2_000
FIRST_TARGET, AGAIN_TARGET = 8.0, 5.0
"""Ours reads every cell, looks for each name that is used, says what changes, and stores only that; the floor believes
whatever it finds."""
_FILE = "name,pod,named_contact,domains,aliases,channels,knows\n" + "".join(
    f"Client {number} Ltd,North,ann@firm.example,client{number}.example;c{number}.example,C{number};The {number},"
    f"C0CL{number},bob@firm.example;cara@firm.example:learning\n"
    for number in range(CLIENTS)
)
_PEOPLE = {"ann@firm.example": 1, "bob@firm.example": 2, "cara@firm.example": 3}


def measure() -> list[Measurement]:
    with a_folder() as folder:
        empty = Path(database_in(folder).removeprefix("sqlite:///"))
        files = (shutil.copyfile(empty, folder / f"{number}.db") for number in count())
        full = next(files)
        _import_into(full, expected=CLIENTS)()
        first = interleaved(lambda: _first(files), lambda: _floor(files), ROUNDS)
        again = interleaved(lambda: seconds_for(_import_into(full, expected=0)), lambda: _floor(files), ROUNDS)
    return [
        _measured(f"{CLIENTS:,} clients imported", first.ours, first.floor, first.ratio, FIRST_TARGET),
        _measured("the same again, nothing changes", again.ours, again.floor, again.ratio, AGAIN_TARGET),
    ]


def _measured(name: str, ours: float, floor: float, ratio: float, target: float) -> Measurement:
    return Measurement(name, ours * 1000, floor * 1000, "ms", ratio, target, Direction.AT_MOST)


def _first(files: Iterator[Path]) -> float:
    return seconds_for(_import_into(next(files), expected=CLIENTS))


def _import_into(file: Path, *, expected: int) -> Callable[[], None]:
    """What a person waits for: the file is read, checked and stored."""
    engine = open_engine(f"sqlite:///{file}")
    new_uow: NewUnitOfWork = UnitsOfWork(engine)

    def act() -> None:
        done = import_clients(clients_file(_FILE.encode(), "clients.csv"), new_uow)
        engine.dispose()
        if len(done.changes) != expected:
            raise AssertionError(f"The import changed {len(done.changes)} clients, not {expected}.")

    return act


def _floor(files: Iterator[Path]) -> float:
    connection = sqlite3.connect(next(files), isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    seconds = seconds_for(lambda: _insert_all(connection))
    connection.close()
    return seconds


def _insert_all(connection: sqlite3.Connection) -> None:
    """The same rows in the same tables, by plain statements in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for number, row in enumerate(csv.DictReader(io.StringIO(_FILE)), start=100):
        connection.execute(
            "INSERT INTO client (id, firm, name, pod, named_contact) VALUES (?, 1, ?, 1, ?)",
            (number, row["name"], _PEOPLE[row["named_contact"]]),
        )
        names = [row["name"], *row["aliases"].split(";")]
        connection.executemany(
            "INSERT INTO client_name (firm, client, position, text, folded) VALUES (1, ?, ?, ?, ?)",
            [(number, place, name, folded(name)) for place, name in enumerate(names)],
        )
        connection.executemany(
            "INSERT INTO client_domain (firm, client, position, domain, folded) VALUES (1, ?, ?, ?, ?)",
            [(number, place, domain, folded(domain)) for place, domain in enumerate(row["domains"].split(";"))],
        )
        connection.execute("INSERT INTO place (firm, platform, address) VALUES (1, 'slack', ?)", (row["channels"],))
        connection.execute(
            "INSERT INTO client_channel (firm, client, position, place) VALUES (1, ?, 0, last_insert_rowid())",
            (number,),
        )
        connection.executemany(
            "INSERT INTO knowledge (firm, client, person, position, knowledge) VALUES (1, ?, ?, ?, ?)",
            [
                (number, _PEOPLE[who.partition(":")[0]], place, who.partition(":")[2] or "knows")
                for place, who in enumerate(row["knows"].split(";"))
            ],
        )
    connection.execute("COMMIT")
