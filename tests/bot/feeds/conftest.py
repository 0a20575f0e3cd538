"""A server of calendars on loopback, and the office that reads them, on both databases."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Engine

from tests.bot.feeds.calendar_server import CalendarServer, calendar_server
from tests.bot.feeds.office import Office


@pytest.fixture
async def server() -> AsyncIterator[CalendarServer]:
    async with calendar_server() as running:
        yield running


@pytest.fixture
def office(engine: Engine, server: CalendarServer) -> Office:
    return Office(engine, server)
