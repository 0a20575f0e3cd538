"""A small firm in the strict stand-in for Teams, and Podline's Teams side in front of a real database and real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from starlette.applications import Starlette

from bot.clock import PushedClock, SystemClock
from bot.delivery import Delivery
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.teams.app import Teams
from bot.teams.link import Registration
from bot.teams_playground.server import TeamsPlayground
from bot.teams_playground.tenant import Shown, Tenant
from commands.compose import compose
from commands.join import join
from commands.roster import import_roster
from commands.run import run
from commands.undeliverable import delayed, undeliverable, unneeded
from coverage.ids import QuestionNumber
from coverage.question import Question
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.serving import served
from tests.bot.small_firm import ROSTER, ask_for_acme

ANN, BOB, CAT = "aad-ann", "aad-bob", "aad-cat"
DAN, GUS = "aad-dan", "aad-gus"
NORTH, ALERTS, DESK = "19:north@thread.tacv2", "19:alerts@thread.tacv2", "19:desk@thread.tacv2"
OF_SLACK = {"slack: U0ANN": f"teams: {ANN}", "slack: U0BOB": f"teams: {BOB}", "C0NORTH": f'"{NORTH}"'} | {
    "C0DESK": f'"{DESK}"',
    "C0ALERTS": f'"{ALERTS}"',
}


def roster_for_teams() -> str:
    """The small firm with its channels and accounts in Teams."""
    roster = ROSTER
    for slack, teams in OF_SLACK.items():
        roster = roster.replace(slack, teams)
    return roster


@dataclass
class World:
    """What a test acts on: the stand-in, our side of Teams, the sender, the database and the clock."""

    playground: TeamsPlayground
    teams: Teams
    delivery: Delivery
    new_uow: UnitsOfWork
    clock: PushedClock

    @property
    def tenant(self) -> Tenant:
        return self.playground.tenant

    def ask(self, text: str = "How do we post this?") -> Question:
        """A question of Acme's, stored and to be sent."""
        return ask_for_acme(text, self.new_uow, self.clock.now())

    async def ask_and_deliver(self, text: str = "How do we post this?") -> Shown:
        """The same, and its card."""
        self.ask(text)
        await self.delivery.drain()
        return self.tenant.posts(NORTH)[0]

    async def settle(self) -> None:
        """Let everything that was begun come to its end."""
        await self.teams.inbox.drain()
        await self.teams.settle()
        await self.delivery.drain()

    async def later(self, **by: float) -> None:
        """The clock is pushed and what is due is sent."""
        self.clock.push(timedelta(**by))
        await self.delivery.drain()

    def question(self, number: int = 1) -> Question:
        with self.new_uow.reading() as uow:
            return uow.questions.look_at(QuestionNumber(number))


@pytest.fixture
def clock() -> PushedClock:
    return PushedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))  # a Monday


@pytest.fixture
def units(sqlite_url: str) -> UnitsOfWork:
    new_uow = UnitsOfWork(open_engine(sqlite_url))
    import_roster(roster_of(document_of(roster_for_teams())), new_uow)
    return new_uow


def a_tenant(now: PushedClock) -> Tenant:
    """The firm's people, one of whom the roster does not know, a guest, and the channels."""
    tenant = Tenant(now.now)
    for aad, name in ((ANN, "Ann Lee"), (BOB, "Bob Roy"), (CAT, "Cat Orr"), (DAN, "Dan Low")):
        tenant.add_user(aad, name, email=f"{name.split()[0].lower()}@firm.example")
    tenant.add_user(GUS, "Gus Quist", email="gus@acme.example", role="guest", upn="gus_acme.example#EXT#@firm.example")
    for address in (NORTH, ALERTS, DESK):
        tenant.add_channel(address, address[3:].partition("@")[0])
    return tenant


@pytest.fixture
async def playground(clock: PushedClock) -> AsyncIterator[TeamsPlayground]:
    async with TeamsPlayground(a_tenant(clock), wall_clock=SystemClock().now) as server:
        yield server


def registration_of(playground: TeamsPlayground) -> Registration:
    tenant = playground.tenant
    return Registration(
        client_id=tenant.app_id,
        tenants=(tenant.id,),
        secret=tenant.secret,
        openid_url=playground.openid_url,
        hosts=("127.0.0.1",),
    )


@pytest.fixture
async def teams(playground: TeamsPlayground, units: UnitsOfWork, clock: PushedClock) -> AsyncIterator[Teams]:
    made = Teams(
        registration_of(playground),
        units,
        clock,
        run=run,
        join=join,
        wall_now=SystemClock().now,
        paced=False,
        allowed=[ip_network("127.0.0.0/8")],
    )
    yield made
    await made.close()


@pytest.fixture
async def world(
    playground: TeamsPlayground, teams: Teams, units: UnitsOfWork, clock: PushedClock
) -> AsyncIterator[World]:
    delivery = Delivery(
        units,
        [teams.platform],
        clock,
        compose=compose,
        undeliverable=undeliverable,
        unneeded=unneeded,
        delayed=delayed,
    )
    async with served(Starlette(routes=[teams.route()])) as address:
        playground.people.endpoint = f"{address}/api/messages"
        made = World(playground, teams, delivery, units, clock)
        await playground.people.say(ANN, "help")
        await asyncio.sleep(0)
        await made.settle()
        playground.tenant.messages.clear()
        playground.tenant.log.entries.clear()
        yield made
