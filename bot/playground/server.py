"""The stand-in on a loopback port: Web API, response URLs, uploads, Socket Mode, people to act and the page."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.playground import payloads
from bot.playground.delivery import Delivery
from bot.playground.front_desk import FrontDesk
from bot.playground.handshakes import TRIGGER_LIFE
from bot.playground.log import Happening
from bot.playground.loopback import on_loopback
from bot.playground.misbehave import Misbehaviour, Rates
from bot.playground.page.backstage import Backstage
from bot.playground.page.site import Site
from bot.playground.people import People
from bot.playground.signed_http import SignedHttp
from bot.playground.sockets import Sockets
from bot.playground.web_api import WebApi
from bot.playground.workspace import Workspace

LARGEST_BODY = 20_000_000


class PlaygroundServer:
    """Serves a workspace in the running loop, as an async context manager.

    Args:
        wall_clock: The real time of day, for the time stamps the app checks on signed requests.
        port: 0 for any free one.
        request_url: Where the app takes commands, clicks and events, when no socket is open; may be set later.
        enforce_rates: Whether to answer 429 where Slack would.
        ack_timeout: Seconds the app has to acknowledge; where they are more than Slack gives, also to open a form.
        pace: Scales the pauses (a minute, five minutes) before an event is sent again.
        echo: Whether the app hears of its own messages, as it does from Slack.
        backstage: What the page in the browser lets a visitor do beside being one of the people.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        wall_clock: Callable[[], datetime],
        port: int = 0,
        request_url: str | None = None,
        misbehaviour: Misbehaviour | None = None,
        enforce_rates: bool = False,
        ack_timeout: float = 3.0,
        pace: float = 1.0,
        echo: bool = True,
        backstage: Backstage | None = None,
    ) -> None:
        self.workspace = workspace
        workspace.handshakes.trigger_life = max(TRIGGER_LIFE, timedelta(seconds=ack_timeout))
        self.misbehaviour = misbehaviour or Misbehaviour()
        self.http = SignedHttp(workspace.app.signing_secret, wall_clock, ack_timeout)
        self.sockets = Sockets(workspace.app.app_id, ack_timeout)
        self.delivery = Delivery(workspace, self.http, self.sockets, pace)
        self.delivery.request_url = request_url
        self._port = port
        self._enforce_rates = enforce_rates
        self._echo = echo
        self._backstage = backstage

    async def __aenter__(self) -> Self:
        rates = Rates(asyncio.get_running_loop().time) if self._enforce_rates else None
        web_api = WebApi(self.workspace)
        application = web.Application(client_max_size=LARGEST_BODY)
        application.add_routes(FrontDesk(web_api, self.misbehaviour, rates).routes())
        application.router.add_get("/link/", self.sockets.serve)
        self._site = Site(self.workspace, lambda: self.people, self._backstage)
        application.add_routes(self._site.routes())
        self._runner, self.base_url = await on_loopback(application, self._port)
        web_api.base_url = self.base_url
        self.people = People(self.workspace, self.delivery, self.base_url)
        self._unsubscribe = self.workspace.log.subscribe(self._tell_app)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._unsubscribe()
        self._site.close()
        await self.delivery.close()
        await self.sockets.close()
        await self._runner.cleanup()
        await self.http.close()

    @property
    def url(self) -> str:
        """The value for SLACK_API_URL."""
        return f"{self.base_url}/api/"

    @property
    def request_url(self) -> str | None:
        """Where signed HTTP requests go."""
        return self.delivery.request_url

    @request_url.setter
    def request_url(self, url: str) -> None:
        self.delivery.request_url = url

    async def settle(self) -> None:
        """Wait until no delivery is under way, retries included."""
        await self.delivery.settle()

    def _tell_app(self, entry: Happening) -> None:
        """Slack tells an app of its own messages too, so the app has to know itself."""
        if not (self._echo and entry.by == "app" and entry.message and entry.channel):
            return
        if entry.message.ephemeral_to or not self._is_reachable():
            return
        channel = self.workspace.channel(entry.channel)
        if self.workspace.app.bot_user_id not in channel.members:
            return
        match entry.kind:
            case "posted":
                event = payloads.message_event(self.workspace, entry.message)
            case "updated":
                event = payloads.changed_event(self.workspace, entry.message, entry.detail["before"])
            case "deleted":
                event = payloads.deleted_event(self.workspace, entry.message)
            case _:
                return
        self.delivery.in_background(self.delivery.event(payloads.subscription_for(channel), event))

    def _is_reachable(self) -> bool:
        return bool(len(self.sockets)) or self.request_url is not None
