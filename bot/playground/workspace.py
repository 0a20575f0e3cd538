"""The state of a Slack workspace: one team, its app, people, channels and what has been written. No I/O."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.playground.errors import SlackError
from bot.playground.files import Files
from bot.playground.handshakes import Handshakes
from bot.playground.installation import Installation
from bot.playground.log import Log
from bot.playground.mentions import mentioned_in
from bot.playground.records import SLACKBOT, App, Channel, Message, Person, View
from bot.playground.shelf import Shelf

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Workspace:
    """Everything there is; the rules of changing it are in `posting`, `reading`, `viewing` and `people`.

    Args:
        now: The workspace's clock (aware, UTC): message ts and log entries come from it.
        handshake_now: The clock trigger ids and response URLs age by; give a real one beside a fast one.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        team_id: str = "T0FIRM",
        name: str = "Firm",
        domain: str = "firm",
        app: App | None = None,
        installation: Installation | None = None,
        handshake_now: Callable[[], datetime] | None = None,
    ) -> None:
        self.team_id, self.name, self.domain = team_id, name, domain
        self.app = app or App()
        self.installation = installation or Installation()
        self.now = now
        self.log = Log(now)
        self.handshakes = Handshakes(handshake_now or now)
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.shelf = Shelf()
        self.files = Files()
        self.views: dict[str, View] = {}
        self.view_stacks: dict[str, list[str]] = {}
        self.homes: dict[str, str] = {}
        self.numbers = count(1)
        self._last_tick = 0
        self.add_user(self.app.bot_user_id, self.app.name, real_name=self.app.name.title(), is_bot=True)
        self.add_user(SLACKBOT, "slackbot", real_name="Slackbot", is_bot=True)

    def add_user(
        self,
        user_id: str,
        name: str,
        *,
        real_name: str = "",
        email: str = "",
        tz: str = "Europe/London",
        team_id: str | None = None,
        is_bot: bool = False,
        is_admin: bool = False,
        is_restricted: bool = False,
        deleted: bool = False,
        status_text: str = "",
        status_emoji: str = "",
        status_expiration: int = 0,
    ) -> Person:
        """Add a person; with a `team_id` other than ours, somebody from outside."""
        person = Person(
            id=user_id,
            name=name,
            real_name=real_name or name.title(),
            email=email or f"{name}@{self.domain}.example",
            tz=tz,
            team_id=team_id or self.team_id,
            is_bot=is_bot,
            is_admin=is_admin,
            is_restricted=is_restricted,
            deleted=deleted,
            status_text=status_text,
            status_emoji=status_emoji,
            status_expiration=status_expiration,
        )
        self.people[user_id] = person
        return person

    def add_channel(
        self,
        channel_id: str,
        name: str,
        *,
        members: Iterable[str] = (),
        is_private: bool = False,
        is_ext_shared: bool = False,
        topic: str = "",
        with_bot: bool = True,
    ) -> Channel:
        """Add a channel with these members, and the bot unless told otherwise."""
        inside = frozenset(members) | ({self.app.bot_user_id} if with_bot else frozenset())
        for user in inside:
            self.person(user)
        kind = "group" if is_private else "channel"
        channel = Channel(channel_id, name, kind, inside, self._created(), is_ext_shared, topic=topic)
        self.channels[channel_id] = channel
        return channel

    def add_member(self, channel: str, user: str) -> None:
        """Put somebody into a channel."""
        self._set_members(channel, self.channel(channel).members | {self.person(user).id})
        self.log.add("joined", "person", channel=channel, user=user)

    def remove_member(self, channel: str, user: str) -> None:
        """Take somebody (or the bot) out of a channel."""
        self._set_members(channel, self.channel(channel).members - {user})
        self.log.add("left", "person", channel=channel, user=user)

    def archive(self, channel: str) -> None:
        """Archive a channel: nobody can post in it any more."""
        self.channels[channel] = replace(self.channel(channel), is_archived=True)
        self.log.add("archived", "person", channel=channel)

    def unarchive(self, channel: str) -> None:
        """Bring an archived channel back."""
        self.channels[channel] = replace(self.channel(channel), is_archived=False)
        self.log.add("unarchived", "person", channel=channel)

    def delete_channel(self, channel: str) -> None:
        """Delete a channel: nobody can find it any more."""
        del self.channels[self.channel(channel).id]
        self.log.add("deleted_channel", "person", channel=channel)

    def share_channel(self, channel: str, new_id: str) -> None:
        """Share a channel with another company: from now on it has the id ``new_id``."""
        self.channels[new_id] = replace(self.channel(channel), id=new_id, is_ext_shared=True)
        del self.channels[channel]
        self.log.add("shared_channel", "person", channel=new_id)

    def deactivate(self, user: str) -> None:
        """Close somebody's account, as when they leave the firm."""
        self.people[user] = replace(self.person(user), deleted=True)

    def set_status(self, user: str, text: str, emoji: str = "", expiration: int = 0) -> None:
        """Set somebody's status; `expiration` in seconds since the epoch, 0 for never."""
        person = self.person(user)
        self.people[user] = replace(person, status_text=text, status_emoji=emoji, status_expiration=expiration)

    def dm_with(self, user: str) -> str:
        """The id of the bot's direct conversation with somebody; opened if need be."""
        person, bot = self.person(user), self.app.bot_user_id
        channel_id = f"D{person.id[1:]}"
        if channel_id not in self.channels:
            self.channels[channel_id] = Channel(
                channel_id, "", "im", frozenset({person.id, bot}), self._created(), self.is_outside(person.id)
            )
        return channel_id

    def group_dm(self, users: frozenset[str]) -> str:
        """The id of the bot's direct conversation with several people; opened if need be."""
        members = users | {self.app.bot_user_id}
        for channel in self.channels.values():
            if channel.kind == "mpim" and channel.members == members:
                return channel.id
        channel_id = f"C0MPIM{next(self.numbers)}"
        name = "mpdm-" + "--".join(sorted(self.person(user).name for user in members))
        self.channels[channel_id] = Channel(channel_id, name, "mpim", members, self._created())
        return channel_id

    def person(self, user: str) -> Person:
        """The person with this id.

        Raises:
            SlackError: user_not_found.
        """
        if user not in self.people:
            raise SlackError("user_not_found")
        return self.people[user]

    def channel(self, channel: str) -> Channel:
        """The channel with this id, wherever the app may look.

        Raises:
            SlackError: channel_not_found.
        """
        if channel not in self.channels:
            raise SlackError("channel_not_found")
        return self.channels[channel]

    def is_outside(self, user: str) -> bool:
        """Whether somebody belongs to another company (Slack Connect)."""
        return self.person(user).team_id != self.team_id

    def message(self, channel: str, ts: str) -> Message:
        """One message or ephemeral.

        Raises:
            SlackError: message_not_found.
        """
        found = self.shelf.find(channel, ts) or self.shelf.find_ephemeral(channel, ts)
        if found is None:
            raise SlackError("message_not_found")
        return found

    def messages(self, channel: str) -> tuple[Message, ...]:
        """All messages of a channel, oldest first, replies included, ephemerals not."""
        return self.shelf.messages(channel)

    def thread(self, channel: str, thread_ts: str) -> tuple[Message, ...]:
        """The message a thread hangs from, then its replies, oldest first."""
        return self.shelf.thread(channel, thread_ts)

    def visible_to(self, user: str, channel: str) -> tuple[Message, ...]:
        """What somebody sees in a channel, ephemerals for them included, oldest first; nothing if not a member."""
        if user not in self.channel(channel).members:
            return ()
        seen = self.shelf.messages(channel) + self.shelf.ephemerals(channel, user)
        return tuple(sorted(seen, key=lambda message: message.ts))

    def home(self, user: str) -> View | None:
        """Somebody's home tab, if the app has published one."""
        view_id = self.homes.get(user)
        return self.views[view_id] if view_id else None

    def open_views(self, user: str) -> tuple[View, ...]:
        """The forms open before somebody, the uppermost last."""
        return tuple(self.views[view_id] for view_id in self.view_stacks.get(user, ()))

    def notified_by(self, message: Message) -> frozenset[str]:
        """Whom the mentions in a message notify: <@U..>, <!channel>, <!here>, <!everyone>, in text or blocks."""
        users, everybody = mentioned_in(message)
        members = self.channel(message.channel).members
        reached = members if everybody else frozenset(users) & self.people.keys()
        return frozenset(reached - {message.user, self.app.bot_user_id})

    def next_ts(self) -> str:
        """A message id: the clock in seconds with six decimals, each greater than the one before."""
        tick = (self.now() - _EPOCH) // timedelta(microseconds=1)
        self._last_tick = max(tick, self._last_tick + 1)
        return f"{self._last_tick // 1_000_000}.{self._last_tick % 1_000_000:06d}"

    def _created(self) -> int:
        return int(self.now().timestamp())

    def _set_members(self, channel: str, members: frozenset[str]) -> None:
        self.channels[channel] = replace(self.channels[channel], members=members)
