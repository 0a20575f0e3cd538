"""What is typed or filled in about a client, as the line of a roster that says so."""

import re
from collections.abc import Iterator
from dataclasses import replace

from commands import roster_values
from commands.invocation import Context, Refused
from commands.names import unknown_person
from commands.place import Place
from commands.roster_lines import ClientLine, same_name
from commands.setup_fields import has_account
from commands.setup_reading import channels_named, known_name, one_person, people_named, texts_named
from commands.views import Bold, Text, refusal
from commands.wording import first_line
from coverage.clients import Client, Knowledge
from coverage.ids import PersonId
from coverage.people import Person

_REMOVE = re.compile(r"^(alias|domain|channel)\b\s*:?\s*(.*)$", re.IGNORECASE | re.DOTALL)


def with_more(context: Context, meant: Client, act: str, value: str) -> tuple[ClientLine, bool, Text]:
    """What the act adds to the client, and what is said when it is done."""
    name = meant.name
    match act:
        case "contact":
            person = one_person(context, value, "client Acme contact @ann")
            email = person.email.casefold() if person is not None else None
            who = person.name if person is not None else "Nobody"
            return (
                ClientLine(name, named_contact=email),
                False,
                (f"{who} is the named contact of ", Bold(name), " now."),
            )
        case "knows" | "learning":
            people = people_named(context, value, "client Acme knows @bob")
            how = Knowledge.KNOWS if act == "knows" else Knowledge.LEARNING
            knows = _knows(context, meant) | {person.email.casefold(): how for person in people}
            verb = _verb(people, "knows", "know") if act == "knows" else f"{_verb(people, 'is', 'are')} learning"
            return ClientLine(name, knows=knows), False, (f"{_names(people)} {verb} ", Bold(name), " now.")
        case "forgets":
            return _forgetting(context, meant, people_named(context, value, "client Acme forgets @bob"))
        case "alias":
            new = texts_named(value, roster_values.text)
            aliases = tuple(dict.fromkeys((*meant.aliases, *new)))
            return ClientLine(name, aliases=aliases), False, (Bold(name), f" is also called {', '.join(new)} now.")
        case "domain":
            new = texts_named(value, roster_values.domain)
            domains = tuple(dict.fromkeys((*meant.domains, *new)))
            return (
                ClientLine(name, domains=domains),
                False,
                (f"Whoever writes from {', '.join(new)} is ", Bold(name), " now."),
            )
        case _:
            places = (*_places(context, meant), *channels_named(context, value))
            return ClientLine(name, channels=tuple(dict.fromkeys(places))), False, ()


def without(context: Context, meant: Client, value: str) -> tuple[ClientLine, bool, Text]:
    """``remove alias A``, ``remove domain d``, ``remove channel #x``, ``remove @bob``."""
    found = _REMOVE.match(value)
    if found is None or not found[2]:
        return _forgetting(context, meant, people_named(context, value, "client Acme remove alias A"))
    kind, what = found[1].casefold(), found[2].strip()
    if kind == "channel":
        places = channels_named(context, what)
        left_places = tuple(place for place in _places(context, meant) if place not in places)
        return ClientLine(meant.name, channels=left_places), False, ()
    gone = {same_name(one): one for one in texts_named(what, roster_values.text)}
    had = meant.aliases if kind == "alias" else meant.domains
    unknown = [one for key, one in gone.items() if key not in map(same_name, had)]
    if unknown:
        there = ", ".join(had) or "none"
        raise Refused(refusal(f"{meant.name} has no {kind} “{first_line(unknown[0], 80)}”. There are: {there}."))
    left = tuple(one for one in had if same_name(one) not in gone)
    line = ClientLine(meant.name, aliases=left) if kind == "alias" else ClientLine(meant.name, domains=left)
    return line, False, ()


def _forgetting(context: Context, meant: Client, people: tuple[Person, ...]) -> tuple[ClientLine, bool, Text]:
    if not people:
        raise unknown_person(context, "", "client Acme forgets @bob")
    gone = {person.email.casefold() for person in people}
    knows = {email: how for email, how in _knows(context, meant).items() if email not in gone}
    verb = _verb(people, "does", "do")
    return (
        ClientLine(meant.name, knows=knows),
        False,
        (f"{_names(people)} {verb} not know ", Bold(meant.name), " any more."),
    )


def mentioned(context: Context, line: ClientLine, meant: Client | None, said: dict[str, str]) -> ClientLine:
    """``line`` with what is said of each field; whoever has no account where a form was filled in could not be picked
    there, so they stay."""
    for field, value in said.items():
        match field:
            case "pod" if value:
                pods = [pod.name for pod in context.firm.pods.values()]
                line = replace(line, pod=known_name(value, pods, "pod", field))
            case "named_contact":
                line = replace(line, named_contact=_contact(context, meant, value))
            case "aliases":
                line = replace(line, aliases=texts_named(value, roster_values.text, field))
            case "domains":
                line = replace(line, domains=texts_named(value, roster_values.domain, field))
            case "channels":
                line = replace(line, channels=channels_named(context, value, field))
    if "knows" in said or "learning" in said:
        line = replace(line, knows=_all_who_know(context, meant, said))
    return line


def _contact(context: Context, meant: Client | None, value: str) -> str | None:
    person = one_person(context, value, "client Acme contact @ann", "named_contact") if value else None
    if person is None and not value and meant is not None and meant.named_contact is not None:
        return _email(context, meant.named_contact) if not has_account(context, meant.named_contact) else None
    return person.email.casefold() if person is not None else None


def _all_who_know(context: Context, meant: Client | None, said: dict[str, str]) -> dict[str, Knowledge]:
    """Those named as knowing or learning; a kind of which nothing is said stays as it is."""
    known: dict[str, Knowledge] = {}
    if meant is not None:
        kept = {
            who: how
            for who, how in sorted(meant.knows.items())
            if _KEY_OF[how] not in said or not has_account(context, who)
        }
        known = {_email(context, who): how for who, how in kept.items() if who in context.firm.people}
    for how, key in ((Knowledge.LEARNING, "learning"), (Knowledge.KNOWS, "knows")):
        people = people_named(context, said.get(key, ""), "client Acme knows @bob", key)
        known |= {person.email.casefold(): how for person in people}
    return known


_KEY_OF = {Knowledge.KNOWS: "knows", Knowledge.LEARNING: "learning"}


def doubts(context: Context, meant: Client | None, line: ClientLine) -> Iterator[str]:
    """By what is new, another client may be meant as well: that is allowed, and somebody will be asked."""
    clients = context.uow.clients
    new_names = _new(line.aliases, meant.aliases if meant is not None else ())
    new_names += (line.name,) if meant is None else ()
    found = [(name, clients.called(name)) for name in new_names]
    found += [(name, clients.with_domain(name)) for name in _new(line.domains, meant.domains if meant else ())]
    for name, fitting in found:
        others = [one.name for one in fitting if meant is None or one.id != meant.id]
        if others:
            also = ", ".join(others[:3])
            yield f" “{first_line(name)}” fits {also}, too: whoever uses it is asked which one is meant."


def _new(after: object, before: tuple[str, ...]) -> tuple[str, ...]:
    had = {same_name(one) for one in before}
    return tuple(one for one in after if same_name(one) not in had) if isinstance(after, tuple) else ()


def _knows(context: Context, meant: Client) -> dict[str, Knowledge]:
    known = sorted(meant.knows.items())
    return {_email(context, who): how for who, how in known if who in context.firm.people}


def _places(context: Context, meant: Client) -> tuple[Place, ...]:
    return tuple(context.uow.places.get(place) for place in meant.channels)


def _email(context: Context, who: PersonId) -> str:
    return context.firm.people[who].email.casefold()


def _names(people: tuple[Person, ...]) -> str:
    return " and ".join(person.name for person in people)


def _verb(people: tuple[Person, ...], one: str, several: str) -> str:
    return one if len(people) == 1 else several
