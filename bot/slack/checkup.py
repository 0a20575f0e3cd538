"""What `podline doctor` asks of Slack: tokens, scopes, workspace, and whether our clocks agree."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.checkup import Finding, Post
from bot.slack.checkup_roster import OTHER_WORKSPACE, roster_findings
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
    posts: Collection[Post],
    users: Mapping[str, str],
    now: datetime,
    teams: Collection[str] = (),
) -> list[Finding]:
    """Everything that is wrong with Slack at ``now`` (UTC, real time); only the token when that is refused.

    ``users`` are the names of the firm's people by Slack id, ``teams`` the workspaces in which they have used Podline.
    """
    try:
        answer = await connection.direct.auth_test()
    except SlackApiError as error:
        return [_token_finding(code_of(error))]
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        what = f"Slack cannot be reached: {why_unreachable(error)}."
        return [Finding("slack", what, "Check the network, a proxy, and SLACK_API_URL if it is set.")]
    granted = await connection.scopes()
    found = [
        *_scope_findings(granted),
        *_clock_findings(answer.headers, now),
        *await _socket_findings(connection, app_token, str(answer.get("bot_id")), granted),
    ]
    if elsewhere := _workspace_findings(answer, teams):
        return [*found, *elsewhere]
    return [*found, *await roster_findings(connection, posts, users, granted, answer)]


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
    act = "On Slack's page for the app: add {} under OAuth & Permissions, Bot Token Scopes, then reinstall the app."
    return [
        Finding("slack", f"The token lacks the scope {scope}: {BOT_SCOPES[scope]}.", act.format(scope))
        for scope in missing
    ]


def _workspace_findings(answer: Any, teams: Collection[str]) -> list[Finding]:
    """In an organisation the same people use Podline in several workspaces, so there nothing follows from this."""
    if not teams or answer.get("team_id") in teams or answer.get("enterprise_id"):
        return []
    what = (
        f"SLACK_BOT_TOKEN is of the workspace {answer.get('team')} ({answer.get('team_id')}), but the people of this "
        f"database use Podline in {', '.join(sorted(teams))}."
    )
    return [Finding("slack", what, OTHER_WORKSPACE)]


def _clock_findings(headers: Mapping[str, Any], now: datetime) -> list[Finding]:
    date = next((str(value) for name, value in headers.items() if name.lower() == "date"), None)
    if date is None:
        return []
    skew = (now - parsedate_to_datetime(date)).total_seconds()
    if abs(skew) <= MOST_SKEW:
        return []
    what = f"This machine's clock is {abs(skew):.0f} seconds {'ahead of' if skew > 0 else 'behind'} Slack's."
    return [Finding("clock", what, "Let the system keep time: timedatectl set-ntp true")]


async def _socket_findings(
    connection: Connection, app_token: str | None, bot: str, granted: frozenset[str]
) -> list[Finding]:
    """Whether the app token is good, and of the same app as the bot's token: else nothing would ever arrive."""
    if app_token is None:
        return []
    try:
        await connection.direct.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        act = "In the app's settings: Basic Information, App-Level Tokens, make one with the scope connections:write."
        return [Finding("slack", f"Slack refuses SLACK_APP_TOKEN ({code_of(error)}).", act)]
    named = _APP_IN_TOKEN.match(app_token)
    if named is None or "users:read" not in granted:
        return []
    app = (await connection.direct.bots_info(bot=bot))["bot"].get("app_id")
    if app == named[1]:
        return []
    what = f"SLACK_APP_TOKEN is of the app {named[1]}, SLACK_BOT_TOKEN of {app}: nothing people do would arrive."
    return [Finding("slack", what, "Take both tokens from the settings of one app.")]


_APP_IN_TOKEN = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-")
