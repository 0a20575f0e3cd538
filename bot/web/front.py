"""The front door: what a platform sends goes straight to its adapter, everything else to the API and its pages."""

from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send


class Front:
    """Platforms sign what they send and wait for the answer, so nothing that is there for the API stands before them.

    Their routes take requests of exactly their path, and look after size and signature themselves.
    """

    def __init__(self, site: ASGIApp) -> None:
        self._site = site
        self._routes: dict[str, Route] = {}

    def add(self, route: Route) -> None:
        self._routes[route.path] = route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = self._routes.get(scope["path"]) if scope["type"] == "http" else None
        await (self._site if route is None else route.handle)(scope, receive, send)
