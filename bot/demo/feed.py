"""What Podline shows people, printed as it appears in the workspace: from the stand-in's log and nothing else."""

import asyncio

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from bot.demo.stage import Stage
from bot.playground.log import Happening
from bot.playground.records import View
from bot.playground.terminal import draw_message, draw_view

QUIET, LONGEST = 0.4, 5.0
"""Real seconds without news after which an act counts as done, and how long to wait for that."""
_SHOWN = frozenset({"posted", "updated", "ephemeral", "view_opened", "view_pushed", "view_updated"})


class Feed:
    """Prints until it is closed; ``quiet`` waits until what an act causes has been printed.

    ``prompt`` is what stands at the beginning of the line while somebody is typing: it is printed again.
    """

    def __init__(self, stage: Stage, console: Console) -> None:
        self.prompt = ""
        self._stage = stage
        self._console = console
        self._news = asyncio.Event()
        self._follow()
        stage.on_start_over(self._follow)

    def close(self) -> None:
        """Print no more."""
        self._unsubscribe()

    def _follow(self) -> None:
        """The workspace is another one after everything has begun again."""
        self._workspace = self._stage.workspace
        self._unsubscribe = self._workspace.log.subscribe(self._print)

    async def quiet(self) -> None:
        """Return once nothing has appeared for a moment."""
        try:
            async with asyncio.timeout(LONGEST):
                while True:
                    self._news.clear()
                    async with asyncio.timeout(QUIET):
                        await self._news.wait()
        except TimeoutError:
            return

    def _print(self, entry: Happening) -> None:
        if entry.kind == "trouble":
            self._say(Text(f"Slack shows {entry.user} an error: {entry.detail}", style="red"))
        elif entry.by == "app" and entry.kind in _SHOWN:
            self._news.set()
            self._say(self._drawn(entry))

    def _say(self, what: RenderableType) -> None:
        if not self.prompt:
            self._console.print(what)
            return
        self._console.print("", what)
        self._console.print(self.prompt, end="", style="bold cyan", markup=False)

    def _drawn(self, entry: Happening) -> RenderableType:
        if entry.view is not None:
            return self._window(entry.view)
        assert entry.message is not None
        viewer, place = self._viewer_and_place(entry)
        again = " (redrawn)" if entry.kind == "updated" else ""
        drawn = draw_message(self._workspace, viewer, entry.message)
        return Panel(drawn, title=Text(place + again), title_align="left", border_style="blue")

    def _window(self, view: View) -> RenderableType:
        person = self._workspace.person(view.user)
        is_form = any(block["type"] == "input" for block in view.blocks)
        fill = f"as {person.name} fill one; two; ...   or: " if is_form else ""
        before = Text(f"{person.real_name} sees a window", style="bold")
        return Group(before, draw_view(self._workspace, view), Text(f"{fill}as {person.name} cancel", style="dim"))

    def _viewer_and_place(self, entry: Happening) -> tuple[str, str]:
        assert entry.message is not None
        channel = self._workspace.channel(entry.message.channel)
        people = sorted(channel.members - {self._workspace.app.bot_user_id})
        viewer = entry.message.ephemeral_to or people[0]
        if channel.kind == "im":
            return viewer, f"direct: {self._handle(viewer)}"
        thread = ", in a thread" if entry.message.is_reply else ""
        alone = f", for {self._handle(viewer)} only" if entry.message.ephemeral_to else ""
        return viewer, f"#{channel.name}{thread}{alone}"

    def _handle(self, user: str) -> str:
        return self._workspace.person(user).name
