"""A wire between a browser and the demo, which can be cut and mended."""

import asyncio
from types import TracebackType
from typing import Self


class Wire:
    """Inside ``async with``, what is asked of ``url`` is answered by whoever listens on ``port``, unless it is cut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._is_cut = False
        self._ends: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        self.cut()

    def cut(self) -> None:
        """End every connection, and let none begin."""
        self._is_cut = True
        for end in tuple(self._ends):
            end.transport.abort()

    def mend(self) -> None:
        """Let connections begin again."""
        self._is_cut = False

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        ends = {writer, far_writer}
        self._ends |= ends
        try:
            await asyncio.gather(_carry(reader, far_writer), _carry(far_reader, writer))
        finally:
            self._ends -= ends


async def _carry(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    """Until either end is gone."""
    try:
        while data := await source.read(65_536):
            to.write(data)
            await to.drain()
    except ConnectionError:
        to.transport.abort()
    finally:
        to.close()
