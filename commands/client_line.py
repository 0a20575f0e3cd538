"""A line about a client that means just this client, for buttons."""

from commands.grammar import take_question
from commands.invocation import Context
from commands.ports import UnitOfWork
from coverage.clients import Client


def line_for(context: Context, meant: Client, *words: str) -> str:
    """``client Acme Ltd note remove 3``; the name in quotes where bare it would mean something else too."""
    return line_of(context.uow, meant, *words)


def line_of(uow: UnitOfWork, meant: Client, *words: str) -> str:
    """The same where nobody has said anything."""
    is_alone = [one.id for one in uow.clients.called(meant.name)] == [meant.id]
    is_question = take_question(meant.name, strict=True)[0] is not None
    name = meant.name if is_alone and not is_question else f'"{meant.name}"'
    return " ".join(("client", name, *words))
