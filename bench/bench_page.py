"""The demo's page with 500 messages in a channel while 50 more a second come in: does it stay smooth in the browser?

Smooth is how long a frame takes to be drawn, the slowest one in twenty, beside the same page when nothing happens.
"""

import asyncio
import os
import shutil
import sys
from datetime import UTC, datetime, timedelta
from itertools import count

from playwright.async_api import Page, async_playwright

from bench.report import Direction, Measurement
from bot.playground.posting import post_as_person
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace

THERE, A_SECOND, SECONDS = 500, 50, 4
FRAMES_AT_MOST = 3.0
"""Times as long as a frame of the page at rest: 50 ms where that is 17, a pause nobody sees."""
SEEN_WITHIN = 1.0
"""Seconds from a message to its being on the page, at most."""
_FRAMES = """(seconds) => new Promise((done) => {
  const frames = [], begun = performance.now();
  let last = begun;
  const next = (now) => {
    frames.push(now - last);
    last = now;
    if (now - begun < seconds * 1000) requestAnimationFrame(next);
    else done(frames.sort((a, b) => a - b)[Math.floor(frames.length * 0.95)]);
  };
  requestAnimationFrame(next);
})"""


def measure() -> list[Measurement]:
    """Frames at rest and in the flood, and how soon the last message is seen; nothing without a Chromium."""
    chromium = os.environ.get("PODLINE_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("No Chromium here, so the page is not measured: apt install chromium", file=sys.stderr)
        return []
    rest, flood, seen = asyncio.run(_measured(chromium))
    return [
        Measurement("page: a frame, 50 messages/s", flood, rest, "ms", flood / rest, FRAMES_AT_MOST, Direction.AT_MOST),
        Measurement(
            "page: until a message is seen", seen, SEEN_WITHIN, "s", seen / SEEN_WITHIN, 1.0, Direction.AT_MOST
        ),
    ]


async def _measured(chromium: str) -> tuple[float, float, float]:
    seconds = count()
    start = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    workspace = Workspace(now=lambda: start + timedelta(seconds=next(seconds)))
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
        rest = float(await page.evaluate(_FRAMES, SECONDS))
        flood, _ = await asyncio.gather(page.evaluate(_FRAMES, SECONDS), _flood(workspace))
        seen = await _seen(page, workspace)
        await browser.close()
    return rest, float(flood), seen


async def _flood(workspace: Workspace) -> None:
    for number in range(A_SECOND * SECONDS):
        post_as_person(workspace, "U0BOB", "C0NORTH", f"One more, {number}")
        await asyncio.sleep(1 / A_SECOND)


async def _seen(page: Page, workspace: Workspace) -> float:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    post_as_person(workspace, "U0BOB", "C0NORTH", "The very last one")
    await page.get_by_text("The very last one").wait_for()
    return loop.time() - begun
