"""What runs beside the requests: loops that are kept going, and ended in good order."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

FIRST_RETRY, LAST_RETRY = 1.0, 30.0

Loop = Callable[[], Awaitable[None]]


class Background:
    """Loops by name. One that ends by an error is logged and begun again, ever more rarely; it never ends another."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._broken: dict[str, str] = {}

    def start(self, name: str, loop: Loop) -> None:
        self._tasks[name] = asyncio.create_task(self._keep_going(name, loop), name=name)

    async def findings(self) -> list[str]:
        """Which loops are down just now."""
        return [f"{name} ended by an error ({why}) and is begun again" for name, why in self._broken.items()]

    async def stop(self, seconds: float) -> None:
        """End the loops, those that were started last first; each may finish what it is at, ``seconds`` together."""
        try:
            async with asyncio.timeout(seconds):
                for task in reversed(self._tasks.values()):
                    task.cancel()
                    await asyncio.wait([task])
        except TimeoutError:
            unfinished = [name for name, task in self._tasks.items() if not task.done()]
            log.warning("stopping without waiting any longer", unfinished=unfinished)
            for task in self._tasks.values():
                task.cancel()

    async def _keep_going(self, name: str, loop: Loop) -> None:
        retry = FIRST_RETRY
        while True:
            try:
                await loop()
            except Exception as error:
                self._broken[name] = type(error).__name__
                log.error("a loop ended by an error and is begun again", loop=name, seconds=retry, exc_info=error)
            await asyncio.sleep(retry)
            retry = min(retry * 2, LAST_RETRY)
            self._broken.pop(name, None)
