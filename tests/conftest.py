"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from bot.config import VARIABLES
from bot.memory import keep_what_is_there
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests import databases
from tests.shared import SHARED

# The same examples each time, so that a change is judged by what it changes; HYPOTHESIS_PROFILE=dice tries others.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("dice", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_collection_finish() -> None:
    """Thousands of tests and all they import stay until the end: no collection of garbage walks through them again."""
    keep_what_is_there()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the bot does (anyio_mode = auto: no marks needed)."""
    return "asyncio"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have a bot configured: no test may see, or use, that."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with cases/, corpus/ and schemas/; a test that needs it is skipped where it is missing."""
    if SHARED is None:
        pytest.skip("needs the folder with cases/, corpus/ and schemas/: set PODLINE_SHARED or put it at ../shared")
    return SHARED


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.make_sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    with databases.postgresql_server() as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A new, migrated SQLite file, for what need not be shown on both engines."""
    return databases.copy_of_sqlite_template(tmp_path, sqlite_template)


@pytest.fixture(scope="session")
def shared_postgresql_database(postgresql_server: str) -> Iterator[databases.SharedDatabase]:
    with databases.new_postgresql_database(postgresql_server) as url:
        database = databases.SharedDatabase(url)
        yield database
        database.close()


@pytest.fixture
def postgresql_url(shared_postgresql_database: databases.SharedDatabase) -> str:
    """A migrated, empty database of PostgreSQL; for tests that change its tables there is new_postgresql_database."""
    shared_postgresql_database.empty()
    return shared_postgresql_database.url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database: the test runs once on each engine.

    For one engine only: ``@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)``.
    """
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def new_uow(engine: Engine) -> UnitsOfWork:
    return UnitsOfWork(engine)
