"""What people type in Slack, as the plain line they meant (https://docs.slack.dev/messaging/formatting-message-text)."""

import re
from html import unescape

from commands.grammar import around_a_mention


def line_of(text: str) -> str:
    """Links and addresses as they were typed, & < > again themselves; ``<@U..>`` and ``<#C..>`` stay, they are ids."""
    pieces = _MARK.split(text)
    return "".join(_typed(piece) if place % 2 else unescape(piece) for place, piece in enumerate(pieces)).strip()


def after_mention(text: str, us: str) -> str:
    """What was said to us: all after the mention of the user ``us``, or what is before it where nothing is after it, or
    both where it stands within the line."""
    before, mention, after = _partition(text, us)
    return around_a_mention(before, after) if mention else text


def _partition(text: str, us: str) -> tuple[str, str, str]:
    found = re.search(rf"<@{re.escape(us)}(?:\|[^>]*)?>", text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _typed(mark: str) -> str:
    """One ``<...>`` that Slack has made of what was typed."""
    inside = mark[1:-1]
    target, _, label = inside.partition("|")
    if inside[:1] in "@#":
        return mark
    if inside.startswith("!"):
        return _group(target, label)
    return unescape(target.removeprefix("mailto:").removeprefix("tel:"))


def _group(target: str, label: str) -> str:
    """``@channel``, a user group or a date: nobody is called again by it."""
    return unescape(label) or f"@{target.removeprefix('!').partition('^')[0]}"


_MARK = re.compile(r"(<[@#!][^<>]+>|<(?:https?|mailto|tel|ftp):[^<>]+>)")
