"""What a workspace consists of: its app, people, channels, messages and views, as frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class App:
    """The one installed app. The tokens and the secret are placeholders that only this stand-in accepts."""

    app_id: str = "A0PODLINE"
    name: str = "podline"
    bot_id: str = "B0PODLINE"
    bot_user_id: str = "U0PODLINE"
    bot_token: str = "xoxb-playground"
    app_token: str = "xapp-playground"
    signing_secret: str = "playground-signing-secret"
    verification_token: str = "playground-verification"


@dataclass(frozen=True, slots=True)
class Person:
    """A member, guest, bot, or (with another `team_id`) somebody from outside in a shared channel."""

    id: str
    name: str
    real_name: str
    email: str
    tz: str
    team_id: str
    is_bot: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    deleted: bool = False
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel or a direct conversation; `kind` is channel, group (private), im or mpim."""

    id: str
    name: str
    kind: str
    members: frozenset[str]
    created: int
    is_ext_shared: bool = False
    is_archived: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as stored; `ephemeral_to` names the only person who sees it."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    bot_id: str | None = None
    thread_ts: str | None = None
    edited_ts: str | None = None
    edited_by: str | None = None
    subtype: str | None = None
    ephemeral_to: str | None = None
    is_broadcast: bool = False
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)

    @property
    def is_reply(self) -> bool:
        """Whether it sits in a thread below another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True, slots=True)
class View:
    """An open form or a home tab, as drawn last; `values` is what its reader has filled in so far."""

    id: str
    type: str
    user: str
    hash: str
    content: Json
    root_id: str
    previous_id: str | None = None
    values: Json = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def callback_id(self) -> str:
        """The app's name for this form, or an empty string."""
        return str(self.content.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        """What the app has tucked away in it."""
        return str(self.content.get("private_metadata", ""))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks, each with a block_id."""
        return list(self.content["blocks"])
