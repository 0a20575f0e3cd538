"""mrkdwn as HTML: every character of a message is escaped, and only http(s) and mail addresses become links."""

import re
from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup, escape

from bot.playground.mrkdwn import Line, Piece, parse
from bot.playground.workspace import Workspace

_SAFE_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_BREAK = Markup("<br>")


def to_html(workspace: Workspace, viewer: str, text: str) -> Markup:
    """A mrkdwn text as `viewer` reads it; quoted lines together in one block."""
    parts = []
    for is_quoted, lines in groupby(parse(workspace, viewer, text), key=lambda line: line.is_quoted):
        inside = _BREAK.join(_line(line, viewer) for line in lines)
        parts.append(Markup("<blockquote>{}</blockquote>").format(inside) if is_quoted else inside)
    return _joined(parts)


def with_signs(text: str) -> Markup:
    """A plain text, in which the signs that cards begin with are drawn: not every machine has letters for them."""
    parts = _SIGNS.split(text)
    return _joined(_sign(part) if part in SIGNS else escape(part) for part in parts)


SIGNS = {"📌": "pin", "⏳": "glass", "🚨": "alarm", "✅": "check"}
_SIGNS = re.compile(f"({'|'.join(SIGNS)})")


def _sign(sign: str) -> Markup:
    return Markup('<span class="sign {}">{}</span>').format(SIGNS[sign], sign)


def link(url: str, text: str) -> Markup:
    """A link that opens beside the page; the text alone where it leads neither to the web nor to a mailbox."""
    if not _SAFE_LINK.match(url):
        return escape(text)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, text)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _line(line: Line, viewer: str) -> Markup:
    return _joined(_piece(piece, viewer) for piece in line.pieces)


def _piece(piece: Piece, viewer: str) -> Markup:
    drawn = _by_kind(piece, viewer)
    for is_on, tag in ((piece.bold, "strong"), (piece.italic, "em"), (piece.struck, "s")):
        if is_on:
            drawn = Markup(f"<{tag}>{{}}</{tag}>").format(drawn)
    return drawn


def _by_kind(piece: Piece, viewer: str) -> Markup:
    match piece.kind:
        case "code":
            return Markup("<code>{}</code>").format(piece.text)
        case "pre":
            return Markup('<code class="pre">{}</code>').format(piece.text.strip("\n"))
        case "user":
            return mention(piece.text, is_me=piece.target == f"@{viewer}")
        case "channel":
            return Markup('<span class="mention">{}</span>').format(piece.text)
        case "broadcast":
            return mention(piece.text, is_me=True)
        case "date":
            return Markup('<span class="date">{}</span>').format(piece.text)
        case "link":
            return link(piece.target, piece.text)
        case _:
            return escape(piece.text)


def mention(text: str, *, is_me: bool) -> Markup:
    """Somebody named in a text; set off where it is the reader."""
    return Markup('<span class="mention{}">{}</span>').format(" me" if is_me else "", text)
