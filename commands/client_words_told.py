"""The words of messages about what a client said in their channel: to the pod, and the one line to the client."""

import json
from typing import assert_never

from commands.attachments import counted, links
from commands.follow_up import Added
from commands.outgoing import Message, Topic
from commands.ports import UnitOfWork, UnknownQuestion
from commands.views import Bold, Button, Mention, Notice, Quote, Text
from commands.wording import claim_button, client_words, name_of
from coverage.firm import Firm
from coverage.ids import PersonId, QuestionNumber, short_id
from coverage.question import Attachment, Question

TOPICS = (Topic.FOLLOW_UP, Topic.WHICH_OF_TWO, Topic.CONFIRMED)


def told(
    message: Message, question: Question, firm: Firm, people: tuple[PersonId, ...], uow: UnitOfWork
) -> Notice | str:
    """The notice that calls ``people``, or why none need be sent any more."""
    match message.topic:
        case Topic.FOLLOW_UP:
            return _follow_up(message, question, firm, people, uow)
        case Topic.WHICH_OF_TWO:
            return _which_of_two(message, question, firm, people, uow)
        case _:
            return _confirmed(question, firm)


def _follow_up(
    message: Message, question: Question, firm: Firm, people: tuple[PersonId, ...], uow: UnitOfWork
) -> Notice:
    client = client_words(question, uow.clients.get(question.client).name if question.client is not None else None)
    added = Added(message.facts["what"])
    words: Text = (*_calling(firm, people), Bold(message.facts["by"] or client), *_did(added, question.number))
    said: Text = ("\n", Quote(message.facts["text"])) if message.facts["text"].strip() else ()
    files = tuple(Attachment(name, url) for name, url in json.loads(message.facts["attachments"]))
    with_files: Text = (f"\n{counted(files)}: ", *links(files)) if files else ()
    buttons = (claim_button(question.number, client),) if question.is_unclaimed else ()
    woken = (
        ("\nIt was snoozed until now." if said else " It was snoozed until now.",) if message.facts.get("woken") else ()
    )
    return Notice((*words, *said, *with_files, *woken), buttons, about=question.number, version=question.version)


def _did(added: Added, number: QuestionNumber) -> Text:
    match added:
        case Added.SAID:
            return (" adds to ", Bold(short_id(number)), ":")
        case Added.EDITED:
            return (" has changed a message of ", Bold(short_id(number)), "; it says now:")
        case Added.DELETED:
            return (" has deleted a message of ", Bold(short_id(number)), ", which stays as it was asked:")
    assert_never(added)


def _which_of_two(
    message: Message, question: Question, firm: Firm, people: tuple[PersonId, ...], uow: UnitOfWork
) -> Notice | str:
    try:
        newer = uow.questions.look_at(QuestionNumber(int(message.facts["newer"])))
    except UnknownQuestion:
        return "the newer question is gone"
    if newer.merged_into is not None or question.merged_into is not None or not newer.is_open:
        return "that is settled"
    old, new = short_id(question.number), short_id(newer.number)
    who = message.facts["by"] or "Whoever asked it"
    words: Text = (
        *_calling(firm, people),
        Bold(who),
        " has written again:\n",
        Quote(message.facts["text"]),
        "\nThat is ",
        Bold(new),
        " now. Does it belong to ",
        Bold(old),
        "?",
    )
    return Notice(
        words,
        (
            Button(f"Belongs to {old}", f"merge {new} into {old}", f"Question {new} belongs to {old}"),
            Button("A new question: I take it", f"claim {new}", f"Claim question {new}, a new one"),
        ),
    )


def _confirmed(question: Question, firm: Firm) -> Notice | str:
    """It names neither pod nor person: who looks after whom is the firm's own business."""
    if not firm.settings.confirm_in_shared_channels:
        return "the firm has turned that off"
    if not question.is_open:
        return "that is settled"
    return Notice(("We have your question. Somebody who knows you will answer you here.",))


def _calling(firm: Firm, people: tuple[PersonId, ...]) -> Text:
    return tuple(part for who in people for part in (Mention(who, name_of(firm, who)), " "))
