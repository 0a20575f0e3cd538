"""The Bot Connector, which takes what we send to Teams: plain requests, each answered or refused.

The SDK's client of it is left aside: it builds a model of each message, has no place for what a refusal says, and takes
several times as long; its credentials are used.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.proxies import proxy_for
from bot.teams.credentials import Tokens
from bot.teams.errors import ConnectorError

log = logging.getLogger(__name__)

Json = dict[str, Any]

TIMEOUT = aiohttp.ClientTimeout(total=10, connect=4)
CONNECTIONS = 30


def new_session() -> aiohttp.ClientSession:
    """The one HTTP session of the adapter; make it inside a running event loop."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    return aiohttp.ClientSession(timeout=TIMEOUT, connector=connector, json_serialize=_json)


class Connector:
    """Calls of the connector's REST interface. Every one may raise ConnectorError, NoToken and aiohttp's errors."""

    def __init__(self, session: aiohttp.ClientSession, tokens: Tokens) -> None:
        self._session = session
        self._tokens = tokens

    async def post(self, service_url: str, conversation: str, activity: Json) -> str:
        """A new message in a conversation, or in a thread where the id names one; returns its id."""
        path = f"/v3/conversations/{_quoted(conversation)}/activities"
        return str((await self._call("POST", service_url, path, activity)).get("id") or "")

    async def put(self, service_url: str, conversation: str, message: str, activity: Json) -> None:
        """Redraw one of our messages."""
        path = f"/v3/conversations/{_quoted(conversation)}/activities/{_quoted(message)}"
        await self._call("PUT", service_url, path, activity)

    async def chat_with(self, service_url: str, us: str, user: str, tenant: str) -> str:
        """The id of the chat with somebody, made if there is none."""
        asked = {
            "isGroup": False,
            "bot": {"id": us},
            "members": [{"id": user}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        return str((await self._call("POST", service_url, "/v3/conversations", asked))["id"])

    async def member(self, service_url: str, conversation: str, user: str) -> Json:
        """Somebody of a conversation, by either of their ids."""
        path = f"/v3/conversations/{_quoted(conversation)}/members/{_quoted(user)}"
        return await self._call("GET", service_url, path)

    async def _call(self, method: str, service_url: str, path: str, body: Json | None = None) -> Json:
        """Where our token is refused, which does nothing, once more with another."""
        token = await self._tokens.for_service(service_url)
        try:
            return await self._asked(method, service_url, path, body, token)
        except ConnectorError as error:
            if error.status != 401 or token is None:
                raise
            self._tokens.forget(token)
        return await self._asked(method, service_url, path, body, await self._tokens.for_service(service_url))

    async def _asked(self, method: str, service_url: str, path: str, body: Json | None, token: str | None) -> Json:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{service_url.rstrip('/')}{path}"
        proxy = proxy_for(url)
        async with self._session.request(method, _exactly(url), json=body, headers=headers, proxy=proxy) as answer:
            said = _object(await answer.read())
            if answer.status < 300:
                return said
            raise _refusal(answer.status, answer.headers, said)

    async def look_at(self, service_url: str, conversation: str) -> None:
        """See whether we are in a conversation, which whoever is not in it is refused."""
        await self._call("GET", service_url, f"/v3/conversations/{_quoted(conversation)}/pagedmembers?pageSize=1")


def _refusal(status: int, headers: Mapping[str, str], said: Json) -> ConnectorError:
    error = said.get("error")
    told = error if isinstance(error, dict) else {}
    return ConnectorError(status, str(told.get("code") or ""), str(told.get("message") or "")[:300], _after(headers))


def _after(headers: Mapping[str, str]) -> float | None:
    written = headers.get("Retry-After", "")
    try:
        return float(written) if written else None
    except ValueError:
        return None


def _object(body: bytes) -> Json:
    try:
        said = json.loads(body) if body.strip() else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _quoted(part: str) -> str:
    return quote(part, safe=":@;=._-")


def _exactly(url: str) -> URL:
    return URL(url, encoded=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
