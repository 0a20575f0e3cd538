"""What whoever covers a client is told: who knows them, notes, what is open, and what they asked and were answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from commands.client_glance import glance
from commands.invocation import Context, Invocation
from commands.outgoing import Message, Priority, Topic
from commands.ports import Identity, UnitOfWork
from commands.roster_lines import ClientLine
from commands.setup_plan import Plan
from commands.views import Listing, Row
from coverage.clients import Client, Knowledge
from coverage.firm import Firm
from coverage.ids import ClientId, PersonId


def new_learners(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By name the clients that somebody will be learning who is not now, with the e-mail addresses of those."""
    for before, after in plan.changed_clients():
        learners = tuple(sorted(_learning(after) - _learning(before)))
        if learners:
            yield after.name, learners


def _learning(line: ClientLine) -> set[str]:
    knows = line.knows if isinstance(line.knows, dict) else {}
    return {email for email, how in knows.items() if how is Knowledge.LEARNING}


def brief_message(client: ClientId, learner: PersonId, change: int) -> Message:
    """``change`` is the number of the change of the set-up by which they cover the client."""
    facts = {"client": str(client)}
    key = f"cover:{change}:{client}:dm{learner}"
    return Message(key, Topic.COVER, Priority.REPORT, to_person=learner, facts=facts)


def cover_brief(message: Message, firm: Firm, uow: UnitOfWork, now: datetime) -> Listing | None:
    """The client at a glance, for whoever is to cover them; None where they are not any more."""
    who = message.to_person
    if who is None or who not in firm.people:
        return None
    context = Context(uow, firm.people[who], firm, now, "", Invocation("", _NOWHERE, ""))
    client = _client(context.uow, ClientId(int(message.facts["client"])))
    if client is None or client.knows.get(context.actor.id) is not Knowledge.LEARNING:
        return None
    view = glance(context, client)
    why = Row((f"{client.name} may need you: too few who know them are there. This is what there is to know.",))
    return replace(view, title=f"You cover {client.name}", rows=(why, *view.rows))


_NOWHERE = Identity("", "", "")
"""They said nothing: it is a message that nobody typed a line for."""


def _client(uow: UnitOfWork, client: ClientId) -> Client | None:
    return uow.clients.many([client]).get(client)
