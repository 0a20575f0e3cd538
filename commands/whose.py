"""``client Q-214 is Acme``: whose question it is, identified or corrected, and what is remembered of that."""

from commands.calling import call_somebody
from commands.channel_of import keeping_the_channel
from commands.grammar import Name
from commands.invocation import Context, Refused
from commands.mail_address import address_of, without_tag
from commands.names import client_named
from commands.permissions import colleagues
from commands.ports import HistoryRow, What
from commands.record import record
from commands.roster_lines import same_name
from commands.views import Button, Field, FieldKind, Form, Reply, notice, refusal
from commands.which import question_for
from commands.wording import claim_button, first_line, name_of
from coverage.clients import Client
from coverage.ids import QuestionNumber, short_id
from coverage.question import Question, identify


def say_whose(context: Context, number: QuestionNumber, name: str) -> Reply:
    """The question goes to that client's pod, from the first step of its policy. The address it came from is known as
    theirs from now on, and no longer as that of whom it was thought to be from."""
    question = question_for(context, number, Name.CLIENT)
    if not question.is_open:
        raise Refused(refusal(f"{short_id(number)} is resolved; reopen it first."))
    meant = client_named(context, name, command=f"client {short_id(number)} is {{client}}")
    if question.client == meant.id:
        return notice(f"{short_id(number)} is from {meant.name} already.")
    policy = context.firm.policy_of(meant.pod)
    identified, events = identify(question, context.actor.id, meant.id, meant.pod, policy, context.now)
    called, more = call_somebody(context.uow, context.firm, identified, context.now)
    recorded = record(context.uow, context.firm, called, (*events, *more), context.now)
    _remember_address(context, question, meant)
    return _told(context, question, recorded, meant)


def remember_name(context: Context, number: QuestionNumber) -> Reply:
    """What somebody called the client of this question is a name of theirs from now on."""
    question = question_for(context, number, Name.CLIENT)
    if question.client is None or question.named_as is None or not question.named_as.strip():
        raise Refused(refusal(f"There is no name to remember from {short_id(number)}."))
    name, client = " ".join(question.named_as.split()), context.uow.clients.get(question.client)
    called = context.uow.clients.called(name)
    if client.id in [one.id for one in called]:
        return notice(f"“{first_line(name)}” is a name of {client.name} already.")
    if called:
        raise Refused(refusal(f"“{first_line(name)}” is a name of {called[0].name}. A manager can change that."))
    context.uow.clients.add_alias(client.id, name)
    why = f"“{first_line(name)}” is remembered as a name of {client.name}"
    context.uow.history.append(number, [HistoryRow(context.now, context.actor.id, What.IDENTIFIED, why)])
    return notice(f"{why}.")


def whose_form(context: Context, number: QuestionNumber) -> Form:
    question = question_for(context, number, Name.CLIENT)
    candidates = context.uow.clients.many(question.candidates)
    hint = f"It may be: {', '.join(one.name for one in candidates.values())}" if candidates else ""
    # Once there is a client, what was said led to it: whoever corrects it would have to delete it first.
    said = question.named_as or "" if question.client is None else ""
    return Form(
        title=f"Whose is {short_id(number)}?",
        line=f"client {short_id(number)} is {{client}}",
        fields=(Field("client", "Client", FieldKind.LINE, initial=said, hint=hint),),
        submit="Ask their pod",
        example=f"client {short_id(number)} is Acme",
        about=number,
        version=question.version,
    )


def _remember_address(context: Context, question: Question, meant: Client) -> None:
    address = address_of(question.asked_by.email)
    if address is None:
        return
    if question.client is not None:
        for known in {address, without_tag(address)}:
            context.uow.clients.forget_address(known, question.client)
    context.uow.clients.confirm_address(address, meant.id)


def _told(context: Context, question: Question, recorded: Question, meant: Client) -> Reply:
    number = short_id(question.number)
    owner = question.claimed_by
    had = ""
    if owner is not None:
        who = "You" if owner == context.actor.id else name_of(context.firm, owner)
        had = f" {who} had it; it waits to be claimed again."
    buttons: tuple[Button, ...] = ()
    if context.actor.id in colleagues(recorded, context.firm):
        buttons += (claim_button(question.number, meant.name),)
    if _is_new_name(context, question):
        name = first_line(question.named_as or "", 40)
        spoken = f"Remember {name} as a name of {meant.name}"
        buttons += (Button(f"Remember “{name}” as a name of {meant.name}", f"client {number} remember", spoken),)
    said = f"{number} is from {meant.name}; {context.firm.pods[meant.pod].name} has been asked."
    return notice(f"{said}{had}", *keeping_the_channel(context, question, meant), buttons=buttons)


def _is_new_name(context: Context, question: Question) -> bool:
    name = question.named_as
    return name is not None and bool(same_name(name)) and not context.uow.clients.called(name)
