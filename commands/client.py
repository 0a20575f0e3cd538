"""``client Acme``: a client at a glance. ``client Q-214 is Acme``: whose question it is, identified or corrected."""

import re

from commands.client_acts import client_act
from commands.client_form import which_client_form
from commands.client_glance import glance
from commands.client_setup import change_client
from commands.grammar import take_question
from commands.invocation import Context
from commands.names import client_named
from commands.views import Reply
from commands.which import thread_question
from commands.whose import remember_name, say_whose, whose_form

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
        return which_client_form(context)
    done = client_act(context, sure=True) or change_client(context) or client_act(context)
    return done or glance(context, client_named(context, context.words, command="client {client}"))
