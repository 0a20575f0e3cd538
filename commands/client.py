"""``client Acme``: a client at a glance. ``client Q-214 is Acme``: whose question it is, identified or corrected."""

import re

from commands.calling import call_somebody
from commands.channel_of import keeping_the_channel
from commands.grammar import Name, take_question
from commands.invocation import Context, Refused
from commands.names import client_named
from commands.ports import QuestionQuery
from commands.record import record
from commands.views import Bold, Code, Field, FieldKind, Form, Listing, Reply, Row, notice, refusal
from commands.which import question_for
from commands.who import people_who_know
from commands.wording import STATUS_WORDS, first_line, name_of
from coverage.clients import Client
from coverage.ids import QuestionNumber, short_id
from coverage.question import Question, identify

_IS = re.compile(r"^is\b\s*(.*)$", re.IGNORECASE | re.DOTALL)


def client(context: Context) -> Reply:
    """Show a client, or say which client a question is from."""
    number, rest = take_question(context.words, strict=True)
    if number is not None:
        name = found.group(1).strip() if (found := _IS.match(rest)) else rest
        return say_whose(context, number, name) if name else _form(context, number)
    if not context.words:
        raise Refused(refusal("Which client? For example ", Code("client Acme"), "."))
    return _glance(context, client_named(context, context.words, command="client {client}"))


def say_whose(context: Context, number: QuestionNumber, name: str) -> Reply:
    """The question goes to that client's pod, from the first step of its policy."""
    question = question_for(context, number, Name.CLIENT)
    if not question.is_open:
        raise Refused(refusal(f"{short_id(number)} is resolved; reopen it first."))
    meant = client_named(context, name, command=f"client {short_id(number)} is {{client}}")
    if question.client == meant.id:
        return notice(f"{short_id(number)} is from {meant.name} already.")
    policy = context.firm.policy_of(meant.pod)
    identified, events = identify(question, context.actor.id, meant.id, meant.pod, policy, context.now)
    called, more = call_somebody(context.uow, context.firm, identified, context.now)
    record(context.uow, context.firm, called, (*events, *more), context.now)
    if question.client is None and question.asked_by.email:
        context.uow.clients.confirm_address(question.asked_by.email, meant.id)
    told = f"{short_id(number)} is from {meant.name}; {context.firm.pods[meant.pod].name} has been asked."
    return notice(told, *keeping_the_channel(context, question, meant))


def _glance(context: Context, meant: Client) -> Listing:
    pod = context.firm.pods[meant.pod]
    rows = [Row((Bold(f"Looked after by {pod.name}"), ", named contact ", name_of(context.firm, meant.named_contact)))]
    rows += people_who_know(context, meant)
    latest = context.uow.questions.page(QuestionQuery(client=meant.id, limit=_LATEST))
    rows += [_question(context, question) for question in latest]
    return Listing(meant.name, tuple(rows))


_LATEST = 5


def _question(context: Context, question: Question) -> Row:
    who = question.answered_by or question.claimed_by
    by = f", {name_of(context.firm, who)}" if who is not None else ""
    state = STATUS_WORDS[question.status].casefold()
    return Row((Bold(short_id(question.number)), f" {first_line(question.text)} ({state}{by})"))


def _form(context: Context, number: QuestionNumber) -> Form:
    question = question_for(context, number, Name.CLIENT)
    candidates = context.uow.clients.many(question.candidates)
    hint = f"It may be: {', '.join(one.name for one in candidates.values())}" if candidates else ""
    return Form(
        title=f"Whose is {short_id(number)}?",
        line=f"client {short_id(number)} is {{client}}",
        fields=(Field("client", "Client", FieldKind.LINE, initial=question.named_as or "", hint=hint),),
        submit="Ask their pod",
        example=f"client {short_id(number)} is Acme",
        about=number,
        version=question.version,
    )
