"""A web application on a free loopback port."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.applications import Starlette


@contextlib.asynccontextmanager
async def served(application: Starlette) -> AsyncIterator[str]:
    """Serve it on a free loopback port; yields its address."""
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
        timeout_keep_alive=60,
    )
    server = uvicorn.Server(config)
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        serving = asyncio.create_task(server.serve([port]))
        while not server.started:
            await asyncio.sleep(0.005)
        yield f"http://127.0.0.1:{port.getsockname()[1]}"
        server.should_exit = True
        await serving
