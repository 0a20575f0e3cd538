"""Text as Slack writes it (https://docs.slack.dev/messaging/formatting-message-text): to the letter, or with intent."""

import re
from collections.abc import Mapping
from typing import assert_never
from urllib.parse import quote

from commands.views import Bold, Channel, Code, Link, Mention, Quote, Segment, Text, When, clock_time
from coverage.ids import PersonId

Users = Mapping[PersonId, str]
"""Slack's user ids of the people a text may mention."""

ELLIPSIS = "…"


def cut(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, an ellipsis in the place of what is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def mrkdwn(text: Text, users: Users, limit: int) -> str:
    """The text as Slack's markup in at most ``limit`` characters; never cut within a mention or an escape."""
    drawn: list[str] = []
    room = limit
    for segment in text:
        piece = _drawn(segment, users) if _length(segment) <= room else None
        if piece is None or len(piece) > room:
            drawn.append(_shortened(segment, room))
            break
        drawn.append(piece)
        room -= len(piece)
    return "".join(drawn)


def literal(text: str) -> str:
    """``text`` so that Slack shows just these characters: nothing in it calls anybody, links or becomes markup.

    Slack knows escapes for & < > only; where * _ ~ ` would become markup, a twin that looks the same stands instead.
    """
    return _escaped(_FORMATTING.sub(_twins, text))


def _drawn(segment: Segment, users: Users) -> str:
    match segment:
        case str():
            return literal(segment)
        case Mention(person, name):
            return f"<@{users[person]}>" if person in users else literal(name)
        case When():
            return _date(segment)
        case Bold(text):
            return _bold(text)
        case Code(text):
            return f"`{_escaped(text.replace('`', _TWIN['`']))}`" if text else ""
        case Quote(text):
            return f"“{literal(' '.join(text.split()))}”"
        case Channel(address):
            return f"<#{address}>" if _CHANNEL.fullmatch(address) else literal(address)
        case Link(text, url):
            return _link(" ".join(text.split()), url)
        case _:
            assert_never(segment)


def _length(segment: Segment) -> int:
    """How long it is at least when drawn: what is far too long need not be looked through."""
    match segment:
        case str(text) | Bold(text) | Code(text) | Quote(text) | Link(text, _):
            return len(text)
        case Mention() | When() | Channel():
            return 0
        case _:
            assert_never(segment)


def _shortened(segment: Segment, room: int) -> str:
    match segment:
        case str(text) | Bold(text) | Code(text) | Quote(text) | Link(text, _):
            return _UNFINISHED_ESCAPE.sub("", literal(text[:room])[: max(0, room - 1)]) + ELLIPSIS * (room > 0)
        case Mention() | When() | Channel():
            return ELLIPSIS * (room > 0)
        case _:
            assert_never(segment)


def _date(when: When) -> str:
    form = "{date_short_pretty} {time}" if when.with_date else "{time}"
    return f"<!date^{int(when.at.timestamp())}^{form}|{clock_time(when)}>"


def _bold(text: str) -> str:
    """Bold ends at a line's end and wants no blank inside its stars, so those stay outside."""
    words = text.strip()
    if not words or "\n" in words:
        return literal(text)
    before, _, after = text.partition(words)
    return f"{before}*{_escaped(words.replace('*', _TWIN['*']))}*{after}"


def _link(text: str, url: str) -> str:
    """Only an address of the web leads anywhere; a sign in it that would end the link or begin its name is encoded."""
    if not _WEB.fullmatch(url):
        return literal(text)
    target = "".join(quote(sign) if sign in "<>|" else sign for sign in url).replace("&", "&amp;")
    return f"<{target}|{literal(cut(text, _LABEL)) or ELLIPSIS}>"


_WEB = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)
_LABEL = 120


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _twins(formatted: re.Match[str]) -> str:
    twin = _TWIN[formatted["mark"]]
    return f"{twin}{_FORMATTING.sub(_twins, formatted['inside'])}{twin}"


_FORMATTING = re.compile(r"(?<!\w)(?P<mark>[*_~`])(?P<inside>\S|\S.*?\S)(?P=mark)(?!\w)")
_CHANNEL = re.compile(r"[CGD][A-Z0-9]{1,60}")
_UNFINISHED_ESCAPE = re.compile(r"&[a-z]{0,3}$")
_TWIN = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"}
