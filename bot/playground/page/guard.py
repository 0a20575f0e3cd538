"""What keeps the page to itself: nothing loads from elsewhere, and no other site's page acts in it."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_OURS = ("127.0.0.1", "localhost", "::1")


def guarded(handler: Handler) -> Handler:
    """The same handler, for requests of this machine's own pages only, with headers that say what a page may do."""

    async def answer(request: web.Request) -> web.StreamResponse:
        # Another name that leads here (DNS rebinding), or a form on somebody's page, must not reach the workspace.
        if urlsplit(f"//{request.host}").hostname not in _OURS:
            return web.Response(status=421, text="This page is served to this machine only, by its own address.")
        origin = request.headers.get("Origin")
        if request.method != "GET" and origin is not None and urlsplit(origin).netloc != request.host:
            return web.Response(status=403, text="Only this page itself may do that.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return answer
