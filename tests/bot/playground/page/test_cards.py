"""Cards as the gallery draws them where Microsoft's renderer is not installed: all that is in use, and nothing more."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from markupsafe import Markup

from bot.clock import SystemClock
from bot.demo.backstage import DemoBackstage
from bot.demo.stage import Stage
from bot.playground.page.backstage import Exhibit, Part
from bot.playground.page.drawing import Drawing
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from bot.teams.forms import form_card
from bot.teams.render import to_card, to_home_card
from bot.teams.text import TeamsMention
from commands.views import Form, Link, Mention, notice
from tests.bot.sample_homes import HOMES
from tests.bot.sample_views import BOB, SAMPLES

PEOPLE = {BOB: TeamsMention("29:bob", "Bob Roy")}
CARDS: dict[str, dict[str, Any]] = {
    **{name: to_card(view, PEOPLE) for name, view in SAMPLES.items()},
    **{f"{name}_sent": form_card(view, PEOPLE) for name, view in SAMPLES.items() if isinstance(view, Form)},
    **{name: to_home_card(home, PEOPLE, result) for name, (home, result) in HOMES.items()},
}


def drawn(card: dict[str, Any], *, by_microsoft: bool = False) -> Markup:
    return drawing().exhibit("U0ANN", Exhibit("a card", card=card), by_microsoft=by_microsoft)


@cache
def drawing() -> Drawing:
    return Drawing(workspace(), lambda _: {})


def workspace() -> Workspace:
    made = Workspace(now=lambda: datetime(2026, 11, 16, 10, 0, tzinfo=UTC))
    made.add_user("U0ANN", "ann", real_name="Ann Lee")
    return made


@pytest.mark.parametrize("name", CARDS)
def test_every_element_we_use_is_drawn(name: str) -> None:
    html = drawn(CARDS[name])

    assert not [kind for kind in ("(TextBlock)", "(Input.", "(Action", "(Column") if kind in html]
    assert "<script" not in html


def test_a_mention_is_one_and_a_tag_without_a_person_is_not() -> None:
    card = to_card(notice(Mention(BOB, "Bob Roy"), " <at>Ann</at> ", "<b>"), PEOPLE)

    html = drawn(card)

    assert '<span class="mention">Bob Roy</span>' in html
    assert html.count('class="mention"') == 1
    assert "<b>" not in html


def test_the_sign_of_a_card_is_drawn_and_still_a_letter() -> None:
    html = drawn(CARDS["card"])

    assert re.search(r'<h4><span class="sign (pin|glass|alarm|check)">.</span> Q-', html)


def test_a_link_leads_to_the_web_or_nowhere() -> None:
    card = to_card(notice(Link("scan", "https://f.example/scan")), {})
    card["body"][0]["inlines"].append({"type": "TextRun", "text": "x", "selectAction": {"url": "javascript:alert(1)"}})

    html = drawn(card)

    assert '<a href="https://f.example/scan"' in html
    assert "javascript:" not in html


def test_the_card_is_there_for_microsofts_renderer_where_that_is_installed() -> None:
    html = drawn(CARDS["card_with_a_nasty_text"], by_microsoft=True)

    assert html.count("data-card=") == 1
    assert "data-card" not in drawn(CARDS["card_with_a_nasty_text"])


class AGallery(DemoBackstage):
    """Shows one card; ``scripts`` are Microsoft's renderer, as far as it is installed."""

    def __init__(self, *scripts: Path) -> None:
        super().__init__(Stage(0))
        self.renderer = scripts

    async def gallery(self) -> list[Part]:
        return [Part("Cards", "What a pod sees.", [Exhibit("a card", card=CARDS["card"], summary="Q-2 waits")])]


async def gallery(shown: AGallery, *paths: str) -> list[httpx.Response]:
    async with (
        PlaygroundServer(workspace(), wall_clock=SystemClock().now, backstage=shown) as server,
        httpx.AsyncClient(base_url=server.base_url, trust_env=False) as client,
    ):
        return [await client.get(path) for path in paths]


async def test_both_platforms_stand_side_by_side_and_we_draw_where_microsofts_renderer_is_not_there(
    tmp_path: Path,
) -> None:
    [page, script] = await gallery(AGallery(tmp_path / "renderer.min.js"), "/gallery", "/static/renderer.min.js")

    assert "In Slack" in page.text
    assert "In Teams" in page.text
    assert "Q-2 waits" in page.text
    assert "cards.js" not in page.text
    assert "data-card=" not in page.text
    assert script.status_code == 404


async def test_microsofts_renderer_draws_where_it_is_installed(tmp_path: Path) -> None:
    (tmp_path / "renderer.min.js").write_text("theirs")

    [page, theirs, ours, other] = await gallery(
        AGallery(tmp_path / "renderer.min.js"),
        "/gallery",
        "/static/renderer.min.js",
        "/static/cards.js",
        "/static/other.min.js",
    )

    assert page.text.index('src="/static/renderer.min.js"') < page.text.index('src="/static/cards.js"')
    assert "data-card=" in page.text
    assert theirs.text == "theirs"
    assert ours.status_code == 200
    assert other.status_code == 404
