"""A message that reaches nobody: where it cannot be delivered somebody is told; no question waits for nothing."""

import logging
from datetime import datetime

from commands.alarm import raise_alarm, tell_the_managers
from commands.announce import home_of
from commands.calling import managers_there, surroundings_of, take_next_step
from commands.outgoing import Message, Queued, Topic
from commands.ports import NewUnitOfWork, UnitOfWork, UnknownQuestion
from commands.record import record
from coverage.escalation import tell_managers
from coverage.events import Alarmed, Event
from coverage.firm import Firm
from coverage.ids import short_id
from coverage.question import Question

log = logging.getLogger(__name__)


def undeliverable(queued: Queued, why: str, new_uow: NewUnitOfWork, now: datetime) -> None:
    """Bury the message; raise an alarm; and, if that leaves a question calling nobody, take its next step at once (in
    service hours, otherwise at the next opening). One transaction.

    A step counts as fired if any of its messages was accepted.
    """
    message = queued.message
    with new_uow() as uow:
        uow.outbox.bury(queued.id, now, why)
        if message.topic is not Topic.SETTLED:  # the call it redraws did arrive
            _alarm(uow, uow.firm(), message, why, now)
        question = _question(uow, message)
        if question is not None and _reached_nobody(uow, message, question):
            _go_on(uow, question, why, now)
        uow.commit()


def unneeded(queued: Queued, why: str, new_uow: NewUnitOfWork, now: datetime) -> None:
    """Drop the message; and, if it was the last of a step whose people have all gone on leave before they were told,
    take the next step at once (in service hours, otherwise at the next opening). One transaction."""
    message = queued.message
    with new_uow() as uow:
        uow.outbox.drop(queued.id, now, why)
        question = _question(uow, message) if message.topic is Topic.STEP else None
        if question is not None and not question.is_exhausted and _reached_nobody(uow, message, question):
            firm = uow.firm()
            around = surroundings_of(uow, firm, question, now)
            because = "everybody called by the step before went on leave"
            moved, events = take_next_step(firm, question, around, now, because)
            record(uow, firm, moved, events, now)
        uow.commit()


def delayed(queued: Queued, why: str, new_uow: NewUnitOfWork, now: datetime) -> None:
    """Raise an alarm about a message that was tried several times in vain, one a day (UTC) for each place or person
    that is not reached. It stays in the outbox and goes on being tried."""
    message = queued.message
    to = f"place {message.to_place}" if message.to_place is not None else f"person {message.to_person}"
    with new_uow() as uow:
        words = (
            f"A message{{about}} has not reached {{where}} after {queued.attempts} tries, and is tried again: {{why}}"
        )
        _alarm(uow, uow.firm(), message, why, now, words=words, key=f"delayed:{to}:{now:%Y-%m-%d}")
        uow.commit()


def _question(uow: UnitOfWork, message: Message) -> Question | None:
    if message.question is None:
        return None
    try:
        return uow.questions.get(message.question)
    except UnknownQuestion:
        return None


def _reached_nobody(uow: UnitOfWork, message: Message, question: Question) -> bool:
    if not question.is_unclaimed or message.version != question.version:
        return False
    if message.topic is Topic.CARD:
        is_in_hand = question.step > 0 or question.brought_forward is not None
        return message.to_place == home_of(question, uow.firm()) and not is_in_hand
    if message.topic is Topic.STEP and message.step is not None and message.step == question.step:
        return uow.outbox.step_reached_nobody(question.number, message.step, question.version)
    return False


def _go_on(uow: UnitOfWork, question: Question, why: str, now: datetime) -> None:
    firm = uow.firm()
    events: tuple[Event, ...] = (Alarmed(why),)
    if question.is_exhausted:  # the last step reached nobody: the managers are told now, and daily from now on
        moved, more = tell_managers(question, managers_there(uow, firm, now), now)
        events += more
    else:
        around = surroundings_of(uow, firm, question, now)
        moved, more = take_next_step(firm, question, around, now, "the message before could not be delivered")
        events += more
    record(uow, firm, moved, events, now)


def _alarm(
    uow: UnitOfWork,
    firm: Firm,
    message: Message,
    why: str,
    now: datetime,
    *,
    words: str = "A message{about} could not be delivered to {where}: {why}",
    key: str = "",
) -> None:
    """To the managers, but not by the way that is broken."""
    where = _where(uow, message)
    if message.topic is Topic.ALARM and message.to_place is None:
        log.error("An alarm could not be delivered to %s: %s. It said: %s", where, why, message.facts.get("why"))
        return
    about = f" about {short_id(message.question)}" if message.question is not None else ""
    said = words.format(about=about, where=where, why=why)
    if message.topic is Topic.WHO_IS:
        said = f"{said}. It asked: {message.facts['why']}"
    key = key or f"alarm:{where}:{message.question}:{message.version}"  # one alarm, however many messages went there
    if message.topic is Topic.ALARM:
        said = f"{message.facts.get('why', '')} (Nor could the alarms channel be told: {why})"
        key = f"{message.key}:instead"
        tell_the_managers(uow, firm, Topic.ALARM, key, {"why": said}, now, besides=message.to_person)
    else:
        raise_alarm(uow, firm, key, said, now, broken=message.to_place, besides=message.to_person)


def _where(uow: UnitOfWork, message: Message) -> str:
    if message.to_place is not None:
        address = uow.places.get(message.to_place).address
        pods = [pod.name for pod in uow.firm().pods.values() if pod.channel == message.to_place]
        return f"the channel of {' and '.join(pods)} ({address})" if pods else f"the channel {address}"
    person = uow.firm().people.get(message.to_person) if message.to_person is not None else None
    return person.name if person is not None else "somebody who has left"
