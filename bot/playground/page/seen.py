"""What one person has before them: their places with unread marks, and the messages of one of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from bot.playground.errors import SlackError
from bot.playground.records import Channel, Message
from bot.playground.workspace import Workspace

HOME, DIRECT = "home", "direct"
"""The slugs of the app's home tab and of the direct conversation with it."""


class Marks:
    """How far each person has read each channel."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], str] = {}

    def read(self, workspace: Workspace, user: str, channel: str) -> None:
        """Everything in the channel has been seen."""
        seen = workspace.visible_to(user, channel)
        self._read[user, channel] = seen[-1].ts if seen else ""

    def unread(self, workspace: Workspace, user: str, channel: str) -> list[Message]:
        """What others wrote since, newest first."""
        mark = self._read.get((user, channel), "")
        newer = []
        for message in reversed(workspace.visible_to(user, channel)):
            if message.ts <= mark:
                break
            if message.user != user:
                newer.append(message)
        return newer


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the sidebar; `channel` is None for the home tab."""

    slug: str
    name: str
    sign: str
    url: str
    channel: str | None = None
    note: str = ""
    unread: int = 0
    mentions: int = 0
    is_here: bool = False


@dataclass(slots=True)
class Post:
    """A message with what hangs below it."""

    message: Message
    replies: list[Message] = field(default_factory=list)


def user_named(workspace: Workspace, who: str) -> str:
    """The id of the person with this handle or id.

    Raises:
        SlackError: user_not_found.
    """
    for person in workspace.people.values():
        if who in (person.name, person.id) and not person.is_bot:
            return person.id
    raise SlackError("user_not_found")


def place_named(workspace: Workspace, user: str, slug: str) -> Channel | None:
    """The channel behind a slug of this person's; None for the home tab.

    Raises:
        SlackError: channel_not_found, also where the person is no member.
    """
    if slug == HOME and workspace.installation.has_home and not workspace.is_outside(user):
        return None
    if slug == DIRECT:
        return workspace.channel(workspace.dm_with(user))
    for channel in workspace.channels.values():
        if slug in (channel.id, channel.name) and user in channel.members:
            return channel
    raise SlackError("channel_not_found")


def groups(workspace: Workspace, marks: Marks, user: str, here: str, query: str) -> list[tuple[str, list[Place]]]:
    """The sidebar: channels, then direct conversations, then the app; `here` is the slug looked at."""

    def with_marks(slug: str, name: str, sign: str, channel: Channel, note: str = "") -> Place:
        newer = marks.unread(workspace, user, channel.id)
        calls = [one for one in newer if user in workspace.notified_by(one)]
        url = address(workspace, user, slug, query)
        return Place(slug, name, sign, url, channel.id, note, len(newer), len(calls), slug == here)

    mine = [channel for channel in workspace.channels.values() if user in channel.members]
    channels = [
        with_marks(slug_of(one), one.name, sign_of(one), one, "archived" if one.is_archived else "")
        for one in mine
        if one.kind in ("channel", "group")
    ]
    several = [with_marks(one.id, _others(workspace, user, one), "◍", one) for one in mine if one.kind == "mpim"]
    app = workspace.person(workspace.app.bot_user_id).real_name
    direct = with_marks(DIRECT, app, "●", workspace.channel(workspace.dm_with(user)), "app")
    home = Place(HOME, "Home", "⌂", address(workspace, user, HOME, query), is_here=here == HOME)
    has_home = workspace.installation.has_home and not workspace.is_outside(user)
    return [
        ("Channels", channels),
        ("Direct messages", several),
        ("App", [direct, home] if has_home else [direct]),
    ]


def posts(workspace: Workspace, user: str, channel: str) -> list[Post]:
    """The messages of a channel, oldest first, each with its replies; what hangs from nothing stands alone."""
    by_ts: dict[str, Post] = {}
    for message in workspace.visible_to(user, channel):
        root = by_ts.get(message.thread_ts or "") if message.is_reply else None
        if root is not None:
            root.replies.append(message)
        else:
            by_ts[message.ts] = Post(message)
    return list(by_ts.values())


def address(workspace: Workspace, user: str, slug: str, query: str = "") -> str:
    """The page on which somebody looks at a place; the person is in the address, so two windows are two people."""
    who = quote(workspace.person(user).name, safe="")
    return f"/as/{who}/in/{quote(slug, safe='')}" + (f"?{query}" if query else "")


def slug_of(channel: Channel) -> str:
    """How a channel stands in an address: its name, unless that is a word of ours."""
    return channel.id if channel.name in (HOME, DIRECT, "") else channel.name


def first_place(workspace: Workspace, user: str) -> str:
    """The slug of the first channel somebody is in, else their conversation with the app."""
    return next(_own_channels(workspace, user), DIRECT)


def _own_channels(workspace: Workspace, user: str) -> Iterator[str]:
    for channel in workspace.channels.values():
        if user in channel.members and channel.kind in ("channel", "group"):
            yield slug_of(channel)


def sign_of(channel: Channel) -> str:
    """What stands before a channel's name: shared with outsiders, private or open to all."""
    return "⇄" if channel.is_ext_shared else "∘" if channel.kind == "group" else "#"


def _others(workspace: Workspace, user: str, channel: Channel) -> str:
    return ", ".join(sorted(workspace.person(one).real_name.split()[0] for one in channel.members - {user}))
