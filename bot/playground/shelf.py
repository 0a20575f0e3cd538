"""Where messages are kept: by channel and ts, with an index of threads."""

from bisect import insort
from collections import defaultdict

from bot.playground.records import Message


class Shelf:
    """Messages by place. It knows no rules; everything comes back oldest first."""

    def __init__(self) -> None:
        self._messages: dict[str, dict[str, Message]] = defaultdict(dict)
        self._replies: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._ephemerals: dict[str, dict[str, Message]] = defaultdict(dict)

    def put(self, message: Message) -> None:
        """Keep a new message or ephemeral, or a new version of one."""
        shelf = self._ephemerals if message.ephemeral_to else self._messages
        is_new = message.ts not in shelf[message.channel]
        shelf[message.channel][message.ts] = message
        if is_new and message.is_reply and message.thread_ts and not message.ephemeral_to:
            insort(self._replies[message.channel, message.thread_ts], message.ts)

    def remove(self, message: Message) -> None:
        """Drop it."""
        shelf = self._ephemerals if message.ephemeral_to else self._messages
        del shelf[message.channel][message.ts]
        if message.is_reply and message.thread_ts and not message.ephemeral_to:
            self._replies[message.channel, message.thread_ts].remove(message.ts)

    def find(self, channel: str, ts: str) -> Message | None:
        """The message with this ts."""
        return self._messages[channel].get(ts)

    def find_ephemeral(self, channel: str, ts: str) -> Message | None:
        """The ephemeral with this ts."""
        return self._ephemerals[channel].get(ts)

    def messages(self, channel: str) -> tuple[Message, ...]:
        """All messages of a channel."""
        return tuple(self._messages[channel].values())

    def ephemerals(self, channel: str, user: str) -> tuple[Message, ...]:
        """The ephemerals of a channel that this person sees."""
        return tuple(each for each in self._ephemerals[channel].values() if each.ephemeral_to == user)

    def thread(self, channel: str, root_ts: str) -> tuple[Message, ...]:
        """A message and its replies; empty if there is no such message."""
        root = self.find(channel, root_ts)
        replies = (self._messages[channel][ts] for ts in self._replies.get((channel, root_ts), ()))
        return (root, *replies) if root else ()

    def reply_count(self, channel: str, root_ts: str) -> int:
        """How many replies hang below a message."""
        return len(self._replies.get((channel, root_ts), ()))
