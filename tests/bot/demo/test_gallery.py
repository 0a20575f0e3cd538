"""The gallery: every kind of message and every verb is in it, and a change of words or looks is seen in review."""

import os
from datetime import UTC, datetime
from functools import cache

from bot.demo.gallery import exhibits
from bot.demo.gallery_script import SCRIPT, Line
from bot.playground.blockkit.blocks import check_blocks
from bot.playground.page.backstage import Exhibit
from bot.playground.page.drawing import Drawing
from bot.playground.workspace import Workspace
from commands.grammar import Name
from commands.outgoing import Topic
from tests.bot.teams.card_rules import against_teams
from tests.shared import ROOT

GOLDEN = ROOT / "tests" / "golden" / "page" / "gallery.html"
REWRITE = "PODLINE_REWRITE_GOLDEN"


@cache
def shown() -> list[Exhibit]:
    return exhibits()


def drawn() -> str:
    workspace = Workspace(now=lambda: datetime(2026, 11, 16, 10, 0, tzinfo=UTC))
    for name in ("Ann Abacus", "Bob Balance", "Cara Column", "Dan Digit", "Eve Estimate", "Finn Farthing"):
        handle = name.split()[0]
        workspace.add_user(f"U0{handle.upper()}", handle.lower(), real_name=name)
    drawing = Drawing(workspace, lambda _: {})
    html = "\n".join(str(drawing.exhibit("U0ANN", one)) for one in shown())
    return "\n".join(line.strip() for line in html.splitlines() if line.strip()) + "\n"


WHERE_IT_IS_ADDED = {Topic.WHICH_POD}
"""Asked where Podline is added to a channel of Teams, as tests/bot/teams has it."""


def test_every_topic_of_a_message_is_in_it() -> None:
    names = [one.name for one in shown()]

    missing = {topic for topic in Topic if not any(name.startswith(topic.value.replace("_", " ")) for name in names)}
    assert missing == WHERE_IT_IS_ADDED, "a new topic needs an act in bot/demo/gallery_script.py that sends it"


def test_every_verb_is_in_it() -> None:
    said = {act.line.split()[0] for act in SCRIPT if isinstance(act, Line)}

    assert {name.value for name in Name} - said == set()


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
