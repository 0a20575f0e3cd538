"""What an app says in the answer to a command or click, or through a response URL."""

from typing import Any

from bot.playground import posting
from bot.playground.errors import SlackError
from bot.playground.handshakes import ResponseUrl
from bot.playground.records import Json, Message
from bot.playground.workspace import Workspace

_FIELDS = frozenset(
    "text blocks attachments response_type replace_original delete_original thread_ts metadata mrkdwn"
    " unfurl_links unfurl_media".split()
)


def use_response_url(workspace: Workspace, key: str, body: Any) -> Message:
    """Do what was posted to a response URL.

    Raises:
        SlackError: expired_url, used_url, invalid_payload, no_text, invalid_blocks and the like.
    """
    if not isinstance(body, dict) or body.keys() - _FIELDS:
        raise SlackError("invalid_payload")
    return speak(workspace, workspace.handshakes.use_response_url(key), body)


def speak(workspace: Workspace, to: ResponseUrl, body: Json) -> Message:
    """Show an answer: privately, in the channel, or in the place of the message that was acted upon.

    After a click Slack replaces the message acted upon unless `replace_original` is false; after a command there
    is nothing to replace, whatever is said (bolt-python issue 1268).
    """
    acted_on = workspace.message(to.channel, to.message_ts) if to.message_ts else None
    if acted_on and body.get("delete_original"):
        return posting.remove(workspace, acted_on, "app")
    if acted_on and body.get("replace_original", True):
        return posting.redraw(workspace, acted_on, body.get("text", ""), body.get("blocks"))
    in_channel = body.get("response_type") == "in_channel"
    return posting.answer_as_app(
        workspace, to.user, to.channel, body.get("text", ""), body.get("blocks"), in_channel=in_channel
    )
