"""A sender at its desk: a platform that does as it is told, words as they are wanted, and what came of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.clock import PushedClock
from bot.delivery import Delivery, Outcome
from bot.platform import Letter
from commands.compose import Drop, Later, ToSend
from commands.outgoing import Message, Priority, Topic
from commands.ports import UnitOfWork
from commands.views import Notice, notice
from storage.unit_of_work import UnitsOfWork


@dataclass
class FakePlatform:
    """Accepts what it is sent; ``then`` are what happens instead, one after the other, ``after_accepting`` or not.
    ``meanwhile`` happens while something is posted."""

    name: str = "fake"
    posted: list[Letter] = field(default_factory=list)
    redrawn: list[tuple[str, Letter]] = field(default_factory=list)
    then: list[Exception | None] = field(default_factory=list)
    after_accepting: bool = False
    meanwhile: Callable[[], object] = field(default=lambda: None)
    looked_for: list[str] = field(default_factory=list)
    closed_to_redraws: float = 0.0
    names_no_ids: bool = False
    at_once: int = 0
    most_at_once: int = 0

    def redraws_in(self) -> float:
        return self.closed_to_redraws

    async def post(self, letter: Letter) -> str:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.01)
        self.meanwhile()
        self.at_once -= 1
        trouble = self.then.pop(0) if self.then else None
        if trouble is None or self.after_accepting:
            self.posted.append(letter)
        if trouble is not None:
            raise trouble
        return "" if self.names_no_ids else f"m{len(self.posted)}"

    async def update(self, letter: Letter, remote: str) -> None:
        if self.then and (trouble := self.then.pop(0)) is not None:
            raise trouble
        self.redrawn.append((remote, letter))

    async def find(self, letter: Letter) -> str | None:
        self.looked_for.append(letter.mark)
        marks = [one.mark for one in self.posted]
        return f"m{marks.index(letter.mark) + 1}" if letter.mark in marks else None


@dataclass
class Words:
    """Composes what it is told to for a key; a notice that says the key by default."""

    of: dict[str, Any] = field(default_factory=dict)

    def __call__(self, message: Message, uow: UnitOfWork, now: datetime) -> ToSend | Drop | Later:
        said = self.of.get(message.key, ToSend(notice(message.key)))
        if isinstance(said, Exception):
            raise said
        assert isinstance(said, ToSend | Drop | Later)
        return said


@dataclass
class Desk:
    """A sender with its outbox, its platform and its clock, and what it reported."""

    delivery: Delivery
    platform: FakePlatform
    words: Words
    new_uow: UnitsOfWork
    clock: PushedClock
    outcomes: list[Outcome]
    buried: list[tuple[str, str]]
    late: list[tuple[str, str]]

    def queue(self, key: str, **about: Any) -> None:
        with self.new_uow() as uow:
            where = about.pop("place", "north" if "to_person" not in about else None)
            place = uow.places.at("fake", where) if where else None
            topic, priority = about.pop("topic", Topic.ALARM), about.pop("priority", Priority.UPDATE)
            uow.outbox.add(Message(key, topic, priority, to_place=place, **about), self.clock.now())
            uow.commit()

    async def after(self, seconds: float) -> None:
        self.clock.push(timedelta(seconds=seconds))
        await self.delivery.drain()

    @property
    def said(self) -> list[str]:
        return [words_of(letter) for letter in self.platform.posted]


def words_of(letter: Letter) -> str:
    assert isinstance(letter.view, Notice)
    return "".join(part for part in letter.view.text if isinstance(part, str))
