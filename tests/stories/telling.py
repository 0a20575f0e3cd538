"""What stories say again and again: that a question is asked, that time passes, who has it and what happened to it."""

import asyncio
from datetime import timedelta

from commands.tick import tick
from coverage.ids import QuestionNumber
from coverage.question import Question
from tests.stories.office import Office


def question(office: Office, number: int = 1) -> Question:
    with office.new_uow.reading() as uow:
        return uow.questions.look_at(QuestionNumber(number))


def owner(office: Office, number: int = 1) -> str | None:
    claimed_by = question(office, number).claimed_by
    with office.new_uow.reading() as uow:
        return uow.firm().people[claimed_by].name if claimed_by is not None else None


def happened(office: Office, number: int = 1) -> list[str]:
    """The history's words: ``asked``, ``offered`` ..."""
    with office.new_uow.reading() as uow:
        return [row.what.value for row in uow.history.of(QuestionNumber(number))]


async def asked(office: Office, text: str = "How do we post this?", client: str = "Acme Ltd") -> None:
    """A client's question, and its card in the channel."""
    office.ask(text, client)
    await office.settle()


async def claimed_by_bob(office: Office) -> None:
    """The same, and Bob has it."""
    await asked(office)
    await office.click("bob", "Claim")


async def passes(office: Office, **by: float) -> None:
    """Time passes, and what is due happens."""
    office.clock.push(timedelta(**by))
    await asyncio.to_thread(tick, office.new_uow, office.clock.now())
    await office.settle()
