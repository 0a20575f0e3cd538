"""Podline as its operator runs it: the program in a process of its own, in front of the stand-in for Slack."""

import asyncio
import json
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
from slack_sdk.signature import SignatureVerifier

from bot.demo.stage import free_port
from bot.playground.log import Happening
from bot.playground.records import Message
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.roster import import_roster
from storage.engine import open_engine
from storage.migrate import upgrade
from storage.unit_of_work import UnitsOfWork
from tests.acceptance import forked
from tests.acceptance.firm import SLOW_STEPS, a_workspace, real_time, roster
from tests.shared import ROOT

TOKEN = "acceptance-token"
PATIENCE = 30.0
"""Real seconds to wait for anything, and for Slack to wait for an acknowledgement (it waits three): these tests are not
about how quick a machine is."""


@dataclass
class Program:
    """The program in a process of its own, what other programs do with it, and what is set of its ``platform``."""

    folder: Path
    port: int
    database: str
    platform: dict[str, str] = field(default_factory=dict)
    process: forked.Process | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PODLINE_DATABASE_URL": self.database,
            "PODLINE_PORT": str(self.port),
            "PODLINE_API_TOKENS": f"tests:{sha256(TOKEN.encode()).hexdigest()}",
        } | self.platform

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
        log = self.folder / "serve.log"
        self.process = await asyncio.to_thread(
            forked.start, ["serve"], cwd=self.folder, environment=self.environment, log=log
        )

    async def is_ready(self, within: float = 2 * PATIENCE) -> None:
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

    async def until(self, holds: Any, within: float = PATIENCE) -> None:
        """Wait until ``holds()`` is true."""
        async with asyncio.timeout(within):
            while not holds():
                await asyncio.sleep(0.02)


@dataclass(kw_only=True)
class Running(Program):
    """The program and the workspace it serves, and what people do in that."""

    workspace: Workspace
    slack: PlaygroundServer

    def mention(self, event_id: str, words: str) -> str:
        """The body of Slack's event when Bob writes ``@Podline`` and ``words`` in North's channel."""
        bot = self.workspace.app.bot_user_id
        event = {"type": "app_mention", "user": "U0BOB", "channel": "C0NORTH", "text": f"<@{bot}> {words}"}
        return json.dumps({
            "type": "event_callback", "team_id": "T0FIRM", "api_app_id": self.workspace.app.app_id,
            "event_id": event_id, "event_time": int(time.time()), "event": event | {"ts": "1.1", "event_ts": "1.1"},
            "authorizations": [{"team_id": "T0FIRM", "user_id": bot, "is_bot": True}],
        })  # fmt: skip

    async def post_signed(self, body: str, *, at: str | None = None, secret: str | None = None) -> httpx.Response:
        """Deliver an event as Slack does, signed now with the right secret unless told otherwise."""
        at = at or str(int(time.time()))
        verifier = SignatureVerifier(secret or self.workspace.app.signing_secret)
        signature = verifier.generate_signature(timestamp=at, body=body) or ""
        headers = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature, "Content-Type": "application/json"}
        async with httpx.AsyncClient() as client:
            return await client.post(f"{self.url}/slack/events", content=body, headers=headers)

    def posts(self, channel: str) -> list[Message]:
        """Messages that begin a thread in the channel: the cards and the channel messages of steps."""
        return [one for one in self.workspace.messages(channel) if one.thread_ts in (None, one.ts) and one.bot_id]

    def arrived(self, id: str, since: int = 0) -> list[Happening]:
        """What Podline has written about a question for others to see, in channels, threads and DMs, oldest first;
        ``since`` leaves out so many entries of the workspace's log."""
        return [
            entry
            for entry in self.workspace.log.entries[since:]
            if (entry.kind, entry.by) == ("posted", "app")
            and entry.message is not None
            and re.search(rf"{id}\b", entry.message.text)
        ]

    async def card(self, id: str, channel: str = "C0NORTH", within: float = PATIENCE) -> Message:
        """The card of a question, when it has arrived; two of them fail the test."""
        async with asyncio.timeout(within):
            while not (cards := [one for one in self.posts(channel) if f"{id} " in one.text]):
                await asyncio.sleep(0.02)
        assert len(cards) == 1
        return cards[0]


@asynccontextmanager
async def installed(
    folder: Path,
    *,
    steps: str = SLOW_STEPS,
    database: str = "",
    crowd: int = 0,
    by_socket: bool = False,
    by_commands: bool = False,
) -> AsyncIterator[Running]:
    """The program set up with the roster, not started yet; stopped at the end. Set up as its operator does it, by two
    programs, or by what those call, which is quicker."""
    workspace = a_workspace(crowd)
    async with PlaygroundServer(workspace, wall_clock=real_time, ack_timeout=PATIENCE) as slack:
        url = database or f"sqlite:///{folder / 'podline.db'}"
        tokens = of_slack(slack, by_socket=by_socket)
        running = Running(folder, free_port(), url, tokens, workspace=workspace, slack=slack)
        slack.request_url = f"{running.url}/slack/events"
        if by_commands:
            (folder / "roster.yaml").write_text(roster(steps))
            await running.podline("migrate")
            await running.podline("import", "roster", "roster.yaml")
        else:
            set_up(url, roster(steps))
        try:
            yield running
        finally:
            await running.stop()


def of_slack(slack: PlaygroundServer, *, by_socket: bool = False) -> dict[str, str]:
    """What is set of Slack, to reach the stand-in."""
    app = slack.workspace.app
    return {
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_SIGNING_SECRET": app.signing_secret,
        "SLACK_API_URL": slack.url,
    } | ({"SLACK_APP_TOKEN": app.app_token} if by_socket else {})


def set_up(database: str, roster_file: str) -> None:
    engine = open_engine(database)
    try:
        upgrade(engine)
        import_roster(roster_of(document_of(roster_file)), UnitsOfWork(engine))
    finally:
        engine.dispose()
