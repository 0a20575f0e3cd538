"""The card of a question as it is now, for whoever pressed a button on one that may be of an earlier state."""

from dataclasses import dataclass
from datetime import datetime

from commands.compose import card_view
from commands.ports import NewUnitOfWork, Place, UnitOfWork, UnknownQuestion
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
        return None if number is None else _hanging(number, uow, now)


def card_about(
    number: QuestionNumber, place: Place, remote: str, new_uow: NewUnitOfWork, now: datetime
) -> Hanging | None:
    """The same for a message nobody knows, whose button is about the question ``number``: what is sent again after an
    unclear outcome leaves a copy of which we never learnt the name. None where its card does not hang there, and for
    the messages that call somebody, which stay as they are."""
    with new_uow.reading() as uow:
        at = uow.places.find(place.platform, place.address)
        if at is None or uow.postings.card(number, at) is None:
            return None
        if remote in {call.remote for call in uow.outbox.sent_calls(number)}:
            return None
        return _hanging(number, uow, now)


def _hanging(number: QuestionNumber, uow: UnitOfWork, now: datetime) -> Hanging | None:
    try:
        question = uow.questions.look_at(number)
    except UnknownQuestion:
        return None
    return Hanging(number, card_view(question, uow.firm(), uow, now))
