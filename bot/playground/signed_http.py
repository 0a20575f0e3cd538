"""Delivery to the app by signed HTTP requests (https://docs.slack.dev/authentication/verifying-requests-from-slack)."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlencode

import aiohttp

from bot.playground.answer import Answer, from_http, too_late, unreachable
from bot.playground.records import Json

FORM = "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: str, body: str) -> str:
    """Slack's v0 signature of a request."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return f"v0={digest.hexdigest()}"


class SignedHttp:
    """Sends requests as Slack does; `wall_clock` is the real time of day, since the app checks the time stamp.

    `secret` and `skew` (seconds added to the time stamp) may be changed, to try a wrong or stale signature.
    """

    def __init__(self, secret: str, wall_clock: Callable[[], datetime], ack_timeout: float) -> None:
        self.secret = secret
        self.skew = 0
        self._wall_clock = wall_clock
        self.ack_timeout = ack_timeout
        self._session: aiohttp.ClientSession | None = None

    async def send(self, url: str, kind: str, payload: Json, headers: Mapping[str, str] | None = None) -> Answer:
        """Send one payload of a kind (slash_commands, interactive, events_api); the answer is never an exception."""
        content_type, body = _encoded(kind, payload)
        timestamp = str(int(self._wall_clock().timestamp()) + self.skew)
        signed = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.secret, timestamp, body),
            "User-Agent": "Slackbot 1.0 (playground)",
            **(headers or {}),
        }
        try:
            async with asyncio.timeout(self.ack_timeout):
                return await self._post(url, body, signed)
        except TimeoutError:
            return too_late()
        except aiohttp.ClientError:
            return unreachable()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _post(self, url: str, body: str, headers: Mapping[str, str]) -> Answer:
        if self._session is None:
            # A kept connection may be closed by the app just when it is used again; a request that got lost that way
            # could not be told from one the app has taken.
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, force_close=True))
        async with self._session.post(url, data=body.encode(), headers=headers) as response:
            no_retry = response.headers.get("X-Slack-No-Retry") == "1"
            return from_http(response.status, await response.text(), no_retry=no_retry)


def _encoded(kind: str, payload: Json) -> tuple[str, str]:
    if kind == "slash_commands":
        return FORM, urlencode(payload)
    if kind == "interactive":
        return FORM, urlencode({"payload": json.dumps(payload)})
    return "application/json", json.dumps(payload)
