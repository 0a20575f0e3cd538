"""Signed slash commands, sent over a few connections that stay open, as fast as they are answered."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that somebody typed after ``/claim``; ``key`` is the trigger's id."""

    text: str
    user: str
    key: str


def signed(typed: Typed, signing_secret: str) -> bytes:
    """The whole HTTP request, signed now: it is good for five minutes."""
    form = urlencode(
        {
            "token": "of-no-use-any-more",
            "team_id": "T0FIRM",
            "team_domain": "firm",
            "channel_id": "C0NIGHT",
            "channel_name": "night",
            "user_id": typed.user,
            "user_name": typed.user.lower(),
            "command": "/claim",
            "text": typed.text,
            "api_app_id": "A0PODLINE",
            "is_enterprise_install": "false",
            "response_url": "https://hooks.slack.com/commands/T0FIRM/1/abc",
            "trigger_id": typed.key,
        }
    )
    timestamp = str(int(time.time()))
    signature = SignatureVerifier(signing_secret).generate_signature(timestamp=timestamp, body=form)
    headers = (
        "POST /slack/events HTTP/1.1",
        "Host: 127.0.0.1",
        "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)",
        "Accept-Encoding: gzip,deflate",
        "Accept: application/json,*/*",
        "Content-Type: application/x-www-form-urlencoded",
        f"X-Slack-Request-Timestamp: {timestamp}",
        f"X-Slack-Signature: {signature}",
        f"Content-Length: {len(form)}",
    )
    return "\r\n".join((*headers, "", form)).encode()


async def send_all(port: int, requests: Sequence[bytes], answer: bytes) -> float:
    """Send them over CONNECTIONS connections; returns how many were answered a second.

    Raises AssertionError for any response but a 200 with ``answer`` in it.
    """
    waiting = iter(requests)
    opened = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    await asyncio.gather(*(_send(reader, writer, waiting, answer) for reader, writer in opened))
    seconds = time.perf_counter() - began
    for _, writer in opened:
        writer.close()
    return len(requests) / seconds


async def _send(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, waiting: Iterable[bytes], answer: bytes
) -> None:
    for request in waiting:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length(head))
        if not head.startswith(b"HTTP/1.1 200") or answer not in body:
            raise AssertionError(f"{head.decode()}{body.decode()}")


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0])
