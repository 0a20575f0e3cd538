"""From what people type to whom or what they mean: colleagues, clients and pods. Two that fit are never guessed."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from commands.invocation import Context, Refused, UnknownSender
from commands.meant_person import said_again_with
from commands.ports import Identity, UnitOfWork
from commands.roster_lines import same_name
from commands.views import Button, Code, refusal
from commands.wording import first_line
from coverage.clients import Client
from coverage.people import Person, Pod

_MENTION = re.compile(r"^<@([A-Z0-9][\w.:-]*)(?:\|[^>]*)?>\s*", re.IGNORECASE)
_MAIL_LINK = re.compile(r"^<mailto:([^|>]+)(?:\|[^>]*)?>\s*", re.IGNORECASE)
_EMAIL = re.compile(r"^([^\s@<>]+@[^\s@<>,;:]+\.[^\s@<>,;:.]+)(?=[\s,;:.]|$)")


def take_person(context: Context, words: str) -> tuple[Person | None, str]:
    """The colleague named at the beginning of ``words`` and what follows: ``<@U..>``, ``<@U..|bob>``, an e-mail, or an
    exact name or alias, with or without an @. None when the words begin with nobody we know.

    Raises:
        Refused: two people have that name.
        UnknownSender: a mention of somebody who is not a person of the firm yet.
    """
    if mention := _MENTION.match(words):
        identity = Identity(context.invocation.sender.platform, context.invocation.sender.tenant, mention.group(1))
        known = context.uow.people.by_identity(identity)
        if known is None or known not in context.firm.people:
            raise UnknownSender(identity)
        return context.firm.people[known], _after(words, mention.end())
    words = words.lstrip("@")
    if email := _MAIL_LINK.match(words) or _EMAIL.match(words):
        address = email.group(1).casefold()
        found = [person for person in context.firm.people.values() if person.email.casefold() == address]
        return (found[0] if found else None), _after(words, email.end())
    return _by_name(context, words)


def _by_name(context: Context, words: str) -> tuple[Person | None, str]:
    best: list[Person] = []
    length = 0
    for person in context.firm.people.values():
        for name in (person.name, *person.aliases):
            end = _end_of_name(words, name)
            if end and end >= length:
                best = [person] if end > length else [*best, person]
                length = end
    people = list({person.id: person for person in best}.values())
    if len(people) > 1:
        who = " or ".join(f"{person.name} ({person.email})" for person in people)
        raise Refused(refusal(f"{len(people)} people are called that: {who}. Use the e-mail address."))
    return (people[0], _after(words, length)) if people else (None, words)


def _after(words: str, end: int) -> str:
    """What follows a name, without the comma or colon that may set it off."""
    return words[end:].lstrip(",:; \t\n").strip()


def _end_of_name(words: str, name: str) -> int:
    """Where ``name`` ends if ``words`` begin with it and it is not part of a longer one (Jo in Jo-Ann); else 0."""
    parts = [re.escape(part) for part in name.split()]
    found = re.match(r"\s+".join(parts) + r"(?!\w|[-.'’@]\w)", words, re.IGNORECASE) if parts else None
    return found.end() if found is not None else 0


def names_for_mentions(context: Context, text: str) -> str:
    """``text`` with the names of those it mentions, and of channels: said in passing, they are not called by it."""

    def name(mention: re.Match[str]) -> str:
        sender = context.invocation.sender
        known = context.uow.people.by_identity(Identity(sender.platform, sender.tenant, mention.group(1)))
        person = context.firm.people.get(known) if known is not None else None
        return person.name if person is not None else mention.group(2) or "somebody"

    return _CHANNEL.sub(lambda channel: f"#{channel[2] or channel[1]}", _MENTIONED.sub(name, text))


_MENTIONED = re.compile(r"<@([A-Z0-9][\w.:-]*)(?:\|([^>]*))?>", re.IGNORECASE)
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|([^>]*))?>", re.IGNORECASE)


def unknown_person(context: Context, words: str, example: str, *, line: str = "") -> Refused:
    """The answer to words that name nobody we know, with colleagues spelled like the first of them, each with a button
    that does what was typed with their e-mail address. ``line`` is what was typed where that is not clear later on:
    its end are the words."""
    said = first_line(words.lstrip("@"), 80).split(" ")[0]
    if not said:
        return Refused(refusal("Whom? For example ", Code(example), "."))
    near = _people_like(context, said, words)
    if not near:
        return Refused(refusal(f"I know nobody called “{said}”. For example ", Code(example), "."))
    again = said_again_with(line or context.invocation.line.strip().lstrip("/"), words, near)
    meant = ":" if again else f" {' or '.join(person.name for person in near)}?"
    return Refused(refusal(f"I know nobody called “{said}”. Did you mean{meant}", buttons=again))


def _people_like(context: Context, said: str, words: str) -> list[Person]:
    """Those who have it as a part of their name, else those of a name or alias spelled like it, the nearest first. Whom
    the words do name is not meant any more by being named again."""
    named = [(name, person) for person in context.firm.people.values() for name in (person.name, *person.aliases)]
    of_part = [name for name, _ in named if said.rstrip(",:;.!?").casefold() in name.casefold().split()]
    near = of_part or _nearest(said, [name for name, _ in named])
    exactly = {person.id for name, person in named if _end_of_name(words.lstrip("@"), name)}
    meant = {person.id: person for name in near for known, person in named if known == name}
    return [person for person in meant.values() if person.id not in exactly][:5]


def client_named(context: Context, name: str, *, command: str) -> Client:
    """The one client of that name or alias; in quotes it is a name and no alias, for one can be both.

    ``command`` is the line to offer on a button for each of several that fit: ``client Q-2 is {client}``.

    Raises:
        Refused: nobody of that name, with the nearest ones as buttons, or several, as buttons.
    """
    found = context.uow.clients.called(name) or _of_that_name(context.uow, name)
    if len(found) == 1:
        return found[0]
    wanted, name = same_name(name), first_line(name, 80)
    if found:
        raise Refused(
            refusal(f"{len(found)} clients are called “{name}”. Which one?", buttons=_choices(found, command, wanted))
        )
    near = clients_like(context.uow, name)
    if near:
        raise Refused(refusal(f"No client is called “{name}”. Did you mean:", buttons=_choices(near, command)))
    raise Refused(refusal(f"No client is called “{name}”, nor anything like it. A manager can add them to a pod."))


def is_client(context: Context, name: str) -> bool:
    """Whether there is a client (or are several) of exactly that name or alias."""
    return bool(context.uow.clients.called(name) or _of_that_name(context.uow, name))


def clients_like(uow: UnitOfWork, name: str) -> list[Client]:
    """Clients whose name or alias is spelled like ``name``, the nearest first."""
    known = {one.text: one.client for one in uow.clients.names()}
    wanted = dict.fromkeys(known[text] for text in _nearest(name, known))
    found = uow.clients.many(wanted)
    return [found[client] for client in wanted if client in found]


def _of_that_name(uow: UnitOfWork, quoted: str) -> list[Client]:
    name = found[1] if (found := re.fullmatch(r'"(.+)"', quoted.strip())) else ""
    return [client for client in uow.clients.called(name) if same_name(client.name) == same_name(name)] if name else []


def typed_name(client: Client, among: Iterable[Client]) -> str:
    """The client's name as it is typed, in quotes where it is an alias of another one of these."""
    name = same_name(client.name)
    is_alias = any(same_name(alias) == name for one in among if one.id != client.id for alias in one.aliases)
    return f'"{client.name}"' if is_alias else client.name


def _choices(clients: Iterable[Client], command: str, unclear: str = "") -> tuple[Button, ...]:
    """A button for each. ``unclear`` (folded) is somebody's name and another's alias: the button says the name."""
    named = {one.name: f'"{one.name}"' if same_name(one.name) == unclear else one.name for one in list(clients)[:5]}
    return tuple(
        Button(name, command.replace("{client}", said), f"Choose client {name}") for name, said in named.items()
    )


def pod_named(context: Context, name: str) -> Pod:
    """The pod of that name.

    Raises:
        Refused: there is none; the pods there are, are named.
    """
    wanted = name.strip().casefold()
    for pod in context.firm.pods.values():
        if pod.name.casefold() == wanted:
            return pod
    names = ", ".join(pod.name for pod in context.firm.pods.values()) or "none yet"
    said = first_line(names_for_mentions(context, name), 80)
    raise Refused(refusal(f"No pod is called “{said}”. There are: {names}."))


def _nearest(word: str, names: Iterable[str]) -> list[str]:
    found = process.extract(word, list(names), scorer=fuzz.WRatio, limit=5, score_cutoff=70, processor=str.casefold)
    return list(dict.fromkeys(name for name, _, _ in found))
