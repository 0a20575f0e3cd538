"""Every story of this folder is told in Slack and in Teams."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.clock import PushedClock
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.roster import import_roster
from storage.engine import open_engine
from storage.sealing import Sealing
from storage.unit_of_work import UnitsOfWork
from tests.bot.small_firm import ROSTER
from tests.bot.teams.conftest import roster_for_teams
from tests.databases import copy_of_sqlite_template
from tests.stories.office import Office
from tests.stories.slack_office import in_slack
from tests.stories.teams_office import in_teams

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ROSTERS = {"slack": ROSTER, "teams": roster_for_teams()}
OFFICES: dict[str, Callable[[UnitsOfWork, PushedClock], AbstractAsyncContextManager[Office]]] = {
    "slack": in_slack,
    "teams": in_teams,
}


@pytest.fixture(params=list(OFFICES))
def platform(request: pytest.FixtureRequest) -> str:
    named: str = request.param
    return named


@pytest.fixture(scope="session")
def firms(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> dict[str, Path]:
    """A SQLite file with the small firm in it for each platform, to be copied."""
    made: dict[str, Path] = {}
    for platform in OFFICES:
        engine = open_engine(copy_of_sqlite_template(tmp_path_factory.mktemp(platform), sqlite_template))
        _set_up(platform, engine)
        engine.dispose()  # the last connection to leave writes everything into the one file
        made[platform] = Path(str(engine.url.database))
    return made


@pytest.fixture
async def office(platform: str, firms: dict[str, Path], tmp_path: Path) -> AsyncIterator[Office]:
    """The small firm, on the platform."""
    engine = open_engine(f"sqlite:///{shutil.copyfile(firms[platform], tmp_path / 'podline.db')}")
    async with OFFICES[platform](_units(engine), PushedClock(MONDAY)) as made:
        yield made
    engine.dispose()


@pytest.fixture
async def office_on_both(platform: str, engine: Engine) -> AsyncIterator[Office]:
    """The same for promises the database keeps: on each platform with SQLite and with PostgreSQL."""
    _set_up(platform, engine)
    async with OFFICES[platform](_units(engine), PushedClock(MONDAY)) as made:
        yield made


def _set_up(platform: str, engine: Engine) -> None:
    import_roster(roster_of(document_of(ROSTERS[platform])), UnitsOfWork(engine))


def _units(engine: Engine) -> UnitsOfWork:
    return UnitsOfWork(engine, sealing=Sealing(["a key of at least 32 characters, for tests"]))
