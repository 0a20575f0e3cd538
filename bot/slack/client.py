"""Slack as a platform to deliver to: posts, redraws and finds messages."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.heat_map import drawn
from bot.platform import CannotDeliver, Letter, NotItsTurn, TryLater
from bot.slack.errors import BLOCKS, InstallationBroken, code_of, meaning_of
from bot.slack.pace import POST, UPDATE, Pace
from bot.slack.pictures import Draw, Pictures, with_pictures
from bot.slack.render import SlackMessage, to_message, to_plain_message

log = logging.getLogger(__name__)

NAME = "slack"
EVENT_TYPE = "podline_message"
SLEPT_OUT = 1.2
"""A shorter wait for one's turn is slept out; for a longer one the message goes back to the outbox."""
BEFORE = timedelta(minutes=5)
"""How far Slack's clock may be behind ours when a message is looked for."""
PAGE, PAGES = 200, 5

Call = Callable[[], Awaitable[Any]]


class SlackPlatform:
    """Delivers to Slack. ``client`` must not repeat calls by itself. Without ``paced`` it sends as fast as it can."""

    def __init__(self, client: AsyncWebClient, *, paced: bool = True, draw: Draw = drawn) -> None:
        self._client = client
        self._pictures = Pictures(client, draw)
        clock = asyncio.get_running_loop().time
        self._posts = Pace(POST, clock) if paced else None
        self._updates = Pace(UPDATE, clock) if paced else None
        self._direct: dict[str, str] = {}

    @property
    def name(self) -> str:
        return NAME

    def redraws_in(self) -> float:
        return self._updates.wait("") if self._updates is not None else 0.0

    async def post(self, letter: Letter) -> str:
        channel = await self._channel(letter)
        pictures = await self._pictures.blocks_for(letter.view)
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"mark": letter.mark}}

        async def say(message: SlackMessage) -> Any:
            shown = with_pictures(message, pictures)
            return await self._client.chat_postMessage(
                channel=channel, thread_ts=letter.thread, metadata=metadata, unfurl_links=False, **shown
            )

        answer = await self._in_turn(self._posts, channel, lambda: _drawn(say, letter), letter, writes=True)
        return str(answer["ts"])

    async def update(self, letter: Letter, remote: str) -> None:
        channel = await self._channel(letter)

        async def redraw(message: SlackMessage) -> Any:
            return await self._client.chat_update(channel=channel, ts=remote, **message)

        await self._in_turn(self._updates, "", lambda: _drawn(redraw, letter), letter, writes=False)

    async def find(self, letter: Letter) -> str | None:
        """Look through what was said since shortly before the letter was written, the newest first."""
        channel = await self._channel(letter)
        oldest = f"{(letter.queued_at - BEFORE).timestamp():.6f}"
        cursor: str | None = None
        for _ in range(PAGES):
            try:
                answer = await self._page(letter, channel, oldest, cursor)
            except CannotDeliver as unreadable:
                log.warning("Cannot look for message %s, sending it again: %s", letter.mark, unreadable)
                return None
            for message in answer.get("messages") or ():
                if _mark(message) == letter.mark:
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None
        return None

    async def _page(self, letter: Letter, channel: str, oldest: str, cursor: str | None) -> Any:
        wanted: dict[str, Any] = {
            "channel": channel,
            "oldest": oldest,
            "limit": PAGE,
            "include_all_metadata": True,
            "cursor": cursor,
        }
        try:
            if letter.thread is not None:
                return await self._client.conversations_replies(ts=letter.thread, **wanted)
            return await self._client.conversations_history(**wanted)
        except Exception as error:
            if isinstance(error, SlackApiError) and code_of(error) in ("thread_not_found", "missing_scope"):
                raise CannotDeliver(code_of(error)) from error
            raise meaning_of(error, writes=False) from error

    async def _channel(self, letter: Letter) -> str:
        if not letter.is_direct:
            return letter.address
        if letter.address not in self._direct:
            try:
                answer = await self._client.conversations_open(users=[letter.address])
            except Exception as error:
                raise meaning_of(error, writes=False, is_direct=True) from error
            self._direct[letter.address] = str(answer["channel"]["id"])
        return self._direct[letter.address]

    async def _in_turn(self, pace: Pace | None, key: str, call: Call, letter: Letter, *, writes: bool) -> Any:
        await _wait_for_turn(pace, key)
        try:
            return await call()
        except Exception as error:
            meaning = meaning_of(error, writes=writes, is_direct=letter.is_direct)
            if isinstance(meaning, InstallationBroken):
                log.critical("Slack refuses Podline itself (%s): check SLACK_BOT_TOKEN and its scopes.", meaning)
            elif isinstance(meaning, TryLater) and meaning.after is not None and pace is not None:
                pace.close(key, meaning.after)
            raise meaning from error


async def _wait_for_turn(pace: Pace | None, key: str) -> None:
    if pace is None:
        return
    wait = pace.take(key)
    if 0 < wait <= SLEPT_OUT:
        await asyncio.sleep(wait)
        wait = pace.take(key)
    if wait > 0:
        raise NotItsTurn("it is not yet its turn at Slack's pace", wait)


async def _drawn(send: Callable[[SlackMessage], Awaitable[Any]], letter: Letter) -> Any:
    """Send the letter with its blocks or, where Slack refuses those, in words alone: better plain than lost."""
    try:
        return await send(to_message(letter.view, letter.users))
    except SlackApiError as error:
        if code_of(error) not in BLOCKS:
            raise
        log.error("Slack refuses the blocks of %s; sent as text: %s", type(letter.view).__name__, error.response.data)
        return await send(to_plain_message(letter.view, letter.users))


def _mark(message: Any) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    mark = (metadata.get("event_payload") or {}).get("mark")
    return str(mark) if mark is not None else None
