"""How much a request may carry, for every route, before anything reads it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.problems import problem

MOST_BYTES = 2_000_000
"""Enough for 100,000 characters of any script, each escaped in JSON, and for anything a platform sends."""

HEARD_OUT = 10 * MOST_BYTES
"""Up to so many bytes what is too much is read and dropped: who is still sending may not hear an answer before that."""
_MOST_DIGITS = 18


class BodyCap:
    """Refuses a request with a larger body by 413; one that does not say its length is read first, up to the cap."""

    def __init__(self, app: ASGIApp, most_bytes: int = MOST_BYTES) -> None:
        self._app = app
        self._most = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = dict(scope["headers"])
        length = headers.get(b"content-length")
        if length is not None:
            bytes_to_come = int(length) if length.isdigit() and len(length) <= _MOST_DIGITS else HEARD_OUT + 1
            if bytes_to_come <= self._most:
                return await self._app(scope, receive, send)
            if bytes_to_come <= HEARD_OUT and b"expect" not in headers:
                await _hear_out(receive)
            return await self._refuse(scope, receive, send)
        if b"transfer-encoding" not in headers:
            return await self._app(scope, receive, send)
        messages = await self._read(receive)
        if messages is None:
            return await self._refuse(scope, receive, send)
        return await self._app(scope, _replayed(messages, receive), send)

    async def _read(self, receive: Receive) -> list[Message] | None:
        """All of the body, or None when it is too much."""
        messages, size = [], 0
        while True:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            if size > self._most:
                return None
            if not message.get("more_body"):
                return messages

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = problem(
            413,
            f"This is too much at once: a request may have {self._most:,} bytes.",
            headers={"Connection": "close"},
        )
        await answer(scope, receive, send)


async def _hear_out(receive: Receive) -> None:
    while (message := await receive())["type"] == "http.request" and message.get("more_body"):
        pass


def _replayed(messages: list[Message], receive: Receive) -> Receive:
    left = iter(messages)

    async def again() -> Message:
        return next(left, None) or await receive()

    return again
