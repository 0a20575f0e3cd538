"""Listening on an address: uvicorn, inside the running event loop, ended by whoever began it."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.errors import PlainError

FINISHING = 10
"""Seconds in which requests may be answered that were accepted before the end."""
BACKLOG = 2048


class CannotListen(PlainError):
    """The address cannot be listened on; says why and what to do."""


@asynccontextmanager
async def listening(app: ASGIApp, host: str, port: int) -> AsyncIterator[str]:
    """Serve ``app`` until the block ends; gives the address, ``http://127.0.0.1:3000``. Port 0 is any free one.

    Raises:
        CannotListen: the port is taken, or the address is not ours.
    """
    bound = _bound(host, port)
    server = _Server(
        uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=FINISHING,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    try:
        await server.is_listening.wait()
        yield f"http://{_shown(host)}:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        bound.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_listening.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone: whoever runs the event loop decides when to end."""
        yield


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as problem:
        listener.close()
        if problem.errno == errno.EADDRINUSE:
            raise CannotListen(
                f"Port {port} of {host} is taken by another program. End that one, or set PODLINE_PORT to another port."
            ) from None
        raise CannotListen(
            f"Podline cannot listen on {host}, port {port}: {problem.strerror}. Check PODLINE_HOST and PODLINE_PORT."
        ) from None
    listener.setblocking(False)
    return listener


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
