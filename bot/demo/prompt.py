"""What stays up after the stories: a prompt at which the firm can be played, until it is told to stop."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from bot.demo.acts import Word
from bot.demo.doing import Doing
from bot.demo.feed import Feed
from bot.demo.stage import NotAnswered, Stage
from bot.demo.telling import PROMPT
from bot.demo.typed import EXAMPLES, NotUnderstood, read
from bot.playground.errors import SlackError

_EXAMPLE = """{"client": "Acme", "text": "May we pay in two parts?"}"""
_MEANS = (
    "a slash command, in their pod's channel (as bob #north /claim Q-3: in another)",
    "press a button they see",
    "write in a channel",
    "write to Podline directly",
    "write in the thread of a question's card",
    "fill in the form before them, from top to bottom (as cara cancel: close it)",
    "a client's question comes in by the API; without a client: ask text",
    "everything somebody sees",
    "one channel",
    "let time pass",
    "until the next such moment in London; clock alone says what time it is",
    "let it run faster than the wall's; clock 1x: as fast",
    "somebody calls in sick",
)
_OTHERS = (("people", "who there is, and where"), ("log", "what Podline logged"), ("quit", "end it all"))


class Prompt:
    """Reads lines and does what they say. When the input ends it goes on serving, until ``quit`` or it is cancelled."""

    def __init__(self, stage: Stage, console: Console, log: Callable[[], str]) -> None:
        self._stage = stage
        self._console = console
        self._log = log
        self._doing = Doing(stage)
        self._is_typed = sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()

    async def run(self) -> None:
        feed = Feed(self._stage, self._console)
        lines = typed_lines(asyncio.get_running_loop())
        self._say_where()
        try:
            while (line := await self._next(lines, feed)) is not None:
                if await self._is_last(line, feed):
                    return
            self._console.print("Standard input is closed; it goes on serving until SIGINT (Ctrl+C) or SIGTERM.")
            await asyncio.Event().wait()
        finally:
            feed.close()

    def _say_where(self) -> None:
        stage = self._stage
        self._console.print(
            "\nThe firm stays open, and time runs as on the wall.\n"
            f"  Podline's API:       {stage.url}/api/v1/questions   (its page: {stage.url}/docs)\n"
            f"  a token for it:      {stage.token}\n"
            f"  the page in the browser: {stage.slack.base_url}\n\n"
            f"  curl -s {stage.url}/api/v1/questions -H 'Authorization: Bearer {stage.token}' \\\n"
            f"       -H 'Content-Type: application/json' -d '{_EXAMPLE}'\n",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
        self._console.print("Type help to see what you can do, quit to end it.")

    async def _next(self, lines: "asyncio.Queue[str | None]", feed: Feed) -> str | None:
        if self._is_typed:
            self._console.print(PROMPT, end="", style="bold cyan", markup=False)
            feed.prompt = PROMPT
        line = await lines.get()
        feed.prompt = ""
        if line is not None and not self._is_typed:
            self._console.print(f"{PROMPT}{line}", markup=False, highlight=False)
        return line

    async def _is_last(self, line: str, feed: Feed) -> bool:
        try:
            act = read(line)
            match act:
                case None:
                    return False
                case Word("quit"):
                    return True
                case Word("help"):
                    self._console.print(_help(), soft_wrap=True)
                case Word("log"):
                    self._console.print(
                        self._log() or "Nothing was logged.", markup=False, highlight=False, soft_wrap=True
                    )
                case _:
                    answer = await self._doing.do(act)
                    if answer is not None:
                        self._console.print(answer)
                    await feed.quiet()
        except (NotUnderstood, NotAnswered) as problem:
            self._console.print(Text(str(problem), style="yellow"))
        except SlackError as refused:
            self._console.print(Text(f"Slack does not let them: {refused}", style="yellow"))
        return False


def typed_lines(loop: asyncio.AbstractEventLoop) -> "asyncio.Queue[str | None]":
    """The lines of standard input as they come, None at its end.

    A thread reads the file itself, not Python's buffer: a thread that holds the buffer's lock would keep the program
    from ending.
    """
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def put(line: str | None) -> None:
        try:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        except RuntimeError:
            return  # the loop is closed: nobody waits for lines any more

    def follow() -> None:
        left = b""
        try:
            while chunk := os.read(sys.stdin.fileno(), 4096):
                *whole, left = (left + chunk).split(b"\n")
                for line in whole:
                    put(line.decode(errors="replace"))
        except (OSError, ValueError, AttributeError):
            left = b""  # closed, or no input at all: the same as its end
        if left:
            put(left.decode(errors="replace"))
        put(None)

    threading.Thread(target=follow, name="standard input", daemon=True).start()
    return lines


def _help() -> Text:
    width = max(len(example) for example in EXAMPLES) + 2
    rows = [*zip(EXAMPLES, _MEANS, strict=True), *_OTHERS]
    return Text("\n").join(Text.assemble((f"  {what:{width}}", "bold"), means) for what, means in rows)
