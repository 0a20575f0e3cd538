"""The auditor's rounds: what /readyz and the heartbeat make of them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import Engine

from bot.auditing import Auditor, Heartbeat
from bot.clock import PushedClock
from bot.metrics import Metrics
from bot.web.listening import listening
from storage.audit import Finding
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.small_firm import ask_for_acme, set_up_small_firm

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def firm(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    set_up_small_firm(UnitsOfWork(engine))
    yield engine
    engine.dispose()


@asynccontextmanager
async def heartbeat_service() -> AsyncIterator[tuple[str, list[str]]]:
    calls: list[str] = []
    service = FastAPI()

    @service.get("/beat")
    async def beat() -> None:
        calls.append("beat")

    async with listening(service, "127.0.0.1", 0) as address:
        yield f"{address}/beat", calls


async def test_the_heartbeat_is_called_after_a_clean_audit_only(firm: Engine) -> None:
    clock = PushedClock(MONDAY)
    async with heartbeat_service() as (url, calls):
        await Heartbeat(Auditor(firm, clock, Metrics()), SecretStr(url)).beat(clock.now())
        ask_for_acme("VAT?", UnitsOfWork(firm), clock.now())
        clock.push(timedelta(minutes=10))  # its card is not sent
        await Heartbeat(Auditor(firm, clock, Metrics()), SecretStr(url)).beat(clock.now())

    assert calls == ["beat"]


async def test_a_heartbeat_address_that_does_not_answer_ends_nothing(firm: Engine) -> None:
    auditor = Auditor(firm, PushedClock(MONDAY), Metrics())

    await Heartbeat(auditor, SecretStr("http://127.0.0.1:9/beat")).beat(MONDAY)


async def test_what_is_overdue_is_found_and_counted(firm: Engine) -> None:
    clock, metrics = PushedClock(MONDAY), Metrics()
    ask_for_acme("VAT?", UnitsOfWork(firm), clock.now())
    clock.push(timedelta(minutes=20))

    everything = await Auditor(firm, clock, metrics).findings()
    without_messages = await Auditor(firm, clock, metrics, ignored=[Finding.MESSAGE_OVERDUE]).findings()

    assert len(everything) == 2  # the card, and the step at half of the time
    assert len(without_messages) == 1
    assert "podline_audit_findings 1.0" in metrics.text().decode()


async def test_a_database_that_is_away_is_a_finding() -> None:
    engine = open_engine("postgresql+psycopg://podline@127.0.0.1:9/podline")

    assert await Auditor(engine, PushedClock(MONDAY), Metrics()).findings() == ["the database does not answer"]
