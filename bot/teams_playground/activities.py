"""What Teams sends when people act: activities with all that theirs carry."""

import uuid
from collections.abc import Sequence
from typing import Any

from bot.teams_playground.tenant import Conversation, Tenant, User

Json = dict[str, Any]


def activity(
    tenant: Tenant, service_url: str, user: User, where: Conversation, kind: str, *, root: str | None = None
) -> Json:
    """The part that all have."""
    now = tenant.now().isoformat().replace("+00:00", "Z")
    is_channel = where.kind == "channel"
    conversation: Json = {"id": where.id, "conversationType": where.kind, "tenantId": tenant.id}
    if is_channel:
        conversation |= {"isGroup": True} | ({"id": f"{where.id};messageid={root}"} if root else {})
    data: Json = {"tenant": {"id": tenant.id}}  # the tenant of the channel, whoever speaks in it
    if is_channel:
        data |= {"team": {"id": where.team, "aadGroupId": f"group-of-{where.team}"}, "teamsChannelId": where.id}
        data |= {"channel": {"id": where.id, "type": where.type}}
    return {
        "type": kind,
        "id": f"f:{uuid.uuid4()}",
        "timestamp": now,
        "localTimezone": "Europe/London",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": user.id, "name": user.name, "aadObjectId": user.aad},
        "recipient": {"id": tenant.bot_id, "name": tenant.bot_name},
        "conversation": conversation,
        "channelData": data,
        "locale": "en-GB",
    }


def message(
    tenant: Tenant,
    service_url: str,
    user: User,
    where: Conversation,
    text: str,
    *,
    root: str | None = None,
    mentions: Sequence[User] = (),
) -> Json:
    """What somebody says; ``@Podline`` and ``@Name`` of each of ``mentions`` in the text become mentions."""
    entities: list[Json] = [{"type": "clientInfo", "locale": "en-GB", "country": "GB", "timezone": "Europe/London"}]
    for who, name in ((tenant.bot_id, tenant.bot_name), *((one.id, one.name) for one in mentions)):
        if f"@{name}" in text:
            written = f"<at>{name}</at>"
            text = text.replace(f"@{name}", written)
            entities.append({"type": "mention", "mentioned": {"id": who, "name": name}, "text": written})
    return activity(tenant, service_url, user, where, "message", root=root) | {
        "text": text,
        "textFormat": "plain",
        "entities": entities,
        "attachments": [{"contentType": "text/html", "content": f"<p>{text}</p>"}],
    }


def installed(
    tenant: Tenant, service_url: str, user: User, general: Conversation, chosen: Conversation, *, at: Conversation
) -> list[Json]:
    """What Teams tells when the bot is added to the channel ``chosen`` of a team: two activities, both in the
    conversation ``at``, the chosen channel or ``general``, and one or both with what was chosen."""
    us = [{"id": tenant.bot_id, "name": tenant.bot_name}]
    settings = {"settings": {"selectedChannel": {"id": chosen.id}}}
    made = []
    for kind in ("conversationUpdate", "installationUpdate"):
        told = activity(tenant, service_url, user, at, kind)
        data = {**told["channelData"], "channel": {"id": at.id}, "team": {"id": general.id}}
        if kind == "conversationUpdate":
            made.append({**told, "membersAdded": us, "channelData": {**data, "eventType": "teamMemberAdded"}})
        else:
            made.append({**told, "action": "add", "channelData": {**data, **settings}})
    return made


def channel_deleted(tenant: Tenant, service_url: str, user: User, general: Conversation, deleted: Conversation) -> Json:
    """A channel of a team is gone: told in General, which is the team's conversation."""
    told = activity(tenant, service_url, user, general, "conversationUpdate")
    data = {"eventType": "channelDeleted", "channel": {"id": deleted.id, "name": deleted.name}}
    return {**told, "channelData": {**told["channelData"], "team": {"id": general.id}, **data}}
