"""Podline as its operator runs it: the program in a process of its own, in front of the stand-in for Slack."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx

from bot.playground.installation import Installation as Granted
from bot.playground.records import Message
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from bot.slack.manifest import manifest
from tests.shared import ROOT

TOKEN = "acceptance-token"
PEOPLE = {"ANN": "Ann Lee", "BOB": "Bob Roy", "CARA": "Cara Diaz", "DAN": "Dan Moss", "EVE": "Eve Hart"}
CHANNELS = ("NORTH", "SOUTH", "INTAKE", "TEAM", "DESK", "ALERTS")


def a_workspace(more_people: int = 0) -> Workspace:
    """The firm's workspace: five people, some more colleagues for a crowd, the channels of the roster."""
    workspace = Workspace(
        now=_real_time, team_id="T0FIRM", name="Firm", domain="firm", installation=Granted.from_manifest(manifest())
    )
    for who, name in PEOPLE.items():
        first = name.split()[0].lower()
        workspace.add_user(f"U0{who}", first, real_name=name, email=f"{first}@firm.example", tz="Europe/London")
    crowd = [f"U0C{number:03}" for number in range(more_people)]
    for id in crowd:
        workspace.add_user(
            id, id.lower(), real_name=f"Colleague {id[3:]}", email=f"{id.lower()}@firm.example", tz="UTC"
        )
    for channel in CHANNELS:
        workspace.add_channel(f"C0{channel}", channel.lower(), members=[*(f"U0{who}" for who in PEOPLE), *crowd])
    return workspace


def _real_time() -> datetime:
    return datetime.now(UTC)


@dataclass
class Running:
    """The program, the workspace it serves, and what people and other programs do with both."""

    folder: Path
    workspace: Workspace
    slack: PlaygroundServer
    port: int
    database: str
    by_socket: bool = False
    process: asyncio.subprocess.Process | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PODLINE_DATABASE_URL": self.database,
            "PODLINE_PORT": str(self.port),
            "PODLINE_API_TOKENS": f"tests:{sha256(TOKEN.encode()).hexdigest()}",
            "SLACK_BOT_TOKEN": self.workspace.app.bot_token,
            "SLACK_SIGNING_SECRET": self.workspace.app.signing_secret,
            "SLACK_API_URL": self.slack.url,
        } | ({"SLACK_APP_TOKEN": self.workspace.app.app_token} if self.by_socket else {})

    async def podline(self, *arguments: str) -> str:
        """Run a command of the program to its end; its failure fails the test."""
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, cwd=self.folder, env=self.environment | {"PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        printed, complained = await program.communicate()
        assert program.returncode == 0, complained.decode()
        return printed.decode()

    async def start(self) -> None:
        log = (self.folder / "serve.log").open("ab")
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", cwd=self.folder, env=self.environment | {"PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        log.close()

    async def is_ready(self, within: float = 20) -> None:
        async with asyncio.timeout(within), httpx.AsyncClient() as client:
            while True:
                assert self.process is not None
                assert self.process.returncode is None, self.log()
                try:
                    if (await client.get(f"{self.url}/readyz")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass  # it does not listen yet
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """As a power cut would: -9, in the middle of whatever it is doing."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            try:
                await asyncio.wait_for(self.process.wait(), 15)
            except TimeoutError:
                await self.kill()
                raise

    def log(self) -> str:
        return (self.folder / "serve.log").read_text()[-5_000:]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20)

    async def ask(self, text: str, client: str | None = "Acme Ltd", **more: Any) -> dict[str, Any]:
        async with self.client() as api:
            answer = await api.post("/api/v1/questions", json={"text": text, "client": client, **more})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def look(self, id: str) -> dict[str, Any]:
        async with self.client() as api:
            answer = await api.get(f"/api/v1/questions/{id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def posts(self, channel: str) -> list[Message]:
        """Messages that begin a thread in the channel: the cards and the channel messages of steps."""
        return [one for one in self.workspace.messages(channel) if one.thread_ts in (None, one.ts) and one.bot_id]

    async def card(self, id: str, channel: str = "C0NORTH", within: float = 10) -> Message:
        """The card of a question, when it has arrived; two of them fail the test."""
        async with asyncio.timeout(within):
            while not (cards := [one for one in self.posts(channel) if f"{id} " in one.text]):
                await asyncio.sleep(0.02)
        assert len(cards) == 1
        return cards[0]

    async def until(self, holds: Any, within: float = 10) -> None:
        """Wait until ``holds()`` is true."""
        async with asyncio.timeout(within):
            while not holds():
                await asyncio.sleep(0.02)


ROSTER = """
people:
{people}
service_hours:
  always: {{timezone: Europe/London, week: "Mon-Sun 00:00-24:00"}}
charters:
  standard: {{routine: {{claim: 8s, first_response: 4h}}}}
escalation_policies:
  standard:
    steps:
{steps}
pods:
  - {{name: North, channel: C0NORTH, members: [ann@firm.example, bob@firm.example, cara@firm.example],
      lead: ann@firm.example, service_hours: always, charter: standard, escalation_policy: standard}}
  - {{name: South, channel: C0SOUTH, members: [dan@firm.example],
      lead: ann@firm.example, service_hours: always, charter: standard, escalation_policy: standard}}
clients:
  - {{name: Acme Ltd, pod: North, named_contact: ann@firm.example, aliases: [Acme], domains: [acme.example],
      knows: {{bob@firm.example: knows}}}}
  - {{name: Delta Co, pod: South, named_contact: dan@firm.example}}
intake: {{channel: C0INTAKE, pod: North}}
alerts_channel: C0ALERTS
"""

SLOW_STEPS = """      - {after: 1h, notify: deputies}
      - {after: 2h, notify: contact_centre, channel: C0DESK}"""
QUICK_STEPS = """      - {after: 4s, notify: named_contact}
      - {after: 8s, notify: deputies}
      - {after: 12s, notify: team, channel: C0TEAM}
      - {after: 16s, notify: contact_centre, channel: C0DESK}"""


def roster(steps: str = SLOW_STEPS) -> str:
    people = "\n".join(
        f"  - {{name: {name}, email: {name.split()[0].lower()}@firm.example, slack: U0{who}, timezone: Europe/London,"
        f" role: {'manager' if who == 'EVE' else 'member'}}}"
        for who, name in PEOPLE.items()
    )
    return ROSTER.format(people=people, steps=steps)


@asynccontextmanager
async def installed(
    folder: Path, *, steps: str = SLOW_STEPS, database: str = "", crowd: int = 0, by_socket: bool = False
) -> AsyncIterator[Running]:
    """The program set up with the roster, not started yet; stopped at the end."""
    workspace = a_workspace(crowd)
    async with PlaygroundServer(workspace, wall_clock=_real_time) as slack:
        url = database or f"sqlite:///{folder / 'podline.db'}"
        running = Running(folder, workspace, slack, free_port(), url, by_socket)
        slack.request_url = f"{running.url}/slack/events"
        (folder / "roster.yaml").write_text(roster(steps))
        await running.podline("migrate")
        await running.podline("import", "roster", "roster.yaml")
        try:
            yield running
        finally:
            await running.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
