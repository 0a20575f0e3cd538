"""The stage of the demo: the stand-in for Slack and the real bot, in one process, on loopback, with a clock of its own.

Nothing of whoever starts it is used: no variable of the environment, no .env, no database that was there before.
"""

import asyncio
import random
import secrets
import socket
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

import httpx
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from bot.app import Podline
from bot.cli.token import PREFIX, hash_of
from bot.clock import FastClock, SystemClock
from bot.config import Settings
from bot.demo.firm import the_roster, workspace_of
from bot.playground.log import Reader
from bot.playground.page.backstage import Backstage
from bot.playground.people import People
from bot.playground.server import PlaygroundServer
from bot.slack.manifest import EVENTS_PATH
from bot.web.listening import listening
from commands.ports import NewUnitOfWork
from commands.roster import import_roster

HOST = "127.0.0.1"
HOME = ZoneInfo("Europe/London")
"""The zone the stories are told in."""
MONDAY_MORNING = datetime(2026, 11, 16, 8, 45, tzinfo=HOME)
TICK = 0.25
PATIENCE = 15.0
"""Real seconds until an acknowledgement is late. Slack waits three; a newcomer's laptop may be busy."""

LONGEST_LEASE = timedelta(minutes=10)
"""What is due later than that is put off; what is due earlier may be under way just now."""


class NotAnswered(Exception):
    """The API did not take a question; says what it answered, if anything."""


class Stage:
    """Everything that runs, inside ``async with``; ``port`` is where the bot listens, ``page_port`` where the stand-in
    does, each or another if that is taken.

    ``slack`` is the stand-in, ``clock`` the firm's time, ``token`` lets questions in by the API at ``url``. They are
    others after ``start_over``: ask for them when they are needed. ``backstage_of`` makes what its page can do.
    """

    def __init__(
        self, port: int, page_port: int = 0, backstage_of: "Callable[[Stage], Backstage] | None" = None
    ) -> None:
        self.wall = SystemClock()
        self.token = PREFIX + secrets.token_urlsafe(16)
        self.roster = the_roster()
        self.port = free_port(port)
        self.url = f"http://{HOST}:{self.port}"
        self._page_port = free_port(page_port)
        self.backstage = backstage_of(self) if backstage_of else None
        self._begun_again: list[Callable[[], object]] = []
        self._starting_over = asyncio.Lock()
        self._set_up()

    def _set_up(self) -> None:
        """The first morning: nothing said, nobody away, nothing running yet."""
        self.clock = FastClock(MONDAY_MORNING, speed=1)
        self.workspace = workspace_of(self.roster, self.clock.now, self.wall.now)
        self.slack = PlaygroundServer(
            self.workspace,
            wall_clock=self.wall.now,
            ack_timeout=PATIENCE,
            port=self._page_port,
            backstage=self.backstage,
        )
        self.new_uow: NewUnitOfWork | None = None
        self._ending = AsyncExitStack()
        self._bot: AsyncExitStack | None = None

    async def start_over(self) -> None:
        """Forget all that was and begin at the first morning again, at the same addresses; once at a time."""
        async with self._starting_over:
            await self._ending.aclose()
            self._set_up()
            await self.__aenter__()
        for listener in tuple(self._begun_again):
            listener()

    def on_start_over(self, listener: Callable[[], object]) -> None:
        """Call ``listener`` whenever everything has begun again."""
        self._begun_again.append(listener)

    async def __aenter__(self) -> Self:
        try:
            folder = self._ending.enter_context(tempfile.TemporaryDirectory(prefix="podline-demo-"))
            self._http = await self._ending.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=10))
            await self._ending.enter_async_context(self.slack)
            self._settings = self._settings_for(Path(folder))
            self._ending.push_async_callback(self.stop_bot)
            await self.start_bot(is_first=True)
        except BaseException:
            await self._ending.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.backstage is not None:
            await self.backstage.close()
        await self._ending.aclose()

    @property
    def people(self) -> People:
        """What the people of the firm can do."""
        return self.slack.people

    def new_inbox(self) -> Reader:
        """What Podline shows people from now on; close it when it is read."""
        return self.workspace.log.reader()

    async def start_bot(self, *, is_first: bool = False) -> None:
        """Start a Podline on the demo's database, the firm's roster imported into it the first time."""
        async with AsyncExitStack() as starting:
            podline = await starting.enter_async_context(
                Podline(self._settings, self.clock, wall=self.wall, paced=False, look=TICK)
            )
            if is_first:
                await asyncio.to_thread(import_roster, self.roster, podline.new_uow)
            await starting.enter_async_context(listening(podline.site, HOST, self.port))
            self.new_uow = podline.new_uow
            self._bot = starting.pop_all()
        self.slack.request_url = self.url + EVENTS_PATH

    async def stop_bot(self) -> None:
        """End the Podline that runs, as when its machine is restarted; what it knows is in the database."""
        running, self._bot, self.new_uow = self._bot, None, None
        if running is not None:
            await self.slack.settle()
            await running.aclose()

    async def ask(self, client: str | None, text: str, **more: Any) -> str:
        """Post a client's question to the API, as the firm's own website would; returns its id.

        Raises:
            NotAnswered
        """
        question = {"client": client, "text": text, **more}
        try:
            answer = await self._http.post(f"{self.url}/api/v1/questions", json=question, headers=self._bearer())
        except httpx.HTTPError as error:
            raise NotAnswered(f"The API does not answer ({type(error).__name__}).") from None
        if answer.status_code != httpx.codes.CREATED:
            raise NotAnswered(f"The API answers {answer.status_code}: {answer.json().get('detail', answer.text)}")
        return str(answer.json()["id"])

    async def question(self, number: str) -> dict[str, Any]:
        """What the API tells of a question."""
        answer = await self._http.get(f"{self.url}/api/v1/questions/{number}", headers=self._bearer())
        found: dict[str, Any] = answer.json()
        return found

    async def all_delivered(self) -> None:
        """Wait until nothing is on its way to people; raises AssertionError when that takes too long."""
        give_up_at = self.wall.now() + timedelta(seconds=PATIENCE)
        while await asyncio.to_thread(self._is_delivering):
            assert self.wall.now() < give_up_at, "Podline still has messages to deliver."
            await asyncio.sleep(TICK / 5)

    def _is_delivering(self) -> bool:
        if self.new_uow is None:
            return False
        with self.new_uow.reading() as uow:
            earliest = uow.outbox.earliest()
        return earliest is not None and earliest < self.clock.now() + LONGEST_LEASE

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _settings_for(self, folder: Path) -> Settings:
        app = self.workspace.app
        return _OnlyTheseSettings.read(
            PODLINE_DATABASE_URL=f"sqlite:///{folder / 'podline.db'}",
            PODLINE_HOST=HOST,
            PODLINE_PORT=self.port,
            PODLINE_TICK_SECONDS=TICK,
            PODLINE_API_TOKENS=f"demo:{hash_of(self.token)}",
            SLACK_BOT_TOKEN=app.bot_token,
            SLACK_SIGNING_SECRET=app.signing_secret,
            SLACK_API_URL=self.slack.url,
        )


class _OnlyTheseSettings(Settings):
    """Settings that look at nothing but what they are given."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def free_port(wanted: int = 0) -> int:
    """``wanted`` if it is given and nobody listens there, else any free one that no outgoing connection is given by the
    system, so that it is still free when it is listened on."""
    candidates = random.sample(_NOT_GIVEN_OUT, 100)
    for port in (wanted, *candidates) if wanted else candidates:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
                probe.listen()
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no port of the loopback address is free")


_NOT_GIVEN_OUT = range(20_000, 32_000)
"""Systems take ports for outgoing connections from 32768 or 49152 on."""
