"""What is quoted in a reply in a chat: Teams puts it into the text of the message, before what is said.

Today it is a sign for each quoted message (``<quoted messageId="1772050244572"/>``) that an entity of the message
names, in older clients a block of HTML with the other's words.
"""

import re
from collections.abc import Collection

_SIGN = re.compile(r'<quoted\s+messageId="([^"<>]{1,200})"\s*(?:/>|>\s*</quoted>)', re.IGNORECASE)
_BLOCK = re.compile(
    r'\s*<blockquote\b(?=[^>]*\bitemtype="[^">]*/Reply")(?:[^>]*\bitemid="([^">]{1,200})")?[^>]*>.*?</blockquote>',
    re.IGNORECASE | re.DOTALL,
)


def own_words(text: str, named: Collection[str]) -> str:
    """``text`` without what it quotes. ``named`` are the messages that entities say are quoted: any other sign of that
    kind was typed, and stays."""
    block = _BLOCK.match(text)
    own = text[block.end() :] if block is not None else text
    return _SIGN.sub(lambda sign: "" if sign[1] in named else sign[0], own)


def quoted_in_block(text: str) -> str:
    """The id of the message that is quoted in a block before the text; empty where there is none."""
    block = _BLOCK.match(text)
    return (block[1] or "") if block is not None else ""
