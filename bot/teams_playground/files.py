"""Files that people keep in their OneDrive and give to the bot: had without a sign-in for a while, by an address."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.playground.misbehave import Misbehaviour
from bot.playground.mishap_answers import after
from bot.teams_playground.checking import Refused
from bot.teams_playground.connector import goes_wrong_before, said_no

Json = dict[str, Any]

HOLDS = timedelta(hours=1)
"""How long an address that was given to the bot is good for."""
FOLDER = "/personal"


@dataclass(slots=True)
class Kept:
    """A file in somebody's OneDrive. ``tokens`` are those of the addresses that were told, each with its end."""

    id: str
    name: str
    content: bytes
    tokens: dict[str, datetime] = field(default_factory=dict)


class Files:
    """Keeps and serves them; ``base_url`` is where."""

    def __init__(self, now: Callable[[], datetime], base_url: Callable[[], str], misbehaviour: Misbehaviour) -> None:
        self._now = now
        self._base_url = base_url
        self._misbehaviour = misbehaviour
        self.kept: dict[str, Kept] = {}

    def keep(self, name: str, content: bytes) -> Kept:
        file = Kept(str(uuid.uuid4()).upper(), name, content)
        self.kept[file.id] = file
        return file

    def attachment(self, file: Kept) -> Json:
        """What a message in somebody's own chat carries of it."""
        token = uuid.uuid4().hex
        file.tokens[token] = self._now() + HOLDS
        where = f"{self._base_url()}{FOLDER}/{file.id}"
        return {
            "contentType": "application/vnd.microsoft.teams.file.download.info",
            "contentUrl": where,
            "name": file.name,
            "content": {
                "downloadUrl": f"{where}/download.aspx?tempauth={token}",
                "uniqueId": file.id,
                "fileType": file.name.rpartition(".")[2],
            },
        }

    def routes(self) -> list[web.RouteDef]:
        return [web.get(f"{FOLDER}/{{file}}/download.aspx", self._download)]

    async def _download(self, request: web.Request) -> web.StreamResponse:
        mishap = self._misbehaviour.take("download", None)
        if mishap and (early := await goes_wrong_before(request, mishap)):
            return early
        file = self.kept.get(request.match_info["file"])
        if file is None:
            return said_no(Refused(404, "itemNotFound"))
        ends = file.tokens.get(request.query.get("tempauth", ""))
        if ends is None or ends <= self._now():
            return said_no(Refused(401, "unauthenticated"))
        if mishap:
            await after(request, mishap)
        return web.Response(body=file.content, content_type="application/octet-stream")
