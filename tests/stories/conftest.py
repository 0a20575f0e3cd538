"""Every story of this folder is told in Slack and in Teams."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.clock import PushedClock
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.roster import import_roster
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.small_firm import ROSTER
from tests.bot.teams.conftest import roster_for_teams
from tests.stories.offices import Office, in_slack, in_teams

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(params=["slack", "teams"])
async def office(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Office]:
    """The small firm, on the platform."""
    engine = open_engine(sqlite_url)
    new_uow, clock = UnitsOfWork(engine), PushedClock(MONDAY)
    is_slack = request.param == "slack"
    import_roster(roster_of(document_of(ROSTER if is_slack else roster_for_teams())), new_uow)
    async with (in_slack if is_slack else in_teams)(new_uow, clock) as made:
        yield made
    engine.dispose()
