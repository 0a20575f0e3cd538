"""The cards as Microsoft's own renderer reads them (make cards): no complaints, and hostile words stay words."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page

from bot.demo.backstage import RENDERER
from bot.teams.forms import form_card
from bot.teams.render import to_card, to_home_card
from bot.teams.text import TeamsMention
from commands.views import Bold, Code, Form, Link, Mention, Quote, notice
from tests.bot.sample_homes import HOMES, HOSTILE
from tests.bot.sample_views import BOB, NASTY, SAMPLES

PEOPLE = {BOB: TeamsMention("29:bob", "Bob Roy")}
BLOCKS = ["# title", "- list", "1. list", "> quote", "    code", "```", "| a | b |", "***", "[x]: https://x.example"]
_READ = """(cards) => Object.fromEntries(Object.entries(cards).map(([name, json]) => {
  const card = new AdaptiveCards.AdaptiveCard(), context = new AdaptiveCards.SerializationContext();
  card.hostConfig = new AdaptiveCards.HostConfig({ actions: { maxActions: 60 } });
  card.parse(json, context);
  const markdown = window.markdownit({ html: false });
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text); result.didProcess = true;
  };
  const place = document.body.appendChild(document.createElement("div"));
  place.replaceChildren(card.render());
  return [name, {
    troubles: [...Array(context.eventCount).keys()].map((at) => context.getEventAt(at).message)
      .concat(card.validateProperties().validationEvents.map((one) => one.message)),
    text: place.innerText,
    links: [...place.querySelectorAll("a")].map((one) => one.href),
    marked: [...place.querySelectorAll("strong, em, s, code, pre, ul, ol, h1, h2, h3, blockquote, img, table, hr")]
      .map((one) => one.outerHTML),
  }];
}))"""
_KNOWN = ("An Input.ChoiceSet must have at least one choice", 'Invalid value "en" for property "lang"')
"""It knows no people picker; and it keeps the place in a pattern, so that every other language is no language to it."""


@pytest.fixture
async def page(browser: Browser) -> Page:
    if not all(file.is_file() for file in RENDERER):
        pytest.skip("Microsoft's renderer of cards is not here: make cards (needs npm)")
    page = await browser.new_page()
    for file in RENDERER:
        await page.add_script_tag(path=file)
    return page


async def test_microsofts_renderer_finds_nothing_wrong_with_any_card(page: Page) -> None:
    cards: dict[str, Any] = {name: to_card(view, PEOPLE) for name, view in SAMPLES.items()}
    cards |= {f"{name}_sent": form_card(view, PEOPLE) for name, view in SAMPLES.items() if isinstance(view, Form)}
    cards |= {name: to_home_card(home, PEOPLE, result) for name, (home, result) in HOMES.items()}

    read = await page.evaluate(_READ, cards)

    assert set(read) == set(cards)
    for name, found in read.items():
        assert [one for one in found["troubles"] if not one.startswith(_KNOWN)] == [], name
    assert NASTY in read["card_with_a_nasty_text"]["text"].replace("\u200b", "")


async def test_hostile_words_beside_a_mention_are_no_markdown(page: Page) -> None:
    words = [NASTY, HOSTILE, "[pay](https://x.example)", "![x](https://x.example/x.png)", "&lt;b&gt; \\* \\", *BLOCKS]
    cards = {}
    for number, said in enumerate(words):
        for kind in (str, Bold, Code, Quote):
            called = notice(said, " ", Mention(BOB, "Bob Roy"), " ", kind(said), "\n", kind(said))
            cards[f"{number} {kind.__name__}"] = to_card(called, PEOPLE)

    read = await page.evaluate(_READ, cards)

    for name, found in read.items():
        ours = [one for one in found["marked"] if one.startswith("<strong>")] if name.endswith(("Bold", "Code")) else []
        assert found["links"] == [], name
        assert len(ours) <= 2, name
        assert [one for one in found["marked"] if one not in ours] == [], name


async def test_what_is_meant_as_bold_and_as_a_link_is_that(page: Page) -> None:
    meant = notice(Mention(BOB, "Bob Roy"), " has ", Bold("Q-2"), ": ", Link("a_b*c", "https://f.example/a(b)_c*d"))

    read = (await page.evaluate(_READ, {"it": to_card(meant, PEOPLE)}))["it"]

    assert read["links"] == ["https://f.example/a%28b%29_c%2Ad"]
    assert read["marked"] == ["<strong>Q-2</strong>"]
    assert read["text"].strip() == "<at>Bob Roy</at> has Q-2: a\u02cdb\u2217c"
