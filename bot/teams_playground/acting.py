"""People who act in the stand-in: they write, press buttons, fill in dialogs; each act is a signed request."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.teams_playground.activities import activity, message
from bot.teams_playground.checking import Refused, actions_in, check_card, inputs_in
from bot.teams_playground.files import Files
from bot.teams_playground.signing import Signer
from bot.teams_playground.tenant import Conversation, Shown, Tenant

Json = dict[str, Any]

PATIENCE = 15.0
"""Seconds after which Teams sends a message again; an invoke is given up sooner."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered to an activity."""

    status: int
    body: Any = None

    @property
    def ok(self) -> bool:
        return self.status == 200

    @property
    def card(self) -> Json:
        """The card that an invoke was answered with, in place of the one that was pressed or in a dialog."""
        match self.body:
            case {"type": "application/vnd.microsoft.card.adaptive", "value": dict(card)}:
                return card
            case {"task": {"type": "continue", "value": {"card": {"content": dict(card)}}}}:
                return card
        return {}

    @property
    def words(self) -> str:
        """The message that an invoke was answered with."""
        match self.body:
            case {"type": "application/vnd.microsoft.activity.message", "value": str(words)}:
                return words
            case {"task": {"type": "message", "value": str(words)}}:
                return words
        return ""


@dataclass
class People:
    """Acts for anybody of the tenant, against ``endpoint``, the bot's ``/api/messages``."""

    tenant: Tenant
    signer: Signer
    service_url: Callable[[], str]
    files: Files
    endpoint: str | None = None
    dialogs: dict[str, Json] = field(default_factory=dict)
    _session: aiohttp.ClientSession | None = None

    async def say(
        self, user: str, text: str, *, at: str | None = None, root: str | None = None, mentions: Sequence[str] = ()
    ) -> Answer:
        """``user`` writes in the channel ``at``, in the thread of ``root``, or else to the bot alone. The team has let
        the bot read its channels: it hears of every message."""
        where = self.tenant.conversations[at] if at else self.tenant.chat_with(user)
        named = [self.tenant.users[one] for one in mentions]
        said = self.tenant.put(where.id, {"type": "message", "text": text}, by_bot=False, root=root)
        thread = root or (said.id if at else None)
        who = self.tenant.users[user]
        written = message(self.tenant, self.service_url(), who, where, text, root=thread, mentions=named)
        return await self.send({**written, "id": said.id})

    async def edit(self, user: str, at: str, message_id: str, text: str) -> Answer:
        """``user`` changes a message of theirs in a channel; Teams does not tell what it said before."""
        sent = self._of_message(user, at, message_id, text) | {"type": "messageUpdate"}
        return await self.send(_with_event(sent, "editMessage"))

    async def delete(self, user: str, at: str, message_id: str) -> Answer:
        """``user`` deletes a message of theirs in a channel; Teams does not tell what it said."""
        sent = self._of_message(user, at, message_id, "") | {"type": "messageDelete"}
        bare = {name: value for name, value in sent.items() if name not in ("text", "attachments", "entities")}
        return await self.send(_with_event(bare, "softDeleteMessage"))

    def _of_message(self, user: str, at: str, message_id: str, text: str) -> Json:
        where, shown = self.tenant.conversations[at], self.tenant.messages[at, message_id]
        root = shown.root or shown.id
        written = message(self.tenant, self.service_url(), self.tenant.users[user], where, text, root=root)
        return {**written, "id": message_id}

    async def give_file(self, user: str, *files: tuple[str, bytes], text: str = "") -> Answer:
        """``user`` gives files, each a name and its content, to the bot in their own chat, with some words or none."""
        where, who = self.tenant.chat_with(user), self.tenant.users[user]
        told = [self.files.attachment(self.files.keep(name, content)) for name, content in files]
        said = self.tenant.put(where.id, {"type": "message", "text": text}, by_bot=False)
        written = message(self.tenant, self.service_url(), who, where, text)
        words = written["attachments"] if text else []
        return await self.send({**written, "id": said.id, "attachments": [*told, *words]})

    async def click(
        self,
        user: str,
        shown: Shown,
        *,
        text: str | None = None,
        line: str | None = None,
        filled: Mapping[str, str] | None = None,
    ) -> Answer:
        """``user`` presses the button of that title, or that line, on a message as it stands now."""
        return await self.press(user, self.tenant.conversations[shown.conversation], shown, self._action(
            shown.card, text, line
        ), filled)  # fmt: skip

    async def press(
        self, user: str, where: Conversation, shown: Shown, action: Json, filled: Mapping[str, str] | None = None
    ) -> Answer:
        """The same with the action itself, as one that was drawn earlier."""
        data = {**(action.get("data") or {}), **(filled or {})}
        if action["type"] == "Action.Execute":
            value: Json = {
                "action": {
                    "type": "Action.Execute",
                    "verb": action["verb"],
                    "data": data,
                    "title": action.get("title"),
                },
                "trigger": "manual",
            }
            return await self.invoke(user, where, "adaptiveCard/action", value, shown)
        if (data.get("msteams") or {}).get("type") == "task/fetch":
            answer = await self.invoke(
                user, where, "task/fetch", {"data": data, "context": {"theme": "default"}}, shown
            )
            return self._in_dialog(user, answer)
        return await self.send(self._activity(user, where, "message", shown) | {"value": data})

    async def fill_in(
        self,
        user: str,
        entries: Mapping[str, str],
        *,
        title: str | None = None,
        invoke: str = "task/submit",
        where: Conversation | None = None,
    ) -> Answer:
        """Send the dialog that is open for ``user``, in their chat with the bot or in ``where``, with these entries by
        the ids of its inputs."""
        card = self.dialogs[user]
        known = {one["id"] for one in inputs_in(card)}
        if unknown := set(entries) - known:
            raise AssertionError(f"the dialog has {sorted(known)}, and no {sorted(unknown)}")
        action = self._action(card, title, None)
        given = {one["id"]: str(one.get("value") or "") for one in inputs_in(card)} | dict(entries)
        value = {"data": {**(action.get("data") or {}), **given}, "context": {"theme": "default"}}
        answer = await self.invoke(user, where or self.tenant.chat_with(user), invoke, value)
        return self._in_dialog(user, answer)

    async def invoke(
        self, user: str, where: Conversation, name: str, value: Json, shown: Shown | None = None
    ) -> Answer:
        """Any invoke of ``user``, of the message ``shown`` where it is of one."""
        sent = self._activity(user, where, "invoke", shown) | {"name": name, "value": value}
        answer = await self.send(sent)
        if answer.card:
            self._check(user, where, answer.card)
        self.tenant.log.add("answered", "app", channel=where.id, user=user, answer=answer)
        return answer

    async def send(self, sent: Json, *, token: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """An activity as it is, with a right token unless another is given."""
        bearer = self.signer.token() if token is None else token
        said = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return await self.post(sent, {**said, **(headers or {})})

    async def post(self, sent: Json | bytes, headers: Mapping[str, str]) -> Answer:
        """Any body with any headers."""
        assert self.endpoint is not None, "nobody has said where the bot listens"
        written = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        said = {"Content-Type": "application/json", **headers}
        async with self._http().post(self.endpoint, headers=said, data=io.BytesIO(written)) as answer:
            is_json = answer.content_type == "application/json"
            return Answer(answer.status, await answer.json() if is_json else await answer.text())

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            # A kept connection may be closed by the bot just when it is used again.
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=PATIENCE), connector=aiohttp.TCPConnector(limit=0, force_close=True)
            )
        return self._session

    def _activity(self, user: str, where: Conversation, kind: str, shown: Shown | None) -> Json:
        root = (shown.root or shown.id) if shown is not None else None
        sent = activity(self.tenant, self.service_url(), self.tenant.users[user], where, kind, root=root)
        return sent | ({"replyToId": shown.id} if shown is not None else {})

    def _in_dialog(self, user: str, answer: Answer) -> Answer:
        if any(one["type"] == "Action.Execute" for one in actions_in(answer.card)):
            raise AssertionError("a dialog sends by Action.Submit: Action.Execute does nothing there")
        if answer.card:
            self.dialogs[user] = answer.card
        else:
            self.dialogs.pop(user, None)
        return answer

    def _check(self, user: str, where: Conversation, card: Json) -> None:
        try:
            check_card(card)
        except Refused as refused:
            self.tenant.log.add("trouble", "teams", channel=where.id, user=user, error=refused.code, why=refused.says)

    def _action(self, card: Json, title: str | None, line: str | None) -> Json:
        found = [
            one
            for one in actions_in(card)
            if title in (None, one.get("title")) and line in (None, (one.get("data") or {}).get("line"))
        ]
        if not found or (title is None and line is None and len(found) > 1):
            shown = [(one.get("title"), (one.get("data") or {}).get("line")) for one in actions_in(card)]
            raise AssertionError(f"no single button {title or line!r} among {shown}")
        return found[0]


def _with_event(sent: Json, event: str) -> Json:
    return {**sent, "channelData": {**sent["channelData"], "eventType": event}}
