"""The gallery in the browser: found by topic, by words, by platform; by keyboard, narrow and dark, without a script."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from bot.demo.backstage import DemoBackstage
from bot.demo.stage import Stage
from tests.browser.conftest import PATIENCE
from tests.browser.test_looks import serious_in


@pytest.fixture(scope="module")
async def stage() -> AsyncIterator[Stage]:
    """One for all of them: who looks at the gallery changes nothing."""
    async with Stage(0, 0, DemoBackstage) as open_stage:
        yield open_stage


async def gallery(browser: Browser, stage: Stage, more: str = "", width: int = 1280, **options: object) -> Page:
    page = await browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE)
    await page.goto(f"{stage.slack.base_url}/gallery{more}")
    return page


async def test_the_index_leads_to_a_topic_and_follows_what_is_read(stage: Stage, browser: Browser) -> None:
    page = await gallery(browser, stage)
    topics = page.get_by_role("navigation", name="Messages by topic")

    await topics.get_by_role("link", name="Briefs and outlooks").click()

    await expect(page.get_by_role("heading", name="Briefs and outlooks")).to_be_in_viewport()
    await expect(topics.locator("[aria-current]")).to_have_text("The next two weeks")
    await topics.get_by_role("link", name="While you were away").click()
    await expect(page.get_by_role("heading", name="While you were away").first).to_be_in_viewport()
    await expect(topics.locator("[aria-current]")).to_have_text("While you were away")
    assert page.url.endswith("#briefs-and-outlooks-while-you-were-away")


async def test_words_leave_only_the_messages_that_have_them_all_and_stay_in_the_address(
    stage: Stage, browser: Browser
) -> None:
    page = await gallery(browser, stage)
    total = await page.locator(".exhibit").count()

    await page.keyboard.press("/")
    await page.keyboard.type("Snoozed UNTIL")

    shown = page.locator(".exhibit:visible")
    await expect(shown).to_have_count(1)
    await expect(shown.get_by_role("heading", name="Snoozed")).to_be_visible()
    await expect(page.get_by_role("status")).to_have_text(f"1 of {total} messages")
    await expect(page.get_by_role("navigation", name="Messages by topic").get_by_role("link")).to_have_count(2)

    await page.reload()
    await expect(shown).to_have_count(1)
    await page.get_by_role("searchbox", name="Show only messages").fill("no message says this")
    await expect(shown).to_have_count(0)
    await page.get_by_role("button", name="Show all of them").click()
    await expect(shown).to_have_count(total)


async def test_one_platform_alone_or_both_side_by_side(stage: Stage, browser: Browser) -> None:
    page = await gallery(browser, stage)
    slack, teams = page.locator(".in-slack:visible"), page.locator(".in-teams:visible")
    both = await slack.count()
    assert both == await teams.count()

    await page.get_by_role("radio", name="Slack").focus()
    await page.keyboard.press("ArrowRight")

    await expect(page.get_by_role("radio", name="Teams")).to_be_checked()
    await expect(slack).to_have_count(0)
    await expect(teams).to_have_count(both)
    await page.reload()
    await expect(slack).to_have_count(0)
    await page.get_by_role("radio", name="Slack").check(force=True)
    await expect(teams).to_have_count(0)


async def test_on_a_narrow_screen_one_platform_is_shown_and_the_topics_are_behind_a_button(
    stage: Stage, browser: Browser
) -> None:
    page = await gallery(browser, stage, width=390)
    await expect(page.locator(".in-teams:visible")).to_have_count(0)
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    home = page.get_by_role("navigation", name="Messages by topic").get_by_role("link", name="Home")
    await expect(home).to_be_hidden()

    await page.get_by_role("button", name="Topics").click()
    await home.first.click()

    await expect(page.get_by_role("heading", name="A member's home")).to_be_in_viewport()
    await expect(home.first).to_be_hidden()


async def test_without_a_script_everything_is_there(stage: Stage, browser: Browser) -> None:
    page = await gallery(browser, stage, java_script_enabled=False)

    await expect(page.get_by_role("searchbox", name="Show only messages")).to_be_hidden()
    assert await page.locator(".exhibit:visible").count() == await page.locator(".exhibit").count() > 50
    assert await page.locator(".index ul ul a:visible").count() == await page.locator(".exhibit").count()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
async def test_axe_finds_nothing_serious_in_the_gallery(
    stage: Stage, browser: Browser, width: int, scheme: str
) -> None:
    page = await gallery(browser, stage, "?in=both", width, color_scheme=scheme)

    # It takes axe ten seconds to look at all of them; these have everything there is in the others.
    rest = page.locator(".wall:not(#the-question-s-card, #home, #forms)")
    await rest.evaluate_all("(walls) => walls.forEach((wall) => wall.remove())")

    microsofts = page.locator(".ac-adaptiveCard")  # there where its renderer is: how that draws is not ours
    await microsofts.evaluate_all("(cards) => cards.forEach((card) => card.remove())")

    assert await serious_in(page) == []
