"""The workspace in the browser: two people at once, forms, commands, Home, and what a hostile text may not do."""

import asyncio
import time
from urllib.parse import urlsplit

from playwright.async_api import Page, expect

from bot.demo.stage import Stage
from bot.playground import viewing
from tests.browser.conftest import PATIENCE, Open
from tests.browser.wire import Wire

HOSTILE = "<img src=x onerror=alert(1)> <script>alert(2)</script> *<b>bold</b>* <javascript:alert(3)|press> <!channel>"


def seen(page: Page, words: str) -> object:
    return expect(page.locator("#messages").get_by_text(words).first)


async def card_in(page: Page, number: str = "Q-1") -> None:
    await expect(page.get_by_role("heading", name=f"{number} · ")).to_be_visible(timeout=PATIENCE)


async def claim(page: Page) -> None:
    button = page.get_by_role("button", name="Claim question Q-1")
    await button.click()
    await expect(button).to_have_count(0)  # from here on nothing moves under the next press


async def test_of_two_people_who_press_claim_in_the_same_instant_one_has_it(stage: Stage, window: Open) -> None:
    bob, cara = await window("bob", "north"), await window("cara", "north")
    await stage.ask("Acme", "May we pay in two parts?")
    await asyncio.gather(card_in(bob), card_in(cara))

    buttons = [page.get_by_role("button", name="Claim question Q-1") for page in (bob, cara)]
    at = 1000 * time.time() + 1500  # one instant for both, whatever else the machine does until then
    press = "(one, at) => { setTimeout(() => one.click(), at - Date.now()) }"
    await asyncio.gather(*(button.evaluate(press, at) for button in buttons))

    told = [page.locator("#messages .private .b-text") for page in (bob, cara)]
    for one in told:
        await expect(one).to_be_visible(timeout=PATIENCE)
    words = [await one.inner_text() for one in told]
    winner = next(name for name, said in zip(("Bob", "Cara"), words, strict=True) if "is yours" in said)
    [loser] = [said for said in words if "is yours" not in said]
    assert winner in loser
    assert "since" in loser
    for page in (bob, cara):
        await expect(page.get_by_role("button", name="Claim question Q-1")).to_have_count(0)


async def test_a_form_says_what_is_wrong_and_takes_it_when_it_is_right(stage: Stage, window: Open) -> None:
    cara = await window("cara", "north")
    await stage.ask("Acme", "May we pay in two parts?")
    await card_in(cara)
    await claim(cara)

    await cara.get_by_role("button", name="Hand question Q-1").click()
    form = cara.get_by_role("dialog")
    await form.locator("select").select_option("")
    await form.locator("footer .primary").click()
    await expect(form.get_by_role("alert")).to_have_text("Please complete this required field.")

    await form.locator("select").select_option("U0BOB")
    await form.locator("textarea").first.fill("I am in a meeting")
    await form.locator("footer .primary").click()
    await expect(form).to_have_count(0)
    await expect(cara.get_by_text("Bob Balance, since")).to_be_visible()


async def test_a_slash_command_is_completed_as_it_is_typed(stage: Stage, window: Open) -> None:
    cara = await window("cara", "north")
    await stage.ask("Acme", "May we pay in two parts?")
    await card_in(cara)
    field = cara.get_by_role("combobox", name="Message to north")

    await field.press_sequentially("/cl")
    await expect(cara.get_by_role("option", name="/claim")).to_be_visible()
    await field.press("Tab")
    await expect(field).to_have_value("/claim ")
    await field.press_sequentially("Q-1")
    await field.press("Enter")

    await expect(cara.get_by_text("Q-1 is yours")).to_be_visible()
    await expect(field).to_have_value("")


async def test_in_a_thread_one_writes_to_the_app_and_what_is_typed_survives_news(stage: Stage, window: Open) -> None:
    cara = await window("cara", "north")
    await stage.ask("Acme", "May we pay in two parts?")
    await card_in(cara)

    await cara.get_by_role("button", name="Reply in thread").click()
    field = cara.get_by_role("textbox", name="Reply to Podline")
    await expect(field).to_be_focused()
    await field.press_sequentially("@podline ")
    await stage.people.say("U0ANN", "C0NORTH", "something else")
    await expect(cara.get_by_text("something else")).to_be_visible()
    await field.press_sequentially("claim")
    await field.press("Enter")

    await expect(cara.locator(".thread").get_by_text("claim")).to_be_visible()
    await expect(cara.get_by_text("Q-1 is yours").first).to_be_visible()


async def test_where_nothing_is_yet_one_is_shown_around_or_becomes_the_client(window: Open) -> None:
    ann = await window("ann", "north")
    await expect(ann.get_by_role("button", name="Show me around")).to_be_visible()

    await ann.get_by_role("link", name="ask something as a client").click()
    await expect(ann.get_by_role("heading", name="⇄ acme")).to_be_visible()
    await ann.get_by_role("button", name="Show me around").click()

    await expect(ann.locator("#caption .step")).to_be_visible(timeout=PATIENCE)
    await expect(ann.get_by_role("button", name="Show me around")).to_be_hidden()


async def test_thirty_thousand_letters_are_sent_whole(stage: Stage, window: Open) -> None:
    cara = await window("cara", "north")
    field = cara.get_by_role("combobox", name="Message to north")

    await field.fill("/podline question Acme: " + "words " * 5000)
    await field.press("Escape")
    await cara.get_by_role("button", name="Send").click()

    await card_in(cara)
    await expect(field).to_have_value("")
    assert await cara.evaluate("document.documentElement.scrollWidth") == 1280
    assert len((await stage.question("Q-1"))["text"]) == len("words " * 5000) - 1


async def test_what_is_slept_through_while_the_network_is_gone_is_there_when_it_is_back(
    stage: Stage, window: Open
) -> None:
    async with Wire(urlsplit(stage.slack.base_url).port or 0) as wire:
        cara = await window("cara", "north", base=wire.url)
        await stage.people.say("U0BOB", "C0NORTH", "before")
        await expect(cara.get_by_text("before")).to_be_visible()

        wire.cut()
        await expect(cara.locator("body")).to_have_class("cut-off")
        field = cara.get_by_role("combobox", name="Message to north")
        await field.fill("is anybody there?")
        await cara.get_by_role("button", name="Send").click()
        await expect(cara.get_by_role("alert")).to_contain_text("That did not arrive")
        await expect(field).to_have_value("is anybody there?")
        await stage.people.say("U0BOB", "C0NORTH", "meanwhile")

        wire.mend()
        await expect(cara.get_by_text("meanwhile")).to_be_visible()
        await expect(cara.locator("body")).not_to_have_class("cut-off")
        await cara.get_by_role("button", name="Send").click()
        await expect(cara.locator("#messages").get_by_text("is anybody there?")).to_be_visible()


async def test_what_slack_does_not_take_is_shown_with_the_reason_and_stays_in_the_field(window: Open) -> None:
    cara = await window("cara", "north")
    field = cara.get_by_role("combobox", name="Message to north")

    await field.fill("/clam Q-1")
    await field.press("Escape")
    await cara.get_by_role("button", name="Send").click()

    notice = cara.get_by_role("alert")
    await expect(notice).to_contain_text("That is not a valid command.")
    await notice.get_by_text("For developers").click()
    await expect(notice).to_contain_text("unknown_command")
    await expect(field).to_have_value("/clam Q-1")


async def test_a_hostile_text_is_nothing_but_text(stage: Stage, window: Open) -> None:
    cara = await window("cara", "north")
    await stage.ask("Acme", HOSTILE)
    await card_in(cara)

    assert await cara.locator("#messages :is(img, script, b, a[href^=javascript])").count() == 0
    await expect(cara.locator("#messages blockquote").first).to_contain_text("<img src=x onerror=alert(1)>")
    await stage.people.say("U0BOB", "C0NORTH", HOSTILE)
    await expect(cara.locator("#messages .message").nth(1)).to_contain_text("<script>alert(2)</script>")
    assert await cara.locator("#messages :is(img, script, b, a[href^=javascript])").count() == 0


async def test_the_home_tab_tells_the_app_and_shows_what_it_draws(stage: Stage, window: Open) -> None:
    workspace = stage.workspace
    object.__setattr__(workspace.installation, "has_home", True)
    cara = await window("cara", "home")
    await expect(cara.get_by_role("link", name="Home")).to_have_attribute("aria-current", "page")

    button = {"type": "button", "action_id": "x", "text": {"type": "plain_text", "text": "Claim"}, "value": "claim"}
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Yours"}},
        {"type": "actions", "elements": [button]},
    ]
    viewing.publish_home(workspace, "U0CARA", {"type": "home", "blocks": blocks})

    await expect(cara.get_by_role("heading", name="Yours")).to_be_visible()
    await expect(cara.locator("#home").get_by_role("button", name="Claim")).to_be_visible()


async def test_everything_can_be_done_by_keyboard(stage: Stage, window: Open) -> None:
    cara = await window("cara", "north")
    await stage.ask("Acme", "May we pay in two parts?")
    await card_in(cara)

    await cara.locator("#stream").focus()
    for _ in range(4):
        await cara.keyboard.press("Tab")
        if await cara.evaluate("document.activeElement.textContent.trim()") == "Claim":
            break
    await cara.keyboard.press("Enter")

    await expect(cara.get_by_text("Q-1 is yours")).to_be_visible()
    assert await cara.evaluate("document.activeElement.closest('#messages') !== null")


async def test_the_client_sees_only_the_shared_channel_and_has_no_commands(stage: Stage, window: Open) -> None:
    wendy = await window("wendy", "acme")

    await expect(wendy.get_by_role("navigation").get_by_role("link")).to_have_count(2)
    await wendy.get_by_role("combobox", name="Message to acme").fill("/claim Q-1")
    await wendy.get_by_role("button", name="Send").click()

    await expect(wendy.get_by_role("alert")).to_contain_text("People from outside have no commands")


async def test_unread_marks_go_when_a_place_is_looked_at(stage: Stage, window: Open) -> None:
    bob = await window("bob", "kudos")
    await stage.people.say("U0ANN", "C0NORTH", "@bob have you seen this?")
    north = bob.get_by_role("navigation").get_by_role("link", name="north")

    await expect(north).to_contain_text("1")
    await north.click()

    await expect(bob.get_by_text("have you seen this?")).to_be_visible()
    await expect(bob.get_by_role("navigation").get_by_role("link", name="north")).not_to_contain_text("1")


async def test_a_file_dropped_is_kept_to_be_saved_and_never_shown_as_a_page(stage: Stage, window: Open) -> None:
    bob = await window("bob", "north")

    await bob.locator(".composer input[type=file]").set_input_files(
        {"name": "evil.html", "mimeType": "text/html", "buffer": b"<script>alert(1)</script>"}
    )
    await bob.get_by_role("button", name="Send").click()
    link = bob.locator("#messages .file a")
    await expect(link).to_have_text("evil.html")

    answer = await bob.request.get(f"{stage.slack.base_url}{await link.get_attribute('href')}")
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["content-type"] == "application/octet-stream"
