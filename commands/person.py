"""``person @bob [leaves 31 Dec to @ann | clients to @ann | joins North]``: who comes and goes, and what they have.
``person teams:1a2b is @bob``: whose account that is."""

import re

from commands.account import settle_account, take_account
from commands.calling import presence_of
from commands.invocation import Context, Refused
from commands.leaver import leaves
from commands.names import client_named, pod_named, take_person, unknown_person
from commands.people_setup import Step, contact_of, done_or_shown, given_to
from commands.permissions import managers_words
from commands.roster_lines import ClientLine, PodLine, Roster
from commands.setup import is_sure, take_back_button
from commands.setup_fields import person_field
from commands.setup_reading import quoted, take_name, texts_named
from commands.setup_words import counted, listed
from commands.views import Bold, Button, Code, Field, FieldKind, Form, Listing, Notice, Reply, Row, refusal
from commands.wording import STATUS_WORDS, explain_button, first_line, presence_words
from coverage.clients import Client, Knowledge
from coverage.ids import short_id
from coverage.people import Person

_TO = re.compile(r"^to\b\s*", re.IGNORECASE)
_LEARNING = re.compile(r"\blearning\b\s*:?\s*", re.IGNORECASE)
_SHOWN = 15


def person(context: Context) -> Reply:
    """Managers only: what somebody has, and the changes that go with a person who comes, goes or hands on clients."""
    if not context.actor.is_manager:
        raise Refused(refusal(f"People are changed by managers: {managers_words(context.firm)}."))
    if not context.words:
        raise Refused(refusal("Whom? For example ", Code("person @bob"), "."))
    account, whose = take_account(context, context.words)
    if account is not None:
        return settle_account(context, account, whose)
    meant, rest = take_person(context, context.words)
    if meant is None:
        raise unknown_person(context, context.words, "person @bob leaves 31 Dec to @ann")
    act, words = [*rest.split(None, 1), "", ""][:2]
    match act.casefold():
        case "":
            return _shown(context, meant)
        case "leaves":
            return leaves(context, meant, words) if words else _leaves_form(context, meant)
        case "clients":
            return _clients(context, meant, words) if words else _clients_form(context, meant)
        case "joins":
            return _joins(context, meant, words) if words else _joins_form(context, meant)
    says = f"I do not see what to do with {meant.name}: “{first_line(rest, 60)}”. For example "
    raise Refused(refusal(says, Code(f"person {meant.email} leaves 31 Dec"), "."))


def _clients(context: Context, giver: Person, words: str) -> Notice:
    """``to @ann``: another one is the named contact of all their clients."""
    context.uow.setup.wait_for_others()
    words, sure = is_sure(words)
    taker = _other(context, giver, _TO.sub("", words), "clients to @ann")
    clients = contact_of(context, giver.id)
    step = Step(
        f"{counted(len(clients), 'client')} of {giver.name} to {taker.name}: {_some(clients)}",
        Roster(clients=tuple(given_to(context, clients, giver, taker))),
        clients,
        f"person {giver.email}",
        (f"{giver.name} still knows them. Open questions stay with whoever has them.",),
    )
    if not clients:
        return Notice((f"{giver.name} is nobody's named contact.",))
    done = done_or_shown(context, step, is_sure=sure)
    if isinstance(done, Notice):
        return done
    said = f"{taker.name} is the named contact of {counted(len(clients), 'client')} of {giver.name} now."
    return Notice((said,), (take_back_button(done),))


def _joins(context: Context, newcomer: Person, words: str) -> Notice:
    """``North learning Acme, Birch Bakery``: in the pod, and briefed about the clients they are to learn."""
    context.uow.setup.wait_for_others()
    words, sure = is_sure(words)
    name, rest = take_name(words, [pod.name for pod in context.firm.pods.values()])
    pod = pod_named(context, name if name is not None else _LEARNING.split(words)[0].strip())
    found = _LEARNING.match(rest)
    names = texts_named(rest[found.end() :], str) if found is not None else ()
    clients = tuple(client_named(context, one, command="client {client}") for one in names)
    emails = [context.firm.people[who].email.casefold() for who in pod.members]
    members = tuple(dict.fromkeys((*emails, newcomer.email.casefold())))
    learn = f" and learns {_some(clients)}" if clients else ""
    step = Step(
        f"{newcomer.name} joins {pod.name}{learn}",
        Roster(
            pods=(PodLine(pod.name, members=members),) if len(members) > len(emails) else (),
            clients=tuple(_learning(context, client, newcomer) for client in clients),
        ),
        clients,
        f"person {newcomer.email}",
    )
    done = done_or_shown(context, step, is_sure=sure)
    if isinstance(done, Notice):
        return done
    briefed = f" What there is to know about {_some(clients)} is sent to them." if clients else ""
    return Notice((f"{newcomer.name} is in {pod.name} now.{briefed}",), (take_back_button(done),))


def _learning(context: Context, client: Client, who: Person) -> ClientLine:
    knows = {context.firm.people[one].email.casefold(): how for one, how in client.knows.items()}
    return ClientLine(client.name, knows={who.email.casefold(): Knowledge.LEARNING} | knows)


def _shown(context: Context, meant: Person) -> Listing:
    """Their pods, clients and open questions, with what can be done about each."""
    presence = presence_of(context.uow, context.firm, [meant.id], context.now)
    pods = [pod.name for pod in context.firm.pods_of(meant.id)]
    leads = [pod.name for pod in context.firm.pods.values() if pod.lead == meant.id]
    clients = contact_of(context, meant.id)
    owned = context.uow.questions.owned_by(meant.id)
    line = f"person {meant.email}"
    acts = (
        Button("Joins a pod", f"{line} joins", f"{meant.name} joins a pod"),
        Button("Leaves the firm", f"{line} leaves", f"{meant.name} leaves the firm"),
    )
    give = (Button("Give to somebody", f"{line} clients", f"Another named contact for all clients of {meant.name}"),)
    in_pods = f"In {listed(pods)}" if pods else "In no pod"
    rows = [
        Row((Bold(meant.name), f" {presence_words(presence, meant.id, context.now)}. {in_pods}."), acts),
        *([Row((f"Leads {listed(leads)}.",))] if leads else []),
        Row((f"Named contact of {counted(len(clients), 'client')}: {_some(clients)}",), give if clients else ()),
        Row((Bold("Open questions"), f": {len(owned) or 'none'}")),
    ]
    for question in owned[:_SHOWN]:
        number = short_id(question.number)
        state = STATUS_WORDS[question.status].casefold()
        hand = Button("Hand off", f"handoff {number}", f"Hand question {number} to a colleague")
        text = (Bold(number), f" {first_line(question.text)} ({state})")
        rows.append(Row(text, (hand, explain_button(question.number))))
    return Listing(meant.name, tuple(rows))


def _some(clients: tuple[Client, ...]) -> str:
    names = [client.name for client in clients]
    if not names:
        return "none"
    left = len(names) - _NAMED
    return f"{', '.join(names[:_NAMED])} and {left} more" if left > 0 else listed(names)


_NAMED = 5


def _other(context: Context, giver: Person, words: str, example: str) -> Person:
    taker, rest = take_person(context, words)
    if taker is None or rest.strip():
        raise unknown_person(context, words, f"person @bob {example}")
    if taker.id == giver.id:
        raise Refused(refusal(f"Name somebody else: they are {giver.name}'s clients already."))
    return taker


def _clients_form(context: Context, meant: Person) -> Form:
    return Form(
        title="Clients to a colleague",
        line=f"person {meant.email} clients to {{to}}",
        fields=(person_field(context, "to", f"New named contact of {meant.name}'s clients", None),),
        submit="See what changes",
        example="person @bob clients to @ann",
    )


def _joins_form(context: Context, meant: Person) -> Form:
    pods = tuple((quoted(pod.name), pod.name) for pod in context.firm.pods.values())
    learn = Field("learning", "Clients to learn", FieldKind.LINE, optional=True, hint="Names with commas between them")
    return Form(
        title="Joins a pod",
        line=f"person {meant.email} joins {{pod}} learning {{learning}}",
        fields=(Field("pod", "Pod", FieldKind.CHOICE, options=pods), learn),
        submit="See what changes",
        example="person @dan joins North learning Acme, Birch Bakery",
    )


def _leaves_form(context: Context, meant: Person) -> Form:
    return Form(
        title="Leaves the firm",
        line=f"person {meant.email} leaves {{last}} to {{to}}",
        fields=(
            Field("last", "Last day", FieldKind.DATE),
            person_field(context, "to", "Who takes over their clients", None, "Empty: nobody yet"),
        ),
        submit="See what changes",
        example="person @bob leaves 31 Dec to @ann",
    )
