"""What is done in the browser, brought to the stand-in's people; what they may not do is shown with the reason."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.playground.answer import Answer
from bot.playground.errors import SlackError
from bot.playground.page import seen
from bot.playground.page.drawing import Drawing
from bot.playground.page.filling import fields_of, given
from bot.playground.page.windows import Windows
from bot.playground.people import People
from bot.playground.pressing import find_element
from bot.playground.records import Json, View
from bot.playground.workspace import Workspace

WORDS = {
    "account_inactive": "This account is closed.",
    "already_reacted": "You have reacted with that already.",
    "channel_not_found": "There is no such conversation for you.",
    "invalid_value": "That cannot be entered here.",
    "is_archived": "This channel is archived; nobody can write in it.",
    "message_not_found": "That message is not there any more.",
    "msg_too_long": "That message is too long.",
    "no_such_element": "That is not there any more: the message was redrawn meanwhile.",
    "not_available_to_outsiders": "People from outside have no commands and shortcuts here.",
    "not_found": "That form is not open any more.",
    "not_in_channel": "You are not in this channel.",
    "unknown_command": "That is not a valid command. What begins with / is taken for one.",
}
"""What Slack's client says of a refusal, in our words."""

Act = Callable[["Sent"], Awaitable[Answer]]


class Sent:
    """One request: who acts, and the fields of the form."""

    def __init__(self, user: str, path: dict[str, str], fields: dict[str, list[str]], files: list[Json]) -> None:
        self.user = user
        self.path = path
        self.fields = fields
        self.files = files

    def one(self, name: str) -> str | None:
        """A field that stands once; None where it is missing or empty."""
        return next((value for value in self.fields.get(name, ()) if value), None)


class Acts:
    """Routes for everything a person does: writing, commands, pressing, picking, forms, shortcuts."""

    def __init__(self, workspace: Workspace, people: Callable[[], People], drawing: Drawing, windows: Windows) -> None:
        self._workspace = workspace
        self._people = people
        self._drawing = drawing
        self._windows = windows

    def routes(self) -> list[tuple[str, Callable[[web.Request], Awaitable[web.StreamResponse]]]]:
        """Path and handler of each."""
        message, view = "/as/{who}/message/{channel}/{ts}", "/as/{who}/view/{view}"
        acts: dict[str, Act] = {
            "/as/{who}/say/{channel}": self._say,
            f"{message}/press": self._press,
            f"{message}/pick": self._pick,
            f"{message}/shortcut": self._shortcut,
            f"{message}/edit": self._edit,
            f"{message}/delete": lambda sent: self._people().delete(sent.user, sent.path["channel"], sent.path["ts"]),
            f"{message}/react": self._react,
            f"{view}/press": self._press_in_view,
            f"{view}/pick": self._pick_in_view,
            f"{view}/submit": self._submit,
            f"{view}/close": lambda sent: self._people().close_view(sent.user, sent.path["view"]),
        }
        return [(path, self._answering(act)) for path, act in acts.items()]

    def _answering(self, act: Act) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                sent = await self._read(request)
                answered = await act(sent)
            except SlackError as refusal:
                words = WORDS.get(refusal.code, "Slack does not let you do that.")
                return _not_done(self._drawing.notice(words, refusal.code, refusal.messages))
            self._windows.stir()
            if answered.errors:
                return web.Response(status=422)
            return web.Response(status=204)

        return answer

    async def _read(self, request: web.Request) -> Sent:
        user = seen.user_named(self._workspace, request.match_info["who"])
        fields: dict[str, list[str]] = {}
        files = []
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                content = value.file.read()
                file = self._keep(value.filename, content) if value.filename else None
                files += [file] if file else []
                fields.setdefault(name, []).extend([file["id"]] if file else [])
            else:
                fields.setdefault(name, []).append(str(value))
        return Sent(user, dict(request.match_info), fields, files)

    def _keep(self, name: str, content: bytes) -> Json:
        file_id = self._workspace.files.announce(name, len(content))
        self._workspace.files.receive(file_id, content)
        return self._workspace.files.finish(file_id, None)

    async def _say(self, sent: Sent) -> Answer:
        text, channel = (sent.one("text") or "").strip(), sent.path["channel"]
        thread_ts = sent.one("thread_ts")
        if not text and not sent.files:
            raise SlackError("no_text", "a message needs text or a file")
        if text.startswith("/") and thread_ts:
            raise SlackError("unknown_command", "Slack has no slash commands in threads")
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            return await self._people().slash_command(sent.user, channel, command, rest.strip())
        return await self._people().say(sent.user, channel, text, thread_ts=thread_ts, files=sent.files or None)

    async def _press(self, sent: Sent) -> Answer:
        return await self._people().click(sent.user, sent.path["channel"], sent.path["ts"], **self._button(sent))

    async def _press_in_view(self, sent: Sent) -> Answer:
        self._keep_what_is_typed(sent)
        return await self._people().click_in_view(sent.user, sent.path["view"], **self._button(sent))

    async def _pick(self, sent: Sent) -> Answer:
        channel, ts = sent.path["channel"], sent.path["ts"]
        _, element = find_element(self._workspace.message(channel, ts).blocks, sent.one("action_id") or "")
        value = self._picked(sent, element)
        if value is None and "select" in element["type"]:
            return Answer(200)  # back at the placeholder: Slack tells nobody of that
        return await self._people().select(sent.user, channel, ts, element["action_id"], value)

    async def _pick_in_view(self, sent: Sent) -> Answer:
        view = self._keep_what_is_typed(sent)
        _, element = find_element(view.blocks, sent.one("action_id") or "")
        value = self._picked(sent, element)
        if value is None and "select" in element["type"]:
            return Answer(200)
        return await self._people().select_in_view(sent.user, view.id, element["action_id"], value)

    async def _submit(self, sent: Sent) -> Answer:
        view = self._view(sent)
        values = self._typed(sent, view)
        return await self._people().submit_view(sent.user, view.id, values)

    async def _shortcut(self, sent: Sent) -> Answer:
        return await self._people().message_shortcut(
            sent.user, sent.path["channel"], sent.path["ts"], sent.one("callback_id") or ""
        )

    async def _edit(self, sent: Sent) -> Answer:
        return await self._people().edit(sent.user, sent.path["channel"], sent.path["ts"], sent.one("text") or "")

    async def _react(self, sent: Sent) -> Answer:
        return await self._people().react(sent.user, sent.path["channel"], sent.path["ts"], sent.one("emoji") or "+1")

    def _button(self, sent: Sent) -> dict[str, str | None]:
        return {name: sent.one(name) for name in ("action_id", "text", "value")}

    def _picked(self, sent: Sent, element: Json) -> Any:
        """An entry of a menu comes as `picked`, everything else under the name of its field."""
        texts = sent.fields.get("picked") or sent.fields.get(sent.one("field") or "", [])
        return (
            texts[0] if element["type"] == "overflow" and texts else given(self._workspace, sent.user, element, texts)
        )

    def _view(self, sent: Sent) -> View:
        view = self._workspace.views.get(sent.path["view"])
        if view is None or view.user != sent.user:
            raise SlackError("not_found", f"{sent.path['view']} is not open")
        return view

    def _typed(self, sent: Sent, view: View) -> Json:
        return {
            name: given(self._workspace, sent.user, element, texts)
            for name, element, texts in fields_of(view.blocks, sent.fields)
        }

    def _keep_what_is_typed(self, sent: Sent) -> View:
        """Slack sends what stands in a form's fields with every press; what could not be entered stays out."""
        view = self._view(sent)
        for name, value in self._typed(sent, view).items():
            if f"in.{name}" in sent.fields:
                try:
                    view = self._people().fill_in(sent.user, view.id, {name: value})
                except SlackError:
                    continue  # half typed; a submission says what is wrong with it
        return view


def _not_done(html: str) -> web.Response:
    return web.Response(status=422, text=html, content_type="text/html")
