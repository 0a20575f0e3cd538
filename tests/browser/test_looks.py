"""The page is for everybody: axe-core finds nothing serious, wide or narrow, light or dark; it holds many messages."""

import asyncio
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bench.bench_cold_start import first_card
from bot.demo.stage import Stage
from tests.browser.conftest import PATIENCE, Open
from tests.browser.test_workspace import card_in, claim

SERIOUS = ("serious", "critical")


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


async def test_from_a_cold_start_the_first_card_comes_onto_the_page(browser: Browser, tmp_path: Path) -> None:
    """How soon is measured by ``python -m bench cold_start``."""
    page = await browser.new_page()
    async with asyncio.timeout(60):
        await first_card(page, tmp_path)
    await page.context.close()


async def test_five_hundred_messages_are_drawn_and_more_come_smoothly(stage: Stage, window: Open) -> None:
    for number in range(500):
        await stage.people.say("U0BOB", "C0KUDOS", f"message {number}")
    page = await window("cara", "kudos")
    await expect(page.locator("#messages > li")).to_have_count(500, timeout=PATIENCE)

    for number in range(50):
        await stage.people.say("U0BOB", "C0KUDOS", f"more {number}")

    await expect(page.locator("#messages > li")).to_have_count(550, timeout=PATIENCE)
    await expect(page.get_by_text("more 49")).to_be_in_viewport()


async def test_who_reads_further_up_is_left_there_until_they_come_back(stage: Stage, window: Open) -> None:
    for number in range(60):
        await stage.people.say("U0BOB", "C0KUDOS", f"message {number}")
    page = await window("cara", "kudos")
    await expect(page.get_by_text("message 59")).to_be_in_viewport()

    await page.locator("#stream").hover()
    await page.mouse.wheel(0, -2000)
    await expect(page.get_by_text("message 59")).not_to_be_in_viewport()
    await stage.people.say("U0BOB", "C0KUDOS", "one more")
    await expect(page.get_by_text("one more")).to_be_attached()
    await expect(page.get_by_text("one more")).not_to_be_in_viewport()

    await page.mouse.wheel(0, 9000)
    await expect(page.get_by_text("one more")).to_be_in_viewport()
    await stage.people.say("U0BOB", "C0KUDOS", "and the last")
    await expect(page.get_by_text("and the last")).to_be_in_viewport()
