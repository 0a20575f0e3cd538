"""The Microsoft 365 tenant that the stand-in plays: people, teams with channels, chats, and what was said in them."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.log import Log

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with an account. ``tenant`` differs for people of other firms in shared channels."""

    aad: str
    name: str
    email: str | None
    upn: str
    tenant: str
    role: str = "user"

    @property
    def id(self) -> str:
        """What Teams calls them to this bot alone."""
        return f"29:{self.aad.replace('-', '')}"


@dataclass(slots=True)
class Shown:
    """A message as it stands. ``root`` is the message it replies to, in a channel."""

    id: str
    conversation: str
    activity: Json
    by_bot: bool
    root: str | None = None
    edits: int = 0
    is_deleted: bool = False

    @property
    def text(self) -> str:
        """Everything that is to be read, without its drawing."""
        return " ".join([str(self.activity.get("text") or ""), *_texts(self.card)]).strip()

    @property
    def card(self) -> Json:
        """The adaptive card in it; empty where it has none."""
        for attachment in self.activity.get("attachments") or ():
            if attachment.get("contentType") == "application/vnd.microsoft.card.adaptive":
                content: Json = attachment["content"]
                return content
        return {}


@dataclass(slots=True)
class Conversation:
    """A channel of a team, or the chat of one person with the bot. ``type`` is a channel's: ``standard`` or ``shared``,
    where people of other firms may be. ``closed`` is the code of what is refused there."""

    id: str
    kind: str
    team: str | None = None
    name: str = ""
    members: list[str] = field(default_factory=list)
    closed: str | None = None
    type: str = "standard"


class Tenant:
    """People, conversations and messages. ``now`` is the time that is written on what happens. ``says_object_id``:
    the members' directory ids are said in ``objectId``, as some answers of Teams have it."""

    def __init__(self, now: Callable[[], datetime], tenant_id: str = "f1000000-0000-4000-8000-000000000001") -> None:
        self.id = tenant_id
        self.app_id = "a0000000-0000-4000-8000-00000000b077"
        self.secret = "the-secret-of-the-stand-in"
        self.bot_name = "Podline"
        self.users: dict[str, User] = {}
        self.conversations: dict[str, Conversation] = {}
        self.installed_for: set[str] = set()
        self.messages: dict[tuple[str, str], Shown] = {}
        self.says_object_id = False
        self.log = Log(now)
        self.now = now
        self._last_id = 0

    @property
    def bot_id(self) -> str:
        return f"28:{self.app_id}"

    def add_user(
        self,
        aad: str,
        name: str,
        *,
        email: str | None = None,
        upn: str | None = None,
        tenant: str | None = None,
        role: str = "user",
        has_app: bool = True,
    ) -> User:
        """Somebody; with ``has_app`` the bot may write to them."""
        handle = name.split()[0].lower()
        upn = upn or f"{handle}@firm.onmicrosoft.example"
        user = self.users[aad] = User(aad, name, email, upn, tenant or self.id, role)
        if has_app:
            self.installed_for.add(aad)
        return user

    def add_channel(
        self, address: str, name: str, *, team: str = "19:general@thread.tacv2", kind: str = "standard"
    ) -> Conversation:
        """A channel of a team in which the bot is installed and whose messages it may read; everybody is a member."""
        made = Conversation(address, "channel", team, name, list(self.users), type=kind)
        self.conversations[address] = made
        return made

    def chat_with(self, aad: str) -> Conversation:
        """The chat of somebody with the bot, made if there is none."""
        for one in self.conversations.values():
            if one.kind == "personal" and one.members == [aad]:
                return one
        address = f"a:1{uuid.uuid4().hex}"
        made = self.conversations[address] = Conversation(address, "personal", members=[aad])
        return made

    def chat_without_the_bot(self, *aads: str) -> Conversation:
        """The chat of two people with each other: message extensions work in it, and the bot is not in it."""
        address = f"19:{'_'.join(sorted(aads))}@unq.gbl.spaces"
        made = Conversation(address, "personal", members=list(aads), closed="BotNotInConversationRoster")
        return self.conversations.setdefault(address, made)

    def delete_chat(self, aad: str) -> None:
        """Somebody deletes the history of their chat: its id is good for nothing any more."""
        del self.conversations[self.chat_with(aad).id]

    def find(self, written: str) -> tuple[Conversation | None, str | None]:
        """The conversation of an id, and the thread that is named in it."""
        address, _, thread = written.partition(";messageid=")
        return self.conversations.get(address), thread or None

    def find_user(self, either: str) -> User | None:
        """By either of their ids."""
        return self.users.get(either) or next((one for one in self.users.values() if one.id == either), None)

    def next_id(self) -> str:
        """The time of the message in milliseconds, as Teams has it; no two are the same."""
        self._last_id = max(self._last_id + 1, int(self.now().timestamp() * 1000))
        return str(self._last_id)

    def put(self, conversation: str, activity: Json, *, by_bot: bool, root: str | None = None) -> Shown:
        shown = Shown(self.next_id(), conversation, activity, by_bot, root)
        self.messages[conversation, shown.id] = shown
        self.log.add("posted", "app" if by_bot else "person", channel=conversation, shown=shown)
        return shown

    def posts(self, conversation: str) -> list[Shown]:
        """What the bot has said in it beginning a thread, or in a chat, the oldest first."""
        return [one for one in self.in_order(conversation) if one.by_bot and one.root is None]

    def replies(self, conversation: str, root: str) -> list[Shown]:
        """What the bot has said in the thread."""
        return [one for one in self.in_order(conversation) if one.by_bot and one.root == root]

    def in_order(self, conversation: str) -> Iterator[Shown]:
        return (one for (where, _), one in self.messages.items() if where == conversation and not one.is_deleted)

    def told(self, aad: str) -> list[Shown]:
        """What the bot has said to somebody alone."""
        return self.posts(self.chat_with(aad).id)


def _texts(part: Any) -> Iterator[str]:
    """Every text that a card shows, in order; not the data of its actions, nor what stands in its inputs."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, dict):
        yield from (part[key] for key in ("text", "title", "label") if isinstance(part.get(key), str))
        for key in ("body", "items", "columns", "inlines", "facts", "actions", "card"):
            yield from _texts(part.get(key))
        if "type" not in part and isinstance(part.get("value"), str):
            yield part["value"]
