"""Slack's mrkdwn taken apart into pieces, which a terminal or a page then draws."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from bot.playground.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style; `kind` is text, code, pre, user, channel, broadcast, date or link."""

    text: str
    kind: str = "text"
    target: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text."""

    pieces: tuple[Piece, ...]
    is_quoted: bool = False


_PIECES = re.compile(r"```(?P<pre>.+?)```|`(?P<code>[^`\n]+)`|<(?P<mark>[^<>\n]+)>", re.DOTALL)
_STYLED = re.compile(r"(?<![\w*_~])(?P<sign>[*_~])(?=\S)(?P<inside>[^\n]*?\S)(?P=sign)(?![\w])")
# Stands for a piece while styles are looked for around it.
_PLACE = "\x00"
_QUOTE = re.compile(r"(?:&gt;|>) ?")


def parse(workspace: Workspace, viewer: str, text: str) -> list[Line]:
    """The lines of a mrkdwn text as `viewer` reads it: names spelled out, dates in their zone."""
    text = text.replace(_PLACE, "")
    marks = [match[0] for match in _PIECES.finditer(text)]
    kept = _PIECES.sub(_PLACE, text)
    found = iter(marks)
    lines = []
    for line in kept.split("\n"):
        quote = _QUOTE.match(line)
        body = line[quote.end() :] if quote else line
        lines.append(Line(tuple(_styled(workspace, viewer, body, Piece(""), found)), bool(quote)))
    return lines


def plain(workspace: Workspace, viewer: str, text: str) -> str:
    """The same as one string without styles, as a notification shows it."""
    return "\n".join("".join(piece.text for piece in line.pieces) for line in parse(workspace, viewer, text))


def _styled(workspace: Workspace, viewer: str, text: str, style: Piece, marks: Iterator[str]) -> Iterator[Piece]:
    position = 0
    for match in _STYLED.finditer(text):
        yield from _marked(workspace, viewer, text[position : match.start()], style, marks)
        inner = _with_style(style, match["sign"])
        yield from _styled(workspace, viewer, match["inside"], inner, marks)
        position = match.end()
    yield from _marked(workspace, viewer, text[position:], style, marks)


def _with_style(style: Piece, sign: str) -> Piece:
    return replace(
        style, bold=style.bold or sign == "*", italic=style.italic or sign == "_", struck=style.struck or sign == "~"
    )


def _marked(workspace: Workspace, viewer: str, text: str, style: Piece, marks: Iterator[str]) -> Iterator[Piece]:
    for index, part in enumerate(text.split(_PLACE)):
        if index:
            yield _piece(workspace, viewer, next(marks), style)
        if part:
            yield replace(style, text=unescape(part))


def _piece(workspace: Workspace, viewer: str, mark: str, style: Piece) -> Piece:
    if mark.startswith("```"):
        return replace(style, text=unescape(mark[3:-3]), kind="pre")
    if mark.startswith("`"):
        return replace(style, text=unescape(mark[1:-1]), kind="code")
    target, _, label = mark[1:-1].partition("|")
    kind, text = _spoken(workspace, viewer, target, unescape(label))
    return replace(style, text=text, kind=kind, target=target)


def _spoken(workspace: Workspace, viewer: str, target: str, label: str) -> tuple[str, str]:
    if target.startswith("@"):
        person = workspace.people.get(target[1:])
        return "user", f"@{person.real_name if person else label or target[1:]}"
    if target.startswith("#"):
        channel = workspace.channels.get(target[1:])
        return "channel", f"#{channel.name if channel else label or target[1:]}"
    if target.startswith("!date^"):
        return "date", _date(workspace, viewer, target, label)
    if target.startswith("!"):
        return "broadcast", f"@{target[1:].partition('^')[0]}"
    return "link", label or unescape(target.removeprefix("mailto:"))


def _date(workspace: Workspace, viewer: str, target: str, fallback: str) -> str:
    """`<!date^seconds^tokens^link|fallback>` (https://docs.slack.dev/messaging/formatting-message-text#date-formatting)."""
    _, seconds, template, *_ = [*target.split("^"), "", ""]
    zone = ZoneInfo(workspace.person(viewer).tz)
    try:
        moment = datetime.fromtimestamp(int(seconds), zone)
    except (ValueError, OverflowError, OSError):
        return fallback
    today = workspace.now().astimezone(zone)
    shown = template
    for token, value in _tokens(moment, today).items():
        shown = shown.replace("{" + token + "}", value)
    return fallback if "{" in shown or not shown else shown


def _tokens(moment: datetime, today: datetime) -> dict[str, str]:
    day = f"{moment.day} {moment:%B %Y}"
    short = f"{moment.day} {moment:%b %Y}"
    long = f"{moment:%A}, {day}"
    tokens = {"date_num": f"{moment:%Y-%m-%d}", "date": day, "date_short": short, "date_long": long}
    near = _near(moment, today)
    tokens |= {f"{name}_pretty": near or value for name, value in tuple(tokens.items())[1:]}
    tokens |= {"time": f"{moment:%H:%M}", "time_secs": f"{moment:%H:%M:%S}", "ago": _ago(today - moment)}
    return tokens


def _near(moment: datetime, today: datetime) -> str:
    days = (moment.date() - today.date()).days
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days, "")


def _ago(passed: timedelta) -> str:
    minutes = round(abs(passed).total_seconds() / 60)
    amount = f"{minutes} min" if minutes < 60 else f"{minutes // 60} h" if minutes < 1440 else f"{minutes // 1440} d"
    return f"{amount} ago" if passed >= timedelta(0) else f"in {amount}"
