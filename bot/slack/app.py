"""Everything of Slack, put together once."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from starlette.routing import Route

from bot.answering import Answering, Join, Run
from bot.clock import Clock
from bot.errands import Errands
from bot.inbox import Observe
from bot.slack.client import SlackPlatform
from bot.slack.connection import SLACKS_OWN, Connection, quiet_logger
from bot.slack.files import SlackFiles
from bot.slack.filing import PATIENCE, Filing
from bot.slack.home_tab import HomeTab
from bot.slack.http import slack_route
from bot.slack.inbox import SlackInbox
from bot.slack.listeners import Listeners
from bot.slack.people import SlackPeople
from bot.slack.private import Private
from bot.slack.reading import Reading
from bot.slack.shared_channels import SharedChannels
from bot.slack.socket import SocketMode
from commands.home import home
from commands.ports import NewUnitOfWork

log = logging.getLogger(__name__)


class Slack:
    """Slack, connected: ``platform`` delivers, ``inbox`` is to be run, and requests come by ``route`` or ``socket``.

    Make it inside the event loop that runs it. ``paced`` keeps to Slack's rates. It holds one HTTP session: ``close``
    it, after ``settle``.
    """

    def __init__(
        self,
        new_uow: NewUnitOfWork,
        clock: Clock,
        *,
        run: Run,
        join: Join,
        bot_token: str,
        api_url: str = SLACKS_OWN,
        tick: float = 2.0,
        paced: bool = True,
        observe: Observe | None = None,
    ) -> None:
        self.connection = Connection(bot_token, api_url)
        self.platform = SlackPlatform(self.connection.plain, paced=paced)
        self.errands = Errands()
        files = SlackFiles(self.connection)
        people = SlackPeople(self.connection)
        answering = Answering(run, join, new_uow, clock, people, files)
        reading = Reading(self.connection, people, new_uow, clock)
        channels = SharedChannels(reading, answering, new_uow, clock)
        private = Private(self.connection)
        quick = Reading(self.connection, people, new_uow, clock, PATIENCE)
        self.bolt = bolt_app(self.connection)
        tab = HomeTab(self.connection, answering, home, new_uow, clock)
        listeners = Listeners(self.connection, answering, private, tab, self.errands, channels)
        listeners.listen_first(self.bolt)
        Filing(quick, answering, private, self.errands, new_uow, clock).listen(self.bolt)
        listeners.listen(self.bolt)
        self.inbox = SlackInbox(self.bolt, new_uow, clock, tick=tick, opened=listeners.on_home_opened, observe=observe)

    def route(self, signing_secret: str, wall_now: Callable[[], datetime]) -> Route:
        """``POST /slack/events``, for a FastAPI or Starlette app; ``wall_now`` is the real time (UTC)."""
        return slack_route(self.bolt, self.inbox, signing_secret, wall_now)

    def socket(self, app_token: str, wall_now: Callable[[], datetime]) -> SocketMode:
        """Socket Mode; ``wall_now`` is the real time (UTC)."""
        return SocketMode(self.bolt, self.inbox, app_token, self.connection.plain, wall_now)

    async def settle(self) -> None:
        """Wait until everybody who did something has their answer."""
        await self.errands.settle()

    async def close(self) -> None:
        await self.errands.settle()
        await self.connection.close()


def bolt_app(connection: Connection) -> AsyncApp:
    """Bolt, with as little as possible between a request and its listener.

    It does not check signatures: ``http.py`` has done that, on the raw body, before anything gets here, and what comes
    by socket or from the inbox has none.
    """

    async def authorize() -> AuthorizeResult:
        us = await connection.installation()
        return AuthorizeResult(
            enterprise_id=us.enterprise_id,
            team_id=us.team_id,
            bot_user_id=us.bot_user_id,
            bot_id=us.bot_id,
            bot_token=connection.token,
        )

    logger = quiet_logger("slack_bolt.podline")
    level = logger.level
    logger.setLevel(logging.ERROR)  # it warns that it finds SLACK_BOT_TOKEN and does not need it
    app = AsyncApp(
        name="podline",
        logger=logger,
        client=connection.for_bolt(),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    logger.setLevel(level)
    app.error(_failed)
    return app


async def _failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """A listener raised: what is repeated (events) is repeated, and the log has the traceback."""
    log.error("Slack's %s failed.", body.get("type") or body.get("command"), exc_info=error)
    return BoltResponse(status=500, body=type(error).__name__)
