"""`podline demo`: a small firm, a stand-in for Slack with a page in the browser, and the bot, on this machine alone."""

import asyncio
import io
import os
import re
import signal
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.errors import FAILED, fail

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 100
READING = 0.4
"""Real seconds to look at each beat of a story, where somebody is looking."""
LOG_LENGTH = 1_000_000
LOOKED_AFTER = 0.5
"""Real seconds between two looks whether the parent is still there."""
MOST_PORTS = 65_536
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
"""All of the demo is on this machine, where a proxy would look for it in vain."""


def demo(
    once: Annotated[bool, typer.Option("--once", help="Play the stories and exit.")] = False,
    port: Annotated[
        int,
        typer.Option(
            min=1,
            max=65535,
            help="Where the bot listens, the page one further; a port that is taken is replaced.",
        ),
    ] = 3000,
    with_parent: Annotated[
        bool, typer.Option("--with-parent", help="End when the program that has started it is gone, as make demo does.")
    ] = False,
) -> None:
    """Open a firm in the browser, watch two stories and a tour, play everybody yourself. Ctrl+C ends it."""
    print("Podline's demo: a firm of nine people that does not exist, on this machine only. Starting ...", flush=True)
    log = Log()
    for name in PROXIES:
        os.environ.pop(name, None)
    try:
        is_whole = asyncio.run(_until_told_to_stop(once, port, log, os.getppid() if with_parent else None))
    except Exception:
        sys.stderr.write(log.getvalue())
        raise
    if once and not is_whole:
        fail("Stopped before the end of the stories.", FAILED)


class Log(io.StringIO):
    """What was logged lately, out of the way until somebody asks for it; without colours."""

    def write(self, text: str) -> int:
        if self.tell() > LOG_LENGTH:
            self.seek(0)
            self.truncate()
        return super().write(re.sub(r"\x1b\[[\d;]*m", "", text))


async def _until_told_to_stop(once: bool, port: int, log: Log, parent: int | None) -> bool:
    """Whether it came to its own end. It is also told by its ``parent`` being gone, where it is to end with it."""
    told_to_stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, told_to_stop.set)
    showing = asyncio.create_task(_show(once, port, log))
    stopping: list[asyncio.Task[Any]] = [asyncio.create_task(told_to_stop.wait())]
    if parent is not None:
        stopping.append(asyncio.create_task(_gone(parent)))
    await asyncio.wait({showing, *stopping}, return_when=asyncio.FIRST_COMPLETED)
    is_whole = showing.done()
    for task in (showing, *stopping):
        task.cancel()
    await asyncio.gather(*stopping, return_exceptions=True)
    try:
        await showing
    except asyncio.CancelledError:
        print("\nThe demo is over.")
    return is_whole


async def _gone(parent: int) -> None:
    """Return once this process has another parent: nobody tells a child that its own was killed."""
    while True:
        await asyncio.sleep(LOOKED_AFTER)
        if os.getppid() != parent:
            return


async def _show(once: bool, port: int, log: Log) -> None:
    from rich.console import Console

    from bot.demo.backstage import DemoBackstage
    from bot.demo.prompt import Prompt
    from bot.demo.stage import Stage
    from bot.demo.stories import STORIES
    from bot.demo.telling import StoryStopped, tell

    _log_to(log)
    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    async with Stage(port, (port + 1) % MOST_PORTS, DemoBackstage) as stage:
        console.print(f"Open {stage.slack.base_url} in a browser: the firm as its people see it.", highlight=False)
        _say_port(console, port, stage.port)
        try:
            await tell(STORIES, stage, console, pause=READING if sys.stdout.isatty() and not once else 0.0)
        except StoryStopped:
            if once:
                raise
            console.print("Somebody has stepped in on the page, so the stories stop here. The page tells them again.")
        if not once:
            await Prompt(stage, console, log.getvalue).run()
    console.print("The demo is over.")


def _log_to(log: Log) -> None:
    from bot.logs import set_up_logging

    set_up_logging(stream=log, readable=True)


def _say_port(console: "Console", wanted: int, port: int) -> None:
    taken = f" (port {wanted} is taken by another program)" if port != wanted else ""
    console.print(f"Podline listens on http://127.0.0.1:{port}{taken}.\n", highlight=False)
