"""Promoting: somebody becomes a manager by the operator's word, so that there is a first one."""

from dataclasses import replace

from commands.ports import NewUnitOfWork
from coverage.people import Person, Role


class Nobody(LookupError):
    """The firm has no person of that e-mail address."""


def promote(email: str, new_uow: NewUnitOfWork) -> tuple[Person, bool]:
    """Make them a manager; returns them, and False where they were one already. Raises Nobody."""
    address = email.strip().casefold()
    with new_uow() as uow:
        found = [one for one in uow.firm().people.values() if one.email.casefold() == address]
        if not found:
            raise Nobody(f"nobody of the firm has the e-mail address {email}")
        person = found[0]
        if person.is_manager:
            return person, False
        promoted = uow.people.save(replace(person, role=Role.MANAGER))
        uow.commit()
    return promoted, True
