"""What the law asks about somebody: everything that is kept about them, handed out or forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass

from commands.ports import NewUnitOfWork, Rows, StillNeeded, UnitOfWork
from coverage.people import Person


class NothingKept(LookupError):
    """Nothing is kept about anybody of that e-mail address."""


class CannotForget(Exception):
    """They are still needed; says by what, and what to do first."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Whose data it was, how many rows of each kind were erased, and what is kept and why."""

    name: str
    erased: Mapping[str, int]
    kept: tuple[str, ...]


def export_person(email: str, new_uow: NewUnitOfWork) -> Mapping[str, Rows]:
    """Everything that is kept about a colleague, also one who has left, or about somebody of a client, by what it is.

    It is for that person alone: it says of what kind their leave was.

    Raises:
        NothingKept
    """
    with new_uow.reading() as uow:
        person = uow.personal.colleague(email)
        found = {} if person is None else dict(uow.personal.of_colleague(person.id))
        found |= uow.personal.of_asker(email)
    if not any(found.values()):
        raise NothingKept(email)
    return found


def forget_person(email: str, new_uow: NewUnitOfWork) -> Forgotten:
    """Erase who somebody is, in one transaction. What was asked and answered stays, without their name.

    Raises:
        NothingKept
        CannotForget: a colleague who is in a pod, leads one, is a named contact or has an open question.
    """
    with new_uow() as uow:
        person = uow.personal.colleague(email)
        if person is not None:
            _remove_from_the_firm(uow, person)
        erased = {} if person is None else dict(uow.personal.erase_colleague(person))
        erased |= uow.personal.erase_asker(email)
        if person is None and not any(erased.values()):
            raise NothingKept(email)
        uow.commit()
    return Forgotten(person.name if person is not None else email, erased, _KEPT)


def _remove_from_the_firm(uow: UnitOfWork, person: Person) -> None:
    if person.id not in uow.firm().people:
        return
    try:
        uow.setup.prune(people=[person.id], pods=(), clients=())
    except StillNeeded as needed:
        raise CannotForget(str(needed)) from None


_KEPT = (
    "questions, what was answered and when, without the name: they are the firm's record of its work for a client",
    "their name where a client or a colleague wrote it into the text of a question, an answer or a note",
    "copies made with podline backup, and the messages in Slack: delete those there",
)
"""What is not ours to erase, or must be kept; whoever asked is told."""
