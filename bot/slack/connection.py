"""One HTTP session to Slack for the whole process, and the two clients that share it."""

import asyncio
import logging
from dataclasses import dataclass

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PlainError

TIMEOUT = aiohttp.ClientTimeout(total=8, connect=4)
IN_TIME = 2.0
"""Seconds for a call on the way to an answer: Slack waits for that, and keeps a trigger alive, for three."""
CONNECTIONS = 30
SLACKS_OWN = "https://slack.com/api/"


def quiet_logger(name: str) -> logging.Logger:
    """A logger whose own level is set: Slack's libraries look at that alone, and without one they write out each
    request and answer before throwing the text away."""
    logger = logging.getLogger(name)
    if logger.level == logging.NOTSET:
        logger.setLevel(max(logging.INFO, logging.getLogger().level))
    return logger


@dataclass(frozen=True, slots=True)
class Installation:
    """Who we are in the workspace, and the workspace's own address."""

    team_id: str
    bot_user_id: str
    bot_id: str
    enterprise_id: str | None = None
    url: str | None = None


class Connection:
    """Slack's Web API. Make it inside a running event loop, close it at the end.

    ``plain`` repeats nothing by itself: a message that may have arrived must be looked for first. ``direct`` waits out
    one rate limit, for answers that somebody waits for.
    """

    def __init__(self, token: str, base_url: str = SLACKS_OWN) -> None:
        self._token = token
        self._session = aiohttp.ClientSession(timeout=TIMEOUT, connector=aiohttp.TCPConnector(limit=CONNECTIONS))
        logger = quiet_logger("slack_sdk.web")
        self.plain = AsyncWebClient(
            token=token, base_url=base_url, session=self._session, logger=logger, retry_handlers=[]
        )
        self.direct = AsyncWebClient(
            token=token,
            base_url=base_url,
            session=self._session,
            logger=logger,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
        )
        self._installation: Installation | None = None
        self._asking = asyncio.Lock()

    def for_bolt(self) -> AsyncWebClient:
        """A client without a token: Bolt gets that from its authorization."""
        return AsyncWebClient(
            base_url=self.plain.base_url, session=self._session, logger=quiet_logger("slack_sdk.web"), retry_handlers=[]
        )

    @property
    def token(self) -> str:
        return self._token

    @property
    def session(self) -> aiohttp.ClientSession:
        return self._session

    async def installation(self) -> Installation:
        """Who we are; Slack is asked once (auth.test). Raises what the call raises until that has worked."""
        if self._installation is None:
            async with self._asking:
                if self._installation is None:
                    self._installation = await self._ask()
        return self._installation

    async def scopes(self) -> frozenset[str]:
        """What the token may do, as Slack says with each answer."""
        answer = await self.direct.auth_test()
        return frozenset(str(answer.headers.get("x-oauth-scopes") or "").replace(" ", "").split(",")) - {""}

    async def close(self) -> None:
        await self._session.close()

    async def _ask(self) -> Installation:
        answer = await self.direct.auth_test()
        if not answer.get("bot_id"):
            raise PlainError("SLACK_BOT_TOKEN is not a bot's token: it must start with xoxb-.")
        return Installation(
            answer["team_id"], answer["user_id"], answer["bot_id"], answer.get("enterprise_id"), answer.get("url")
        )
