"""Text as Teams shows it: to the letter, whatever a client wrote; markdown, mentions and dates only where we mean them.

Runs of a RichTextBlock know no markdown, so most of what is said goes there. Mentions work in a TextBlock only, which
reads markdown; its escapes fail on phones (https://github.com/microsoft/AdaptiveCards/issues/5590), so that a twin that
looks the same stands there for each sign that would become markup.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never
from zoneinfo import ZoneInfo

from commands.views import Bold, Channel, Code, Link, Mention, Quote, Segment, Text, When, clock_time
from coverage.ids import PersonId


@dataclass(frozen=True, slots=True)
class TeamsMention:
    """Somebody Teams can notify, by their ``id`` there or in the directory. Without a ``name`` the view's is used."""

    id: str
    name: str = ""


People = Mapping[PersonId, TeamsMention]
"""Those a text may mention; whoever is missing is shown by name."""

ELLIPSIS = "…"
UNSEEN = "\u200b"
"""A blank without width: parts two signs that together would mean something."""


def cut(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, an ellipsis in the place of what is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def unmarked(text: str) -> str:
    """``text`` where no markdown is read: what Teams looks for everywhere, tags of mentions and dates, is parted."""
    return _TAG.sub(f"<{UNSEEN}", text).replace("{{", f"{{{UNSEEN}{{")


def literal(text: str) -> str:
    """``text`` so that a block that reads markdown shows just these characters."""
    twins = "".join(_TWIN.get(sign, sign) for sign in unmarked(text))
    parted = _ENTITY.sub(f"&{UNSEEN}", twins.replace("]", f"]{UNSEEN}").replace("\\", f"\\{UNSEEN}"))
    return "\n".join(_BEGINS_A_BLOCK.sub(rf"{UNSEEN}\g<0>", line) for line in parted.split("\n"))


def in_words(text: Text) -> str:
    """The text without any markup, its times with their zone: for notifications and for those who see no card."""
    return "".join(said(segment) for segment in text)


def said(segment: Segment) -> str:
    """One segment in plain letters."""
    match segment:
        case str(text) | Bold(text) | Code(text) | Link(text, _) | Mention(_, text):
            return text
        case Quote(text):
            return f"“{' '.join(text.split())}”"
        case When():
            return f"{clock_time(segment)} {zone_in_words(segment)}"
        case Channel(address, name):
            return name or (address if ":" in address else f"#{address}")
        case _:
            assert_never(segment)


def zone_in_words(when: When) -> str:
    """``London time``; where the zone is named after no place, its distance from UTC."""
    area, _, place = when.timezone.rpartition("/")
    if area and area != "Etc":
        return f"{place.replace('_', ' ')} time"
    distance = f"{when.at.astimezone(ZoneInfo(when.timezone)):%z}"
    return "UTC" if not int(distance) else f"UTC{distance[:3]}:{distance[3:5]}"


def is_web(url: str) -> bool:
    """Whether it is an address of the web: only such ones lead anywhere."""
    return _WEB.fullmatch(url) is not None


def in_markdown(url: str) -> str:
    """The address so that nothing in it ends the link it stands in."""
    return "".join(f"%{ord(sign):02X}" if sign in _ENDS_A_LINK else sign for sign in url)


_TAG = re.compile(r"<(?=[/!?\w])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BEGINS_A_BLOCK = re.compile(r"^\s*(?:[#>+=-]|\d+[.)])|^(?: {4}|\t)")
_TWIN = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"}
_WEB = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)
_ENDS_A_LINK = frozenset("()[]<>\\*`\"'")
