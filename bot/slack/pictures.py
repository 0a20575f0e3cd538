"""Pictures in Slack: uploaded first, unseen, then shown by the message that is about them, so that they come once."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.calendar_worker import TooMuch
from bot.proxies import proxy_for
from bot.slack.blocks import IN_MESSAGE, Block
from bot.slack.errors import code_of, meaning_of
from bot.slack.render import SlackMessage
from commands.views import Listing, Picture, View

log = structlog.get_logger(__name__)

Draw = Callable[[Picture], bytes]
_TRIES, _BETWEEN = 10, 0.5
"""How often and at which real seconds Slack is asked whether it has looked at what was uploaded: until then a message
that shows it is refused."""
_FLEETING = {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}


class Pictures:
    """Uploads what a view has drawn of it, with ``draw``."""

    def __init__(self, client: AsyncWebClient, draw: Draw) -> None:
        self._client = client
        self._draw = draw

    async def blocks_for(self, view: View) -> list[Block]:
        """The picture of the view, or why there is none; nothing for a view without one.

        Raises the errors of bot/platform.py for what should be tried again.
        """
        if not isinstance(view, Listing) or view.picture is None:
            return []
        picture = view.picture
        try:
            png = await asyncio.to_thread(self._draw, picture)
            file = await self._uploaded(png, picture)
        except TooMuch as why:
            return [_instead(f"The picture could not be drawn ({why})")]
        except SlackApiError as error:
            if code_of(error) in _FLEETING:
                raise meaning_of(error, writes=False) from error
            log.warning("a picture could not be uploaded", error=code_of(error))
            missing = "Podline lacks the scope files:write" if code_of(error) == "missing_scope" else code_of(error)
            return [_instead(f"The picture could not be sent ({missing})")]
        except (aiohttp.ClientError, TimeoutError) as error:
            raise meaning_of(error, writes=False) from error
        return [{"type": "image", "slack_file": {"id": file}, "alt_text": picture.alt}]

    async def _uploaded(self, png: bytes, picture: Picture) -> str:
        """The file's id once Slack has looked at it (https://docs.slack.dev/messaging/working-with-files)."""
        asked = await self._client.files_getUploadURLExternal(filename="coverage.png", length=len(png))
        url = str(asked["upload_url"])
        async with self._session.post(url, data=png, proxy=proxy_for(url)) as answer:
            answer.raise_for_status()
        file = str(asked["file_id"])
        await self._client.files_completeUploadExternal(files=[{"id": file, "title": picture.title}])
        for _ in range(_TRIES):
            found: Any = (await self._client.files_info(file=file))["file"]
            if found.get("mimetype"):
                break
            await asyncio.sleep(_BETWEEN)
        return file

    @property
    def _session(self) -> aiohttp.ClientSession:
        assert self._client.session is not None
        return self._client.session


def with_pictures(message: SlackMessage, pictures: list[Block]) -> SlackMessage:
    """The message with them under its title; one in words alone stays as it is."""
    blocks = message["blocks"]
    if not blocks or not pictures:
        return message
    return {"text": message["text"], "blocks": [*blocks[:1], *pictures, *blocks[1:]][:IN_MESSAGE]}


def _instead(why: str) -> Block:
    return {"type": "context", "elements": [{"type": "plain_text", "text": f"{why}; here is the list."}]}
