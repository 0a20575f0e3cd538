"""Mentions: found in what was posted, and made of what people type."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from bot.playground.records import Message

if TYPE_CHECKING:
    from bot.playground.workspace import Workspace

_USER = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_EVERYBODY = re.compile(r"<!(?:channel|here|everyone)(?:\|[^>]*)?>")
_TYPED = re.compile(r"(?<![\w/@#.])(?P<sigil>[@#])(?P<name>[\w.-]*\w)")
_LINK = re.compile(r"(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)'\"])|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
_GROUP_WORDS = ("channel", "here", "everyone")


def mentioned_in(message: Message) -> tuple[frozenset[str], bool]:
    """The users a message mentions, and whether it mentions the whole channel."""
    texts = [message.text, *_live_texts(message.blocks)]
    users = {user for text in texts for user in _USER.findall(text)}
    parts = list(_rich_parts(message.blocks))
    users |= {part["user_id"] for part in parts if part.get("type") == "user"}
    everybody = any(_EVERYBODY.search(text) for text in texts) or any(p.get("type") == "broadcast" for p in parts)
    return frozenset(users), everybody


def as_typed(workspace: "Workspace", text: str, *, in_command: bool = False) -> str:
    """What Slack makes of typed text: & < > escaped; @names, #channels, links and addresses turned into marks.

    In a message `@bob` becomes `<@U0BOB>`, in a slash command with escaping `<@U0BOB|bob>`
    (https://docs.slack.dev/interactivity/implementing-slash-commands). Text already so marked is left alone.
    """
    pieces = re.split(r"(<[@#!][^<>]*>)", text)
    return "".join(piece if index % 2 else _mark(workspace, piece, in_command) for index, piece in enumerate(pieces))


def _mark(workspace: "Workspace", text: str, in_command: bool) -> str:
    def link(match: re.Match[str]) -> str:
        mail = match["mail"]
        return f"<mailto:{mail}|{mail}>" if mail else f"<{match['url']}>"

    def name(match: re.Match[str]) -> str:
        return _name(workspace, match["sigil"], match["name"], in_command) or match[0]

    linked = _LINK.sub(link, escape(text, quote=False))
    outside_links = re.split(r"(<[^<>]*>)", linked)
    return "".join(part if i % 2 else _TYPED.sub(name, part) for i, part in enumerate(outside_links))


def _name(workspace: "Workspace", sigil: str, name: str, in_command: bool) -> str | None:
    if sigil == "#":
        found = [c for c in workspace.channels.values() if c.name == name and c.kind in ("channel", "group")]
        return f"<#{found[0].id}|{name}>" if found else None
    if name in _GROUP_WORDS:
        return f"<!{name}>"
    for person in workspace.people.values():
        if person.name.casefold() == name.casefold() and not person.deleted:
            return f"<@{person.id}|{person.name}>" if in_command else f"<@{person.id}>"
    return None


def _live_texts(blocks: Any) -> Iterator[str]:
    if isinstance(blocks, Mapping):
        if blocks.get("type") in ("mrkdwn", "markdown") and isinstance(blocks.get("text"), str):
            yield blocks["text"]
        for inside in blocks.values():
            yield from _live_texts(inside)
    elif isinstance(blocks, list):
        for inside in blocks:
            yield from _live_texts(inside)


def _rich_parts(blocks: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(blocks, Mapping):
        if blocks.get("type") in ("user", "broadcast"):
            yield blocks
        for inside in blocks.values():
            yield from _rich_parts(inside)
    elif isinstance(blocks, list):
        for inside in blocks:
            yield from _rich_parts(inside)
