"""The HTTP side in front of a real database with a small firm in it."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import Engine

from bot.clock import PushedClock
from bot.config_values import ApiToken
from bot.metrics import Metrics
from bot.web.health import Health
from bot.web.site import site
from commands.ports import NewUnitOfWork
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.small_firm import set_up_small_firm

TOKEN, OTHER_TOKEN = "podline_first-of-two", "podline_second-of-two"


def tokens() -> list[ApiToken]:
    return [
        ApiToken(name, hashlib.sha256(token.encode()).hexdigest())
        for name, token in (("intake", TOKEN), ("website", OTHER_TOKEN))
    ]


def client_of(new_uow: NewUnitOfWork, clock: PushedClock, health: Health | None = None) -> httpx.AsyncClient:
    """A caller of the API who shows the first token."""
    app = site(new_uow, clock, tokens(), health or Health(), Metrics())
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return httpx.AsyncClient(transport=transport, base_url="http://podline.example", headers=headers)


@pytest.fixture
def clock() -> PushedClock:
    return PushedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))  # a Monday


@pytest.fixture
def units(sqlite_url: str) -> Iterator[UnitsOfWork]:
    engine = open_engine(sqlite_url)
    new_uow = UnitsOfWork(engine)
    set_up_small_firm(new_uow)
    yield new_uow
    engine.dispose()


@pytest.fixture
def firm_on_either(engine: Engine) -> UnitsOfWork:
    """The small firm, on each engine in turn."""
    new_uow = UnitsOfWork(engine)
    set_up_small_firm(new_uow)
    return new_uow


@pytest.fixture
async def api(units: UnitsOfWork, clock: PushedClock) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(units, clock) as client:
        yield client
