"""``who Acme``: who knows a client, how well, and who of them is there."""

from commands.calling import EVIDENCE, presence_of
from commands.invocation import Context
from commands.names import client_named
from commands.views import Bold, Field, FieldKind, Form, Listing, Reply, Row
from commands.wording import presence_words
from coverage.availability import Presence
from coverage.clients import Acquaintance, Basis, Client, who_knows


def who(context: Context) -> Reply:
    """Everybody who knows the client, best first. Why somebody is away is nobody's business here."""
    if not context.words:
        return _form()
    meant = client_named(context, context.words, command="who {client}")
    return Listing(f"Who knows {meant.name}", tuple(people_who_know(context, meant)), "Nobody knows them yet.")


def _form() -> Form:
    return Form(
        title="Who knows them?",
        line="who {client}",
        fields=(Field("client", "Client", FieldKind.LINE, hint="A name or an alias"),),
        submit="Show",
        example="who Acme",
    )


def people_who_know(context: Context, meant: Client) -> list[Row]:
    """A row for each person who knows the client or is learning them."""
    answers = context.uow.clients.answers(meant.id, context.now - EVIDENCE)
    known = who_knows(meant, answers, context.now)
    presence = presence_of(context.uow, context.firm, (one.person for one in known), context.now)
    return [_row(context, one, presence) for one in known if one.person in context.firm.people]


def _row(context: Context, one: Acquaintance, presence: Presence) -> Row:
    person = context.firm.people[one.person]
    there = presence_words(presence, one.person, context.now)
    return Row((Bold(person.name), f", {_how_well(one)}; {there}"))


def _how_well(one: Acquaintance) -> str:
    answered = f"{one.answers} question{'s' if one.answers != 1 else ''} answered" if one.answers else ""
    said = {
        Basis.NAMED_CONTACT: "named contact",
        Basis.KNOWS: "knows them",
        Basis.LEARNING: "is learning them",
        Basis.ANSWERED: "",
    }[one.basis]
    return ", ".join(part for part in (said, answered) if part)
