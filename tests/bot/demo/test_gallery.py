"""The gallery: every kind of message and every verb is in it, and a change of words or looks is seen in review."""

import os
import re
from datetime import UTC, datetime
from functools import cache

from bot.demo.gallery import gallery
from bot.demo.gallery_index import LEADS, OF_TOPIC, OF_VERB, Where
from bot.demo.gallery_script import SCRIPT, Line
from bot.playground.blockkit.blocks import check_blocks
from bot.playground.page.backstage import Exhibit, Part
from bot.playground.page.drawing import Drawing
from bot.playground.page.gallery import walls
from bot.playground.workspace import Workspace
from commands.grammar import Name
from commands.outgoing import Topic
from tests.bot.teams.card_rules import against_teams
from tests.shared import ROOT

GOLDEN = ROOT / "tests" / "golden" / "page" / "gallery.html"
REWRITE = "PODLINE_REWRITE_GOLDEN"


@cache
def parts() -> list[Part]:
    return gallery()


def shown() -> list[Exhibit]:
    return [one for part in parts() for one in part.exhibits]


def drawn() -> str:
    workspace = Workspace(now=lambda: datetime(2026, 11, 16, 10, 0, tzinfo=UTC))
    for name in ("Ann Abacus", "Bob Balance", "Cara Column", "Dan Digit", "Eve Estimate", "Finn Farthing"):
        handle = name.split()[0]
        workspace.add_user(f"U0{handle.upper()}", handle.lower(), real_name=name)
    drawing = Drawing(workspace, lambda _: {})
    html = drawing.page("gallery.html", walls=walls(drawing, "U0ANN", parts()), scripts=[])
    return "\n".join(line.strip() for line in html.splitlines() if line.strip()) + "\n"


WHERE_IT_IS_ADDED = {Topic.WHICH_POD}
"""Asked where Podline is added to a channel of Teams, as tests/bot/teams has it."""


def test_every_topic_of_a_message_is_in_it() -> None:
    there = {(part.title, one.name.partition(",")[0]) for part in parts() for one in part.exhibits}
    cards = next(part for part in parts() if part.title == Where.CARD)

    assert len(cards.exhibits) > 5, "the card hangs in each state"
    missing = {topic for topic, of in OF_TOPIC.items() if of not in there} - {Topic.CARD}
    assert missing == WHERE_IT_IS_ADDED, "a new topic needs an act in bot/demo/gallery_script.py that sends it"


def test_every_topic_and_every_verb_has_a_heading() -> None:
    assert set(OF_TOPIC) == set(Topic), "a new topic needs its place in bot/demo/gallery_index.py"
    assert set(OF_VERB) == set(Name), "a new verb needs its place in bot/demo/gallery_index.py"
    assert set(LEADS) == set(Where)


def test_every_verb_is_in_it() -> None:
    said = {act.line.split()[0] for act in SCRIPT if isinstance(act, Line) and act.shows}

    assert {name.value for name in Name} - said == set()


def test_each_thing_has_a_name_of_its_own_under_its_heading_and_an_anchor_of_its_own() -> None:
    anchors = re.findall(r' id="([^"]+)"', drawn())

    for part in parts():
        names = [one.name for one in part.exhibits]
        assert sorted(set(names)) == sorted(names), part.title
    assert sorted(set(anchors)) == sorted(anchors)
    assert set(re.findall(r'href="#([^"]+)"', drawn())) <= set(anchors)


def test_slack_takes_everything_in_it() -> None:
    for one in shown():
        assert check_blocks(one.form["blocks"] if one.form else one.blocks, at_most=100) == [], one.name


def test_teams_takes_everything_in_it() -> None:
    for one in shown():
        assert one.card is not None, one.name
        assert against_teams(one.card) == [], one.name


def test_it_is_drawn_as_it_was_agreed() -> None:
    if os.environ.get(REWRITE):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(drawn(), encoding="utf-8")

    assert GOLDEN.read_text(encoding="utf-8") == drawn(), f"if that is meant: {REWRITE}=1 make test"
