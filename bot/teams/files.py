"""Files that people give to us in their chat in Teams: what came with a message, fetched with care from where Teams
keeps them, read as in any other chat.

Teams tells a bot of a file in a person's own chat alone, with an address that needs no further sign-in and holds for a
while (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4); in channels it tells none.
"""

import asyncio
import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from bot.clock import Clock
from bot.feeds.connecting import MayNotConnect
from bot.given_files import MOST_BYTES, CannotFetch, read_given, too_large
from bot.teams.activity import Heard
from bot.teams.http import may_send_to
from bot.teams.name import NAME
from commands.attached import Attached, FileWanted, Unreadable
from commands.ports import NewUnitOfWork
from commands.wording import first_line

log = logging.getLogger(__name__)

FILE = "application/vnd.microsoft.teams.file.download.info"
MICROSOFTS_FILES = (".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us", ".sharepoint.cn")
"""How the names end of the hosts on which Teams keeps files, in each of Microsoft's clouds."""
REMEMBERED = 5
"""The last files of each person of which we know where they are."""
REDIRECTS = 3
SECONDS, CONNECT_SECONDS = 15.0, 5.0
_ID = re.compile(r"\S{2,80}")


@dataclass(frozen=True, slots=True)
class Given:
    """A file that came with a message. ``id`` is what Teams calls it, ``url`` where it can be had for a while."""

    id: str
    name: str
    filetype: str
    url: str


def files_in(said: Heard) -> tuple[Given, ...]:
    """The files that were given to us with a message in the person's own chat."""
    listed = said.body.get("attachments")
    if not said.is_chat or not isinstance(listed, list):
        return ()
    found = (_given(one) for one in listed if isinstance(one, Mapping) and one.get("contentType") == FILE)
    return tuple(one for one in found if one is not None)


def _given(attachment: Mapping[str, Any]) -> Given | None:
    content = attachment.get("content")
    if not isinstance(content, Mapping) or not isinstance(content.get("downloadUrl"), str):
        return None
    url, called, name = content["downloadUrl"], content.get("uniqueId"), attachment.get("name")
    hashed = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    return Given(
        id=called if isinstance(called, str) and _ID.fullmatch(called) else hashed,
        name=name if isinstance(name, str) else "",
        filetype=str(content.get("fileType") or ""),
        url=url,
    )


class TeamsFiles:
    """Fetches and reads what verbs want, over ``transport``, a CarefulTransport. ``hosts`` are those the operator has
    named beside Microsoft's."""

    def __init__(
        self, new_uow: NewUnitOfWork, clock: Clock, transport: httpx.AsyncBaseTransport, hosts: Iterable[str] = ()
    ) -> None:
        self._new_uow = new_uow
        self._clock = clock
        self._transport = transport
        self._hosts = tuple(hosts)

    async def keep(self, user: str, given: Given) -> None:
        """Remember where a file of theirs is, for the button that imports it."""
        await asyncio.to_thread(self._keep, user, given)

    async def read(self, wanted: FileWanted, user: str) -> Attached:
        """The file, for whoever gave it to us; whatever is wrong with it is said, not raised."""
        given = next((one for one in await asyncio.to_thread(self._kept, user) if one.id == wanted.file), None)
        if given is None:
            return Unreadable(
                "That is not a file that you have given to me. Give it to me here, then go on from there."
            )
        try:
            data = await self._fetch(given)
        except CannotFetch as why:
            return Unreadable(str(why))
        return await read_given(wanted, given.name, data)

    def _keep(self, user: str, given: Given) -> None:
        with self._new_uow() as uow:
            kept = uow.references.find(NAME, _of(user)) or {}
            others = [one for one in _listed(kept) if one.get("id") != given.id]
            files = [*others, asdict(given)][-REMEMBERED:]
            uow.references.put(NAME, _of(user), {"files": files}, self._clock.now())
            uow.commit()

    def _kept(self, user: str) -> list[Given]:
        with self._new_uow.reading() as uow:
            kept = uow.references.find(NAME, _of(user)) or {}
        return [Given(**one) for one in _listed(kept)]

    async def _fetch(self, given: Given) -> bytes:
        url = given.url
        try:
            async with asyncio.timeout(SECONDS):
                for _ in range(REDIRECTS + 1):
                    if not is_of_microsoft(url, self._hosts):
                        raise CannotFetch("Teams names an address for this file that is not its own: it was not read.")
                    data, url = await self._get(url, given.name)
                    if data is not None:
                        return data
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, TimeoutError) as error:
            log.warning("A file in Teams could not be fetched: %s", type(error).__name__)
        except (MayNotConnect, httpx.InvalidURL, UnicodeError) as error:
            log.warning("A file in Teams is not fetched: %s", type(error).__name__)
        raise CannotFetch(_NOT_JUST_NOW)

    async def _get(self, url: str, name: str) -> tuple[bytes | None, str]:
        """Its content, or where it is instead."""
        async with httpx.AsyncClient(
            transport=self._transport, trust_env=False, follow_redirects=False, timeout=_TIMEOUT
        ) as client:
            request = client.build_request("GET", url, headers={"Accept-Encoding": "identity"})
            response = await client.send(request, stream=True)
            try:
                if response.has_redirect_location:
                    return None, str(httpx.URL(url).join(response.headers["location"]))
                return await _content(response, name), url
            finally:
                await response.aclose()


_TIMEOUT = httpx.Timeout(SECONDS, connect=CONNECT_SECONDS)
_NOT_JUST_NOW = "Teams does not give me the file just now. Please try again in a minute, or give it to me again."
_ENDED = "I cannot get that file any more: what Teams told me holds only for a while. Give it to me again."


async def _content(response: httpx.Response, name: str) -> bytes:
    if response.status_code in (401, 403, 404, 410):
        raise CannotFetch(_ENDED)
    if response.status_code != 200 or "content-encoding" in response.headers:
        raise CannotFetch(_NOT_JUST_NOW)
    if response.headers.get("content-type", "").startswith("text/html"):
        raise CannotFetch(_ENDED)  # a page to sign in on, in the place of the file
    data = bytearray()
    async for part in response.aiter_raw():
        data += part
        if len(data) > MOST_BYTES:
            raise too_large(first_line(name))
    return bytes(data)


def is_of_microsoft(url: str, named: Iterable[str] = ()) -> bool:
    """Whether a file may be fetched from there: from where Teams keeps files, by https, or from a host that the
    operator has named."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").casefold(), parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None:
        return False
    if may_send_to(url, tuple(named)):
        return True
    return parts.scheme == "https" and port in (None, 443) and host.endswith(MICROSOFTS_FILES)


def _of(user: str) -> str:
    return f"files:{user}"


def _listed(kept: Mapping[str, Any]) -> list[dict[str, str]]:
    listed = kept.get("files")
    return [dict(one) for one in listed] if isinstance(listed, list) else []
