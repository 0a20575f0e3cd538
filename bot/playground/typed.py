"""The rich_text block that Slack adds to everything a person types."""

import re

from bot.playground.records import Json

_MARK = re.compile(r"<(?P<mark>[^<>]+)>")


def rich_text(written: str, number: int) -> list[Json]:
    """One paragraph of text, mentions and links, from text already escaped and marked."""
    parts: list[Json] = []
    position = 0
    for match in _MARK.finditer(written):
        parts += _plain(written[position : match.start()])
        parts.append(_marked(match["mark"]))
        position = match.end()
    parts += _plain(written[position:])
    section = {"type": "rich_text_section", "elements": parts}
    return [{"type": "rich_text", "block_id": f"t{number:x}", "elements": [section]}] if parts else []


def _plain(text: str) -> list[Json]:
    shown = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return [{"type": "text", "text": shown}] if shown else []


def _marked(mark: str) -> Json:
    target, _, label = mark.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    return {"type": "link", "url": target} | ({"text": label} if label else {})
