"""What a client says in a channel shared with them: a question, more words to one, or small talk. Nothing is lost."""

from dataclasses import replace
from datetime import datetime

from commands.again import again
from commands.announce import home_of
from commands.ask import Ask, put_to_the_pod
from commands.attachments import files_in_words, with_original
from commands.belonging import belonging_of, question_of_message
from commands.follow_up import Added, add_change, add_words, last_words
from commands.grammar import Command, Name, parse, take_question
from commands.outgoing import Message, Priority, Topic
from commands.ports import NewUnitOfWork, UnitOfWork
from commands.said import Said, talk_of
from commands.storable import storable
from commands.wording import shortened
from coverage.firm import Firm
from coverage.ids import PlaceId
from coverage.question import AskedBy, Question, Status, Via
from coverage.small_talk import Talk


def client_said(said: Said, new_uow: NewUnitOfWork, now: datetime) -> None:
    """Hear what somebody of a client wrote, once however often it is delivered: in one transaction it becomes a
    question or more words to one, or it was small talk and changes nothing.

    Raises:
        NotSetUp: the firm has no pod yet; nothing was done, so that it may be tried again.
        Overtaken: others change the same question all the time; the same holds.
    """
    again(lambda: _hear_once(said, new_uow, now))


def client_edited(said: Said, before: str | None, new_uow: NewUnitOfWork, now: datetime) -> None:
    """The client changed a message that said ``before``; None where the platform does not tell that. Of a question it
    is noted; what was small talk, or nothing that we know of, and has become more is heard as if it were said now."""
    again(lambda: _edit_once(said, before, new_uow, now))


def _edit_once(said: Said, before: str | None, new_uow: NewUnitOfWork, now: datetime) -> None:
    with new_uow() as uow:
        if not uow.inbox.done(said.key, now):
            return
        firm, place = uow.firm(), uow.places.at(said.place.platform, said.place.address)
        question = question_of_message(uow, place, said.remote)
        if question is not None:
            add_change(uow, firm, place, question, said, Added.EDITED, now)
        elif before is None or talk_of(replace(said, text=before), firm):
            _hear(uow, firm, place, said, now)
        uow.commit()


def client_deleted(said: Said, new_uow: NewUnitOfWork, now: datetime) -> None:
    """The client deleted a message: a question keeps its text, and the deletion is noted with it. A platform that does
    not tell what it said leaves ``text`` empty."""
    again(lambda: _delete_once(said, new_uow, now))


def _delete_once(said: Said, new_uow: NewUnitOfWork, now: datetime) -> None:
    with new_uow() as uow:
        if not uow.inbox.done(said.key, now):
            return
        place = uow.places.at(said.place.platform, said.place.address)
        question = question_of_message(uow, place, said.remote)
        if question is not None:
            known = said if said.text else replace(said, text=last_words(uow, question, said.remote))
            add_change(uow, uow.firm(), place, question, known, Added.DELETED, now)
        uow.commit()


def _hear_once(said: Said, new_uow: NewUnitOfWork, now: datetime) -> None:
    with new_uow() as uow:
        if not uow.inbox.done(said.key, now):
            return
        place = uow.places.at(said.place.platform, said.place.address)
        _hear(uow, uow.firm(), place, said, now)
        uow.commit()


def _hear(uow: UnitOfWork, firm: Firm, place: PlaceId, said: Said, now: datetime) -> None:
    if not (said.text.strip() or said.attachments) or (said.to_us and is_order(said.text)):
        return
    if question_of_message(uow, place, said.remote) is not None:
        return  # a colleague was faster to file it
    talk = talk_of(said, firm)
    belonging = belonging_of(uow, place, said)
    if belonging.to is not None:
        if not talk or (belonging.to.status is Status.WAITING and Talk.AGREEMENT in talk):
            add_words(uow, firm, place, belonging.to.number, said, now)
    elif not talk and uow.deliveries.remember(asked_key(place, said.remote), now):
        _ask(uow, firm, place, said, belonging.earlier, now)


def asked_key(place: PlaceId, remote: str) -> str:
    """Under which it is remembered that a message became a question: of two at once, the second waits for the first."""
    return f"asked:{place}:{remote}"


def is_order(text: str) -> bool:
    """Whether words said to Podline are a command about a question or a verb alone, which outsiders are refused: a
    question that only begins like a verb is a question."""
    command = parse(text)
    if not isinstance(command, Command) or command.name in (Name.HELP, Name.QUESTION):
        return False
    return not command.words or take_question(command.words, strict=True)[0] is not None


def _ask(uow: UnitOfWork, firm: Firm, place: PlaceId, said: Said, earlier: Question | None, now: datetime) -> None:
    asked = Ask(
        text=said.text if said.text.strip() else files_in_words(said.attachments),
        asked_by=AskedBy(said.name, said.email, user=said.sender.user),
        via=Via.CHAT,
        asked_at=min(said.at, now),
        channel=place,
        remote=said.remote,
        thread=said.thread,
        attachments=with_original(said.attachments, said.link),
    )
    question = put_to_the_pod(uow, asked, now)
    if earlier is not None and earlier.pod in firm.pods:
        uow.outbox.add(_which_of_two(firm, earlier, question, said), now)
    if firm.settings.confirm_in_shared_channels:
        uow.outbox.add(_confirmed(question, place, said), now)


def _which_of_two(firm: Firm, earlier: Question, question: Question, said: Said) -> Message:
    """Whoever has the earlier question is asked whether the new one belongs to it."""
    return Message(
        key=f"which_of_two:{question.number}",
        topic=Topic.WHICH_OF_TWO,
        priority=Priority.ESCALATION,
        to_place=home_of(earlier, firm),
        question=earlier.number,
        in_thread=True,
        people=(earlier.claimed_by,) if earlier.claimed_by is not None else (),
        facts={
            "newer": str(question.number),
            "by": storable(said.name or ""),
            "text": shortened(question.text),
        },
    )


def _confirmed(question: Question, place: PlaceId, said: Said) -> Message:
    """One line in the client's own thread, for firms that want it."""
    return Message(
        key=f"confirmed:{question.number}",
        topic=Topic.CONFIRMED,
        priority=Priority.REPORT,
        to_place=place,
        question=question.number,
        facts={"thread": said.thread or said.remote},
    )
