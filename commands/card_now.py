"""The card of a question as it is now, for whoever pressed a button on one that may be of an earlier state."""

from dataclasses import dataclass
from datetime import datetime

from commands.compose import card_view
from commands.ports import NewUnitOfWork, Place, UnknownQuestion
from commands.views import QuestionCard
from coverage.ids import QuestionNumber


@dataclass(frozen=True, slots=True)
class Hanging:
    """The question whose card a message is, and the card as it should be."""

    number: QuestionNumber
    card: QuestionCard


def card_now(place: Place, remote: str, new_uow: NewUnitOfWork, now: datetime) -> Hanging | None:
    """What the message ``remote`` at ``place`` should show at ``now`` (UTC); None where it is no question's card."""
    with new_uow.reading() as uow:
        at = uow.places.find(place.platform, place.address)
        number = uow.questions.in_thread(at, remote) if at is not None else None
        if number is None:
            return None
        try:
            question = uow.questions.look_at(number)
        except UnknownQuestion:
            return None
        return Hanging(number, card_view(question, uow.firm(), uow, now))
