"""How Slack writes people, channels, messages and views in JSON."""

from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.playground.files import Shared
from bot.playground.records import Channel, Json, Message, Person, View
from bot.playground.workspace import Workspace


def person_json(workspace: Workspace, person: Person) -> Json:
    """A user object; the address only with the scope for it, and never of somebody from outside."""
    offset = ZoneInfo(person.tz).utcoffset(workspace.now())
    shows_email = "users:read.email" in workspace.installation.scopes and not workspace.is_outside(person.id)
    return {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile_json(person, shows_email=shows_email),
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": False,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "is_stranger": workspace.is_outside(person.id),
        "updated": 0,
    }


def profile_json(person: Person, *, shows_email: bool) -> Json:
    """A user's profile."""
    profile: Json = {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "status_text": person.status_text,
        "status_emoji": person.status_emoji,
        "status_expiration": person.status_expiration,
        "team": person.team_id,
        "image_72": "",
    }
    return profile | ({"email": person.email} if shows_email else {})


def channel_json(workspace: Workspace, channel: Channel) -> Json:
    """A conversation object, as conversations.info and .list give it."""
    is_direct = channel.kind in ("im", "mpim")
    bot = workspace.app.bot_user_id
    common: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_archived": channel.is_archived,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_shared": channel.is_ext_shared,
        "context_team_id": workspace.team_id,
    }
    if channel.kind == "im":
        [user] = channel.members - {bot}
        return common | {"user": user, "is_user_deleted": workspace.person(user).deleted}
    return common | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": False,
        "is_member": bot in channel.members,
        "creator": bot if is_direct else "",
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def message_json(workspace: Workspace, message: Message, *, with_metadata: bool) -> Json:
    """A message as history, replies and payloads give it."""
    written: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    optional = {
        "subtype": message.subtype,
        "bot_id": message.bot_id,
        "app_id": workspace.app.app_id if message.bot_id else None,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": message.files,
        "metadata": message.metadata if with_metadata else None,
        "reactions": [
            {"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()
        ],
    }
    written |= {name: value for name, value in optional.items() if value}
    if not message.bot_id:
        written["client_msg_id"] = f"client-{message.ts}"
    if message.user in workspace.people:
        written["team"] = workspace.person(message.user).team_id
    if message.edited_ts:
        written["edited"] = {"user": message.edited_by, "ts": message.edited_ts}
    return written | _thread_fields(workspace, message)


def file_json(workspace: Workspace, file: Shared, base_url: str) -> Json:
    """A file object (https://docs.slack.dev/reference/objects/file-object), as events and files.info give it."""
    at = f"{base_url}/files-pri/{workspace.team_id}-{file.id}"
    name = quote(file.name, safe="")
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.name,
        "mimetype": "text/csv" if file.name.endswith(".csv") else "text/plain",
        "filetype": file.name.rpartition(".")[2] if "." in file.name else "text",
        "user": file.user,
        "user_team": workspace.person(file.user).team_id,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "size": len(file.content),
        "url_private": f"{at}/{name}",
        "url_private_download": f"{at}/download/{name}",
    }


def view_json(workspace: Workspace, view: View) -> Json:
    """A view as payloads and the answers of views.* give it."""
    content = view.content
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": view.type,
        "blocks": content["blocks"],
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": view.values},
        "hash": view.hash,
        "title": content.get("title"),
        "submit": content.get("submit"),
        "close": content.get("close"),
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "external_id": content.get("external_id", ""),
        "app_id": workspace.app.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.app.bot_id,
    }


def seconds(moment: datetime) -> int:
    """A moment as Slack writes it: seconds since the epoch."""
    return int(moment.timestamp())


def _thread_fields(workspace: Workspace, message: Message) -> Json:
    if message.is_reply:
        root = workspace.shelf.find(message.channel, message.thread_ts or "")
        return {"thread_ts": message.thread_ts, "parent_user_id": root.user if root else ""}
    thread = workspace.thread(message.channel, message.ts) if not message.ephemeral_to else ()
    if len(thread) < 2:
        return {"thread_ts": message.thread_ts} if message.thread_ts else {}
    writers = list(dict.fromkeys(reply.user for reply in thread[1:]))
    return {
        "thread_ts": message.ts,
        "reply_count": len(thread) - 1,
        "reply_users": writers,
        "reply_users_count": len(writers),
        "latest_reply": thread[-1].ts,
    }
