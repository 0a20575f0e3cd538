"""The stories, told from what the stand-in stored."""

import io
import re

import pytest
from rich.console import Console

from bot.demo.stage import Stage
from bot.demo.stories import STORIES
from bot.demo.telling import Beat, Scene, Story, StoryStopped, tell
from bot.playground.workspace import Workspace


async def test_the_stories_come_to_their_end_and_show_what_each_person_sees() -> None:
    told = io.StringIO()

    async with Stage(0) as stage:
        await tell(STORIES, stage, Console(file=told, width=100))
        workspace = stage.workspace

    words = " ".join(re.sub(r"[│╭╮╰╯─]", " ", told.getvalue()).split())
    assert "Calling @Cara Column: Bob Balance is away until" in words
    assert words.count("Q-1 is yours.") == 1
    assert re.search(r"only visible to you Q-1: (Cara Column|Ann Abacus) has it since", words)
    assert "Q-1 is answered, by" in words
    assert "Finn Farthing sees nothing yet" in words
    assert "Ines Inkwell, since" in words
    assert "step 2, the team" in words
    for place in STEPS:  # once it is settled, what called people says so and asks nobody any more
        [called] = workspace.messages(place)
        assert "claim Q-2" not in str(called.blocks)
    assert notified(workspace) == {"U0CARA", "U0DAN", "U0EVE"}


STEPS = ("C0UKTEAM", "C0DESK")


def notified(workspace: Workspace) -> set[str]:
    """Whom any message that was ever shown to people mentions."""
    shown = [entry.message for entry in workspace.log.entries if entry.by == "app" and entry.message is not None]
    return {user for message in shown for user in workspace.notified_by(message)}


async def test_a_story_that_does_not_come_true_says_where_it_stopped() -> None:
    async def never(scene: Scene) -> None:
        scene.inbox.next("posted", channel="C0NORTH")

    async with Stage(0) as stage:
        with pytest.raises(StoryStopped, match="“A card appears”: no posted in C0NORTH"):
            await tell([Story("A short one", (Beat("A card appears", "", never),))], stage, Console(file=io.StringIO()))
