"""The rules of writing: posts, replies, updates, deletions, ephemerals and reactions."""

import json
from dataclasses import replace
from typing import Any

from bot.playground.blockkit.blocks import check_blocks, with_block_ids
from bot.playground.errors import SlackError
from bot.playground.places import channel_for_person, channel_the_app_sees, channel_to_write_in
from bot.playground.records import SLACKBOT, Json, Message
from bot.playground.workspace import Workspace

TEXT = 40_000
METADATA_BYTES = 8_000
ATTACHMENTS = 100


def post_as_app(
    workspace: Workspace,
    place: str,
    *,
    text: str = "",
    blocks: list[Json] | None = None,
    attachments: list[Json] | None = None,
    metadata: Json | None = None,
    thread_ts: str | None = None,
    is_broadcast: bool = False,
    ephemeral_to: str | None = None,
    files: list[Json] | None = None,
) -> Message:
    """Post as the bot into a channel or (with a user id) a direct conversation.

    Raises:
        SlackError: With Slack's codes, e.g. channel_not_found, not_in_channel, is_archived, no_text, invalid_blocks.
    """
    channel = channel_to_write_in(workspace, place)
    _check_content(text, blocks, attachments, metadata)
    check_pictures(workspace, blocks)
    if not (text or blocks or attachments or files):
        raise SlackError("no_text")
    if thread_ts is not None:
        _check_thread(workspace, channel.id, thread_ts)
    if ephemeral_to is not None and ephemeral_to not in channel.members:
        raise SlackError("user_not_in_channel")
    message = Message(
        channel=channel.id,
        ts=workspace.next_ts(),
        user=workspace.app.bot_user_id,
        bot_id=workspace.app.bot_id,
        text=text,
        blocks=with_block_ids(blocks or [], next(workspace.numbers)),
        attachments=attachments or [],
        metadata=metadata or None,
        thread_ts=thread_ts,
        is_broadcast=is_broadcast,
        ephemeral_to=ephemeral_to,
        files=files or [],
    )
    return _keep(workspace, message, "ephemeral" if ephemeral_to else "posted", "app", ephemeral_to)


def update_as_app(
    workspace: Workspace,
    place: str,
    ts: str,
    *,
    text: str | None = None,
    blocks: list[Json] | None = None,
    attachments: list[Json] | None = None,
    metadata: Json | None = None,
) -> Message:
    """Change a message of the bot's; what is None stays as it was (https://docs.slack.dev/reference/methods/chat.update)."""
    channel = channel_the_app_sees(workspace, place)
    message = own_message(workspace, channel.id, ts, "cant_update_message")
    if channel.is_archived:
        raise SlackError("is_inactive")
    _check_content(text or "", blocks, attachments, metadata)
    if text is None and blocks is None and attachments is None:
        raise SlackError("no_text")
    changed = replace(
        message,
        text=message.text if text is None else text,
        blocks=message.blocks if blocks is None else with_block_ids(blocks, next(workspace.numbers)),
        attachments=message.attachments if attachments is None else attachments,
        metadata=message.metadata if metadata is None else (metadata or None),
    )
    if not (changed.text or changed.blocks or changed.attachments):
        raise SlackError("no_text")
    if text is not None and text != message.text:
        changed = replace(changed, edited_ts=workspace.next_ts(), edited_by=workspace.app.bot_user_id)
    return _keep(workspace, changed, "updated", "app")


def delete_as_app(workspace: Workspace, place: str, ts: str) -> Message:
    """Delete a message of the bot's."""
    channel = channel_the_app_sees(workspace, place)
    return remove(workspace, own_message(workspace, channel.id, ts, "cant_delete_message"), "app")


def post_as_person(
    workspace: Workspace,
    user: str,
    channel_id: str,
    text: str,
    *,
    thread_ts: str | None = None,
    blocks: list[Json] | None = None,
    files: list[Json] | None = None,
) -> Message:
    """Post as a person; the text is stored as given, so escape it first (`mentions.as_typed`)."""
    channel = channel_for_person(workspace, user, channel_id)
    if thread_ts is not None:
        _check_thread(workspace, channel.id, thread_ts)
    if len(text) > TEXT:
        raise SlackError("msg_too_long")
    message = Message(
        channel=channel.id,
        ts=workspace.next_ts(),
        user=user,
        text=text,
        blocks=blocks or [],
        thread_ts=thread_ts,
        files=files or [],
        subtype="file_share" if files else None,
    )
    return _keep(workspace, message, "posted", "person", user)


def answer_as_app(
    workspace: Workspace, user: str, channel_id: str, text: str, blocks: list[Json] | None, *, in_channel: bool
) -> Message:
    """The answer to what a person did there, for them alone or for all; the bot need not be a member."""
    _check_content(text, blocks, None, None)
    if not (text or blocks):
        raise SlackError("no_text")
    message = Message(
        channel=channel_id,
        ts=workspace.next_ts(),
        user=workspace.app.bot_user_id,
        bot_id=workspace.app.bot_id,
        text=text,
        blocks=with_block_ids(blocks or [], next(workspace.numbers)),
        ephemeral_to=None if in_channel else user,
    )
    return _keep(workspace, message, "posted" if in_channel else "ephemeral", "app", user)


def tell_as_slack(workspace: Workspace, user: str, channel_id: str, text: str) -> Message:
    """A private line from Slack itself, such as the failure of a command."""
    message = Message(channel_id, workspace.next_ts(), SLACKBOT, text, ephemeral_to=user)
    return _keep(workspace, message, "ephemeral", "slack", user)


def edit_as_person(workspace: Workspace, user: str, channel_id: str, ts: str, text: str, blocks: list[Json]) -> Message:
    """Change one's own message."""
    message = workspace.message(channel_id, ts)
    if message.user != user:
        raise SlackError("cant_update_message")
    edited = replace(message, text=text, blocks=blocks, edited_ts=workspace.next_ts(), edited_by=user)
    return _keep(workspace, edited, "updated", "person", user)


def react(workspace: Workspace, user: str, channel_id: str, ts: str, emoji: str, by: str) -> Message:
    """Add a reaction, as a person or the bot."""
    message = workspace.message(channel_id, ts)
    fans = message.reactions.get(emoji, ())
    if user in fans:
        raise SlackError("already_reacted")
    changed = replace(message, reactions={**message.reactions, emoji: (*fans, user)})
    return _keep(workspace, changed, "reaction_added", by, user, emoji=emoji)


def unreact(workspace: Workspace, user: str, channel_id: str, ts: str, emoji: str, by: str) -> Message:
    """Take a reaction back."""
    message = workspace.message(channel_id, ts)
    fans = message.reactions.get(emoji, ())
    if user not in fans:
        raise SlackError("no_reaction")
    left = {**message.reactions, emoji: tuple(fan for fan in fans if fan != user)}
    changed = replace(message, reactions={name: users for name, users in left.items() if users})
    return _keep(workspace, changed, "reaction_removed", by, user, emoji=emoji)


def remove(workspace: Workspace, message: Message, by: str) -> Message:
    """Delete a message; one with replies leaves a tombstone, as in Slack."""
    if workspace.shelf.reply_count(message.channel, message.ts):
        stone = Message(message.channel, message.ts, SLACKBOT, "This message was deleted.", subtype="tombstone")
        workspace.shelf.put(replace(stone, thread_ts=message.ts))
    else:
        workspace.shelf.remove(message)
    workspace.log.add(
        "deleted", by, channel=message.channel, user=message.ephemeral_to or message.user, message=message
    )
    return message


def redraw(workspace: Workspace, message: Message, text: str, blocks: list[Json] | None) -> Message:
    """Replace what a message or ephemeral shows, by a response URL."""
    _check_content(text, blocks, None, None)
    drawn = with_block_ids(blocks or [], next(workspace.numbers))
    changed = replace(message, text=text, blocks=drawn)
    return _keep(workspace, changed, "updated", "app", message.ephemeral_to)


def own_message(workspace: Workspace, channel_id: str, ts: str, refusal: str) -> Message:
    """A message the bot itself posted; ephemerals cannot be reached."""
    message = workspace.shelf.find(channel_id, ts)
    if message is None:
        raise SlackError("message_not_found")
    if message.bot_id != workspace.app.bot_id:
        raise SlackError(refusal)
    return message


def _check_thread(workspace: Workspace, channel_id: str, thread_ts: str) -> None:
    root = workspace.shelf.find(channel_id, thread_ts)
    if root is None:
        raise SlackError("thread_not_found")
    if root.is_reply:
        raise SlackError("cannot_reply_to_message")


def _check_content(text: str, blocks: Any, attachments: Any, metadata: Any) -> None:
    if len(text) > TEXT:
        raise SlackError("msg_too_long")
    if blocks is not None:
        problems = check_blocks(blocks)
        if problems:
            raise SlackError("invalid_blocks", *problems, errors=problems)
    if attachments is not None and (not isinstance(attachments, list) or len(attachments) > ATTACHMENTS):
        raise SlackError("too_many_attachments")
    if metadata:
        _check_metadata(metadata)


def check_pictures(workspace: Workspace, blocks: Any) -> None:
    """A picture of Slack's own must be there, whole, before a message shows it."""
    for index, block in enumerate(blocks or ()):
        file = block.get("slack_file") if block.get("type") == "image" else None
        if file is not None and not workspace.files.is_shown(str(file.get("id"))):
            why = f"invalid slack file [json-pointer:/blocks/{index}/slack_file]"
            raise SlackError("invalid_blocks", why, errors=[why])


def _check_metadata(metadata: Any) -> None:
    fields_fit = isinstance(metadata, dict) and metadata.keys() == {"event_type", "event_payload"}
    if not fields_fit or not isinstance(metadata["event_type"], str) or not isinstance(metadata["event_payload"], dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        raise SlackError("metadata_too_large")


def _keep(
    workspace: Workspace, message: Message, kind: str, by: str, user: str | None = None, **detail: Any
) -> Message:
    before = workspace.shelf.find(message.channel, message.ts)
    workspace.shelf.put(message)
    workspace.log.add(
        kind, by, channel=message.channel, user=user or message.user, message=message, before=before, **detail
    )
    return message
