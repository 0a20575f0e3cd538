"""The small firm on a database of its own, open for business on a Monday morning."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.databases import copy_of_sqlite_template
from tests.world import FIRM, World


@pytest.fixture(scope="session")
def small_firm(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A SQLite file with the firm in it, to be copied."""
    engine = open_engine(copy_of_sqlite_template(tmp_path_factory.mktemp("firm"), sqlite_template))
    World(UnitsOfWork(engine))
    engine.dispose()  # the last connection to leave writes everything into the one file
    return Path(str(engine.url.database))


@pytest.fixture
def world(tmp_path: Path, small_firm: Path) -> Iterator[World]:
    """For rules that no database has a part in."""
    engine = open_engine(f"sqlite:///{shutil.copyfile(small_firm, tmp_path / 'podline.db')}")
    yield World(UnitsOfWork(engine), firm=None)
    engine.dispose()


@pytest.fixture
def world_on_both(new_uow: UnitsOfWork) -> World:
    """For promises the database keeps: the test runs on SQLite and on PostgreSQL."""
    return World(new_uow)


SHARED = FIRM.replace("aliases: [Acme],", "aliases: [Acme], channels: [C0ACME],")
"""Acme has a channel that is shared with them."""


@pytest.fixture
def firm(world: World) -> World:
    """The small firm with a shared channel."""
    world.change(SHARED)
    return world


@pytest.fixture
def firm_on_both(world_on_both: World) -> World:
    world_on_both.change(SHARED)
    return world_on_both
