"""Which question something said in a client's channel belongs to: by its thread, or soon after the last words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.ports import UnitOfWork
from commands.said import Said
from coverage.ids import PlaceId, QuestionNumber
from coverage.question import Question

SOON = timedelta(minutes=10)
"""Who writes again within this time of their last words, while the question is open, goes on with it."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """The question that the words go on with, or else the ``earlier`` one they may go on with: a person decides."""

    to: Question | None = None
    earlier: Question | None = None


def belonging_of(uow: UnitOfWork, place: PlaceId, said: Said) -> Belonging:
    """Where the words belong; the questions are only looked at."""
    if said.thread is not None:
        of_thread = question_of_thread(uow, place, said.thread)
        if of_thread is not None and of_thread.is_open:
            return Belonging(to=of_thread)
    own = [one for asked in uow.questions.asked_by(place, said.sender.user) if (one := _goes_on(uow, asked))]
    if not own:
        return Belonging()
    last, latest = max(own, key=lambda one: one[0])
    return Belonging(to=latest) if said.at - last <= SOON else Belonging(earlier=latest)


def _goes_on(uow: UnitOfWork, asked: Question) -> tuple[datetime, Question] | None:
    """When whoever asked it last said something about it (UTC), and the question that has its words now."""
    kept = _as_it_goes_on(uow, asked)
    if not kept.is_open:
        return None
    by = asked.asked_by.name
    return max([asked.asked_at, *(one.at for one in uow.follow_ups.of(kept.number) if one.by == by)]), kept


def question_of_thread(uow: UnitOfWork, place: PlaceId, thread: str) -> Question | None:
    """The question that is talked about in the client's thread that begins with ``thread``: the newest that is open,
    else the newest that was asked there."""
    asked = uow.questions.asked_in(place, thread)
    if asked:
        return _as_it_goes_on(uow, next((one for one in asked if one.is_open), asked[0]))
    return question_of_message(uow, place, thread)


def question_of_message(uow: UnitOfWork, place: PlaceId, remote: str) -> Question | None:
    """The question that was asked with the message, or to which it was added."""
    number = _number_of(uow, place, remote)
    return _as_it_goes_on(uow, uow.questions.look_at(number)) if number is not None else None


def _number_of(uow: UnitOfWork, place: PlaceId, remote: str) -> QuestionNumber | None:
    asked = uow.questions.asked_as(place, remote)
    return asked if asked is not None else uow.follow_ups.said_as(place, remote)


def _as_it_goes_on(uow: UnitOfWork, question: Question) -> Question:
    """The question that this one was merged into, if it was."""
    seen = {question.number}
    while question.merged_into is not None and question.merged_into not in seen:
        seen.add(question.merged_into)
        question = uow.questions.look_at(question.merged_into)
    return question
