"""The message shortcut "File as question" in Slack: its form, opened in time, and the question when it is sent."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.answering import Answering, NobodyThere, apology
from bot.clock import Clock
from bot.errands import Errands
from bot.slack.client import NAME
from bot.slack.forms import to_modal
from bot.slack.hearing import team_of
from bot.slack.manifest import FILE_AS_QUESTION
from bot.slack.private import Private
from bot.slack.reading import Reading, nameless
from bot.slack.render import to_message
from commands.file_message import Entered, Wrong, begin_filing, file_message
from commands.invocation import Invocation, UnknownSender
from commands.join import Stranger
from commands.ports import Identity, NewUnitOfWork
from commands.views import Code, Form, Notice, refusal

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
Value = TypeVar("Value")

PATIENCE = 0.6
"""Seconds that Slack is given for each thing it is asked about the message: the form is to be there within three."""
_TOO_LATE = refusal(
    "Slack did not open the form in time. Please try again, or type ", Code("/question Client: what they asked"), "."
)


class Filing:
    """Make ``reading`` one of ``PATIENCE``."""

    def __init__(
        self,
        reading: Reading,
        answering: Answering,
        private: Private,
        errands: Errands,
        new_uow: NewUnitOfWork,
        clock: Clock,
    ) -> None:
        self._reading = reading
        self._answering = answering
        self._private = private
        self._errands = errands
        self._new_uow = new_uow
        self._clock = clock

    def listen(self, app: AsyncApp) -> None:
        app.shortcut({"type": "message_action", "callback_id": FILE_AS_QUESTION})(self.on_shortcut)
        app.view(FILE_AS_QUESTION)(self.on_form)

    async def on_shortcut(self, ack: AsyncAck, body: Body) -> None:
        """Chosen in the menu of a message. The window is opened, or a private word says why not."""
        sender = Identity(NAME, body["team"]["id"], body["user"]["id"])
        key = f"slack:file:{sender.user}:{body['action_ts']}"
        try:
            answer = await self._begin(body, sender, key)
        except Exception:  # noqa: BLE001 - somebody waits for an answer
            answer = apology(Invocation("question", sender, key))
        if isinstance(answer, Form):
            memory = f"{body['channel']['id']} {key}"
            modal = {**to_modal(answer, {}), "callback_id": FILE_AS_QUESTION, "private_metadata": memory}
            if await self._private.open(body["trigger_id"], modal):
                await ack()
                return
            answer = _TOO_LATE
        await ack()
        self._errands.run(self._tell(body, answer))

    async def on_form(self, ack: AsyncAck, body: Body) -> None:
        """The form was sent. What is wrong is said in it, and it stays open with all that was entered."""
        view, sender = body["view"], Identity(NAME, body["team"]["id"], body["user"]["id"])
        channel, _, draft = view["private_metadata"].partition(" ")
        entered = _entered(view, draft, sender)
        try:
            answer = await self._known(sender, lambda: file_message(entered, self._new_uow, self._clock.now()))
        except Exception:  # noqa: BLE001 - somebody waits for an answer
            answer = apology(Invocation("question", sender, entered.key))
        match answer:
            case Wrong(field, says):
                await ack(response_action="errors", errors={field: says})
            case Notice(is_refusal=True):
                await ack(response_action="errors", errors={"text": to_message(answer, {})["text"]})
            case _:
                await ack()
                self._errands.run(self._private.in_channel(channel, sender.user, to_message(answer, {})))

    async def _begin(self, body: Body, sender: Identity, key: str) -> Form | Notice:
        message, team = body["message"], sender.tenant
        author = await self._author(team, message)
        said = await self._reading.said(key, team, body["channel"]["id"], message, author)
        asker = author.identity.user if author is not None and author.is_outsider else None
        now = self._clock.now()
        return await self._known(sender, lambda: begin_filing(said, asker, sender, key, self._new_uow, now))

    async def _author(self, team: str, message: Body) -> Stranger | None:
        """Whoever of a client wrote it: somebody of another team, or a guest. Where Slack does not say in time, their
        team decides."""
        if message.get("bot_id") or not message.get("user"):
            return None
        try:
            author = await self._reading.stranger(team, message)
        except (SlackApiError, NobodyThere, aiohttp.ClientError, TimeoutError) as error:
            log.info("Slack did not say in time who wrote a message: %s", error)
            return nameless(team, message) if team_of(message) not in (None, team) else None
        is_a_clients = author is not None and (author.is_outsider or author.is_guest) and not author.is_bot
        return author if is_a_clients else None

    async def _known(self, sender: Identity, act: Callable[[], Value]) -> Value | Notice:
        """Do it in a worker thread; a colleague who is new joins first, somebody else is told that they cannot."""
        try:
            return await asyncio.to_thread(act)
        except UnknownSender as unknown:
            refused = await self._answering.introduce(unknown.identity, sender)
        return refused if refused is not None else await asyncio.to_thread(act)

    async def _tell(self, body: Body, answer: Notice) -> None:
        message, url = to_message(answer, {}), body.get("response_url")
        if not (url and await self._private.by_response_url(url, message)):
            await self._private.in_channel(body["channel"]["id"], body["user"]["id"], message)


def _entered(view: Body, draft: str, sender: Identity) -> Entered:
    fields = {name: one for block in view["state"]["values"].values() for name, one in block.items()}
    client, text, asker = (str(fields[name].get("value") or "") for name in ("client", "text", "asker"))
    return Entered(draft, client, text, asker, sender, f"slack:view:{view['id']}:{view['hash']}")
