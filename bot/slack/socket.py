"""Socket Mode: two connections, because the library closes the old one before it opens the new one, and a watchdog."""

import asyncio
import json
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.connection import quiet_logger
from bot.slack.errors import code_of, why_unreachable
from bot.slack.inbox import SlackInbox

log = logging.getLogger(__name__)

CONNECTIONS = 2
PING = 10.0
"""Seconds between our pings."""
DEAF = 60.0
"""A connection that has answered no ping for so many seconds may look alive and is not."""
LOOK = 5.0
CLOSING = 5.0

Connect = Callable[[], SocketModeClient]


class SocketMode:
    """Receives from Slack without a public address. ``wall_now`` is the real time (UTC), as the library counts it."""

    def __init__(
        self,
        bolt: AsyncApp,
        inbox: SlackInbox,
        app_token: str,
        client: AsyncWebClient,
        wall_now: Callable[[], datetime],
        *,
        ping: float = PING,
        deaf: float = DEAF,
        look: float = LOOK,
    ) -> None:
        self._bolt = bolt
        self._inbox = inbox
        self._app_token = app_token
        self._client = client
        self._wall_now = wall_now
        self._ping, self._deaf, self._look = ping, deaf, look
        self._said: tuple[str, float] = ("", 0.0)
        self._lines = [_Line(self._new_client, deaf, wall_now, self._tell) for _ in range(CONNECTIONS)]

    def is_healthy(self) -> bool:
        """Whether at least one connection has answered a ping in the last minute."""
        return any(line.is_alive() for line in self._lines)

    async def run(self) -> None:
        """Receive until cancelled; a line that is deaf or closed for a minute is built anew."""
        try:
            while True:
                for line in self._lines:
                    line.look()
                    if line.is_due_for_rebuilding():
                        await line.rebuild()
                await asyncio.sleep(self._look)
        finally:
            await asyncio.gather(*(line.close() for line in self._lines))

    def _tell(self, error: Exception) -> None:
        """Why there is no connection yet, in one line for all of them; the traceback is for whoever asks for it."""
        says, now = _sentence(error), self._wall_now().timestamp()
        if (says, now - self._said[1] < self._deaf / 2) != (self._said[0], True):
            self._said = (says, now)
            debug = bool(os.environ.get("PODLINE_DEBUG"))
            log.error("%s Trying again in %.0f s.", says, self._deaf, exc_info=error if debug else None)

    def _new_client(self) -> SocketModeClient:
        client = SocketModeClient(
            self._app_token,
            logger=_library_logger(),
            web_client=self._client,
            ping_interval=self._ping,
        )
        client.socket_mode_request_listeners.append(self._receive)
        return client

    async def _receive(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Events: stored, then acknowledged. The rest: dispatched, and the acknowledgement carries the answer."""
        if request.type == "events_api":
            await self._inbox.take(request.payload)
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
            return
        answer: Any = await self._bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=request.payload))
        if answer.status != 200:
            log.error("Slack's %s got no answer: %s", request.type, answer.status)
            return
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, _payload(answer.body)))


class _Line:
    """One connection that is kept: a client of the library, replaced when it does not hear any more.

    The library's ``last_ping_pong_time`` is also set when a new session sends its first ping, whoever hears that; what
    counts here is that it moves on within one session, which an answer alone does.
    """

    def __init__(
        self, new_client: Connect, deaf: float, wall_now: Callable[[], datetime], tell: Callable[[Exception], None]
    ) -> None:
        self._new_client = new_client
        self._deaf = deaf
        self._wall_now = wall_now
        self._tell = tell
        self._client: SocketModeClient | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._begun_at = 0.0
        self._heard_at = 0.0
        self._seen: tuple[object, float | None] = (None, None)

    def look(self) -> None:
        """Notice whether a ping was answered since the last look."""
        if self._client is None:
            return
        session, pong = self._client.current_session, self._client.last_ping_pong_time
        session_before, pong_before = self._seen
        if session is session_before and pong_before is not None and pong is not None and pong > pong_before:
            self._heard_at = self._now()
        self._seen = (session, pong)

    def is_alive(self) -> bool:
        client = self._client
        is_open = client is not None and client.current_session is not None and not client.current_session.closed
        return is_open and self._now() - self._heard_at < self._deaf

    def is_due_for_rebuilding(self) -> bool:
        return self._client is None or self._now() - max(self._begun_at, self._heard_at) >= self._deaf

    async def rebuild(self) -> None:
        if self._client is None:
            self._heard_at = self._now()  # as good as heard: it has not had the time to be deaf
        else:
            log.warning("A connection to Slack has been silent for a minute: building it anew.")
        await self.close()
        self._client = self._new_client()
        self._begun_at = self._now()
        self._connecting = asyncio.create_task(self._connect(self._client))

    async def close(self) -> None:
        client, self._client = self._client, None
        if self._connecting is not None:
            self._connecting.cancel()
            with suppress(asyncio.CancelledError):
                await self._connecting
        if client is not None:
            with suppress(TimeoutError, OSError):
                await asyncio.wait_for(client.close(), CLOSING)  # type: ignore[no-untyped-call]

    async def _connect(self, client: SocketModeClient) -> None:
        try:
            await client.connect_to_new_endpoint(force=True)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next rebuilding tries again
            self._tell(error)

    def _now(self) -> float:
        return self._wall_now().timestamp()


def _library_logger() -> logging.Logger:
    logger = quiet_logger("slack_sdk.socket_mode")
    logger.addFilter(_is_not_said_by_us)
    return logger


def _is_not_said_by_us(record: logging.LogRecord) -> bool:
    """That Slack refuses the token is raised too, and then it is ours to say."""
    return not str(record.msg).startswith("Failed to retrieve WSS URL")


def _sentence(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return (
            f"Slack refuses SLACK_APP_TOKEN ({code_of(error)}): it must be an app-level token with connections:write."
        )
    return f"Slack cannot be reached: {why_unreachable(error)}. Check the network or a proxy."


def _payload(body: str | None) -> dict[str, Any] | None:
    if not body:
        return None
    try:
        said = json.loads(body)
    except ValueError:
        return {"text": body}
    return said if isinstance(said, dict) else {"text": body}
