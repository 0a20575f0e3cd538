"""What only one person sees: answers by response_url, ephemerals, windows, direct messages. Best effort, at once."""

import asyncio
import logging

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.blocks import Block
from bot.slack.connection import IN_TIME, Connection, quiet_logger
from bot.slack.errors import code_of
from bot.slack.render import SlackMessage

log = logging.getLogger(__name__)

_AWAY = (SlackApiError, aiohttp.ClientError, TimeoutError)


class Private:
    """Tells one person something. What fails is logged: the effect they caused is kept all the same."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._logger = quiet_logger("slack_sdk.webhook")

    async def by_response_url(self, url: str, message: SlackMessage) -> bool:
        """Beside the message that was acted on, which stays as it is; False where that did not work."""
        webhook = AsyncWebhookClient(url, session=self._connection.session, logger=self._logger, retry_handlers=[])
        try:
            answer = await webhook.send(replace_original=False, response_type="ephemeral", **message)
        except _AWAY as error:
            log.warning("An answer by response_url was not accepted: %s", error)
            return False
        if answer.status_code != 200:
            log.warning("An answer by response_url was not accepted: %s %s", answer.status_code, answer.body)
        return answer.status_code == 200

    async def in_channel(self, channel: str, user: str, message: SlackMessage, thread: str | None = None) -> None:
        """Where they are; by direct message where they cannot be told there."""
        try:
            await self._connection.direct.chat_postEphemeral(channel=channel, user=user, thread_ts=thread, **message)
        except _AWAY as error:
            log.info("%s cannot be told in %s: %s", user, channel, error)
            await self.directly(user, message)

    async def directly(self, user: str, message: SlackMessage, thread: str | None = None) -> None:
        """In the conversation with the bot."""
        try:
            opened = await self._connection.direct.conversations_open(users=[user])
            await self._connection.direct.chat_postMessage(
                channel=opened["channel"]["id"], thread_ts=thread, unfurl_links=False, **message
            )
        except _AWAY as error:
            log.warning("%s cannot be told by direct message: %s", user, error)

    async def open(self, trigger_id: str, view: Block) -> bool:
        """Open a window; False where that did not work: a trigger lives for three seconds only."""
        try:
            async with asyncio.timeout(IN_TIME):
                await self._connection.plain.views_open(trigger_id=trigger_id, view=view)
        except _AWAY as error:
            what = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("A window could not be opened: %s", what)
            return False
        return True
