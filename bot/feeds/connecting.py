"""Connections that go only where they may: a name is resolved once, all its addresses are judged, one is connected to.

The name is not asked again afterwards, so one that answers differently the second time (DNS rebinding) wins nothing.
TLS still checks the certificate against the name.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence

import httpcore
import httpx
from httpcore import SOCKET_OPTION, AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream

from bot.feeds.addresses import Address, Network, address_of, is_allowed, why_not

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a name and a port to addresses; raises OSError."""


class MayNotConnect(Exception):
    """The name leads where no feed may be fetched from; says why and what to do."""


async def resolved(host: str, port: int) -> list[str]:
    """All addresses of a name, as the machine's resolver has them."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class CarefulTransport(httpx.AsyncBaseTransport):
    """Sends one request over a new connection of its own; no proxy, no connection is kept.

    Raises MayNotConnect and what httpx raises.
    """

    def __init__(self, allowed: Iterable[Network], resolve: Resolve = resolved) -> None:
        self._allowed = tuple(allowed)
        self._resolve = resolve
        self._tls = httpx.create_ssl_context()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        network = _CarefulNetwork(self._allowed, self._resolve, needs_leave=request.url.scheme != "https")
        pool = httpcore.AsyncConnectionPool(ssl_context=self._tls, network_backend=network, max_connections=1)
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        asked = httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        try:
            answer = await pool.handle_async_request(asked)
        except BaseException:
            await pool.aclose()
            raise
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer, pool))


class _Stream(httpx.AsyncByteStream):
    """The body as it comes, compressed or not; closing it closes the connection."""

    def __init__(self, answer: httpcore.Response, pool: httpcore.AsyncConnectionPool) -> None:
        self._answer = answer
        self._pool = pool

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()
        await self._pool.aclose()


class _CarefulNetwork(AsyncNetworkBackend):
    """``needs_leave``: without TLS only to what the operator has allowed, public or not."""

    def __init__(self, allowed: tuple[Network, ...], resolve: Resolve, *, needs_leave: bool) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._needs_leave = needs_leave
        self._inner = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        addresses = await self._addresses(host, port, timeout)
        for address in addresses:
            self._check(host, address)
        return await self._connect_to_one(addresses, port, timeout)

    async def _addresses(self, host: str, port: int, timeout: float | None) -> list[Address]:
        try:
            async with asyncio.timeout(timeout):
                return [address_of(text) for text in await self._resolve(host, port)]
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not known: no such name, or no name server answers") from error

    def _check(self, host: str, address: Address) -> None:
        if self._needs_leave and not is_allowed(address, self._allowed):
            raise MayNotConnect(f"{host} is not asked without https. Use its https address")
        what = why_not(address, self._allowed)
        if what is not None:
            raise MayNotConnect(
                f"{host} leads to an address that is {what}, and no feed is fetched from there unless "
                "PODLINE_FEED_ALLOW has it"
            )

    async def _connect_to_one(
        self, addresses: Sequence[Address], port: int, timeout: float | None
    ) -> AsyncNetworkStream:
        refused: Exception = httpcore.ConnectError("it has no address")
        for address in addresses[:_MOST_TRIED]:
            try:
                return await self._inner.connect_tcp(str(address), port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused


_MOST_TRIED = 4
