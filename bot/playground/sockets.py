"""Socket Mode: connections of the app, envelopes to any one of them, and their acknowledgements."""

import asyncio
import json
from collections.abc import Mapping
from itertools import count

from aiohttp import WSMsgType, web

from bot.playground.answer import Answer, too_late
from bot.playground.records import Json

PING_EVERY = 5.0
MOST_CONNECTIONS = 10


class _Connection:
    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.is_leaving = False


class Sockets:
    """The open connections; `len` counts those that payloads are sent to."""

    def __init__(self, app_id: str, ack_timeout: float) -> None:
        self._app_id = app_id
        self._ack_timeout = ack_timeout
        self._connections: list[_Connection] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._numbers = count(1)
        self._is_deaf = False
        self._arrival = asyncio.Event()

    def __len__(self) -> int:
        return len(self._open())

    async def connected(self, at_least: int = 1, timeout: float = 5.0) -> None:
        """Wait until so many connections are open."""
        async with asyncio.timeout(timeout):
            while len(self) < at_least:
                self._arrival.clear()
                await self._arrival.wait()

    async def send(self, kind: str, payload: Json, retry: Mapping[str, object] | None = None) -> Answer:
        """Send an envelope down one of the connections, each in its turn, and wait for its acknowledgement."""
        connection = self._open()[next(self._numbers) % len(self)]
        envelope_id = f"envelope-{next(self._numbers)}"
        acknowledged: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = acknowledged
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
            **(retry or {}),
        }
        try:
            async with asyncio.timeout(self._ack_timeout):
                if not self._is_deaf:
                    await connection.socket.send_json(envelope)
                return _answer(await acknowledged)
        except (TimeoutError, ConnectionError):
            return too_late()
        finally:
            del self._waiting[envelope_id]

    async def refresh(self) -> None:
        """Ask every connection to be replaced, as Slack does every few hours; they get nothing more."""
        for connection in self._open():
            connection.is_leaving = True
            await connection.socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})

    def go_deaf(self, is_deaf: bool = True) -> None:
        """Keep the connections open, but send nothing, hear nothing and answer no ping."""
        self._is_deaf = is_deaf

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from its hello to its end."""
        if len(self._connections) >= MOST_CONNECTIONS:
            return web.Response(status=400, text="too_many_websockets")
        socket = web.WebSocketResponse(autoping=False, timeout=0.1)
        await socket.prepare(request)
        connection = _Connection(socket)
        self._connections.append(connection)
        pings = asyncio.create_task(self._ping(socket))
        try:
            await socket.send_json(self._hello())
            self._arrival.set()
            await self._listen(socket)
        finally:
            pings.cancel()
            self._connections.remove(connection)
        return socket

    async def close(self) -> None:
        """Close every connection."""
        for connection in tuple(self._connections):
            await connection.socket.close()

    def _open(self) -> list[_Connection]:
        return [each for each in self._connections if not each.is_leaving and not each.socket.closed]

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self),
            "debug_info": {"host": "playground", "approximate_connection_time": 3600},
            "connection_info": {"app_id": self._app_id},
        }

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if self._is_deaf:
                continue
            if message.type == WSMsgType.PING:
                await socket.pong(message.data)
            elif message.type == WSMsgType.TEXT:
                self._acknowledge(message.data)

    def _acknowledge(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return  # Slack ignores what is no JSON; so the envelope stays unacknowledged
        waiting = self._waiting.get(answer.get("envelope_id", ""))
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    async def _ping(self, socket: web.WebSocketResponse) -> None:
        while not socket.closed:
            await asyncio.sleep(PING_EVERY)
            if not self._is_deaf:
                await socket.ping(b"Ping from the playground")


def _answer(acknowledgement: Json) -> Answer:
    payload = acknowledgement.get("payload")
    return Answer(200, json.dumps(payload) if payload else "")
