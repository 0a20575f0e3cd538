"""Single blocks of Block Kit within Slack's limits (https://docs.slack.dev/reference/block-kit/blocks)."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bot.slack.mrkdwn import ELLIPSIS, Users, cut, mrkdwn
from commands.views import Bold, Button, ButtonStyle, Fact, Quote, Segment, Text

Block = dict[str, Any]

IN_MESSAGE, IN_VIEW = 50, 100
HEADER, SECTION, FIELD, FIELDS = 150, 3000, 2000, 10
BUTTON, VALUE, ACCESSIBLE, IN_ACTIONS = 75, 2000, 75, 25
OVERFLOW, OVERFLOW_VALUE = 5, 150
CONFIRM = 300
QUOTES_IN_MESSAGE = 3
"""How many blocks of ``SECTION`` characters a quotation may fill in a message; a window shows all of it."""


class CannotDraw(ValueError):
    """A view asks for what Slack does not carry: a mistake of ours, not of who reads it."""


def header(text: str) -> Block:
    return {"type": "header", "text": plain(" ".join(text.split()) or ELLIPSIS, HEADER)}


def section(text: Text, users: Users) -> Block:
    return {"type": "section", "text": marked(text, users, SECTION)}


def context(text: Text, users: Users) -> Block:
    return {"type": "context", "elements": [marked(text, users, SECTION)]}


def fields(facts: Sequence[Fact], users: Users) -> Block:
    shown = [marked((Bold(fact.label), "\n", *fact.value), users, FIELD) for fact in facts[:FIELDS]]
    return {"type": "section", "fields": shown}


def paragraphs(text: Text, users: Users, quote_blocks: int = QUOTES_IN_MESSAGE) -> list[Block]:
    """Sections of text and, between them, quotations on their own lines."""
    blocks: list[Block] = []
    run: list[Segment] = []
    for segment in text:
        if isinstance(segment, Quote):
            blocks += [*_section_of(run, users), *quotation(segment.text, quote_blocks)]
            run = []
        else:
            run.append(segment)
    return [*blocks, *_section_of(run, users)]


def quotation(text: str, at_most: int) -> list[Block]:
    """Somebody else's words, to the letter: rich text knows no markup inside a text element."""
    pieces = _pieces(text.strip())
    if len(pieces) > at_most:
        pieces = [*pieces[: at_most - 1], cut(pieces[at_most - 1] + ELLIPSIS * 2, len(pieces[at_most - 1]))]
    return [
        {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": _letters(piece)}]}
        for piece in pieces
    ]


def button(drawn: Button, action_id: str) -> Block:
    if len(drawn.command) > VALUE:
        raise CannotDraw(f"A button carries at most {VALUE} characters: {drawn.command[:40]}…")
    block: Block = {
        "type": "button",
        "action_id": action_id,
        "text": plain(drawn.label, BUTTON),
        "value": drawn.command,
        "accessibility_label": cut(drawn.accessible, ACCESSIBLE),
    }
    if drawn.style is not ButtonStyle.PLAIN:
        block["style"] = drawn.style.value
    if drawn.confirm:
        block["confirm"] = {
            "title": plain("Are you sure?", 100),
            "text": plain(drawn.confirm, CONFIRM),
            "confirm": plain(drawn.label, 30),
            "deny": plain("Cancel", 30),
        }
    return block


def fits_overflow(drawn: Button) -> bool:
    """Whether a rarer act can be one of the menu's entries: those ask nothing back and carry little."""
    return len(drawn.command) <= OVERFLOW_VALUE and drawn.confirm is None


def overflow(drawn: Iterable[Button], action_id: str) -> Block:
    options = [{"text": plain(one.label, BUTTON), "value": one.command} for one in drawn]
    return {"type": "overflow", "action_id": action_id, "options": options}


def plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": cut(text, limit), "emoji": True}


def marked(text: Text, users: Users, limit: int) -> Block:
    """Marked text; ``verbatim``, so that Slack makes no links or mentions of what was never meant as one."""
    return {"type": "mrkdwn", "text": mrkdwn(text, users, limit) or ELLIPSIS, "verbatim": True}


def within(blocks: list[Block], limit: int) -> list[Block]:
    """At most ``limit`` blocks; where some are missing the last one says so."""
    if len(blocks) <= limit:
        return blocks
    return [*blocks[: limit - 1], context((f"{ELLIPSIS} and more than fits here.",), {})]


def _section_of(run: Sequence[Segment], users: Users) -> list[Block]:
    text = _trimmed(run)
    return [section(text, users)] if text else []


def _trimmed(run: Sequence[Segment]) -> Text:
    """Without blank lines next to a quotation, which stands on lines of its own anyway."""
    text = list(run)
    while text and isinstance(text[0], str) and not text[0].strip():
        text.pop(0)
    if text and isinstance(text[0], str):
        text[0] = text[0].lstrip("\n")
    while text and isinstance(text[-1], str) and not text[-1].rstrip():
        text.pop()
    if text and isinstance(text[-1], str):
        text[-1] = text[-1].rstrip("\n")
    return tuple(text)


def _pieces(text: str) -> list[str]:
    """Parts of at most ``SECTION`` characters, parted between words where there are any."""
    pieces = []
    while len(text) > SECTION:
        gap = max(text.rfind(" ", SECTION // 2, SECTION), text.rfind("\n", SECTION // 2, SECTION))
        end = gap if gap > 0 else SECTION
        pieces.append(text[:end])
        text = text[end:].lstrip()
    return [*pieces, text] if text else pieces


def _letters(text: str) -> list[Block]:
    """The text in elements that no reader of the raw JSON can take for a mention either."""
    return [{"type": "text", "text": piece} for piece in _AFTER_A_BRACKET.split(text) if piece]


_AFTER_A_BRACKET = re.compile(r"(?<=<)(?=.)")
