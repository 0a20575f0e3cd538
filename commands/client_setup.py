"""``client Acme pod North`` and its like: managers change a client, or make a new one."""

import re
from dataclasses import replace

from commands.client_form import change_form, new_form
from commands.client_lines import doubts, mentioned, with_more, without
from commands.invocation import Context, Refused
from commands.names import client_named
from commands.permissions import Act
from commands.roster_lines import ClientLine, Roster, same_name
from commands.setup import Wanted, change, in_turn, is_sure, must_be_manager
from commands.setup_reading import (
    after_new,
    keyed,
    known_name,
    new_name,
    quoted,
    unquoted,
)
from commands.views import Bold, Code, Reply, Text, refusal
from commands.which import thread_question
from coverage.clients import Client
from coverage.people import Pod

CLIENT_ACTS = ("pod", "contact", "knows", "learning", "forgets", "alias", "domain", "channel", "remove", "change")
_ACT = re.compile(rf"({'|'.join(CLIENT_ACTS)})\b\s*:?\s*", re.IGNORECASE)
_SPLIT = re.compile(rf"(?:^|(?<=\s))(?={'|'.join(CLIENT_ACTS)}\b)", re.IGNORECASE)
_WHAT = "Clients are changed"
_LONGEST_NAME = 300
_KEYS = {
    "pod": "pod",
    "contact": "named_contact",
    "named_contact": "named_contact",
    "knows": "knows",
    "learning": "learning",
    "alias": "aliases",
    "aliases": "aliases",
    "domain": "domains",
    "domains": "domains",
    "channel": "channels",
    "channels": "channels",
}


def change_client(context: Context) -> Reply | None:
    """Do what the words say to a client or make a new one; None where they only name a client to look at.

    A name may hold any of the words that say what to do: the longest one that is a client's is meant. Without a name
    the client of the thread's question is.

    Raises:
        Refused: the actor is no manager, no such client, or it cannot be.
    """
    words = context.words
    if _called(context, words):
        return None
    new, split = after_new(words), _split(context, words)
    if split is None:
        return new_client(context, new) if new is not None else None
    name, rest = split
    if new is not None and not _called(context, name):
        return new_client(context, new)
    if not name and thread_question(context) is None:
        return None
    context = in_turn(context, Act.CHANGE_CLIENT, _WHAT)
    template = f"client {{client}} {rest}" if len(rest) < _LONGEST_NAME else "client {client}"
    meant = client_named(context, name, command=template) if name else _of_thread(context)
    found = _ACT.match(rest)
    assert found is not None
    return _do(context, meant, found[1].casefold(), rest[found.end() :].strip())


def move_client(context: Context, words: str, pod: Pod) -> Reply:
    """``pod North client Acme``: the pod looks after the client from now on."""
    name, sure = (words, False) if _called(context, words) else is_sure(words)
    command = f"pod {quoted(pod.name)} client {{client}}"
    meant = client_named(context, name, command=command)
    return _changed(context, meant, ClientLine(meant.name, pod=pod.name), sure, _moved(meant, pod.name))


def new_client(context: Context, words: str) -> Reply:
    """``Acme pod North contact @ann knows @bob alias A, B domain acme.example channel #acme``.

    Raises:
        Refused: the actor is no manager, there is such a client, or it cannot be.
    """
    must_be_manager(context, Act.CHANGE_CLIENT, _WHAT)
    name, rest = new_name(words, rf"(?:{'|'.join(_KEYS)})\b") if words else ("", "")
    _, said = keyed(f"\n{rest}" if "\n" in words else rest, _KEYS)
    if not said.get("pod"):
        return new_form(context, name, said)
    context = in_turn(context, Act.CHANGE_CLIENT, _WHAT)
    if any(same_name(one.name) == same_name(name) for one in context.uow.clients.called(name)):
        raise Refused(replace(refusal(f"There is a client called “{name}” already."), field="name"))
    line = mentioned(context, ClientLine(name), None, said)
    done: Text = (Bold(name), f" is a client of {line.pod} now.", *doubts(context, None, line))
    return change(context, Wanted(Roster(clients=(line,)), f"client {quoted(name)}", done=done))


def _do(context: Context, meant: Client, act: str, value: str) -> Reply:
    is_pod = any(same_name(pod.name) == same_name(unquoted(value)) for pod in context.firm.pods.values())
    value, sure = is_sure(value) if act in ("pod", "change") and not is_pod else (value, False)
    if act == "remove" and value:
        return _changed(context, meant, *without(context, meant, value))
    if not value:
        return change_form(context, meant)
    if act == "change":
        _, said = keyed(value, _KEYS)
        if not said:
            raise Refused(refusal("I do not see what to change. For example ", Code("client Acme pod North"), "."))
        return _changed(context, meant, mentioned(context, ClientLine(meant.name), meant, said), sure, ())
    if act == "pod":
        pod = known_name(value, [pod.name for pod in context.firm.pods.values()], "pod", "pod")
        return _changed(context, meant, ClientLine(meant.name, pod=pod), sure, _moved(meant, pod))
    return _changed(context, meant, *with_more(context, meant, act, value))


def _changed(context: Context, meant: Client, line: ClientLine, sure: bool = False, done: Text = ()) -> Reply:
    said = (*done, *doubts(context, meant, line)) if done else ()
    return change(context, Wanted(Roster(clients=(line,)), f"client {quoted(meant.name)}", (meant,), said, sure))


def _moved(meant: Client, pod: str) -> Text:
    return (f"{pod} looks after ", Bold(meant.name), " now.")


def _split(context: Context, words: str) -> tuple[str, str] | None:
    """The client's name and what to do: of several ways to read the words, that of the longest name there is."""
    places = [found.start() for found in _SPLIT.finditer(words[: _LONGEST_NAME + 20])]
    if not places:
        return None
    ways = [(words[:place].strip(), words[place:]) for place in places if _ACT.match(words[place:])]
    for name, rest in reversed(ways):
        if name and _called(context, name):
            return name, rest
    return ways[0] if ways else None


def _called(context: Context, name: str) -> bool:
    """Whether some client is called so, in quotes or not."""
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME:
        return False
    called = context.uow.clients.called
    return bool(called(name) or (unquoted(name) != name and called(unquoted(name))))


def _of_thread(context: Context) -> Client:
    """The client of the question under whose card this was said."""
    number = thread_question(context)
    question = context.uow.questions.look_at(number) if number is not None else None
    if question is None or question.client is None:
        raise Refused(refusal("Which client? For example ", Code("client Acme pod North"), "."))
    return context.uow.clients.get(question.client)
