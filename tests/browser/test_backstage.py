"""What the demo's page lets a visitor do to the firm: the tour, the clock, leave, beginning again."""

import asyncio
import re
from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from bot.demo.stage import Stage
from tests.browser.conftest import PATIENCE, Open
from tests.browser.test_workspace import card_in

FRIDAY = datetime(2026, 11, 20, 17, 20, tzinfo=UTC)
"""Ten minutes before the office closes: half of the time to claim is over on Monday at 9:05."""
LEAVE = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//
BEGIN:VEVENT
UID:1@test
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20261116
DTEND;VALUE=DATE:20261121
SUMMARY:Annual leave
END:VEVENT
END:VCALENDAR
"""


async def test_the_tour_goes_to_its_end_and_the_window_goes_along(stage: Stage, window: Open) -> None:
    page = await window("ann", "kudos")

    await page.get_by_role("button", name="The whole tour").click()

    await expect(page.get_by_text("That was the tour.")).to_be_visible(timeout=4 * PATIENCE)
    await expect(page.locator("#caption")).to_contain_text("28 of 28")
    await expect(page.locator("#caption .what")).to_have_text(
        "In May Finn is back, and reads what became of his clients."
    )
    await page.get_by_role("link", name="Look as Finn, direct messages").click()
    await expect(page.locator(".message.pointed").first).to_contain_text("While you were away")

    await page.get_by_role("button", name="Hide the explanation").click()
    await expect(page.locator("#caption")).to_be_hidden()


@pytest.mark.parametrize("pace", [1.0])
async def test_what_was_written_before_a_story_is_folded_away_while_it_is_told(stage: Stage, window: Open) -> None:
    page = await window("cara", "north")
    await page.get_by_role("button", name="Story 2").click()
    step = page.locator("#caption .step")
    await expect(step).to_contain_text("1 of 7")
    await page.get_by_role("button", name="Pause").click()

    await page.goto(f"{stage.slack.base_url}/as/cara/in/north")  # where the first story was
    await expect(step).to_contain_text(" of 7")
    await expect(page.locator("#messages article").first).to_be_hidden()
    await page.get_by_role("button", name=re.compile("Show .* earlier stor")).click()
    await expect(page.locator("#messages article").first).to_contain_text("Resolved")
    await page.get_by_role("button", name=re.compile("Hide")).click()
    await expect(page.locator("#messages article").first).to_be_hidden()

    await page.get_by_role("button", name="Stop the tour").click()
    await expect(page.locator("#messages article").first).to_be_visible()


@pytest.mark.parametrize("pace", [1.0])
async def test_the_tour_waits_goes_one_step_and_can_be_taken_over(stage: Stage, window: Open) -> None:
    page = await window("ann", "north")
    await page.get_by_role("button", name="Story 1").click()
    await expect(page.locator("#caption .step")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name="Pause").click()
    await expect(page.get_by_text("It waits:")).to_be_visible()
    step = page.locator("#caption .step")
    await expect(step).to_contain_text(" of 4")
    before = await step.inner_text()

    await page.get_by_role("button", name="One step").click()
    await expect(step).not_to_have_text(before)
    await page.get_by_role("button", name="Stop the tour").click()

    await expect(page.get_by_role("button", name="The whole tour")).to_be_visible()
    await expect(page.locator("#caption")).to_be_hidden()


async def test_over_the_weekend_nothing_happens_and_on_monday_the_steps_go_on(stage: Stage, window: Open) -> None:
    page = await window("eve", "south")
    stage.clock.set_to(FRIDAY)
    await stage.ask("Borealis", "Our return is late. What do we do?")
    await card_in(page)

    await page.get_by_role("button", name="to Monday 9:00").click()
    await expect(page.locator("#clock .now")).to_contain_text("Monday 23 November 2026, 09:0")
    said = [one for one in stage.workspace.log.entries if one.by == "app" and one.kind in ("posted", "ephemeral")]
    assert [one.channel for one in said if one.message and "Q-1" in one.message.text] == ["C0SOUTH"]
    assert {one.channel for one in said} <= {"C0SOUTH", "D0ANN"}  # a manager reads her outlook on Mondays
    await expect(page.locator("#messages .thread .message")).to_have_count(0)

    await page.get_by_role("button", name="+15 min").click()
    await expect(page.locator("#clock .now")).to_have_text(re.compile("Monday 23 November 2026, 09:1"))
    await expect(page.locator("#messages .thread")).to_contain_text("nobody has claimed Q-1 yet", timeout=PATIENCE)


async def test_a_person_is_made_sick_with_one_click_and_what_they_had_is_offered_again(
    stage: Stage, window: Open
) -> None:
    eve = await window("eve", "south")
    stage.clock.set_to(stage.clock.now().replace(hour=10))
    await stage.ask("Gable", "Can we claim the scaffolding?")
    await card_in(eve)
    await eve.get_by_role("button", name="Claim question Q-1").click()
    await expect(eve.get_by_text("Q-1 is yours")).to_be_visible()

    await eve.get_by_role("button", name="is ill today").click()

    await expect(eve.get_by_role("status")).to_contain_text("Eve has written to Podline: I'm sick today.")
    await expect(eve.locator("#messages .thread").get_by_role("button", name="Claim question Q-1")).to_be_visible()


async def test_leave_comes_from_a_calendar_dropped_onto_the_page(stage: Stage, window: Open) -> None:
    bob = await window("bob", "north")
    calendar = bob.locator("input[name=calendar]")

    await calendar.set_input_files({"name": "bob.ics", "mimeType": "text/calendar", "buffer": LEAVE})
    await expect(bob.get_by_role("status")).to_contain_text("bob.ics of Bob: 1 of its events are leave")
    await calendar.set_input_files({"name": "no.ics", "mimeType": "text/calendar", "buffer": b"<html>sorry</html>"})
    await expect(bob.get_by_role("alert")).to_contain_text("nothing was stored")

    await stage.ask("Acme", "May we pay in two parts?")
    await card_in(bob)
    await expect(bob.locator("#messages")).to_contain_text("Bob Balance is away until")


async def test_the_service_clock_is_that_of_the_chosen_pod(window: Open) -> None:
    page = await window("ann", "north")

    await expect(page.locator("#clock .service")).to_have_text("North closed until 09:00")
    await page.get_by_label("Hours of").select_option("Hudson")

    await expect(page.locator("#clock .service")).to_have_text("Hudson closed until 09:00 in New York")


async def test_reset_is_asked_first_and_begins_at_the_first_morning(stage: Stage, window: Open) -> None:
    page = await window("cara", "north")
    await stage.ask("Acme", "May we pay in two parts?")
    await card_in(page)
    stage.clock.set_to(stage.clock.now().replace(day=20))

    await page.get_by_role("button", name="Reset").click()
    await page.get_by_role("button", name="Keep it").click()
    await card_in(page)
    await page.get_by_role("button", name="Reset").click()
    await page.get_by_role("button", name="Begin again").click()

    await expect(page.locator("#empty")).to_be_visible(timeout=PATIENCE)
    await expect(page.locator("#clock .now")).to_have_text(re.compile("Monday 16 November 2026, 08:4"))
    async with asyncio.timeout(PATIENCE / 1000):
        while stage.new_uow is None:  # the stand-in is back before the bot
            await asyncio.sleep(0.05)
    await stage.ask("Acme", "Is this the first one?")
    await card_in(page, "Q-1")
