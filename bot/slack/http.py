"""``POST /slack/events``: Slack's requests, checked on the raw body, stored or dispatched, answered."""

import json
import logging
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.slack.inbox import SlackInbox

log = logging.getLogger(__name__)

PATH = "/slack/events"
LARGEST = 2 * 1024 * 1024
"""Bytes; Slack's own largest requests stay far below."""
_SECONDS = re.compile("[0-9]{1,12}")
"""A time stamp; of thousands of digits no number can be made."""


class TooLarge(Exception):
    """The body is larger than anything Slack sends."""


def slack_route(bolt: AsyncApp, inbox: SlackInbox, signing_secret: str, wall_now: Callable[[], datetime]) -> Route:
    """The route to mount. ``wall_now`` is the real time (UTC), by which Slack signs: five minutes either way pass.

    A wrong, stale or missing signature gets a 401 and leaves no trace. Events are stored, then acknowledged; if that
    fails Slack gets a 500 and delivers them again.
    """
    verifier = SignatureVerifier(signing_secret, _Seconds(wall_now))

    async def receive(request: Request) -> Response:
        try:
            body = await _body(request)
        except TooLarge:
            return Response(status_code=413)
        if not _is_signed(verifier, request, body):
            return Response(status_code=401)
        if request.headers.get("content-type", "").startswith("application/json"):
            return await _event(body, inbox)
        return await _dispatched(bolt, request, body)

    return Route(PATH, receive, methods=["POST"], include_in_schema=False)


async def _body(request: Request) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > LARGEST:
        raise TooLarge
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST:
            raise TooLarge
        chunks.append(chunk)
    return b"".join(chunks)


def _is_signed(verifier: SignatureVerifier, request: Request, body: bytes) -> bool:
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if not (_SECONDS.fullmatch(timestamp) and signature.isascii()):
        return False
    try:
        return bool(verifier.is_valid(body, timestamp, signature))
    except UnicodeDecodeError:  # Slack signs text only
        return False


async def _event(body: bytes, inbox: SlackInbox) -> Response:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return Response(status_code=400)
    match said:
        case {"type": "url_verification", "challenge": str(challenge)}:
            return Response(challenge, media_type="text/plain")
        case {"type": "event_callback", "event_id": str(), "event": dict()}:
            await inbox.take(said)
            return Response()
        case _:
            log.info("Slack sent JSON that is no event.")
            return Response()


async def _dispatched(bolt: AsyncApp, request: Request, body: bytes) -> Response:
    """A command, a click or a form. Slack does not repeat those, so an answer is always given."""
    try:
        sent = AsyncBoltRequest(body=body.decode(), headers=dict(request.headers), mode="http")
    except (ValueError, AttributeError, TypeError, RecursionError):  # Bolt expects a JSON object in ``payload``
        log.warning("Slack sent a form that cannot be read.")
        return Response(status_code=400)
    if sent.body.get("ssl_check"):
        return Response()
    answer: Any = await bolt.async_dispatch(sent)
    return Response(answer.body, status_code=answer.status, media_type=_media_type(answer))


def _media_type(answer: Any) -> str:
    return str(answer.first_headers_without_set_cookie().get("content-type", "text/plain"))


class _Seconds(SignatureClock):
    def __init__(self, wall_now: Callable[[], datetime]) -> None:
        self._wall_now = wall_now

    def now(self) -> float:
        return self._wall_now().timestamp()
