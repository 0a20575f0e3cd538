"""The floor of a command: a bare Bolt app whose handler makes one durable SQLite commit in a thread.

``python -m bench.bare_bolt <port> <folder> <signing secret>``.
"""

import asyncio
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

import uvicorn
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

DONE = "Done."


class Effects:
    """One row for each command, in a file like the program's: WAL, synchronous FULL, one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "floor.db", isolation_level=None, check_same_thread=False)
        self._turn = threading.Lock()
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("CREATE TABLE effect (key TEXT PRIMARY KEY, line TEXT NOT NULL)")

    def add(self, key: str, line: str) -> None:
        with self._turn:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("INSERT INTO effect VALUES (?, ?)", (key, line))
            self._connection.execute("COMMIT")


def bare_bolt(effects: Effects, signing_secret: str) -> AsyncApp:
    """Bolt as it comes, but that it need not ask Slack who we are for each request."""
    us = AuthorizeResult(enterprise_id=None, team_id="T0FIRM", bot_user_id="U0", bot_id="B0", bot_token="xoxb-0")

    async def authorize() -> AuthorizeResult:
        return us

    app = AsyncApp(signing_secret=signing_secret, authorize=authorize, process_before_response=True)

    @app.command("/claim")
    async def claim(ack: AsyncAck, body: dict[str, Any]) -> None:
        await asyncio.to_thread(effects.add, body["trigger_id"], body["text"])
        await ack({"response_type": "ephemeral", "text": DONE})

    return app


def served(app: AsyncApp) -> Starlette:
    async def receive(request: Request) -> Response:
        sent = AsyncBoltRequest(body=(await request.body()).decode(), headers=dict(request.headers), mode="http")
        answer: Any = await app.async_dispatch(sent)
        media_type = answer.first_headers_without_set_cookie().get("content-type", "text/plain")
        return Response(answer.body, status_code=answer.status, media_type=media_type)

    return Starlette(routes=[Route("/slack/events", receive, methods=["POST"])])


if __name__ == "__main__":
    site = served(bare_bolt(Effects(Path(sys.argv[2])), sys.argv[3]))
    uvicorn.run(
        site,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
    )
