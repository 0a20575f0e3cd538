"""`podline serve`: the bot, until it is told to stop."""

import asyncio
import logging
import signal
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.config import Settings


def serve(
    api_only: Annotated[
        bool, typer.Option("--api-only", help="Only the API, without Slack: messages wait until a full one runs.")
    ] = False,
) -> None:
    """Start Podline with the settings of the environment and .env. Ctrl+C or SIGTERM ends it in good order."""
    from bot.config import Settings
    from bot.config_spelling import unknown_variables
    from bot.logs import set_up_logging

    settings = Settings.read()
    if not api_only:
        settings.check_platforms()
    set_up_logging(settings.secrets())
    for warning in unknown_variables().values():
        logging.getLogger(__name__).warning(warning)
    with asyncio.Runner(loop_factory=_fast_loop) as runner:
        runner.run(_serve(settings, api_only))


async def _serve(settings: "Settings", api_only: bool) -> None:
    from bot.app import Podline
    from bot.memory import keep_what_is_there
    from bot.web.listening import listening

    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, told_to_stop.set)
    async with (
        Podline(settings, api_only=api_only) as podline,
        listening(podline.site, settings.host, settings.port) as address,
    ):
        keep_what_is_there()
        print(f"Podline listens on {address} (API: {address}/docs). Ctrl+C ends it.", flush=True)
        await told_to_stop.wait()
        print("Finishing what is under way ...", flush=True)


def _fast_loop() -> asyncio.AbstractEventLoop:
    """uvloop where there is one: everywhere but on Windows."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
