"""What is in hand while a card is drawn: who may be mentioned, how much room there is, and what was left out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.teams.text import ELLIPSIS, People, cut, literal
from commands.views import Bold, Channel, Code, Link, Mention, Quote, Segment, Text, When
from coverage.ids import PersonId

Element = dict[str, Any]
LIMIT = 23_500
"""Bytes of a card; with what is around it a message stays under 25 KB."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many characters a paragraph may have, how many rows a list, and how many acts a card or a row."""

    text: int
    rows: int
    acts: int


ROOMS = (
    Room(20_000, 100, 40),
    Room(8_000, 100, 40),
    Room(4_000, 100, 40),
    Room(1_500, 60, 40),
    Room(800, 45, 30),
    Room(500, 35, 24),
    Room(300, 30, 20),
    Room(250, 24, 14),
    Room(200, 18, 10),
    Room(150, 12, 8),
    Room(100, 8, 5),
    Room(80, 4, 3),
    Room(60, 2, 2),
    Room(60, 1, 1),
    Room(40, 1, 0),
)
"""Tried in this order until a card fits."""


@dataclass(slots=True)
class Pen:
    """Draws one card. ``is_cut`` says afterwards that words were left out, ``acts_left_out`` how many acts were.
    ``on_home``: it is somebody's home, which its acts are to draw anew."""

    people: People
    room: Room
    is_cut: bool = False
    acts_left_out: int = 0
    on_home: bool = False
    _called: dict[PersonId, str] = field(default_factory=dict)

    def mention(self, mention: Mention) -> str | None:
        """The tag that calls them; None for somebody Teams cannot notify."""
        if mention.person not in self.people:
            return None
        if mention.person not in self._called:
            self._called[mention.person] = self._tag(self.people[mention.person].name or mention.name)
        return self._called[mention.person]

    def entities(self) -> list[Element]:
        """What the tags stand for."""
        return [
            {"type": "mention", "text": tag, "mentioned": {"id": self.people[who].id, "name": _name_in(tag)}}
            for who, tag in self._called.items()
        ]

    def shortened(self, text: Text) -> Text:
        """As much of the text as there is room for; a mention is never cut."""
        kept: list[Segment] = []
        room = self.room.text
        for segment in text:
            if (length := _length(segment)) > room:
                self.is_cut = True
                return (*kept, _cut(segment, room))
            kept.append(segment)
            room -= length
        return tuple(kept)

    def _tag(self, name: str) -> str:
        """No two people may share one: Teams goes by its letters."""
        plain = literal(cut(" ".join(name.split()), 80).replace("<", "‹").replace(">", "›"))
        tag, number = f"<at>{plain or ELLIPSIS}</at>", 1
        while tag in self._called.values():
            number += 1
            tag = f"<at>{plain} ({number})</at>"
        return tag


def size_of(drawn: Mapping[str, Any] | Sequence[Any]) -> int:
    """Its bytes as it is sent."""
    return len(json.dumps(drawn, ensure_ascii=False).encode())


def _name_in(tag: str) -> str:
    return tag.removeprefix("<at>").removesuffix("</at>")


def _length(segment: Segment) -> int:
    match segment:
        case str(text) | Bold(text) | Code(text) | Quote(text) | Link(text, _):
            return len(text)
        case Mention() | When() | Channel():
            return 0


def _cut(segment: Segment, room: int) -> Segment:
    match segment:
        case str(text):
            return cut(text, max(1, room))
        case Bold(text):
            return Bold(cut(text, max(1, room)))
        case Code(text):
            return Code(cut(text, max(1, room)))
        case Quote(text):
            return Quote(cut(text, max(1, room)))
        case Link(text, url):
            return Link(cut(text, max(1, room)), url)
        case Mention() | When() | Channel():
            return segment
