"""The small firm's office as its stories see it, on whatever platform. Everybody is called by their first name.

In what people say and fill in, ``@ann`` is Ann and ``#desk`` a channel, as each platform offers them to whoever types.
"""

from datetime import timedelta
from typing import Protocol

from bot.clock import PushedClock
from bot.delivery import Delivery
from bot.platform import Platform
from commands.ask import Ask, ask
from commands.compose import compose
from commands.undeliverable import delayed, undeliverable, unneeded
from commands.views import Button, Notice, notice
from coverage.question import AskedBy, Question, Via
from storage.unit_of_work import UnitsOfWork

NAMES = {"ann": "Ann Lee", "bob": "Bob Roy", "cat": "Cat Orr", "dan": "Dan Low"}
"""Ann, a manager, and Bob are North; Cat is not in the roster; Dan is in no pod."""
STRANGER = "gus"
"""Gus Quist is of Acme, and no member of the firm."""


class Office(Protocol):
    """What a story acts on, and what is to be seen. What somebody does ends when all that follows from it has happened;
    they then have read what is returned, and nobody else has. ``card`` counts the channel's cards, from 0."""

    new_uow: UnitsOfWork
    clock: PushedClock
    opens_a_form: str
    """What a button is called that opens the form a typed line leads to."""

    def ask(self, text: str = "How do we post this?", client: str = "Acme Ltd") -> Question:
        """A client's question arrives, to be sent with the next ``settle``."""
        ...

    async def settle(self) -> None:
        """Let everything that was begun come to its end."""
        ...

    async def later(self, **by: float) -> None:
        """The clock is pushed and what is due is sent."""
        ...

    def cards(self) -> list[str]:
        """What the pod's channel shows, but for threads: all that is to be read, as it stands now."""
        ...

    def called_by_the_card(self, card: int = 0) -> set[str]: ...

    def under_the_card(self, card: int = 0) -> list[str]: ...

    def called_under_the_card(self, card: int = 0) -> set[str]: ...

    def told(self, who: str) -> list[str]:
        """What somebody was told alone, as an answer or by itself."""
        ...

    def in_the_channel(self, name: str) -> list[str]:
        """What is to be read in ``alerts`` or ``desk``."""
        ...

    async def click(self, who: str, label: str, *, card: int = 0) -> str:
        """Press a button of a card, in its menu or beside it."""
        ...

    async def press(self, who: str, label: str) -> str:
        """Press a button of what they were told, the newest that has it."""
        ...

    async def press_a_button_of(self, who: str, line: str) -> str:
        """Press a button that carries the line, on a message of ours in the channel."""
        ...

    async def type(self, who: str, line: str) -> str:
        """As a command, where the platform has such; else to the bot alone."""
        ...

    async def say(self, who: str, line: str) -> str:
        """To the bot alone."""
        ...

    async def say_under_the_card(self, who: str, line: str, *, card: int = 0) -> str:
        """With a mention of the bot."""
        ...

    async def say_in_the_channel(self, who: str, line: str) -> str:
        """The same, in no thread."""
        ...

    async def open_the_form(self, who: str, line: str) -> str:
        """Type what leads to a form, and open it, as one does there."""
        ...

    def form(self, who: str) -> dict[str, object] | None:
        """The fields of the form that is open before somebody, and what stands in them."""
        ...

    async def fill_in(self, who: str, **entries: object) -> str:
        """Fill in the form that is open, and send it."""
        ...

    def close_the_channel(self) -> None: ...

    def ask_to_slow_down(self, seconds: int) -> None:
        """Refuse the next message for so long."""
        ...

    def lose_the_next_answer(self) -> None:
        """Take the next message, and drop the connection."""
        ...


OF_THE_LINE = "Do it"


def with_a_button(line: str) -> Notice:
    """A message of ours with a button that carries the line."""
    return notice("Will you?", buttons=(Button(OF_THE_LINE, line, "Do what is said here"),))


class SomeOffice:
    """What both offices have in common."""

    def __init__(self, new_uow: UnitsOfWork, clock: PushedClock, platform: Platform) -> None:
        self.new_uow = new_uow
        self.clock = clock
        self.delivery = Delivery(
            new_uow,
            [platform],
            clock,
            compose=compose,
            undeliverable=undeliverable,
            unneeded=unneeded,
            delayed=delayed,
        )

    def ask(self, text: str = "How do we post this?", client: str = "Acme Ltd") -> Question:
        return ask(Ask(text, AskedBy(name="Jo Smith"), Via.EMAIL, client), self.new_uow, self.clock.now()).question

    async def later(self, **by: float) -> None:
        self.clock.push(timedelta(**by))
        await self.delivery.drain()
