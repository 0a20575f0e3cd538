"""Trigger ids and response URLs: proofs of a fresh act of a person, which age and wear out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from bot.playground.errors import SlackError

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_URL_LIFE = timedelta(minutes=30)
RESPONSE_URL_USES = 5


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a trigger id stands for: who acted, and in which open form, if in any."""

    user: str
    made: datetime
    view: str | None = None
    used: bool = False


@dataclass(frozen=True, slots=True)
class ResponseUrl:
    """What a response URL answers: the message acted upon (if any), for whom, in which channel."""

    channel: str
    user: str
    made: datetime
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class Handshakes:
    """Issues them and takes them back; `now` is the clock they age by, `trigger_life` for how long one opens a form."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.trigger_life = TRIGGER_LIFE
        self._now = now
        self._numbers = count(1)
        self._triggers: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}

    def trigger(self, user: str, view: str | None = None) -> str:
        """A new trigger id for what `user` just did."""
        trigger_id = f"{next(self._numbers)}.{1000 + len(self._triggers)}.playground"
        self._triggers[trigger_id] = Trigger(user, self._now(), view)
        return trigger_id

    def redeem(self, trigger_id: str) -> Trigger:
        """Use a trigger id up.

        Raises:
            SlackError: invalid_trigger_id, exchanged_trigger_id (used before) or expired_trigger_id.
        """
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._now() - trigger.made > self.trigger_life:
            raise SlackError("expired_trigger_id")
        self._triggers[trigger_id] = replace(trigger, used=True)
        return trigger

    def response_url(self, user: str, channel: str, message_ts: str | None, thread_ts: str | None) -> str:
        """A new key for a response URL; the server puts its own address before it."""
        key = f"{next(self._numbers)}"
        self._urls[key] = ResponseUrl(channel, user, self._now(), message_ts, thread_ts)
        return key

    def use_response_url(self, key: str) -> ResponseUrl:
        """Count one use of a response URL.

        Raises:
            SlackError: expired_url (unknown, older than 30 minutes) or used_url (a sixth use).
        """
        url = self._urls.get(key)
        if url is None or self._now() - url.made > RESPONSE_URL_LIFE:
            raise SlackError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        self._urls[key] = replace(url, uses=url.uses + 1)
        return url
