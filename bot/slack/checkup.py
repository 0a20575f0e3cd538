"""What `podline doctor` asks of Slack: token, scopes, channels, people, and whether our clocks agree."""

from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.checkup import Finding, Post
from bot.slack.connection import Connection
from bot.slack.errors import code_of, why_unreachable
from bot.slack.manifest import BOT_SCOPES

MOST_SKEW = 60.0
"""Seconds; Slack's signatures are refused at five minutes, and deadlines are late by as much as our clock is."""
_WRONG_TOKEN = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
_INSTALL = "In the app's settings on Slack: Install App, copy the Bot User OAuth Token, set SLACK_BOT_TOKEN to it."


async def slack_findings(
    connection: Connection,
    app_token: str | None,
    posts: Iterable[Post],
    users: Mapping[str, str],
    now: datetime,
) -> list[Finding]:
    """Everything that is wrong with Slack at ``now`` (UTC, real time); only the token when that is refused."""
    try:
        answer = await connection.direct.auth_test()
    except SlackApiError as error:
        return [_token_finding(code_of(error))]
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        what = f"Slack cannot be reached: {why_unreachable(error)}."
        return [Finding("slack", what, "Check the network, a proxy, and SLACK_API_URL if it is set.")]
    return [
        *_scope_findings(await connection.scopes()),
        *_clock_findings(answer.headers, now),
        *[one async for one in _socket_findings(connection, app_token)],
        *[one async for one in _channel_findings(connection, posts)],
        *[one async for one in _people_findings(connection, users)],
    ]


async def not_admitted(connection: Connection) -> list[str]:
    """Why Slack does not let us in, if so; asked until it has, then remembered."""
    try:
        await connection.installation()
    except SlackApiError as error:
        return [f"Slack refuses SLACK_BOT_TOKEN ({code_of(error)})"]
    except (aiohttp.ClientError, TimeoutError, OSError):
        return ["Slack cannot be reached"]
    return []


def _token_finding(code: str) -> Finding:
    if code in _WRONG_TOKEN:
        return Finding("slack", f"Slack refuses SLACK_BOT_TOKEN ({code}).", _INSTALL)
    return Finding("slack", f"Slack answers {code} to auth.test.", "Try again in a minute; see status.slack.com.")


def _scope_findings(granted: frozenset[str]) -> list[Finding]:
    missing = sorted(set(BOT_SCOPES) - granted)
    if not missing:
        return []
    lacks = ", ".join(f"{scope} ({BOT_SCOPES[scope]})" for scope in missing)
    act = "Paste the output of `podline manifest` into the app's manifest on Slack and reinstall the app."
    return [Finding("slack", f"The token lacks scopes: {lacks}.", act)]


def _clock_findings(headers: Mapping[str, Any], now: datetime) -> list[Finding]:
    date = next((str(value) for name, value in headers.items() if name.lower() == "date"), None)
    if date is None:
        return []
    skew = (now - parsedate_to_datetime(date)).total_seconds()
    if abs(skew) <= MOST_SKEW:
        return []
    what = f"This machine's clock is {abs(skew):.0f} seconds {'ahead of' if skew > 0 else 'behind'} Slack's."
    return [Finding("clock", what, "Let the system keep time: timedatectl set-ntp true")]


async def _socket_findings(connection: Connection, app_token: str | None) -> AsyncIterator[Finding]:
    if app_token is None:
        return
    try:
        await connection.direct.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        act = "In the app's settings: Basic Information, App-Level Tokens, make one with the scope connections:write."
        yield Finding("slack", f"Slack refuses SLACK_APP_TOKEN ({code_of(error)}).", act)


async def _channel_findings(connection: Connection, posts: Iterable[Post]) -> AsyncIterator[Finding]:
    for post in posts:
        try:
            answer = await connection.direct.conversations_info(channel=post.address)
        except SlackApiError as error:
            if code_of(error) != "channel_not_found":
                yield _could_not_ask(f"the channel {post.address}", code_of(error))
                continue
            what = f"{post.address} ({post.use}) is no channel that Podline can see."
            act = f"If it is private, type `/invite @Podline` in it; else correct {post.field} in the roster."
            yield Finding("channels", what, act)
            continue
        channel = answer["channel"]
        name = f"#{channel.get('name', post.address)} ({post.use})"
        if channel.get("is_archived"):
            act = f"Unarchive it, or name another channel in {post.field} of the roster."
            yield Finding("channels", f"{name} is archived.", act)
        elif not channel.get("is_member"):
            yield Finding(
                "channels", f"Podline is not in {name}.", f"Type `/invite @Podline` in #{channel.get('name')}."
            )


async def _people_findings(connection: Connection, users: Mapping[str, str]) -> AsyncIterator[Finding]:
    for user, name in users.items():
        try:
            answer = await connection.direct.users_info(user=user)
        except SlackApiError as error:
            if code_of(error) not in ("user_not_found", "users_not_found", "user_not_visible"):
                yield _could_not_ask(name, code_of(error))
                continue
            act = "Correct `slack:` in the roster (the profile in Slack: Copy member ID) and import it."
            yield Finding("people", f"{name}'s Slack id {user} does not exist in this workspace.", act)
            continue
        if answer["user"].get("deleted"):
            act = "If they have left: take them out of the pods in the roster and import it."
            yield Finding("people", f"{name}'s Slack account is deactivated.", act)


def _could_not_ask(what: str, code: str) -> Finding:
    return Finding(
        "slack", f"Slack did not say anything about {what} ({code}).", "Run podline doctor again in a minute."
    )
