"""The gallery as a page: an index, the parts with their headings, and each message as either platform shows it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.playground.page.backstage import Exhibit, Part
from bot.playground.page.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Hanging:
    """An exhibit as it is drawn, under its address on the page."""

    anchor: str
    name: str
    drawn: Markup


@dataclass(frozen=True, slots=True)
class Wall:
    """A part as it is drawn."""

    anchor: str
    title: str
    lead: str
    hangings: tuple[Hanging, ...]


def walls(drawing: Drawing, viewer: str, parts: Sequence[Part], *, by_microsoft: bool = False) -> list[Wall]:
    """The parts in which something hangs, as `viewer` sees them; `by_microsoft`: their renderer draws the cards.

    An anchor is made of the words it stands for, so that a link to a message outlives others that come before it.
    """
    anchors = _Anchors()

    def hung(part: Part, one: Exhibit) -> Hanging:
        anchor = anchors.of(f"{part.title} {one.name}")
        return Hanging(anchor, one.name, drawing.exhibit(viewer, one, anchor, by_microsoft=by_microsoft))

    def hangings(part: Part) -> Iterator[Hanging]:
        return (hung(part, one) for one in part.exhibits)

    return [
        Wall(anchors.of(part.title), part.title, part.lead, tuple(hangings(part))) for part in parts if part.exhibits
    ]


class _Anchors:
    """Each is given out once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, words: str) -> str:
        plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
        anchor, number = plain, 1
        while anchor in self._given:
            number += 1
            anchor = f"{plain}-{number}"
        self._given.add(anchor)
        return anchor
