"""What every act of a person needs: who may act where, and how the answer comes back to them."""

from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from bot.playground import payloads, places
from bot.playground.answer import Answer
from bot.playground.delivery import Delivery
from bot.playground.errors import SlackError
from bot.playground.records import Channel, Json, Message, Person
from bot.playground.workspace import Workspace


class Acting:
    """Checks what Slack's own client would not let somebody do, and carries the rest to the app."""

    def __init__(self, workspace: Workspace, delivery: Delivery, base_url: str) -> None:
        self._workspace = workspace
        self._delivery = delivery
        self._base_url = base_url

    def in_background(self, act: Coroutine[Any, Any, Any]) -> None:
        """Begin something that nobody waits for, such as the app's drawing of a tab somebody opens."""
        self._delivery.in_background(act)

    def _insider(self, user: str) -> Person:
        """Outsiders see neither slash commands nor shortcuts nor the home tab of our app."""
        person = self._workspace.person(user)
        if person.deleted:
            raise SlackError("account_inactive")
        if self._workspace.is_outside(user):
            raise SlackError("not_available_to_outsiders", "only members of the workspace can do this")
        return person

    def _place(self, user: str, channel: str) -> Channel:
        return places.channel_for_person(self._workspace, user, channel)

    def _message_seen_by(self, user: str, channel: str, ts: str) -> Message:
        self._place(user, channel)
        message = self._workspace.message(channel, ts)
        if message.ephemeral_to not in (None, user):
            raise SlackError("message_not_found")
        return message

    def _response_url(self, key: str) -> str:
        return f"{self._base_url}/response/{key}"

    async def _interaction(self, user: str, channel: str | None, payload: Json) -> Answer:
        return self._told(user, channel, await self._delivery.interaction("interactive", payload))

    def _told(self, user: str, channel: str | None, answer: Answer) -> Answer:
        """Slack shows the doer a warning sign when the app did not take what they did."""
        if answer.error:
            status, body = answer.status, answer.body[:500]
            self._workspace.log.add(
                "trouble", "slack", user=user, channel=channel, error=answer.error, status=status, body=body
            )
        return answer

    def _hears(self, channel: str) -> bool:
        """Slack tells an app only of conversations its bot is in."""
        return self._workspace.app.bot_user_id in self._workspace.channel(channel).members

    async def _channel_event(self, subscription: str, channel: str, event: Json) -> Answer:
        """Deliver an event of a conversation; one the app does not hear of is answered with 200 by nobody."""
        answer = await self._delivery.event(subscription, event) if self._hears(channel) else None
        return answer or Answer(200)

    async def _message_event(self, message: Message, event: Json) -> Answer:
        subscription = payloads.subscription_for(self._workspace.channel(message.channel))
        return replace(await self._channel_event(subscription, message.channel, event), message=message)
