"""Bringing payloads to the app: by socket if one is open, else by HTTP; events again when nobody took them."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.playground import payloads
from bot.playground.answer import Answer, unreachable
from bot.playground.records import Json
from bot.playground.signed_http import SignedHttp
from bot.playground.sockets import Sockets
from bot.playground.workspace import Workspace

# https://docs.slack.dev/apis/events-api#retries: at once, after a minute, after five.
RETRY_AFTER = (0.0, 60.0, 300.0)


class Delivery:
    """`pace` scales the pauses between retries; `request_url` is where HTTP requests go."""

    def __init__(self, workspace: Workspace, http: SignedHttp, sockets: Sockets, pace: float) -> None:
        self.request_url: str | None = None
        self._workspace = workspace
        self._http = http
        self._sockets = sockets
        self._pace = pace
        self._tasks: set[asyncio.Task[Any]] = set()

    async def interaction(self, kind: str, payload: Json) -> Answer:
        """Deliver a command, click or submission: once only."""
        answer = await self._carry(kind, payload)
        self._workspace.log.add("delivered", "slack", type=kind, status=answer.status, error=answer.error)
        return answer

    async def event(self, subscription: str, inner: Json) -> Answer | None:
        """Deliver an event if the app subscribed to it; None if not. Retries go on in the background."""
        if not self._workspace.installation.delivers(subscription):
            return None
        return await self.envelope(payloads.event(self._workspace, inner))

    async def envelope(self, envelope: Json) -> Answer:
        """Deliver an event's envelope as it is (the same one twice, say), with retries in the background."""
        answer = await self._attempt(envelope, 0, None)
        if answer.reason and not answer.no_retry:
            self.in_background(self._retries(envelope, answer))
        return answer

    def in_background(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something that nobody waits for, except `settle`."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def close(self) -> None:
        """Give up what is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _retries(self, envelope: Json, failed: Answer) -> None:
        for number, pause in enumerate(RETRY_AFTER, start=1):
            await asyncio.sleep(pause * self._pace)
            failed = await self._attempt(envelope, number, failed.reason)
            if not failed.reason or failed.no_retry:
                return

    async def _attempt(self, envelope: Json, number: int, reason: str | None) -> Answer:
        answer = await self._carry("events_api", envelope, number, reason)
        self._workspace.log.add(
            "delivered",
            "slack",
            type="events_api",
            event_id=envelope["event_id"],
            status=answer.status,
            error=answer.error,
            retry_num=number,
        )
        return answer

    async def _carry(self, kind: str, payload: Json, number: int = 0, reason: str | None = None) -> Answer:
        if len(self._sockets):
            return await self._sockets.send(kind, payload, {"retry_attempt": number, "retry_reason": reason or ""})
        if self.request_url is None:
            return unreachable()
        again = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason or ""} if number else None
        return await self._http.send(self.request_url, kind, payload, again)
