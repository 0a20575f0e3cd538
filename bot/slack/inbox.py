"""Slack's events: which of them concern us; stored before they are acknowledged, and drained through the Bolt app."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.clock import Clock
from bot.inbox import Inbox, Observe
from bot.slack.client import NAME
from bot.slack.hearing import Hearing
from bot.slack.listeners import event_key
from commands.ports import Arrived, NewUnitOfWork

SAID = frozenset({None, "file_share", "thread_broadcast"})
"""Kinds of messages in which a person says something; edits, deletions and joins say nothing to us."""

NEEDED = ("user", "text", "channel")

Opened = Callable[[Mapping[str, Any]], None]
"""Told of an event that somebody has opened their Home tab; it must not block."""


def concerns_us(body: Mapping[str, Any]) -> bool:
    """Whether an event asks for something: a mention, or a direct message, by a person. Ours come back to us too."""
    event = body.get("event") or {}
    if event.get("bot_id") or not event.get("user") or event.get("subtype") not in SAID:
        return False
    if not all(isinstance(needed, str) for needed in (body.get("team_id"), *(event.get(name) for name in NEEDED))):
        return False  # trying it again and again would not mend it
    if event.get("type") == "message":
        return event.get("channel_type") == "im"
    return event.get("type") == "app_mention"


def opens_home(body: Mapping[str, Any]) -> bool:
    """Whether somebody looks at their Home tab: that has no effect to be kept, so nobody stores it."""
    event = body.get("event") or {}
    is_home = event.get("type") == "app_home_opened" and event.get("tab") == "home"
    return is_home and isinstance(event.get("user"), str) and isinstance(body.get("team_id"), str)


class SlackInbox:
    """Takes the events that concern us; of several processes each may drain them."""

    def __init__(
        self,
        bolt: AsyncApp,
        new_uow: NewUnitOfWork,
        clock: Clock,
        *,
        tick: float = 2.0,
        opened: Opened | None = None,
        observe: Observe | None = None,
    ) -> None:
        self._opened = opened or (lambda _body: None)
        self._bolt = bolt
        self._hearing = Hearing(new_uow)
        self._inbox = Inbox(NAME, self._dispatch, new_uow, clock, tick=tick, observe=observe)

    async def take(self, body: Mapping[str, Any]) -> None:
        """Store an event; when this returns it may be acknowledged. Storing it again has no effect."""
        if opens_home(body):
            self._opened(body)
            return
        if not concerns_us(body) and not await self._hearing.concerns_us(body):
            return
        await self._inbox.store(event_key(body), body)

    async def run(self) -> None:
        """Drain until cancelled, what was left by an earlier process first; what was taken by then is finished."""
        await self._inbox.run()

    async def drain(self) -> None:
        """Dispatch all that is pending at the present time of the clock."""
        await self._inbox.drain()

    async def _dispatch(self, arrived: Arrived) -> str:
        answer = await self._bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=dict(arrived.payload)))
        return "" if answer.status == 200 else f"{answer.status} {answer.body}"
