"""What a message that asked somebody to act says once the question has moved on, and what they may do about it now."""

from commands.acts import answered_button, hand_off_button, release_button, resolve_button
from commands.ports import UnitOfWork
from commands.views import Bold, Button, Notice, Quote, Text
from commands.wording import (
    STATUS_WORDS,
    at,
    claim_button,
    client_words,
    explain_button,
    pod_name,
    shortened,
    since,
)
from coverage.firm import Firm
from coverage.ids import PersonId, short_id
from coverage.question import Question, Status


def settled(question: Question, firm: Firm, uow: UnitOfWork, reader: PersonId | None) -> Notice:
    """How the question stands. ``reader`` is whose conversation it hangs in, None in a channel; whoever has it still
    finds the client's words and their own buttons."""
    client = client_words(question, uow.clients.get(question.client).name if question.client is not None else None)
    is_theirs = question.is_open and reader is not None and reader == question.claimed_by
    asked: Text = ("\n", Quote(shortened(question.text)), "\n") if is_theirs else (" ",)
    words: Text = (Bold(short_id(question.number)), f" from {client}:", *asked, *_state(question, firm), ".")
    return Notice(words, buttons_for(question, client, reader), about=question.number, version=question.version)


def buttons_for(question: Question, client: str, reader: PersonId | None) -> tuple[Button, ...]:
    """What ``reader`` may want to do: anybody while nobody has it, later only whoever has it."""
    if question.is_unclaimed:
        return (claim_button(question.number, client), explain_button(question.number))
    if reader is None or reader != question.claimed_by:
        return ()
    match question.status:
        case Status.CLAIMED | Status.WAITING:
            return (answered_button(question), hand_off_button(question), release_button(question))
        case Status.ANSWERED:
            return (resolve_button(question),)
        case _:
            return ()


def _state(question: Question, firm: Firm) -> Text:
    if question.is_unclaimed:
        due = question.deadlines.claim
        until: Text = (", until ", at(firm, question, due)) if due is not None else ()
        return (f"{pod_name(firm, question)} is asked to claim it", *until)
    if question.status is Status.CLAIMED:
        return since(firm, question)
    if question.is_open:
        return (f"{STATUS_WORDS[question.status]}; ", *since(firm, question))
    if question.merged_into is not None:
        return (f"the same as {short_id(question.merged_into)}",)
    return ("resolved",)
