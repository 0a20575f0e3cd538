"""What `podline doctor` asks of Slack about the roster: are its channels and people there, and is Podline let in."""

from collections.abc import AsyncIterator, Collection, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.checkup import Finding, Post
from bot.slack.connection import Connection
from bot.slack.errors import code_of

PAGE = 200
_CHANNEL_SCOPES, _PEOPLE_SCOPE = ("channels:read", "groups:read"), "users:read"
_NO_CHANNEL = "channel_not_found"
_NOBODY = ("user_not_found", "users_not_found", "user_not_visible")


async def roster_findings(
    connection: Connection,
    posts: Collection[Post],
    users: Mapping[str, str],
    granted: frozenset[str],
    workspace: Any,
) -> list[Finding]:
    """What is wrong with the channels (``posts``) and people (Slack id -> name) of the roster, as far as the scopes
    ``granted`` let us see; ``workspace`` is the answer of auth.test."""
    channels: dict[str, Finding | None] = {}
    people: dict[str, Finding | None] = {}
    unseen = [scope for scope in (*_CHANNEL_SCOPES, _PEOPLE_SCOPE) if scope not in granted]
    if not set(unseen) & set(_CHANNEL_SCOPES):
        channels = {post.address: found async for post, found in _channels(connection, posts)}
    if _PEOPLE_SCOPE in granted:
        people = {user: await _person(connection, user, name) for user, name in users.items()}
    if _all_are_unknown(channels) and _all_are_unknown(people):
        return [_wrong_workspace(len(channels), len(people), workspace)]
    return [found for found in (*channels.values(), *people.values()) if found is not None] + _not_looked_at(unseen)


def _all_are_unknown(findings: Mapping[str, Finding | None]) -> bool:
    return bool(findings) and all(found is not None and found.what.endswith(_UNKNOWN) for found in findings.values())


_UNKNOWN = ("that Podline can see.", "does not exist in this workspace.")


def _wrong_workspace(channels: int, people: int, workspace: Any) -> Finding:
    what = (
        f"None of the roster's channels ({channels}) and people ({people}) are in {workspace.get('team')}, the "
        "workspace SLACK_BOT_TOKEN is of."
    )
    return Finding("slack", what, OTHER_WORKSPACE)


OTHER_WORKSPACE = (
    "Take the token from the app that is installed in the firm's own workspace (Install App, Bot User OAuth Token), or "
    "correct the ids in the roster and import it."
)


def _not_looked_at(unseen: list[str]) -> list[Finding]:
    if not unseen:
        return []
    parts = [
        part for part, scopes in (("channels", _CHANNEL_SCOPES), ("people", (_PEOPLE_SCOPE,))) if {*scopes} & {*unseen}
    ]
    what = f"The {' and '.join(parts)} could not be looked at, for want of {' and '.join(unseen)}."
    return [Finding("slack", what, "Add what is missing first, then run podline doctor again.")]


async def _channels(connection: Connection, posts: Collection[Post]) -> AsyncIterator[tuple[Post, Finding | None]]:
    """Those Podline is in come a page at a time; only the others are asked for one by one, at Slack's pace."""
    ours = await _channels_podline_is_in(connection) if posts else {}
    for post in posts:
        channel = ours.get(post.address)
        yield post, _of_channel(post, channel) if channel else await _asked_for(connection, post)


async def _channels_podline_is_in(connection: Connection) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    cursor: str | None = None
    while cursor != "":
        try:
            answer = await connection.direct.users_conversations(
                types="public_channel,private_channel", limit=PAGE, cursor=cursor
            )
        except SlackApiError:  # then each is asked for by itself, and says what is wrong
            return found
        found |= {channel["id"]: channel | {"is_member": True} for channel in answer["channels"]}
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
    return found


async def _asked_for(connection: Connection, post: Post) -> Finding | None:
    try:
        answer = await connection.direct.conversations_info(channel=post.address)
    except SlackApiError as error:
        if code_of(error) != _NO_CHANNEL:
            return _could_not_ask(f"the channel {post.address}", code_of(error))
        what = f"{post.address} ({post.use}) is no channel that Podline can see."
        act = f"If it is private, type `/invite @Podline` in it; else correct {post.field} in the roster and import it."
        return Finding("channels", what, act)
    return _of_channel(post, answer["channel"])


def _of_channel(post: Post, channel: Mapping[str, Any]) -> Finding | None:
    name = f"#{channel.get('name', post.address)}"
    if channel.get("is_archived"):
        act = f"Unarchive it, or name another channel in {post.field} of the roster and import it."
        return Finding("channels", f"{name} ({post.use}) is archived.", act)
    if not channel.get("is_member"):
        return Finding("channels", f"Podline is not in {name} ({post.use}).", f"Type `/invite @Podline` in {name}.")
    return None


async def _person(connection: Connection, user: str, name: str) -> Finding | None:
    try:
        answer = await connection.direct.users_info(user=user)
    except SlackApiError as error:
        if code_of(error) not in _NOBODY:
            return _could_not_ask(name, code_of(error))
        return Finding("people", f"{name}'s Slack id {user} does not exist in this workspace.", _CORRECT_ID)
    account = answer["user"]
    if account.get("deleted"):
        return Finding("people", f"{name}'s Slack account is deactivated.", _IF_THEY_LEFT)
    if account.get("is_bot"):
        return Finding("people", f"{name}'s Slack id {user} is a bot's: it cannot be written to.", _CORRECT_ID)
    if account.get("is_stranger"):
        return Finding("people", f"{name}'s Slack id {user} belongs to another firm's workspace.", _CORRECT_ID)
    return None


_CORRECT_ID = "Correct `slack:` in the roster (the profile in Slack: Copy member ID) and import it."
_IF_THEY_LEFT = (
    "If they have left: take them out of the pods and clients in the roster and import it; if they were the only "
    "manager, name another: podline person promote EMAIL"
)


def _could_not_ask(what: str, code: str) -> Finding:
    return Finding(
        "slack", f"Slack did not say anything about {what} ({code}).", "Run podline doctor again in a minute."
    )
