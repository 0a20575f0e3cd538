"""The page is for everybody: axe-core finds nothing serious, narrow or wide, light or dark; and it is there quickly."""

import asyncio
import os
import re
import sys
import time
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bot.demo.stage import Stage
from tests.browser.conftest import PATIENCE, Open
from tests.browser.test_workspace import card_in, claim
from tests.shared import ROOT

SERIOUS = ("serious", "critical")
COLD_START, TRIES = 10.0, 4
"""Seconds from the command to the first card on the page (issue 5)."""


async def serious_in(page: Page) -> list[str]:
    found = (await Axe().run(page)).response["violations"]
    return [
        f"{one['id']}: {one['help']} ({one['nodes'][0]['html'][:120]})" for one in found if one["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
async def test_axe_finds_nothing_serious(stage: Stage, window: Open, width: int, scheme: str) -> None:
    page = await window("cara", "north", width, color_scheme=scheme, reduced_motion="reduce")
    await stage.ask("Acme", "May we pay in two parts?")
    await card_in(page)
    await claim(page)
    await expect(page.get_by_text("Q-1 is yours")).to_be_visible()
    assert await serious_in(page) == []

    await page.get_by_role("button", name="Hand question Q-1").click()
    await page.get_by_role("dialog").locator("footer .primary").click()
    assert await serious_in(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious_in_the_manual(stage: Stage, browser: Browser, scheme: str) -> None:
    page = await browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    await page.goto(f"{stage.slack.base_url}/manual/reference.md")

    assert await serious_in(page) == []


async def test_nothing_sticks_out_of_a_narrow_screen(stage: Stage, window: Open) -> None:
    page = await window("cara", "north", 390)
    await stage.ask("Acme", "May we pay in two parts? " + "Donaudampfschifffahrtsgesellschaft" * 4)
    await card_in(page)

    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await page.get_by_role("button", name="Clock, tour").click()
    await expect(page.get_by_role("button", name="The whole tour")).to_be_visible()
    await page.get_by_role("button", name="Channels").click()
    await expect(page.get_by_role("link", name="uk-team")).to_be_visible()


async def test_from_a_cold_start_the_first_card_is_on_the_page_in_time(browser: Browser, tmp_path: Path) -> None:
    """The best of a few: what else the machine does is not the demo's doing."""
    took = [await _cold_start(browser, tmp_path)]
    while min(took) >= COLD_START and len(took) < TRIES:
        took.append(await _cold_start(browser, tmp_path))

    assert min(took) < COLD_START


async def _cold_start(browser: Browser, folder: Path) -> float:
    page = await browser.new_page()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    begun = time.monotonic()
    demo = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", "39471", cwd=folder, env=environment,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert demo.stdout is not None
        said = b""
        while not (address := re.search(rb"Open (http://\S+) in a browser", said)):
            line = await demo.stdout.readline()
            assert line, said
            said += line
        await page.goto(f"{address[1].decode()}/as/cara/in/north")
        await card_in(page)
        return time.monotonic() - begun
    finally:
        demo.terminate()
        await demo.communicate()


async def test_five_hundred_messages_are_drawn_and_more_come_smoothly(stage: Stage, window: Open) -> None:
    for number in range(500):
        await stage.people.say("U0BOB", "C0KUDOS", f"message {number}")
    page = await window("cara", "kudos")
    await expect(page.locator("#messages > li")).to_have_count(500, timeout=PATIENCE)

    for number in range(50):
        await stage.people.say("U0BOB", "C0KUDOS", f"more {number}")

    await expect(page.locator("#messages > li")).to_have_count(550, timeout=PATIENCE)
    await expect(page.get_by_text("more 49")).to_be_in_viewport()
