"""Steps, by what arrived in Slack and when: in seconds, over a weekend, and past a pod that is away."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.app import Podline
from bot.clock import FastClock, SystemClock
from bot.config import Settings
from bot.playground.log import Happening
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from bot.slack.manifest import EVENTS_PATH
from bot.web.listening import listening
from tests.acceptance.firm import SLOW_STEPS, a_workspace, real_time, roster
from tests.acceptance.installation import TOKEN, installed, set_up

QUICK_STEPS = """      - {after: 4s, notify: named_contact}
      - {after: 8s, notify: deputies}
      - {after: 12s, notify: team, channel: C0TEAM}
      - {after: 16s, notify: contact_centre, channel: C0DESK}"""
NEVER = 3600.0
"""Real seconds between two looks at what is periodic: the managers' outlook of Monday is not the point here."""
LATE = 3.0
"""Real seconds, on a machine that does other things too; ``python -m bench timers`` tells how late timers are."""
LONDON = ZoneInfo("Europe/London")
HALF_AND_WHOLE = """      - {after: 50%, notify: deputies}
      - {after: 100%, notify: contact_centre, channel: C0DESK}"""

FRIDAY_EVENING = datetime(2026, 10, 23, 16, 20, tzinfo=UTC)
"""17:20 in London, on the Friday before the clocks go back."""
MONDAY_MORNING = datetime(2026, 10, 26, 9, 0, tzinfo=UTC)
"""09:00 in London, which has the time of Greenwich again."""


async def test_each_step_arrives_once_within_seconds_of_its_time_and_stops_at_the_claim(tmp_path: Path) -> None:
    async with installed(tmp_path, steps=QUICK_STEPS) as podline:
        await podline.start()
        await podline.is_ready()
        assert (await podline.slack.people.slash_command("U0CARA", "C0NORTH", "/podline", "leave today")).ok

        asked = await podline.ask("Nobody claims this")
        other = await podline.ask("Somebody claims this")
        await podline.until(lambda: len(podline.arrived(other["id"])) == 3)
        card = await podline.card(other["id"])
        assert (await podline.slack.people.click("U0BOB", "C0NORTH", card.ts, text="Claim")).ok
        await podline.until(lambda: podline.posts("C0DESK"))
        await asyncio.sleep(1)

        offered = datetime.fromisoformat(asked["offered_at"])
        seconds = [(entry.at - offered).total_seconds() for entry in podline.arrived(asked["id"])]
        due = [4 * int(after / 4) for after in seconds]
        calls = [_where_and_whom(podline.workspace, entry) for entry in podline.arrived(asked["id"])]
        assert sorted((at, *call) for at, call in zip(due, calls, strict=True)) == [
            (0, "C0NORTH", "U0ANN"),
            (4, "C0NORTH", "U0ANN"),
            (4, "D0ANN", ""),
            (8, "C0NORTH", "U0BOB"),  # Cara is on leave
            (8, "D0BOB", ""),
            (12, "C0TEAM", ""),
            (16, "C0DESK", ""),
        ]
        assert all(after - at <= LATE for after, at in zip(seconds, due, strict=True)), seconds
        until_the_claim = [_where_and_whom(podline.workspace, entry) for entry in podline.arrived(other["id"])]
        assert sorted(until_the_claim) == [("C0NORTH", "U0ANN"), ("C0NORTH", "U0ANN"), ("D0ANN", "")]


def _where_and_whom(workspace: Workspace, entry: Happening) -> tuple[str, str]:
    """The channel a message arrived in and whom it notifies by mentions."""
    message = entry.message
    assert message is not None
    return message.channel, " ".join(sorted(workspace.notified_by(message)))


async def test_with_the_whole_pod_on_leave_the_next_step_fires_at_once_and_says_why(tmp_path: Path) -> None:
    async with installed(tmp_path, steps=SLOW_STEPS) as podline:
        await podline.start()
        await podline.is_ready()
        for who in ("ANN", "BOB", "CARA"):
            answer = await podline.slack.people.slash_command(f"U0{who}", "C0NORTH", "/podline", "leave today")
            assert answer.ok

        asked = await podline.ask("Nobody is in")

        await podline.until(lambda: podline.posts("C0DESK"))
        shown = await podline.look(asked["id"])
        assert (shown["step"], shown["step_audience"]) == (2, "contact_centre")
        why = [row["why"] for row in shown["history"] if row["what"] in ("skipped", "step")]
        assert "nobody of North is there" in why[0]
        assert not podline.workspace.notified_by(await podline.card(asked["id"]))


async def test_asked_on_friday_evening_nothing_happens_on_the_weekend_and_it_is_due_on_monday_at_twenty_past_nine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clock = FastClock(FRIDAY_EVENING, speed=1)
    async with AsyncExitStack() as running:
        workspace = a_workspace(now=clock.now)
        slack = await running.enter_async_context(PlaygroundServer(workspace, wall_clock=real_time))
        database = f"sqlite:///{tmp_path / 'podline.db'}"
        set_up(database, roster(HALF_AND_WHOLE, claim="30m", hours="office"))
        settings = _settings(database, slack)
        podline = await running.enter_async_context(
            Podline(settings, clock, wall=SystemClock(), paced=False, look=NEVER)
        )
        address = await running.enter_async_context(listening(podline.site, "127.0.0.1", 0))
        slack.request_url = address + EVENTS_PATH
        api = await running.enter_async_context(
            httpx.AsyncClient(base_url=address, headers={"Authorization": f"Bearer {TOKEN}"})
        )
        seen = workspace.log.reader()

        question = {"text": "Is Monday soon enough?", "client": "Acme"}
        asked = (await api.post("/api/v1/questions", json=question)).json()
        card = await seen.arrives("posted", channel="C0NORTH")
        clock.hurry_to(MONDAY_MORNING + timedelta(minutes=4, seconds=50), within=1.5)
        while clock.now() < MONDAY_MORNING + timedelta(minutes=4, seconds=50):
            await asyncio.sleep(0.02)
        seen.expect_nothing()
        clock.set_to(MONDAY_MORNING + timedelta(minutes=5))
        calls = [await seen.arrives("posted", channel=place) for place in ("C0NORTH", "D0BOB", "D0CARA")]
        await seen.arrives("updated", channel="C0NORTH")
        clock.set_to(MONDAY_MORNING + timedelta(minutes=19, seconds=50))
        await asyncio.sleep(0.5)
        seen.expect_nothing()
        clock.set_to(MONDAY_MORNING + timedelta(minutes=20))
        desk = await seen.arrives("posted", channel="C0DESK")

        due = datetime.fromisoformat(asked["claim_due"])
        assert f"{due.astimezone(LONDON):%d %a %H:%M}" == "26 Mon 09:20"
        assert card.message is not None
        assert str(int(due.timestamp())) in str(card.message.blocks)
        assert card.at - FRIDAY_EVENING < timedelta(seconds=5)
        first_step = [call.at - MONDAY_MORNING for call in calls]
        assert all(timedelta(minutes=5) <= after < timedelta(minutes=5, seconds=5) for after in first_step)
        assert timedelta(0) <= desk.at - due < timedelta(seconds=5)


def _settings(database: str, slack: PlaygroundServer) -> Settings:
    app = slack.workspace.app
    return Settings.read(
        PODLINE_DATABASE_URL=database,
        PODLINE_API_TOKENS=f"tests:{sha256(TOKEN.encode()).hexdigest()}",
        PODLINE_TICK_SECONDS=0.1,
        SLACK_BOT_TOKEN=app.bot_token,
        SLACK_SIGNING_SECRET=app.signing_secret,
        SLACK_API_URL=slack.url,
    )
