"""What people do in the workspace, brought to the app as Slack would bring it."""

from dataclasses import replace

from bot.playground import payloads, posting
from bot.playground.answer import Answer
from bot.playground.errors import SlackError
from bot.playground.handshakes import ResponseUrl
from bot.playground.interacting import Interacting
from bot.playground.mentions import as_typed
from bot.playground.records import Channel, Json, Person
from bot.playground.replies import speak
from bot.playground.talking import Talking
from bot.playground.wire import view_json


class People(Talking, Interacting):
    """Each act awaits the app's acknowledgement and returns the `Answer` its doer gets.

    What Slack's own client would not let somebody do (write where they are no member, press what is not there,
    use a slash command as an outsider) raises a SlackError and reaches nobody.
    """

    async def slash_command(self, user: str, channel: str, command: str, text: str = "") -> Answer:
        """Type a slash command; its answer becomes a message, in `Answer.message`."""
        person, place = self._insider(user), self._place(user, channel)
        commands = self._workspace.installation.commands
        if commands is not None and command not in commands:
            raise SlackError("unknown_command", f"{command} is not a valid command")
        escapes = commands is None or commands[command]
        written = as_typed(self._workspace, text, in_command=True) if escapes else text
        key = self._workspace.handshakes.response_url(user, channel, None, None)
        payload = payloads.command(
            self._workspace, person, place, command, written.strip(), response_url=self._response_url(key)
        )
        answer = await self._delivery.interaction("slash_commands", payload)
        return self._show_command_answer(person, place, command, answer)

    async def open_home(self, user: str) -> Answer:
        """Look at the app's home tab."""
        self._insider(user)
        home = self._workspace.home(user)
        event: Json = {"type": "app_home_opened", "user": user, "channel": self._workspace.dm_with(user)}
        event |= {"tab": "home", "event_ts": self._workspace.next_ts()}
        if home is not None:
            event["view"] = view_json(self._workspace, home)
        return await self._delivery.event("app_home_opened", event) or Answer(200)

    async def shortcut(self, user: str, callback_id: str) -> Answer:
        """Start a global shortcut."""
        person = self._insider(user)
        self._check_shortcut(callback_id)
        payload = payloads.shortcut(self._workspace, person, callback_id)
        return await self._interaction(user, None, payload)

    async def message_shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> Answer:
        """Start a shortcut from the menu of a message."""
        person = self._insider(user)
        self._check_shortcut(callback_id)
        message = self._message_seen_by(user, channel, ts)
        key = self._workspace.handshakes.response_url(user, channel, None, message.thread_ts)
        payload = payloads.message_shortcut(self._workspace, person, message, callback_id, self._response_url(key))
        return await self._interaction(user, channel, payload)

    def _check_shortcut(self, callback_id: str) -> None:
        shortcuts = self._workspace.installation.shortcuts
        if shortcuts is not None and callback_id not in shortcuts:
            raise SlackError("unknown_shortcut", f"the app has no shortcut {callback_id}")

    def _show_command_answer(self, person: Person, place: Channel, command: str, answer: Answer) -> Answer:
        body = answer.json or {"text": answer.body}
        try:
            if not answer.error and answer.body:
                to = ResponseUrl(place.id, person.id, self._workspace.now())
                return replace(answer, message=speak(self._workspace, to, body))
        except SlackError as refusal:
            answer = replace(answer, error=refusal.code)
        if answer.error:
            answer = self._told(person.id, place.id, answer)
            text = f'{command} failed with the error "{answer.error}"'
            return replace(answer, message=posting.tell_as_slack(self._workspace, person.id, place.id, text))
        return answer
