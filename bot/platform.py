"""What delivery asks of a chat platform: post, redraw, look whether it arrived; and the ways in which that fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, assert_never

from commands.ports import UnitOfWork
from commands.views import Form, Listing, Mention, Notice, Page, QuestionCard, Text, View
from coverage.ids import PersonId


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, ready to be drawn and sent.

    ``mark`` travels with it, unseen, so that it can be found again. ``address`` is the platform's own name of a place
    or, where ``is_direct``, of a person. ``thread`` is the remote id of the message it replies to. ``users`` are the
    platform's names of whom the view mentions; who is missing there is shown by name. ``queued_at`` is UTC.
    """

    mark: str
    address: str
    view: View
    queued_at: datetime
    is_direct: bool = False
    thread: str | None = None
    users: Mapping[PersonId, str] = field(default_factory=dict)


class TryLater(Exception):
    """It was not accepted; try again after so many real seconds, or after the usual back-off when that is None."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class NotItsTurn(TryLater):
    """We hold it back ourselves, to keep to the platform's pace: no failure."""

    def __init__(self, why: str, after: float) -> None:
        super().__init__(why)
        self.after: float = after


class Unclear(Exception):
    """It may have been accepted: look for its mark before sending it again."""


class CannotDeliver(Exception):
    """It will never be accepted: the place or the person is gone, or closed to us. Says why, for a manager to read."""


class NoLongerThere(Exception):
    """What was to be redrawn has been deleted."""


class Platform(Protocol):
    """An adapter. Every method may raise TryLater and CannotDeliver."""

    @property
    def name(self) -> str: ...

    def redraws_in(self) -> float:
        """Real seconds until it redraws messages again, 0.0 when it does now: till then none need be taken up."""
        ...

    async def post(self, letter: Letter) -> str:
        """Send it and return the remote id of the new message; empty where the platform names none: that one is never
        redrawn. Raises Unclear where it may have arrived."""
        ...

    async def update(self, letter: Letter, remote: str) -> None:
        """Redraw the message ``remote``; doing so twice is harmless. Raises NoLongerThere."""
        ...

    async def find(self, letter: Letter) -> str | None:
        """The remote id of the message that carries this letter's mark; None when it did not arrive."""
        ...


def people_in(view: View) -> frozenset[PersonId]:
    """Everybody whom the view mentions."""
    return frozenset(part.person for text in _texts(view) for part in text if isinstance(part, Mention))


def users_of(view: View, platform: str, uow: UnitOfWork) -> dict[PersonId, str]:
    """The platform's names of whom the view mentions."""
    users: dict[PersonId, str] = {}
    for person in people_in(view):
        for identity in uow.people.identities(person):
            if identity.platform == platform:
                users.setdefault(person, identity.user)
    return users


def _texts(view: View) -> Iterator[Text]:
    match view:
        case QuestionCard():
            yield from (view.call, view.context, *(fact.value for fact in view.facts))
        case Notice():
            yield view.text
        case Listing():
            yield from (row.text for row in view.rows)
        case Page():
            yield from view.paragraphs
        case Form():
            return
        case _:
            assert_never(view)
