"""The page without a browser: who may ask for it, what it says to a browser, and what it draws of each block."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.playground import viewing
from bot.playground.page.filling import given
from bot.playground.page.manual import read
from bot.playground.posting import post_as_app, post_as_person, remove, update_as_app
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import NORTH, button, card, form
from tests.shared import ROOT

OPTIONS = [{"text": {"type": "plain_text", "text": text}, "value": text.lower()} for text in ("Red", "Green")]


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


@pytest.fixture
async def browser(slack: PlaygroundServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=slack.base_url, trust_env=False, follow_redirects=True) as client:
        yield client


async def page(browser: httpx.AsyncClient, who: str = "ann", place: str = "north") -> str:
    answer = await browser.get(f"/as/{who}/in/{place}")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_nothing_may_be_loaded_from_anywhere_else(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/")

    assert answer.url.path == "/as/ann/in/north"
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in answer.headers["Content-Security-Policy"]
    addresses = set(re.findall(r'(?:src|href|action)="([^"#]*)"', answer.text)) - {""}
    assert [address for address in addresses if not address.startswith("/")] == []


async def test_another_name_that_leads_here_gets_nothing(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/as/ann/in/north", headers={"Host": "evil.example:80"})

    assert answer.status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
async def test_no_other_page_acts_in_it(browser: httpx.AsyncClient, workspace: Workspace, origin: str) -> None:
    answer = await browser.post(f"/as/ann/say/{NORTH}", data={"text": "hi"}, headers={"Origin": origin})

    assert answer.status_code == 403
    assert workspace.messages(NORTH) == ()


async def test_a_person_who_is_no_member_does_not_see_a_channel(browser: httpx.AsyncClient) -> None:
    for path in ("/as/zoe/in/north", "/as/zoe/live/north", "/as/nobody/in/north", "/as/zoe/in/home"):
        assert (await browser.get(path)).status_code == 404


async def test_an_ephemeral_is_on_one_persons_page_only(browser: httpx.AsyncClient, workspace: Workspace) -> None:
    post_as_app(workspace, NORTH, text="psst", ephemeral_to="U0BOB")

    assert "psst" in await page(browser, "bob")
    assert "only visible to you" in await page(browser, "bob")
    assert "psst" not in await page(browser, "ann")


async def test_every_kind_of_element_is_drawn(browser: httpx.AsyncClient, workspace: Workspace) -> None:
    elements = [
        {"type": "overflow", "action_id": "o", "options": OPTIONS},
        {"type": "static_select", "action_id": "s", "options": OPTIONS, "initial_option": OPTIONS[1]},
        {"type": "users_select", "action_id": "u"},
        {"type": "channels_select", "action_id": "c"},
        {"type": "conversations_select", "action_id": "v"},
        {"type": "datepicker", "action_id": "d", "initial_date": "2026-11-23"},
        {"type": "timepicker", "action_id": "t", "initial_time": "09:00"},
        {"type": "datetimepicker", "action_id": "dt", "initial_date_time": 1795424400},
        {"type": "checkboxes", "action_id": "b", "options": OPTIONS},
        {"type": "radio_buttons", "action_id": "r", "options": OPTIONS},
    ]
    link = {"type": "button", "action_id": "l", "text": plain("Open"), "url": "https://acme.example/x"}
    many = {"type": "multi_static_select", "action_id": "m", "options": OPTIONS}
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain("Heading")},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*bold* <@U0ANN>"}, "accessory": many},
        {"type": "section", "fields": [plain("one"), plain("two")]},
        {"type": "divider"},
        {"type": "actions", "elements": [*elements, link]},
        {"type": "context", "elements": [plain("small")]},
        {"type": "image", "image_url": "https://acme.example/x.png", "alt_text": "A chart"},
    ]
    post_as_app(workspace, NORTH, text="all", blocks=blocks)

    html = await page(browser)

    for part in (
        '<h4 class="b-header">Heading</h4>', "<strong>bold</strong>", '<span class="mention me">@Ann Lee</span>',
        "<div>one</div><div>two</div>", "<hr>", '<option value="green" selected>Green</option>',
        'type="date"', 'value="2026-11-23"', 'type="time"', 'type="datetime-local"', 'value="2026-11-23T',
        'type="checkbox"', 'type="radio"', 'role="radiogroup"', 'aria-label="More actions"', "small", "A chart",
        'data-opens="https://acme.example/x"', '<option value="U0BOB">Bob Roy</option>', ">#north</option>",
    ):  # fmt: skip
        assert part in html, part
    assert "x.png" not in html


async def test_times_are_in_the_zone_of_who_looks(browser: httpx.AsyncClient, workspace: Workspace) -> None:
    post_as_app(workspace, NORTH, text="due <!date^1795425600^{time}|some day>")

    assert '<span class="date">09:20</span>' in await page(browser, "ann")
    assert '<span class="date">04:20</span>' in await page(browser, "bob")


async def test_what_a_hostile_client_writes_is_escaped_everywhere(
    browser: httpx.AsyncClient, workspace: Workspace
) -> None:
    nasty = "\"'><script>alert(1)</script><javascript:alert(1)|x>"
    post_as_person(workspace, "U0ANN", NORTH, nasty, files=[{"id": "F1", "name": nasty, "size": 1}])
    post_as_app(workspace, NORTH, text="x", blocks=card(button(text=nasty[:70], value=nasty, action_id=nasty)))

    html = await page(browser)

    assert "<script>alert" not in html
    assert 'href="javascript' not in html


async def test_a_thread_hangs_below_its_message_and_a_deleted_root_leaves_its_replies(
    browser: httpx.AsyncClient, workspace: Workspace
) -> None:
    root = post_as_app(workspace, NORTH, text="root")
    post_as_app(workspace, NORTH, text="below", thread_ts=root.ts)
    remove(workspace, root, "app")

    html = await page(browser)

    assert "This message was deleted." in html
    assert html.index(f'id="r-{root.ts}"') < html.index("below")


async def test_news_come_as_events_and_none_is_lost_between_page_and_events(
    browser: httpx.AsyncClient, workspace: Workspace
) -> None:
    live = re.search(r'data-live="([^"]+)"', await page(browser))
    assert live is not None
    first = post_as_app(workspace, NORTH, text="before the events")
    update_as_app(workspace, NORTH, first.ts, text="changed")

    async with browser.stream("GET", live[1].replace("&amp;", "&")) as events:
        lines = events.aiter_lines()
        await _until(lines, "changed")
        post_as_app(workspace, NORTH, text="after")
        await _until(lines, "after")


async def test_a_window_of_an_earlier_run_is_told_to_load_again(browser: httpx.AsyncClient) -> None:
    async with browser.stream("GET", "/as/ann/live/north?since=other.3") as events:
        await _until(events.aiter_lines(), "event: reload")


async def test_a_form_is_told_what_is_missing_and_keeps_what_was_typed(
    browser: httpx.AsyncClient, slack: PlaygroundServer, workspace: Workspace
) -> None:
    view = viewing.open_view(workspace, workspace.handshakes.trigger("U0ANN"), form())

    empty = await browser.post(f"/as/ann/view/{view.id}/submit", data={"in.said": ""})
    other = await browser.post(f"/as/bob/view/{view.id}/submit", data={"in.said": "mine"})

    assert (empty.status_code, other.status_code) == (422, 422)
    assert "That form is not open any more." in other.text
    assert workspace.open_views("U0ANN")[-1].errors == {"said": "Please complete this required field."}


async def test_what_cannot_be_done_is_said_in_words_with_the_code(browser: httpx.AsyncClient) -> None:
    answer = await browser.post(f"/as/zoe/say/{NORTH}", data={"text": "hi"})

    assert answer.status_code == 422
    assert "You are not in this channel." in answer.text
    assert "<code>not_in_channel</code>" in answer.text


def test_a_date_and_time_is_that_of_the_persons_zone(workspace: Workspace) -> None:
    picker = {"type": "datetimepicker", "action_id": "x"}

    london, new_york = (given(workspace, who, picker, ["2026-11-23T09:20"]) for who in ("U0ANN", "U0BOB"))

    assert new_york - london == 5 * 3600


def test_the_manual_is_read_without_its_html_and_only_from_its_folder() -> None:
    assert 'id="commands"' in (read(ROOT / "docs", "reference.md") or "")
    for name in ("../README.md", "..%2fREADME.md", "nothing.md", "images"):
        assert read(ROOT / "docs", name) is None


async def _until(lines: AsyncIterator[str], words: str) -> None:
    async for line in lines:
        if words in line:
            return
    raise AssertionError(f"the events ended without {words!r}")
