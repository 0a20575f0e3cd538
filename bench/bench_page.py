"""The demo's page with 500 messages in a channel while 50 more a second come in: does it stay smooth in the browser?

Smooth is that the thread which draws has time left: counted is its processor time, so that what else the machine does
meanwhile does not matter. At rest the same page needs next to nothing.
"""

import asyncio
import os
import shutil
import sys
from datetime import UTC, datetime, timedelta
from itertools import count

from playwright.async_api import CDPSession, async_playwright

from bench.report import Direction, Measurement
from bot.playground.posting import post_as_person
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace

THERE, A_SECOND, SECONDS = 500, 50, 5
AFTER = 3
"""Seconds in which the rest may still be drawn; they count."""
BUSY_AT_MOST = 75.0
"""Percent of a second: a quarter of every frame is left, where two cores serve page, stand-in and browser."""


def measure() -> list[Measurement]:
    """How busy the page is at 50 messages a second, beside a thread always busy; nothing without Chromium."""
    chromium = os.environ.get("PODLINE_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("No Chromium here, so the page is not measured: apt install chromium", file=sys.stderr)
        return []
    busy = asyncio.run(_measured(chromium))
    name = f"page: busy at {A_SECOND} messages/s, {THERE} there"
    return [Measurement(name, busy, 100.0, "%", busy / 100, BUSY_AT_MOST / 100, Direction.AT_MOST)]


async def _measured(chromium: str) -> float:
    ticks = count()
    start = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    workspace = Workspace(now=lambda: start + timedelta(seconds=next(ticks)))
    workspace.add_user("U0ANN", "ann", real_name="Ann Lee")
    workspace.add_user("U0BOB", "bob", real_name="Bob Roy")
    workspace.add_channel("C0NORTH", "north", members=["U0ANN", "U0BOB"])
    for number in range(THERE):
        post_as_person(workspace, "U0BOB", "C0NORTH", f"Message {number}: *what* do we answer <@U0ANN>?")
    async with PlaygroundServer(workspace, wall_clock=lambda: start) as slack, async_playwright() as started:
        browser = await started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = await browser.new_page()
        await page.goto(f"{slack.base_url}/as/ann/in/north")
        await page.wait_for_timeout(1000)
        metrics = await page.context.new_cdp_session(page)
        await metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = await _busy_seconds(metrics)
        for number in range(A_SECOND * SECONDS):
            post_as_person(workspace, "U0BOB", "C0NORTH", f"One more, {number}")
            await asyncio.sleep(1 / A_SECOND)
        last = page.get_by_text(f"One more, {A_SECOND * SECONDS - 1}", exact=True)
        await last.wait_for(timeout=60_000)
        await page.wait_for_timeout(AFTER * 1000)
        busy = await _busy_seconds(metrics) - before
        await browser.close()
    return 100 * busy / SECONDS


async def _busy_seconds(metrics: CDPSession) -> float:
    found = await metrics.send("Performance.getMetrics")
    return float(next(one["value"] for one in found["metrics"] if one["name"] == "TaskDuration"))
