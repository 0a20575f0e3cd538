"""A stand-in's own site, on this machine alone."""

from aiohttp import web


async def on_loopback(application: web.Application, port: int = 0) -> tuple[web.AppRunner, str]:
    """Serve it in the running loop, on a free port for 0: what ends it (``cleanup``), and its address."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"
