"""Prepared statements return what SQLAlchemy would, and fail as it does."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, bindparam, func, insert, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError

from storage.prepared import run, run_many
from storage.types import Coded, FreeText

DIALECT = sqlite.dialect()
shelf = Table(
    "shelf", MetaData(), Column("id", Integer, primary_key=True), Column("tags", Coded()), Column("by", FreeText)
)
OF = select(shelf.c.id).where(shelf.c.id.in_(bindparam("ids", expanding=True))).order_by(shelf.c.id)


@pytest.fixture
def shelves() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE shelf (id INTEGER PRIMARY KEY, tags TEXT, by TEXT)")
    run_many(connection, insert(shelf), DIALECT, [{"id": number, "tags": [number], "by": None} for number in (1, 2, 3)])
    yield connection
    connection.close()


@pytest.mark.parametrize("ids", [[], [2], [1, 3], [1, 2, 3], [3, 4]])
def test_in_takes_lists_of_any_length(shelves: sqlite3.Connection, ids: list[int]) -> None:
    for _ in range(2):
        found = run(shelves, OF, DIALECT, {"ids": ids})

        assert [row.id for row in found.all()] == [id for id in ids if id < 4]


def test_values_are_written_and_read_as_their_columns_say(shelves: sqlite3.Connection) -> None:
    run(shelves, update(shelf).where(shelf.c.id == 1), DIALECT, {"tags": ["a", "b"], "by": "half \ud800 a pair"})

    row = run(shelves, select(shelf).where(shelf.c.id == bindparam("of")), DIALECT, {"of": 1}).first()

    assert (row.id, row.tags, row.by) == (1, ["a", "b"], "half \ufffd a pair")


def test_what_the_statement_says_itself_stays_whatever_is_given(shelves: sqlite3.Connection) -> None:
    changed = update(shelf).where(shelf.c.id > 1, shelf.c.id < bindparam("below")).values(tags=["same"])

    assert run(shelves, changed, DIALECT, {"below": 3}).rowcount == 1
    assert run(shelves, changed, DIALECT, {"below": 9}).rowcount == 2


def test_columns_without_a_name_are_found_by_their_place(shelves: sqlite3.Connection) -> None:
    assert run(shelves, select(func.max(shelf.c.id), func.count()), DIALECT, {}).first()[:] == (3, 3)
    assert run(shelves, select(func.max(shelf.c.id)).where(shelf.c.id > 9), DIALECT, {}).scalar() is None


def test_an_error_is_sqlalchemys_and_shows_no_values(shelves: sqlite3.Connection) -> None:
    with pytest.raises(IntegrityError) as failed:
        run(shelves, insert(shelf), DIALECT, {"id": 1, "tags": [], "by": "a client's words"})

    assert "UNIQUE" in str(failed.value)
    assert "client's" not in str(failed.value)
