"""chat.* and reactions.*"""

from typing import Any

from bot.playground import places, posting
from bot.playground.errors import SlackError
from bot.playground.method import Call, Method
from bot.playground.records import Json, Message
from bot.playground.wire import message_json

_CONTENT = "text blocks attachments link_names markdown_text parse"
_FACE = "username icon_emoji icon_url as_user"


def _post(call: Call) -> Json:
    _check_face(call)
    message = posting.post_as_app(
        call.workspace,
        call.needed("channel"),
        **_content(call),
        metadata=call.json("metadata", "metadata_must_be_valid_json"),
        thread_ts=call.text("thread_ts"),
        is_broadcast=call.flag("reply_broadcast"),
    )
    return _stored(call, message)


def _post_ephemeral(call: Call) -> Json:
    _check_face(call)
    user = call.needed("user")
    message = posting.post_as_app(
        call.workspace,
        call.needed("channel"),
        **_content(call),
        thread_ts=call.text("thread_ts"),
        ephemeral_to=call.workspace.person(user).id,
    )
    return {"message_ts": message.ts}


def _update(call: Call) -> Json:
    content = _content(call) | {"text": _body(call)}
    message = posting.update_as_app(
        call.workspace,
        call.needed("channel"),
        call.needed("ts"),
        **content,
        metadata=call.json("metadata", "metadata_must_be_valid_json"),
    )
    return _stored(call, message) | {"text": message.text}


def _delete(call: Call) -> Json:
    message = posting.delete_as_app(call.workspace, call.needed("channel"), call.needed("ts"))
    return {"channel": message.channel, "ts": message.ts}


def _permalink(call: Call) -> Json:
    workspace = call.workspace
    channel = places.channel_the_app_sees(workspace, call.needed("channel"))
    message = workspace.shelf.find(channel.id, call.needed("message_ts"))
    if message is None:
        raise SlackError("message_not_found")
    link = f"https://{workspace.domain}.slack.example/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _add_reaction(call: Call) -> Json:
    channel = places.channel_to_write_in(call.workspace, call.needed("channel"))
    bot = call.workspace.app.bot_user_id
    posting.react(call.workspace, bot, channel.id, call.needed("timestamp"), call.needed("name"), "app")
    return {}


def _remove_reaction(call: Call) -> Json:
    channel = places.channel_the_app_sees(call.workspace, call.needed("channel"))
    bot = call.workspace.app.bot_user_id
    posting.unreact(call.workspace, bot, channel.id, call.needed("timestamp"), call.needed("name"), "app")
    return {}


def _content(call: Call) -> dict[str, Any]:
    return {
        "text": _body(call) or "",
        "blocks": _list(call, "blocks", "invalid_blocks_format"),
        "attachments": _list(call, "attachments", "invalid_attachments"),
    }


def _body(call: Call) -> str | None:
    text, markdown = call.text("text"), call.text("markdown_text")
    if markdown is not None and (text or call.arguments.get("blocks")):
        raise SlackError("markdown_text_conflict")
    return markdown if markdown is not None else text


def _list(call: Call, name: str, refusal: str) -> list[Json] | None:
    value = call.json(name, refusal)
    if value is not None and not isinstance(value, list):
        raise SlackError(refusal)
    return value


def _check_face(call: Call) -> None:
    if call.arguments.get("as_user") is not None:
        raise SlackError("as_user_not_supported")
    if any(call.arguments.get(name) for name in ("username", "icon_emoji", "icon_url")):
        call.need_scope("chat:write.customize")


def _stored(call: Call, message: Message) -> Json:
    body = message_json(call.workspace, message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": body}


METHODS = {
    "chat.postMessage": Method(
        _post,
        "channel",
        f"{_CONTENT} {_FACE} metadata thread_ts reply_broadcast unfurl_links unfurl_media mrkdwn",
        "chat:write",
    ),
    "chat.postEphemeral": Method(_post_ephemeral, "channel user", f"{_CONTENT} {_FACE} thread_ts", "chat:write"),
    "chat.update": Method(_update, "channel ts", f"{_CONTENT} metadata as_user file_ids reply_broadcast", "chat:write"),
    "chat.delete": Method(_delete, "channel ts", "as_user", "chat:write"),
    "chat.getPermalink": Method(_permalink, "channel message_ts"),
    "reactions.add": Method(_add_reaction, "channel name timestamp", "", "reactions:write"),
    "reactions.remove": Method(_remove_reaction, "name channel timestamp", "", "reactions:write"),
}
