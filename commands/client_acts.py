"""``client Acme note ... | about ...``: where a client's name ends and what is asked or said about them begins."""

import re

from commands.client_notes import add_note, notes
from commands.client_past import about
from commands.invocation import Context
from commands.names import client_named, is_client
from commands.views import Reply
from coverage.clients import Client

_ACT = re.compile(r"\b(notes?|about)\b[:,]?\s*", re.IGNORECASE)
_LONGEST_NAME = 255
_LONGEST_LINE = 1_500
"""What is longer does not fit a button beside a client's name."""
_LOOKED_AT = 5


def client_act(context: Context, *, sure: bool = False) -> Reply | None:
    """The answer to what is asked or noted about a client; None where the words are nothing but a name, and with
    ``sure`` also where no client is called so.

    A client may be called "Notes & Co": of several ways to read the words the longest name that there is wins.
    """
    if is_client(context, context.words):
        return None
    found = None
    for act in list(_ACT.finditer(context.words))[:_LOOKED_AT]:
        name = context.words[: act.start()].strip()
        if name and len(name) <= _LONGEST_NAME and (found is None or is_client(context, name)):
            found = (name, act)
    if found is None or (sure and not is_client(context, found[0])):
        return None
    name, act = found
    verb, rest = act[1].casefold(), context.words[act.end() :].strip()
    line = f"client {{client}} {verb} {rest}".strip()
    meant = client_named(context, name, command=line if len(line) <= _LONGEST_LINE else "client {client}")
    return _done(context.saying(rest), meant, verb)


def _done(context: Context, meant: Client, verb: str) -> Reply:
    match verb:
        case "about":
            return about(context, meant)
        case "notes":
            return notes(context, meant)
        case _:
            return add_note(context, meant)
