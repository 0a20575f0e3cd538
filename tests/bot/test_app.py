"""Podline as a whole, in front of the stand-in for Slack: what is started, what is refused, how it ends."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.app import Podline
from bot.clock import PushedClock, SystemClock
from bot.config import Settings, SettingsError
from bot.errors import PlainError
from bot.playground.installation import Installation
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from bot.web.listening import CannotListen, listening
from commands.feed_changes import Wanted, add_feed, source_of
from coverage.ids import FeedId
from coverage.leave.calendar import CalendarKind
from storage.engine import open_engine
from storage.sealing import Sealing
from storage.unit_of_work import UnitsOfWork
from tests.bot.feeds.calendar_server import Say, calendar, calendar_server
from tests.bot.small_firm import set_up_small_firm

TOKEN = "podline_a-token-of-the-tests"
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, so that no .env of the checkout is read."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def clock() -> PushedClock:
    return PushedClock(MONDAY)


def settings(url: str, **more: object) -> Settings:
    known = f"tests:{hashlib.sha256(TOKEN.encode()).hexdigest()}"
    return Settings.read(PODLINE_DATABASE_URL=url, PODLINE_API_TOKENS=known, PODLINE_TICK_SECONDS=0.2, **more)


def with_firm(url: str) -> str:
    engine = open_engine(url)
    set_up_small_firm(UnitsOfWork(engine))
    engine.dispose()
    return url


@asynccontextmanager
async def slack_stand_in(clock: PushedClock) -> AsyncIterator[PlaygroundServer]:
    workspace = Workspace(now=clock.now, installation=Installation(), handshake_now=SystemClock().now)
    for user, name in (("U0ANN", "Ann Lee"), ("U0BOB", "Bob Roy")):
        handle = name.split()[0].lower()
        workspace.add_user(user, handle, real_name=name, email=f"{handle}@firm.example")
    for channel in ("C0NORTH", "C0ALERTS", "C0DESK"):
        workspace.add_channel(channel, channel.removeprefix("C0").lower(), members=["U0ANN", "U0BOB"])
    async with PlaygroundServer(workspace, wall_clock=SystemClock().now, pace=0) as server:
        yield server


def of_slack(slack: PlaygroundServer) -> dict[str, object]:
    app = slack.workspace.app
    return {
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_SIGNING_SECRET": app.signing_secret,
        "SLACK_API_URL": slack.url,
    }


@asynccontextmanager
async def caller(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        yield client


async def test_a_question_by_the_api_is_a_card_in_slack_and_a_click_claims_it(
    database_url: str, clock: PushedClock
) -> None:
    async with slack_stand_in(clock) as slack:
        seen = slack.workspace.log.reader()
        configured = settings(with_firm(database_url), **of_slack(slack))
        async with (
            Podline(configured, clock, paced=False) as podline,
            listening(podline.site, "127.0.0.1", 0) as address,
            caller(address) as api,
        ):
            slack.request_url = f"{address}/slack/events"
            asked = (await api.post("/api/v1/questions", json={"text": "VAT?", "client": "Acme"})).json()
            card = (await seen.arrives("posted", channel="C0NORTH", timeout=5)).message
            assert card is not None
            await slack.people.click("U0ANN", "C0NORTH", card.ts, value=f"claim {asked['id']}")
            shown = (await api.get(f"/api/v1/questions/{asked['id']}")).json()
            ready = await api.get("/readyz")

    assert (shown["status"], shown["claimed_by"]["email"]) == ("claimed", "ann@firm.example")
    assert ready.json() == {"ready": True, "reasons": []}


async def test_with_the_api_only_messages_wait_for_whoever_delivers(sqlite_url: str, clock: PushedClock) -> None:
    url = with_firm(sqlite_url)
    async with (
        Podline(settings(url), clock, api_only=True) as podline,
        listening(podline.site, "127.0.0.1", 0) as address,
        caller(address) as api,
    ):
        await api.post("/api/v1/questions", json={"text": "VAT?", "client": "Acme"})

    async with slack_stand_in(clock) as slack:
        seen = slack.workspace.log.reader()
        async with Podline(settings(url, **of_slack(slack)), clock, paced=False):
            await seen.arrives("posted", channel="C0NORTH", timeout=5)


async def test_what_a_process_that_died_had_in_hand_is_due_at_once_on_sqlite(
    sqlite_url: str, clock: PushedClock
) -> None:
    units = UnitsOfWork(open_engine(with_firm(sqlite_url)))
    with units() as uow:
        uow.inbox.take("Ev1", "slack", {}, clock.now())
        uow.inbox.lease("slack", clock.now(), timedelta(seconds=30), 10)
        uow.commit()

    async with Podline(settings(sqlite_url), clock, api_only=True):
        with units.reading() as uow:
            assert uow.inbox.earliest("slack") == clock.now()


async def test_with_nothing_configured_it_says_how_to_begin(sqlite_url: str) -> None:
    with pytest.raises(SettingsError, match="podline demo"):
        async with Podline(settings(sqlite_url)):
            pass


async def test_a_token_that_slack_refuses_is_a_reason_not_to_be_ready_and_questions_are_taken_all_the_same(
    sqlite_url: str, clock: PushedClock
) -> None:
    async with slack_stand_in(clock) as slack:
        refused = settings(with_firm(sqlite_url), **of_slack(slack) | {"SLACK_BOT_TOKEN": "xoxb-revoked"})
        async with (
            Podline(refused, clock, paced=False) as podline,
            listening(podline.site, "127.0.0.1", 0) as address,
            caller(address) as api,
        ):
            asked = await api.post("/api/v1/questions", json={"text": "VAT?", "client": "Acme"})
            ready = await api.get("/readyz")

    assert asked.status_code == 201
    assert ready.status_code == 503
    assert any("SLACK_BOT_TOKEN" in reason for reason in ready.json()["reasons"])


async def test_a_new_sqlite_file_is_made_by_serving(folder: Path) -> None:
    async with Podline(settings("sqlite:///new.db"), api_only=True):
        assert (folder / "new.db").exists()


async def test_a_sqlite_file_is_served_once(sqlite_url: str) -> None:
    async with Podline(settings(sqlite_url), api_only=True):
        with pytest.raises(PlainError, match=f"process {os.getpid()}"):
            async with Podline(settings(sqlite_url), api_only=True):
                pass


async def test_postgresql_without_a_schema_is_refused_and_the_command_is_named(postgresql_server: str) -> None:
    empty = postgresql_server.replace("/postgres?", "/template1?", 1)

    with pytest.raises(PlainError, match="Run `podline migrate`"):
        async with Podline(settings(empty), api_only=True):
            pass


async def test_a_database_that_is_away_is_said_in_a_line_without_the_password() -> None:
    away = "postgresql+psycopg://podline:hush-hush@127.0.0.1:9/podline"

    with pytest.raises(PlainError, match="does not answer") as refused:
        async with Podline(settings(away), api_only=True):
            pass

    assert "hush-hush" not in str(refused.value)
    assert "\n" not in str(refused.value)


async def test_a_port_that_is_taken_is_an_error_that_names_it(sqlite_url: str) -> None:
    async with (
        Podline(settings(sqlite_url), api_only=True) as podline,
        listening(podline.site, "127.0.0.1", 0) as address,
    ):
        port = int(address.rpartition(":")[2])
        with pytest.raises(CannotListen, match=f"Port {port} .* is taken"):
            async with listening(podline.site, "127.0.0.1", port):
                pass


async def test_after_a_jump_of_the_clock_what_is_due_happens(sqlite_url: str, clock: PushedClock) -> None:
    async with slack_stand_in(clock) as slack:
        seen = slack.workspace.log.reader()
        configured = settings(with_firm(sqlite_url), **of_slack(slack))
        async with (
            Podline(configured, clock, paced=False) as podline,
            listening(podline.site, "127.0.0.1", 0) as address,
            caller(address) as api,
        ):
            slack.request_url = f"{address}/slack/events"
            await api.post("/api/v1/questions", json={"text": "VAT?", "client": "Acme"})
            await seen.arrives("posted", channel="C0NORTH", timeout=5)
            clock.set_to(MONDAY.replace(hour=10, minute=0))
            await seen.arrives("posted", channel="C0DESK", timeout=5)
            shown = (await api.get("/api/v1/questions/Q-1")).json()

    assert (shown["step"], shown["step_audience"]) == (2, "contact_centre")


async def test_calendar_feeds_are_fetched_while_it_runs_and_kept_under_the_newest_key(
    sqlite_url: str, clock: PushedClock
) -> None:
    old, new = "o" * 40, "n" * 40
    holiday = calendar(("Bob Roy: holiday", MONDAY.date(), MONDAY.date()))
    of_feeds = {"PODLINE_SECRET_KEY": f"{new},{old}", "PODLINE_FEED_ALLOW": "127.0.0.1"}
    under_old = UnitsOfWork(open_engine(with_firm(sqlite_url)), sealing=Sealing([old]))
    under_new = UnitsOfWork(open_engine(sqlite_url), sealing=Sealing([new]))

    async with calendar_server() as server:
        server.says(Say(holiday))
        with under_old() as uow:
            feed = add_feed(uow, uow.firm(), Wanted(server.address, CalendarKind.TEAM), None, clock.now())
            uow.commit()
        async with Podline(settings(sqlite_url, **of_feeds), clock, api_only=True), asyncio.timeout(30):
            while not _leave_of(under_new, feed.id):
                await asyncio.sleep(0.05)

    with under_new.reading() as uow:
        assert uow.feeds.address_of(feed.id) == server.address


def _leave_of(new_uow: UnitsOfWork, feed: FeedId) -> int:
    with new_uow.reading() as uow:
        return len(uow.absences.of_source(source_of(feed)))
