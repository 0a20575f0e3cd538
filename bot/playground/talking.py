"""What people write, and how they come and go."""

from dataclasses import replace

from bot.playground import payloads, places, posting
from bot.playground.acting import Acting
from bot.playground.answer import Answer
from bot.playground.errors import SlackError
from bot.playground.mentions import as_typed
from bot.playground.records import Json
from bot.playground.typed import rich_text
from bot.playground.wire import file_json


class Talking(Acting):
    """Messages, edits, reactions, membership: each with its event for the app."""

    async def say(
        self, user: str, channel: str, text: str, *, thread_ts: str | None = None, files: list[Json] | None = None
    ) -> Answer:
        """Write a message; the app gets a message event, and an app_mention if it is mentioned in a channel."""
        written = as_typed(self._workspace, text)
        message = posting.post_as_person(
            self._workspace,
            user,
            channel,
            written,
            thread_ts=thread_ts,
            blocks=rich_text(written, next(self._workspace.numbers)),
            files=files,
        )
        answer = await self._message_event(message, payloads.message_event(self._workspace, message))
        is_mentioned = f"<@{self._workspace.app.bot_user_id}>" in written
        if is_mentioned and self._hears(message.channel) and self._workspace.channel(channel).kind != "im":
            mention = payloads.mention_event(self._workspace, message)
            mentioned = await self._delivery.event("app_mention", mention)
            answer = mentioned if mentioned and answer.ok else answer
        return replace(answer, message=message)

    async def give_file(self, user: str, channel: str, name: str, content: bytes, text: str = "") -> Answer:
        """Share a file, with or without words; the app gets the message with its file object."""
        created = int(self._workspace.now().timestamp())
        file = self._workspace.files.share(name, content, user, channel, created)
        return await self.say(user, channel, text, files=[file_json(self._workspace, file, self._base_url)])

    async def edit(self, user: str, channel: str, ts: str, text: str) -> Answer:
        """Change one's own message."""
        before = self._workspace.message(channel, ts)
        written = as_typed(self._workspace, text)
        blocks = rich_text(written, next(self._workspace.numbers))
        message = posting.edit_as_person(self._workspace, user, channel, ts, written, blocks)
        event = payloads.changed_event(self._workspace, message, before)
        return replace(await self._message_event(message, event), message=message)

    async def delete(self, user: str, channel: str, ts: str) -> Answer:
        """Delete one's own message."""
        message = self._workspace.message(channel, ts)
        if message.user != user:
            raise SlackError("cant_delete_message")
        posting.remove(self._workspace, message, "person")
        return await self._message_event(message, payloads.deleted_event(self._workspace, message))

    async def react(self, user: str, channel: str, ts: str, emoji: str) -> Answer:
        """Add a reaction."""
        places.channel_for_person(self._workspace, user, channel)
        message = posting.react(self._workspace, user, channel, ts, emoji, "person")
        event = payloads.reaction_event(self._workspace, "reaction_added", user, message, emoji)
        return await self._channel_event("reaction_added", channel, event)

    async def unreact(self, user: str, channel: str, ts: str, emoji: str) -> Answer:
        """Take a reaction back."""
        message = posting.unreact(self._workspace, user, channel, ts, emoji, "person")
        event = payloads.reaction_event(self._workspace, "reaction_removed", user, message, emoji)
        return await self._channel_event("reaction_removed", channel, event)

    async def join(self, user: str, channel: str) -> Answer:
        """Come into a channel (or be brought in, as the bot is)."""
        self._workspace.add_member(channel, user)
        place = self._workspace.channel(channel)
        event = payloads.membership_event(self._workspace, "member_joined_channel", user, place)
        return await self._channel_event("member_joined_channel", channel, event)

    async def leave(self, user: str, channel: str) -> Answer:
        """Go out of a channel (or be removed); of its own removal an app is told under another name."""
        place = self._workspace.channel(channel)
        heard = self._hears(channel)
        self._workspace.remove_member(channel, user)
        if user == self._workspace.app.bot_user_id:
            left = "group_left" if place.kind == "group" else "channel_left"
            gone: Json = {"type": left, "channel": channel, "event_ts": self._workspace.next_ts()}
            return await self._delivery.event(left, gone) or Answer(200)
        event = payloads.membership_event(self._workspace, "member_left_channel", user, place)
        return (await self._delivery.event("member_left_channel", event) if heard else None) or Answer(200)

    async def archive(self, user: str, channel: str) -> Answer:
        """Archive a channel."""
        places.channel_for_person(self._workspace, user, channel)
        self._workspace.archive(channel)
        archived = "group_archive" if self._workspace.channel(channel).kind == "group" else "channel_archive"
        event = {"type": archived, "channel": channel, "user": user, "event_ts": self._workspace.next_ts()}
        return await self._channel_event(archived, channel, event)

    async def delete_channel(self, channel: str) -> Answer:
        """Delete a channel for good."""
        deleted = "group_deleted" if self._workspace.channel(channel).kind == "group" else "channel_deleted"
        heard = self._hears(channel)
        self._workspace.delete_channel(channel)
        event = {"type": deleted, "channel": channel, "event_ts": self._workspace.next_ts()}
        return (await self._delivery.event(deleted, event) if heard else None) or Answer(200)

    async def share_with_outsiders(self, channel: str, new_id: str) -> Answer:
        """Share a private channel with another company: it gets another id."""
        self._workspace.share_channel(channel, new_id)
        event: Json = {"type": "channel_id_changed", "old_channel_id": channel, "new_channel_id": new_id}
        event["event_ts"] = self._workspace.next_ts()
        return await self._channel_event("channel_id_changed", new_id, event)
