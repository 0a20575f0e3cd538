"""The picture in the README: the first story, drawn by the demo itself, so that it shows what is true.

``make picture`` (``python -m bot.demo.picture FILE.svg``) makes it anew.
"""

import asyncio
import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from bot.demo.stage import Stage
from bot.demo.stories import TWO_CLICKS
from bot.demo.telling import Scene, tell_beat

WIDTH = 92
SHOWN = (2, 3)
"""Which beats of the first story are drawn: the card, and the two clicks."""
_INK, _GREY = (38, 42, 48), (90, 96, 104)
_COLOURS = [_INK, (176, 42, 55), (25, 110, 72), (148, 98, 0), (24, 92, 160), (120, 60, 140), (10, 110, 120), _GREY]
PAPER = TerminalTheme((252, 252, 250), _INK, _COLOURS, _COLOURS)
_FETCHED_FONTS = re.compile(r"\s*@font-face \{.*?\}(?=\s)|\s*<!--.*?-->", re.DOTALL)


async def drawn() -> str:
    """What the first story's first beats show, as an SVG that fetches nothing."""
    unseen = Console(file=io.StringIO(), width=WIDTH)
    paper = Console(file=io.StringIO(), record=True, width=WIDTH, force_terminal=True, color_system="standard")
    async with Stage(0) as stage:
        scene = Scene(stage)
        for number, beat in enumerate(TWO_CLICKS.beats[: max(SHOWN)], start=1):
            await tell_beat(number, beat, scene, paper if number in SHOWN else unseen)
    return _FETCHED_FONTS.sub("", paper.export_svg(title="podline demo", theme=PAPER, unique_id="podline"))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(asyncio.run(drawn()))
