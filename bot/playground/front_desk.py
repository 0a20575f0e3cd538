"""The HTTP face of the Web API: reads requests as Slack does, and lets mishaps befall them."""

import json
import math
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.playground.errors import SlackError
from bot.playground.methods_files import SIGN_IN, may_read, visible_file
from bot.playground.misbehave import DOWNLOAD, RESPONSE_URL, Misbehaviour, Mishap, Rates
from bot.playground.mishap_answers import after, before
from bot.playground.replies import use_response_url
from bot.playground.web_api import WebApi


class FrontDesk:
    """Routes for the Web API, response URLs and uploads."""

    def __init__(self, web_api: WebApi, misbehaviour: Misbehaviour, rates: Rates | None) -> None:
        self._api = web_api
        self._misbehaviour = misbehaviour
        self._rates = rates

    def routes(self) -> list[web.RouteDef]:
        """All of them."""
        return [
            web.post("/api/{method}", self._call),
            web.get("/api/{method}", self._call),
            web.post("/response/{key}", self._respond),
            web.post("/upload/{file_id}", self._upload),
            web.get("/files-pri/{team_and_file}/{name:.*}", self._download),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            arguments = dict(await _arguments(request))
        except SlackError as refusal:
            return web.json_response(refusal.as_answer())
        token = _token(request, arguments)
        channel = arguments.get("channel")
        place = channel if isinstance(channel, str) else None
        if self._rates and (wait := self._rates.wait(name, place)):
            return _rate_limited(wait)
        mishap = self._misbehaviour.take(name, place)
        if mishap and (early := await _before(request, mishap)):
            return early
        answer = self._api.call(name, token, arguments)
        if mishap:
            await after(request, mishap)
        return web.json_response(answer, headers=self._headers())

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        mishap = self._misbehaviour.take(RESPONSE_URL, None)
        if mishap and (early := await _before(request, mishap)):
            return early
        workspace = self._api.workspace
        try:
            use_response_url(workspace, request.match_info["key"], await _json(request))
        except SlackError as refusal:
            workspace.log.add("refused", "app", method=RESPONSE_URL, error=refusal.code, messages=refusal.messages)
            is_gone = refusal.code in ("expired_url", "used_url")
            return web.json_response(refusal.as_answer(), status=404 if is_gone else 200)
        if mishap:
            await after(request, mishap)
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            content = b"".join(part.file.read() for part in form.values() if isinstance(part, web.FileField))
        try:
            self._api.workspace.files.receive(request.match_info["file_id"], content)
        except SlackError as refusal:
            return web.Response(status=400, text=refusal.code)
        return web.Response(text=f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        workspace = self._api.workspace
        mishap = self._misbehaviour.take(DOWNLOAD, None)
        if mishap and (early := await _before(request, mishap)):
            return early
        if not may_read(workspace, _token(request, {})):
            return web.Response(text=SIGN_IN, content_type="text/html")
        file = visible_file(workspace, request.match_info["team_and_file"].partition("-")[2])
        if file is None:
            return web.Response(status=404)
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _headers(self) -> dict[str, str]:
        return {"x-oauth-scopes": ",".join(sorted(self._api.workspace.installation.scopes))}


async def _arguments(request: web.Request) -> Mapping[str, Any]:
    if request.method == "GET":
        return request.query
    if request.content_type == "application/json":
        return await _json_object(request)
    return {**request.query, **await request.post()}


async def _json_object(request: web.Request) -> Mapping[str, Any]:
    body = await _json(request)
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body


async def _json(request: web.Request) -> Any:
    text = await request.text()
    try:
        return json.loads(text) if text else {}
    except ValueError:
        raise SlackError("invalid_json") from None


def _token(request: web.Request, arguments: dict[str, Any]) -> str | None:
    """The token from the body or the Authorization header; in a query Slack does not take it."""
    in_body = arguments.pop("token", None)
    scheme, _, in_header = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Bearer" and in_header:
        return in_header
    return str(in_body) if in_body and request.method == "POST" else None


async def _before(request: web.Request, mishap: Mishap) -> web.StreamResponse | None:
    return await before(
        request,
        mishap,
        error=lambda one: web.json_response({"ok": False, "error": one.error}),
        rate_limited=lambda one: _rate_limited(one.seconds),
    )


def _rate_limited(seconds: float) -> web.Response:
    wait = {"Retry-After": str(max(1, math.ceil(seconds)))}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=wait)
