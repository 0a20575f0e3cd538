"""The small firm on a database of its own, open for business on a Monday morning."""

from collections.abc import Iterator

import pytest

from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.world import World


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    """For rules that no database has a part in."""
    engine = open_engine(sqlite_url)
    yield World(UnitsOfWork(engine))
    engine.dispose()


@pytest.fixture
def world_on_both(new_uow: UnitsOfWork) -> World:
    """For promises the database keeps: the test runs on SQLite and on PostgreSQL."""
    return World(new_uow)
