"""Podline as its operator runs it for Microsoft Teams: the program, the stand-in, and nothing in between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.demo.stage import free_port
from bot.teams_playground.server import TeamsPlayground
from bot.teams_playground.tenant import Shown, Tenant
from tests.acceptance.firm import PEOPLE, SLOW_STEPS, real_time, roster
from tests.acceptance.installation import PATIENCE, Program, set_up

CHANNELS = ("NORTH", "SOUTH", "INTAKE", "TEAM", "DESK", "ALERTS")


def channel(name: str) -> str:
    return f"19:{name.lower()}@thread.tacv2"


def a_tenant(crowd: int = 0) -> Tenant:
    """The firm's tenant: its people, some more colleagues for a crowd, the channels of the roster."""
    tenant = Tenant(real_time)
    for who, name in PEOPLE.items():
        tenant.add_user(f"aad-{who.lower()}", name, email=f"{name.split()[0].lower()}@firm.example")
    for number in range(crowd):
        tenant.add_user(f"aad-c{number:03}", f"Colleague {number:03}", email=f"c{number:03}@firm.example")
    for name in CHANNELS:
        tenant.add_channel(channel(name), name.lower())
    return tenant


def roster_for_teams(steps: str) -> str:
    """The firm's roster, with its people's accounts and its channels in Teams."""
    written = roster(steps)
    for who in PEOPLE:
        written = written.replace(f"slack: U0{who},", f"teams: aad-{who.lower()},")
    for name in CHANNELS:
        written = written.replace(f"C0{name}", f'"{channel(name)}"')
    return written


@dataclass(kw_only=True)
class InTeams(Program):
    """The program and the tenant it serves."""

    tenant: Tenant
    teams: TeamsPlayground

    def posts(self, name: str) -> list[Shown]:
        return self.tenant.posts(channel(name))

    async def card(self, number: str, name: str = "NORTH", within: float = PATIENCE) -> Shown:
        """The card of a question, when it has arrived."""
        async with asyncio.timeout(within):
            while not (cards := [one for one in self.posts(name) if f"{number} " in one.text]):
                await asyncio.sleep(0.02)
        return cards[0]

    async def is_heard(self) -> None:
        """Somebody has said something, so that Podline knows where Teams is, and has their answer."""
        await self.teams.people.say("aad-eve", "mine")
        await self.until(lambda: self.tenant.told("aad-eve"))


@asynccontextmanager
async def installed_in_teams(folder: Path, *, steps: str = SLOW_STEPS, crowd: int = 0) -> AsyncIterator[InTeams]:
    """The program set up with the roster, not started yet; stopped at the end."""
    tenant = a_tenant(crowd)
    async with TeamsPlayground(tenant, wall_clock=real_time) as teams:
        url = f"sqlite:///{folder / 'podline.db'}"
        set_up(url, roster_for_teams(steps))
        settings = {
            "PODLINE_TEAMS_CLIENT_ID": tenant.app_id,
            "PODLINE_TEAMS_CLIENT_SECRET": tenant.secret,
            "PODLINE_TEAMS_TENANTS": tenant.id,
            "PODLINE_TEAMS_OPENID_URL": teams.openid_url,
            "PODLINE_TEAMS_SERVICE_HOSTS": "127.0.0.1",
        }
        podline = InTeams(folder, free_port(), url, settings, tenant=tenant, teams=teams)
        teams.people.endpoint = f"{podline.url}/api/messages"
        try:
            yield podline
        finally:
            await podline.stop()
