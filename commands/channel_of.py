"""A channel in which a client asked before anybody had said that it is theirs: how to keep that."""

from commands.invocation import Context
from commands.permissions import managers_words
from commands.views import Code, Text
from coverage.clients import Client
from coverage.question import Question


def keeping_the_channel(context: Context, question: Question, client: Client) -> Text:
    """What to say so that whatever is asked there is known to be theirs; nothing where it is known, or was not asked by
    somebody of the client in a channel."""
    if question.origin is None or question.asked_by.user is None or context.uow.clients.with_channel(question.origin):
        return ()
    address = context.uow.places.get(question.origin).address
    who = "" if context.actor.is_manager else f" A manager can say so: {managers_words(context.firm)}."
    return (
        " If all that is asked in that channel is theirs: ",
        Code(f"client {client.name} channel <#{address}>"),
        ".",
        who,
    )
