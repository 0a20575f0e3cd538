"""The forms for a client: a new one, and one that is there."""

from collections.abc import Mapping

from commands.export_roster import stored_roster
from commands.invocation import Context
from commands.permissions import Act, may_act
from commands.roster_lines import ClientLine, Roster
from commands.setup_fields import channels_field, choice_field, filled_in, people_field, person_field
from commands.setup_plan import seen
from commands.setup_reading import quoted, texts_listed
from commands.views import Field, FieldKind, Form, in_line
from coverage.clients import Client, Knowledge

_ENTRIES = (
    "pod: {pod}\ncontact: {named_contact}\nknows: {knows}\nlearning: {learning}\naliases: {aliases}\n"
    "domains: {domains}\nchannels: {channels}"
)


def which_client_form(context: Context) -> Form:
    """For whoever wants to look at a client: by any of its names, as clients are too many for a menu."""
    new = " A new one: client new." if may_act(context.actor, Act.CHANGE_CLIENT) else ""
    return Form(
        title="Which client?",
        line="client {client}",
        fields=(
            Field("client", "Client", FieldKind.LINE, hint=f"A name or an alias.{new} What was said: Acme about VAT."),
        ),
        submit="Show",
        example="client Acme",
    )


def new_form(context: Context, name: str, said: Mapping[str, str]) -> Form:
    """With what was typed already in it."""
    asked = [
        filled_in(context, field, said.get(field.name, ""), "client Acme knows @bob")
        for field in _fields(context, None)
    ]
    return Form(
        title="New client",
        line=f"client new {{name}}\n{_ENTRIES}",
        fields=(Field("name", "Name", FieldKind.LINE, name), *asked),
        submit="Add them",
        example="client new Acme pod North contact @ann",
    )


def change_form(context: Context, client: Client) -> Form:
    """It remembers how the client was: what somebody else changes meanwhile is not overwritten unseen."""
    state = seen(stored_roster(context.uow, (client,)), Roster(clients=(ClientLine(client.name),)))
    return Form(
        title=f"Change {client.name}",
        line=f"client {in_line(quoted(client.name))} change\n{_ENTRIES}",
        fields=_fields(context, client),
        submit="Change them",
        example="client Acme knows @bob",
        version=state,
    )


def _fields(context: Context, client: Client | None) -> tuple[Field, ...]:
    pods = {pod.id: pod.name for pod in context.firm.pods.values()}
    knows = client.knows.items() if client else ()
    well = [who for who, how in knows if how is Knowledge.KNOWS]
    learning = [who for who, how in knows if how is Knowledge.LEARNING]
    return (
        choice_field("pod", "Pod", pods.values(), pods[client.pod] if client else None),
        person_field(context, "named_contact", "Named contact", client.named_contact if client else None),
        people_field(context, "knows", "Who else knows them", well, "They count for the client's coverage"),
        people_field(context, "learning", "Who is learning them", learning),
        _texts("aliases", "Also called", client.aliases if client else ()),
        _texts("domains", "Their mail domains", client.domains if client else ()),
        channels_field(
            context, "channels", "Channels shared with them", client.channels if client else (), "Questions asked there"
        ),
    )


def _texts(name: str, label: str, texts: tuple[str, ...]) -> Field:
    hint = "Several with commas between them"
    return Field(name, label, FieldKind.LINE, texts_listed(texts), optional=True, hint=hint)
