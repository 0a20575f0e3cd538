"""What is done after something has been acknowledged, so that nobody waits for it."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Errands:
    """What is under way: answers to clicks and to messages, none of which is waited for but at the end."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()

    def run(self, errand: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(errand)
        self._under_way.add(task)
        task.add_done_callback(self._done)

    async def settle(self) -> None:
        """Wait until all are done."""
        while self._under_way:
            await asyncio.wait(list(self._under_way))

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("An answer could not be given.", exc_info=task.exception())
