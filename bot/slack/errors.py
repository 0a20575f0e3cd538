"""What Slack's refusals mean for a message: later, unclear or never (https://docs.slack.dev/reference/methods)."""

import os
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.platform import CannotDeliver, NoLongerThere, TryLater, Unclear

NEVER = {
    "channel_not_found": "the channel does not exist, or Podline is not in it",
    "is_archived": "the channel is archived",
    "not_in_channel": "Podline is not in the channel: invite it",
    "channel_is_limited_access": "the channel does not let apps post",
    "user_not_found": "Slack does not know the person",
    "users_not_found": "Slack does not know the person",
    "user_not_visible": "the person cannot be seen by Podline",
    "user_disabled": "the person's Slack account is deactivated",
    "cannot_dm_bot": "it is a bot's account, and bots cannot be sent direct messages",
    "messages_tab_disabled": "the app's Messages tab is switched off",
    "restricted_action": "the workspace does not let Podline post there",
    "restricted_action_read_only_channel": "the channel is read-only",
    "restricted_action_thread_only_channel": "the channel allows replies only",
    "restricted_action_thread_locked": "the thread is locked",
    "restricted_action_non_threadable_channel": "the channel has no threads",
    "as_user_not_supported": "the channel does not let apps post",
    "ekm_access_denied": "the workspace's key management does not let Podline post there",
    "team_access_not_granted": "Podline has no access to that workspace",
    "no_permission": "Podline may not post there",
    "msg_too_long": "the message is too long for Slack",
    "msg_blocks_too_long": "the message is too long for Slack",
    "no_text": "the message is empty",
}
"""Will not change by waiting: in the words a manager reads."""

OURS = {
    "invalid_auth",
    "not_authed",
    "token_revoked",
    "token_expired",
    "access_denied",
    "missing_scope",
    "not_allowed_token_type",
    "team_not_found",
    "enterprise_is_restricted",
    "org_login_required",
    "team_added_to_org",
}
"""The installation itself is broken: nothing can be sent until somebody mends it, and nothing may be lost meanwhile."""
UNTIL_MENDED = 60.0

AILING = {"fatal_error", "internal_error", "service_unavailable", "request_timeout", "accesslimited"}
"""Slack is ill; it may have done what was asked before it fell ill."""

GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
"""There is nothing (of ours) to redraw."""

BLOCKS = {"invalid_blocks", "invalid_blocks_format"}

_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class InstallationBroken(TryLater):
    """Slack does not accept our token or lacks a scope: an alarm for the operator. Says Slack's word for it."""


def code_of(error: SlackApiError) -> str:
    """Slack's word for what is wrong; empty where there is none."""
    answer = getattr(error.response, "data", None)
    return str(answer.get("error") or "") if isinstance(answer, Mapping) else ""


def why_unreachable(error: Exception) -> str:
    """In words for whoever runs Podline, without the end of a sentence: ``slack.com is not found``."""
    match error:
        case aiohttp.ClientConnectorDNSError():
            return f"{error.host} is not found"
        case aiohttp.ClientConnectorCertificateError():
            return f"the certificate of {error.host} is not trusted"
        case aiohttp.ClientConnectorError():
            return f"{error.host} takes no connection ({os.strerror(error.os_error.errno or 0)})"
        case aiohttp.WSServerHandshakeError():
            return f"its socket answers {error.status}"
        case TimeoutError():
            return "there is no answer in time"
        case aiohttp.ServerDisconnectedError():
            return "the connection was closed before an answer"
        case _:
            return f"{type(error).__name__} {error}".strip()


def meaning_of(error: Exception, *, writes: bool, is_direct: bool = False) -> Exception:
    """The outcome that an error of a call stands for; the error itself where nobody knows it.

    ``writes`` says that the call makes something that would be made twice: where it may have happened, it is Unclear.
    """
    ailing = Unclear if writes else TryLater
    if isinstance(error, _NOT_SENT):
        return TryLater(f"Slack cannot be reached: {why_unreachable(error)}")
    if isinstance(error, TimeoutError | aiohttp.ClientError):
        return ailing(f"no answer from Slack: {why_unreachable(error)}")
    if not isinstance(error, SlackApiError):
        return error
    status, code = _status(error), code_of(error)
    if code in ("ratelimited", "rate_limited", "message_limit_exceeded") or status == 429:
        return TryLater("Slack asks to slow down", _retry_after(error))
    if code == "account_inactive":  # of the one who is written to, or of our own token
        return CannotDeliver(NEVER["user_disabled"]) if is_direct else InstallationBroken(code, UNTIL_MENDED)
    if code in NEVER:
        return CannotDeliver(NEVER[code])
    if code in OURS:
        return InstallationBroken(code, UNTIL_MENDED)
    if code in GONE:
        return NoLongerThere(code)
    if code in AILING or status >= 500:
        return ailing(f"Slack is ill: {code or status}")
    return error


def _status(error: SlackApiError) -> int:
    response: Any = error.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 200)


def _retry_after(error: SlackApiError) -> float:
    headers: Mapping[str, str] = getattr(error.response, "headers", None) or {}
    written = next((value for name, value in headers.items() if name.lower() == "retry-after"), "1")
    try:
        return max(0.1, float(written))
    except ValueError:
        return 30.0
