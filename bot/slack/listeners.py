"""What people do in Slack, each turned into the line they could have typed, run, and answered in private."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.answering import Answer, Answering
from bot.errands import Errands
from bot.given_files import Dropped, dropped, takes_long
from bot.slack.client import NAME
from bot.slack.connection import Connection
from bot.slack.forms import CALLBACK, Opened, TooMuchToRemember, filled_line, to_modal
from bot.slack.hearing import OF_CHANNELS
from bot.slack.home_tab import HomeTab
from bot.slack.private import Private
from bot.slack.render import SlackMessage, form_in_words, to_message, version_in
from bot.slack.shared_channels import SharedChannels
from bot.slack.typed import after_mention, line_of
from commands.invocation import DoneBefore, Invocation
from commands.ports import Identity, Place
from commands.views import Button, Form, Notice, Page, plain_text, with_choices

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
EVERYTHING = "/podline"
OURS = "podline:"


class Listeners:
    """What Bolt calls. Commands and clicks: the use case, then the acknowledgement, then whatever takes longer."""

    def __init__(
        self,
        connection: Connection,
        answering: Answering,
        private: Private,
        tab: HomeTab,
        errands: Errands,
        channels: SharedChannels,
    ) -> None:
        self._connection = connection
        self._answering = answering
        self._private = private
        self._tab = tab
        self._errands = errands
        self._channels = channels

    def listen_first(self, app: AsyncApp) -> None:
        """To what is most frequent: Bolt asks one after the other."""
        anything = re.compile("")
        app.command(anything)(self.on_command)
        app.action(anything)(self.on_click)

    def listen(self, app: AsyncApp) -> None:
        """To whatever nobody asked before is for."""
        anything = re.compile("")
        app.view(anything)(self.on_form)
        app.event("app_mention")(self.on_mention)
        app.event("message")(self.on_message)
        app.event(re.compile(f"^({'|'.join(sorted(OF_CHANNELS))})$"))(self.on_channel_event)
        app.event(anything)(self.on_other_event)
        app.shortcut(anything)(self.on_unknown)
        app.options(anything)(self.on_unknown)
        app.view_closed(anything)(self.on_unknown)

    async def on_command(self, ack: AsyncAck, body: Body) -> None:
        """A slash command; answered where it was typed, for its sender alone."""
        verb = "" if body["command"] == EVERYTHING else body["command"].removeprefix("/")
        invocation = Invocation(
            line=line_of(f"{verb} {body.get('text') or ''}"),
            sender=_identity(body["team_id"], body["user_id"]),
            key=f"slack:command:{body['trigger_id']}",
            place=Place(NAME, body["channel_id"]),
        )
        if takes_long(invocation.line):
            await ack()
            self._errands.run(self._answer_later(invocation, body, body["user_id"]))
            return
        answer = await self._answering.answer(invocation)
        if isinstance(answer.reply, Form) and await self._open(answer, invocation, body["trigger_id"]):
            await ack()
        else:
            await ack({"response_type": "ephemeral", **_drawn(answer, invocation.line)})

    async def on_click(self, ack: AsyncAck, body: Body) -> None:
        """A button or an entry of the menu; the answer follows the acknowledgement."""
        action = body["actions"][0]
        if not str(action.get("action_id", "")).startswith(OURS):
            log.info("A click on %s, which is not ours.", action.get("action_id"))
            await ack()
            return
        invocation = _click(body, action)
        if takes_long(invocation.line):
            await ack()
            self._errands.run(self._answer_later(invocation, body, body["user"]["id"]))
            return
        answer = await self._answering.answer(invocation)
        await ack()
        self._errands.run(self._answer_click(answer, invocation, body))

    async def on_form(self, ack: AsyncAck, body: Body) -> None:
        """A form was sent. What is refused is said in the form, which stays open."""
        view = body["view"]
        if view.get("callback_id") != CALLBACK:
            await ack()
            return
        opened = Opened.from_metadata(view["private_metadata"])
        user = body["user"]["id"]
        invocation = Invocation(
            line=filled_line(opened.line, view["state"]["values"]),
            sender=_identity(body["team"]["id"], user),
            key=f"slack:view:{view['id']}:{view['hash']}",
            place=Place(NAME, opened.place) if opened.place else None,
            thread=opened.thread,
            drawn_for=opened.version,
        )
        answer = await self._answering.answer(invocation)
        match answer.reply:
            case Form() | Page() as window:
                memory = _memory(window, opened.place, opened.thread, from_home=opened.from_home)
                await ack(response_action="update", view=to_modal(window, answer.users, memory))
            case Notice(is_refusal=True):
                errors = {_input_of(view, answer.reply.field): _in_a_form(answer.reply)}
                await ack(response_action="errors", errors=errors)
            case _:
                await ack()
                self._errands.run(self._tell(invocation, opened, answer))

    async def on_mention(self, ack: AsyncAck, body: Body) -> None:
        """``@Podline claim Q-2``, in a channel or in a thread; from the inbox."""
        event = body["event"]
        message = await self._said(body)
        if message is not None:
            thread = event.get("thread_ts")
            self._errands.run(self._private.in_channel(event["channel"], event["user"], message, thread))
        await ack()

    async def on_message(self, ack: AsyncAck, body: Body) -> None:
        """A line said to the bot alone, a file given to it, or what is said in a client's channel; from the
        inbox, which takes no other messages."""
        if body["event"].get("channel_type") == "im":
            await self._on_direct_message(body)
        else:
            await self._channels.on_message(event_key(body), body)
        await ack()

    async def _on_direct_message(self, body: Body) -> None:
        event = body["event"]
        if (given := dropped(line_of(event["text"]), event.get("files") or ())) is not None:
            self._errands.run(self._answer_drop(given, body))  # fetching it must not keep other events waiting
            return
        message = await self._said(body)
        if message is not None:
            self._errands.run(self._private.directly(event["user"], message, event.get("thread_ts")))

    def on_home_opened(self, body: Body) -> None:
        """Somebody looks at their Home tab: acknowledged at once, drawn after it, and not stored. Where their last view
        is of another time, what is published now takes its place."""
        self._errands.run(self._show_home(_identity(body["team_id"], body["event"]["user"])))

    async def on_channel_event(self, ack: AsyncAck, body: Body) -> None:
        """A channel has another id, or is lost to us; from the inbox."""
        await self._channels.on_change(event_key(body), body)
        await ack()

    async def on_other_event(self, ack: AsyncAck, body: Body) -> None:
        log.info("Nothing is done about the event %s.", body["event"]["type"])
        await ack()

    async def on_unknown(self, ack: AsyncAck, body: Body) -> None:
        log.info("Nothing is done about %s %s.", body.get("type"), body.get("callback_id") or body.get("action_id"))
        await ack()

    async def _said(self, body: Body) -> SlackMessage | None:
        """The answer to an event; None when it had its effect before, and with it its answer."""
        event = body["event"]
        us = (await self._connection.installation()).bot_user_id
        invocation = Invocation(
            line=line_of(after_mention(event["text"], us)),
            sender=_identity(body["team_id"], event["user"]),
            key=event_key(body),
            place=Place(NAME, event["channel"]),
            thread=event.get("thread_ts"),
            from_inbox=True,
        )
        try:
            answer = await self._answering.act(invocation)
        except DoneBefore:
            return None
        return _drawn(answer, invocation.line)

    async def _answer_drop(self, given: Dropped, body: Body) -> None:
        """What importing a file would change; nothing is changed before somebody presses the button."""
        event = body["event"]
        invocation = Invocation(
            line=given.line,
            sender=_identity(body["team_id"], event["user"]),
            key=event_key(body),
            place=Place(NAME, event["channel"]),
            attached=given.unreadable,
        )
        answer = await self._answering.answer(invocation)
        await self._private.directly(event["user"], _drawn(answer, given.line), event.get("thread_ts"))

    async def _answer_later(self, invocation: Invocation, body: Body, user: str) -> None:
        """For what may take longer than Slack waits: it was acknowledged already."""
        message = _drawn(await self._answering.answer(invocation), invocation.line)
        url = body.get("response_url")
        if url and await self._private.by_response_url(url, message):
            return
        if invocation.place is not None:
            await self._private.in_channel(invocation.place.address, user, message, invocation.thread)

    async def _answer_click(self, answer: Answer, invocation: Invocation, body: Body) -> None:
        is_window = isinstance(answer.reply, Form | Page)
        if is_window and await self._open(answer, invocation, body["trigger_id"], from_home=_is_home(body)):
            return
        if _is_home(body) and await self._tab.show(
            invocation.sender, body["view"].get("hash"), _in_words(answer, invocation.line)
        ):
            return
        message = _drawn(answer, invocation.line)
        url = body.get("response_url")
        if url and await self._private.by_response_url(url, message):
            return
        user = body["user"]["id"]
        if invocation.place is not None:
            await self._private.in_channel(invocation.place.address, user, message, invocation.thread)
        else:
            await self._private.directly(user, message)

    async def _tell(self, invocation: Invocation, opened: Opened, answer: Answer) -> None:
        """Where the form was opened: in their home, in a channel, or in the conversation with the bot."""
        if opened.from_home and await self._tab.show(invocation.sender, answer=answer):
            return
        user, message = invocation.sender.user, to_message(answer.reply, answer.users)
        if opened.place:
            await self._private.in_channel(opened.place, user, message, opened.thread)
        else:
            await self._private.directly(user, message)

    async def _show_home(self, who: Identity) -> None:
        await self._tab.show(who)

    async def _open(self, answer: Answer, invocation: Invocation, trigger_id: str, *, from_home: bool = False) -> bool:
        view = answer.reply
        assert isinstance(view, Form | Page)
        place = invocation.place.address if invocation.place else None
        try:
            modal = to_modal(view, answer.users, _memory(view, place, invocation.thread, from_home=from_home))
        except TooMuchToRemember:
            return False
        return await self._private.open(trigger_id, modal)


def event_key(body: Body) -> str:
    """Unique for an event, however often Slack delivers it."""
    return f"slack:event:{body['event_id']}"


def _click(body: Body, action: Body) -> Invocation:
    channel = (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id")
    message = body.get("message") or {}
    user = body["user"]["id"]
    return Invocation(
        line=str((action.get("selected_option") or action).get("value") or ""),
        sender=_identity((body.get("team") or body["user"]).get("id" if body.get("team") else "team_id"), user),
        key=f"slack:action:{action['action_ts']}:{user}",
        place=Place(NAME, channel) if channel else None,
        thread=message.get("thread_ts") or message.get("ts"),
        drawn_for=version_in(str(action.get("block_id", ""))),
    )


def _identity(team: str, user: str) -> Identity:
    return Identity(NAME, team, user)


def _is_home(body: Body) -> bool:
    return (body.get("view") or {}).get("type") == "home"


def _memory(window: Form | Page, place: str | None, thread: str | None, *, from_home: bool) -> Opened | None:
    return Opened(window.line, window.version, place, thread, from_home) if isinstance(window, Form) else None


def _drawn(answer: Answer, line: str) -> SlackMessage:
    """The answer as a message."""
    said = _in_words(answer, line)
    return to_message(said.reply, said.users)


def _in_words(answer: Answer, line: str) -> Answer:
    """The answer; a form that could not be opened becomes an example and a button that opens it."""
    reply = answer.reply
    if not (isinstance(reply, Form) and line):
        return answer
    button = Button("Fill in a form", line, f"Open the form: {reply.title}")
    return Answer(Notice(form_in_words(reply), (button,), reply.about, reply.version), answer.users)


def _in_a_form(refused: Notice) -> str:
    """A refusal's words, plain as a form's errors are."""
    return plain_text(with_choices(refused))


def _input_of(view: Body, field: str | None) -> str:
    """The input that a refusal is about, else the first one."""
    inputs = [str(block["block_id"]) for block in view["blocks"] if block["type"] == "input"]
    return field if field in inputs else inputs[0]
