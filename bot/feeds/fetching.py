"""One polite and careful fetch of a feed: conditional, with redirects checked, sizes and times capped."""

import asyncio
import ssl
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpcore
import httpx

from bot import __version__
from bot.feeds.connecting import MayNotConnect
from coverage.leave.limits import MOST_BYTES

REDIRECTS = 3
CONNECT_SECONDS, READ_SECONDS, ALL_SECONDS = 10.0, 20.0, 60.0
"""Real ones; all of it together with its redirects."""
_SCHEMES = {"https", "http"}
_MB = MOST_BYTES // 1_000_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer, unpacked. ``max_age`` is what its Cache-Control says."""

    data: bytes
    etag: str | None = None
    last_modified: str | None = None
    max_age: timedelta | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server still gives what it gave before."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Nothing came. ``why`` is a sentence without the address, and ``retry_after`` what the server asked for."""

    why: str
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """A part came: whether the rest is gone or only did not arrive, nobody knows."""

    why: str


Answer = Fetched | NotModified | Trouble | BrokenOff


class Fetcher:
    """Fetches over ``transport``, a CarefulTransport. Nothing it returns, raises or logs has the address in it."""

    def __init__(self, transport: httpx.AsyncBaseTransport, *, seconds: float = ALL_SECONDS) -> None:
        self._transport = transport
        self._seconds = seconds

    async def fetch(self, address: str, etag: str | None, last_modified: str | None, now: datetime) -> Answer:
        """GET it, with the marks of what we have. ``now`` (UTC) is for a Retry-After that is a date."""
        headers = {"Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "gzip", "User-Agent": _WHO}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(httpx.URL(address), headers, now)
        except TimeoutError:
            return Trouble(f"it took longer than {self._seconds:g} seconds and was given up")
        except MayNotConnect as refused:
            return Trouble(str(refused))
        except (httpx.InvalidURL, UnicodeError):
            return Trouble("the address is none that can be fetched")

    async def _follow(self, url: httpx.URL, headers: dict[str, str], now: datetime) -> Answer:
        for _ in range(REDIRECTS + 1):
            try:
                answer, target = await self._get(url, headers, now)
            except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
                return Trouble(_in_words(error, url.host))
            if target is None:
                assert answer is not None
                return answer
            if target.scheme not in _SCHEMES or not target.host:
                return Trouble(f"{url.host} sends us on to something that is no web address")
            url = target
        return Trouble(f"it was sent on more than {REDIRECTS} times")

    async def _get(
        self, url: httpx.URL, headers: dict[str, str], now: datetime
    ) -> tuple[Answer | None, httpx.URL | None]:
        """What came of one request: an answer, or where it sends us on to."""
        async with httpx.AsyncClient(
            transport=self._transport, trust_env=False, follow_redirects=False, timeout=_TIMEOUT
        ) as client:
            request = client.build_request("GET", url.copy_with(fragment=None), headers=headers)
            response = await client.send(request, stream=True)
            try:
                if response.has_redirect_location:
                    return None, _target(url, response.headers["location"])
                return await _answer(response, url.host, now), None
            finally:
                await response.aclose()


_TIMEOUT = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
_WHO = f"Podline/{__version__} (calendar feeds)"


def _target(url: httpx.URL, location: str) -> httpx.URL:
    """A password in the address goes to the host it was given for, and to no other."""
    target = url.join(location)
    if target.host != url.host and target.userinfo == url.userinfo:
        target = target.copy_with(userinfo=b"")
    return target


async def _answer(response: httpx.Response, host: str, now: datetime) -> Answer:
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return NotModified()
    if response.status_code != HTTPStatus.OK:
        retry_after = _retry_after(response, now) if response.status_code in _LATER else None
        return Trouble(_status_in_words(response.status_code, host), retry_after)
    try:
        data = await _body(response)
    except _TooLarge:
        return Trouble(f"{host} sends more than {_MB} MB, and a calendar is never so large: it was not read to its end")
    except (httpcore.ProtocolError, httpcore.NetworkError, httpcore.ReadTimeout, _CutOff):
        return BrokenOff(f"{host} stopped before the end of its answer: the calendar is cut off")
    except zlib.error:
        return BrokenOff(f"{host} sends something that is said to be packed and cannot be unpacked")
    return Fetched(data, response.headers.get("etag"), response.headers.get("last-modified"), _max_age(response))


class _TooLarge(Exception):
    """More than is ever read, packed or unpacked."""


class _CutOff(Exception):
    """The packed data have no end."""


async def _body(response: httpx.Response) -> bytes:
    """Unpacked by us, piece by piece, so that a small answer cannot become a large one unseen."""
    unpack = _Unpacking(response.headers.get("content-encoding", "").strip().lower())
    data, came = bytearray(), 0
    async for part in response.aiter_raw():
        came += len(part)
        if came > MOST_BYTES:
            raise _TooLarge
        for piece in unpack.pieces(part):
            data += piece
            if len(data) > MOST_BYTES:
                raise _TooLarge
    unpack.finish()
    return bytes(data)


class _Unpacking:
    """Of gzip, also where the server sent it unasked; anything else is taken as it is, and is then no calendar."""

    def __init__(self, encoding: str) -> None:
        self._gzip = zlib.decompressobj(wbits=31) if encoding in ("gzip", "x-gzip") else None
        if encoding == "deflate":
            self._gzip = zlib.decompressobj()
        self._has_begun = False

    def pieces(self, part: bytes) -> Iterator[bytes]:
        if self._gzip is None:
            yield part
            return
        self._has_begun = self._has_begun or bool(part)
        while part:
            yield self._gzip.decompress(part, _PIECE)
            part = self._gzip.unconsumed_tail

    def finish(self) -> None:
        if self._gzip is not None and self._has_begun and not self._gzip.eof:
            raise _CutOff


_PIECE = 256 * 1024
_LATER = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


def _retry_after(response: httpx.Response, now: datetime) -> timedelta | None:
    said = response.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=min(int(said[:9]), _FAR))
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max((at if at.tzinfo else at.replace(tzinfo=UTC)) - now, timedelta())


_FAR = 10**7


def _max_age(response: httpx.Response) -> timedelta | None:
    for part in response.headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.strip('"').isdigit():
            return timedelta(seconds=min(int(value.strip('"')[:9]), _FAR))
    return None


def _status_in_words(status: int, host: str) -> str:
    match status:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return f"{host} does not let us read it ({status}): make a new private address of the calendar and add that"
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE:
            return f"{host} has no such calendar any more ({status}): make a new address of it and add that"
        case HTTPStatus.TOO_MANY_REQUESTS:
            return f"{host} asks us to come more rarely ({status})"
        case _:
            return f"{host} answers with an error ({status})"


def _in_words(error: Exception, host: str) -> str:
    certificate = _certificate_error(error)
    if certificate is not None:
        reason = certificate.verify_message or "it is not trusted"
        return f"the certificate of {host} is not valid ({reason}), so nothing was read from there"
    if isinstance(error, httpcore.TimeoutException):
        return f"{host} does not answer in time"
    if "is not known" in str(error):
        return str(error)
    return f"{host} cannot be reached, or breaks off the connection"


def _certificate_error(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__ or error.__context__
    return None
