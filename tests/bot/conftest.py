"""The sender at its desk, for tests of delivery."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.clock import PushedClock
from bot.delivery import Delivery, Outcome
from commands.outgoing import Queued
from commands.ports import NewUnitOfWork
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.desk import Desk, FakePlatform, Words


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    engine = open_engine(sqlite_url)
    new_uow = UnitsOfWork(engine)
    clock = PushedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    outcomes: list[Outcome] = []
    buried: list[tuple[str, str]] = []
    late: list[tuple[str, str]] = []

    def undeliverable(queued: Queued, why: str, units: NewUnitOfWork, now: datetime) -> None:
        buried.append((queued.message.key, why))
        with units() as uow:
            uow.outbox.bury(queued.id, now, why)
            uow.commit()

    def unneeded(queued: Queued, why: str, units: NewUnitOfWork, now: datetime) -> None:
        with units() as uow:
            uow.outbox.drop(queued.id, now, why)
            uow.commit()

    platform, words = FakePlatform(), Words()
    delivery = Delivery(
        new_uow,
        [platform],
        clock,
        compose=words,
        undeliverable=undeliverable,
        unneeded=unneeded,
        delayed=lambda queued, why, _units, _now: late.append((queued.message.key, why)),
        observe=lambda _topic, outcome, _waited: outcomes.append(outcome),
        dice=random.Random(1),
    )
    yield Desk(delivery, platform, words, new_uow, clock, outcomes, buried, late)
    engine.dispose()
