"""``client Acme``: a client at a glance. ``client Q-214 is Acme``: whose question it is, identified or corrected."""

import re

from commands.client_setup import change_client
from commands.grammar import take_question
from commands.invocation import Context, Refused
from commands.names import client_named
from commands.ports import QuestionQuery
from commands.views import Bold, Code, Listing, Reply, Row, refusal
from commands.which import thread_question
from commands.who import people_who_know
from commands.whose import remember_name, say_whose, whose_form
from commands.wording import STATUS_WORDS, first_line, name_of
from coverage.clients import Client
from coverage.ids import short_id
from coverage.question import Question

_IS = re.compile(r"^is\b\s*(.*)$", re.IGNORECASE | re.DOTALL)


def client(context: Context) -> Reply:
    """Show a client, or say which client a question is from; in a thread, ``client is Acme``."""
    number, rest = take_question(context.words, strict=True)
    if number is None and _IS.match(rest):
        number = thread_question(context)
    if number is not None:
        if rest.casefold() == "remember":
            return remember_name(context, number)
        name = found.group(1).strip() if (found := _IS.match(rest)) else rest
        return say_whose(context, number, name) if name else whose_form(context, number)
    if not context.words:
        raise Refused(refusal("Which client? For example ", Code("client Acme"), "."))
    changed = change_client(context)
    if changed is not None:
        return changed
    return _glance(context, client_named(context, context.words, command="client {client}"))


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
