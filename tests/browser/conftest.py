"""A Chromium and a demo to open in it; without a Chromium these tests are skipped, in CI they then fail."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.demo.backstage import DemoBackstage
from bot.demo.stage import Stage

MUST = "PODLINE_MUST_BROWSE"
CHROMIUM = os.environ.get("PODLINE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FAST = 0.02
"""How long a caption is read, as a share of what a person needs."""
PATIENCE = 30_000
"""Real milliseconds to wait for something to be seen, on a machine that has other things to do."""
expect.set_options(timeout=PATIENCE)

Open = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        why = "no Chromium here: apt install chromium, or name one in PODLINE_CHROMIUM"
        pytest.fail(why) if os.environ.get(MUST) else pytest.skip(why)
    async with async_playwright() as started:
        running = await started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        await running.close()


@pytest.fixture
def pace() -> float:
    """Of the tour; a test that steps in gives itself the time a person has: ``parametrize("pace", [1.0])``."""
    return FAST


@pytest.fixture
async def stage(pace: float) -> AsyncIterator[Stage]:
    async with Stage(0, 0, lambda stage: DemoBackstage(stage, pace)) as open_stage:
        yield open_stage


@pytest.fixture
async def window(browser: Browser, stage: Stage) -> AsyncIterator[Open]:
    """Opens a window as somebody, in a place; anything the page's own script does wrong fails the test."""
    wrong: list[str] = []
    pages: list[Page] = []

    async def opened(who: str, place: str, width: int = 1280, base: str = "", **options: Any) -> Page:
        page = await browser.new_page(viewport={"width": width, "height": 900}, **options)
        pages.append(page)
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
        await page.goto(f"{base or stage.slack.base_url}/as/{who}/in/{place}")
        return page

    yield opened
    for page in pages:
        await page.context.close()
    assert wrong == []
