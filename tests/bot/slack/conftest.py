"""A small firm in the strict stand-in for Slack, and Podline's Slack side in front of a real database and real HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette

from bot.answering import Run
from bot.clock import PushedClock, SystemClock
from bot.delivery import Delivery
from bot.playground.installation import Installation
from bot.playground.records import Message
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from bot.slack.app import Slack
from commands.compose import compose
from commands.invocation import Invocation
from commands.join import join
from commands.ports import NewUnitOfWork
from commands.run import run
from commands.undeliverable import delayed, undeliverable, unneeded
from commands.views import Reply
from coverage.question import Question
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.serving import served
from tests.bot.small_firm import ask_for_acme, set_up_small_firm

ANN, BOB, CAT, DAN, OUT = "U0ANN", "U0BOB", "U0CAT", "U0DAN", "U0OUT"
NORTH, ALERTS, DESK = "C0NORTH", "C0ALERTS", "C0DESK"


@dataclass
class Runs:
    """Runs what people type, or does ``instead``."""

    instead: Run | None = None

    def __call__(self, invocation: Invocation, new_uow: NewUnitOfWork, now: datetime) -> Reply:
        return (self.instead or run)(invocation, new_uow, now)


@dataclass
class World:
    """What a test acts on: the stand-in, our side of Slack, the sender, the database and the clock."""

    playground: PlaygroundServer
    slack: Slack
    delivery: Delivery
    new_uow: UnitsOfWork
    clock: PushedClock
    runs: Runs

    @property
    def workspace(self) -> Workspace:
        return self.playground.workspace

    def ask(self, text: str = "How do we post this?") -> Question:
        """A question of Acme's, stored and to be sent."""
        return ask_for_acme(text, self.new_uow, self.clock.now())

    async def ask_and_deliver(self, text: str = "How do we post this?") -> Message:
        """The same, and its card."""
        self.ask(text)
        await self.delivery.drain()
        return self.workspace.messages(NORTH)[0]

    async def settle(self) -> None:
        """Let everything that was begun come to its end."""
        await self.playground.settle()
        await self.slack.inbox.drain()
        await self.slack.settle()
        await self.delivery.drain()
        await self.playground.settle()

    async def later(self, **by: float) -> None:
        """The clock is pushed and what is due is sent."""
        self.clock.push(timedelta(**by))
        await self.delivery.drain()


@pytest.fixture
def clock() -> PushedClock:
    return PushedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))  # a Monday


@pytest.fixture
def units(sqlite_url: str) -> UnitsOfWork:
    new_uow = UnitsOfWork(open_engine(sqlite_url))
    set_up_small_firm(new_uow)
    return new_uow


@pytest.fixture
async def playground(clock: PushedClock) -> AsyncIterator[PlaygroundServer]:
    workspace = Workspace(now=clock.now, installation=Installation(), handshake_now=SystemClock().now)
    workspace.add_user(ANN, "ann", real_name="Ann Lee", email="ann@firm.example")
    workspace.add_user(BOB, "bob", real_name="Bob Roy", email="bob@firm.example")
    workspace.add_user(CAT, "cat", real_name="Cat Orr", email="cat@firm.example")
    workspace.add_user(DAN, "dan", real_name="Dan Low", email="dan@firm.example")
    workspace.add_user(OUT, "zoe", real_name="Zoe Quist", team_id="T0ACME")
    workspace.add_channel(NORTH, "north", members=[ANN, BOB, CAT, DAN, OUT])
    workspace.add_channel(ALERTS, "alerts", members=[ANN])
    workspace.add_channel(DESK, "desk", members=[ANN, CAT])
    async with PlaygroundServer(workspace, wall_clock=SystemClock().now, pace=0, ack_timeout=30) as server:
        yield server


@pytest.fixture
def runs() -> Runs:
    return Runs()


@pytest.fixture
async def slack(
    playground: PlaygroundServer, units: UnitsOfWork, clock: PushedClock, runs: Runs
) -> AsyncIterator[Slack]:
    made = Slack(
        units,
        clock,
        run=runs,
        join=join,
        bot_token=playground.workspace.app.bot_token,
        api_url=playground.url,
        paced=False,
    )
    yield made
    await made.close()


@pytest.fixture
async def world(
    playground: PlaygroundServer, slack: Slack, units: UnitsOfWork, clock: PushedClock, runs: Runs
) -> AsyncIterator[World]:
    delivery = Delivery(
        units,
        [slack.platform],
        clock,
        compose=compose,
        undeliverable=undeliverable,
        unneeded=unneeded,
        delayed=delayed,
    )
    route = slack.route(playground.workspace.app.signing_secret, SystemClock().now)
    async with served(Starlette(routes=[route])) as address:
        playground.request_url = f"{address}/slack/events"
        yield World(playground, slack, delivery, units, clock, runs)
        await playground.delivery.close()
