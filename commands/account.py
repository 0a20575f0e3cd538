"""Whose account somebody acts by who may be a colleague known elsewhere: managers are asked once, and one of them says
it by a button, or by ``person teams:1a2b is @ann``."""

import re
from collections.abc import Sequence
from datetime import datetime

from commands.alarm import tell_the_managers
from commands.invocation import Context, Refused
from commands.names import take_person, unknown_person
from commands.outgoing import Message, Priority, Topic
from commands.people_setup import Step, done_or_shown
from commands.ports import Identity, UnitOfWork
from commands.roster_lines import PersonLine, Roster
from commands.setup import is_sure, take_back_button
from commands.views import Bold, Button, Code, Notice, Reply, refusal
from coverage.firm import Firm
from coverage.ids import PersonId
from coverage.people import Person
from coverage.wall_clock import UnknownZone, zone_of

PLATFORMS = {"slack": "Slack", "teams": "Teams"}
MOST_CANDIDATES = 4
_ACCOUNT = re.compile(r"^(slack|teams):(\S{1,200})\s+is\b\s*", re.IGNORECASE)
_MENTIONED = re.compile(r"^<@([A-Z0-9][\w.:-]*)(?:\|[^>]*)?>\s+is\b\s*", re.IGNORECASE)
_NEW = re.compile(r"^new\b[\s:]*", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>,;:]+\.[^\s@<>,;:.]+")
_LONGEST_NAME = 100


def placeholder_email(identity: Identity) -> str:
    """The address under which somebody is kept of whom their platform tells none."""
    return f"{identity.user}@{identity.platform}.invalid".casefold()


def take_account(context: Context, words: str) -> tuple[Identity | None, str]:
    """The account at the beginning of ``teams:1a2b is @ann``, also by a mention, and whose it is said to be."""
    if found := _ACCOUNT.match(words):
        platform, user = found[1].casefold(), found[2]
        return Identity(platform, "", user.casefold() if platform == "teams" else user), words[found.end() :]
    if found := _MENTIONED.match(words):
        return Identity(context.invocation.sender.platform, "", found[1]), words[found.end() :]
    return None, words


def settle_account(context: Context, account: Identity, words: str) -> Reply:
    """``@ann``, or ``new Eve Fox eve@firm.example [Europe/London]``: from now on the account is that person's. It is
    done at once, unless the person has another account there, which would be theirs no longer.

    Raises:
        Refused: nobody is meant, it is somebody else's account, or the new one's address is.
    """
    context.uow.setup.wait_for_others()
    words, sure = is_sure(words)
    owner = context.firm.people.get(context.uow.people.by_identity(account) or PersonId(0))
    new = _NEW.match(words)
    line = _newcomer(context, account, words[new.end() :]) if new is not None else _known(context, account, words)
    if owner is not None:
        if owner.email.casefold() == line.email:
            return Notice((f"That is so already: it is the account of {owner.name}.",))
        raise Refused(
            refusal(f"That is the account of {owner.name}. If it is not, take that back first: ", Code("undo"))
        )
    return _joined(context, account, line, is_new=new is not None, is_sure=sure)


def _joined(context: Context, account: Identity, line: PersonLine, *, is_new: bool, is_sure: bool) -> Notice:
    person = next((one for one in context.firm.people.values() if one.email.casefold() == line.email), None)
    others = [] if person is None else _accounts_of(context.uow, person, account.platform)
    there = PLATFORMS[account.platform]
    step = Step(
        f"{line.name} ({line.email}) {'is new, with' if is_new else 'has'} the account {account.user} in {there}",
        Roster(people=(line,)),
        (),
        f"person {line.email}",
        (f"Their other account there, {', '.join(others)}, is theirs no longer.",) if others else (),
    )
    done = done_or_shown(context, step, is_sure=is_sure or not others)
    if isinstance(done, Notice):
        return done
    who = context.uow.people.by_identity(account)
    assert who is not None
    context.uow.people.acted(account, context.now)
    facts = {"platform": account.platform, "user": account.user, "by": str(context.actor.id)}
    key = f"now_known:{account.platform}:{account.user}:{done}"
    context.uow.outbox.add(Message(key, Topic.NOW_KNOWN, Priority.ESCALATION, to_person=who, facts=facts), context.now)
    said = f"{line.name} is a colleague now" if is_new else f"That is the account of {line.name} in {there} from now on"
    return Notice((f"{said}; they are told so.",), (take_back_button(done),))


def _known(context: Context, account: Identity, words: str) -> PersonLine:
    meant, rest = take_person(context, words)
    if meant is None or rest.strip():
        raise unknown_person(context, words, f"person {account.platform}:{account.user} is @ann")
    return _line(account, meant.email.casefold(), meant.name)


def _newcomer(context: Context, account: Identity, words: str) -> PersonLine:
    """Their name, then their address, then their zone; without an address they are kept under one of no use."""
    words, zone = _with_zone(words)
    found = list(_EMAIL.finditer(words))
    email = found[-1][0].casefold() if found else placeholder_email(account)
    name = " ".join((words[: found[-1].start()] if found else words).split()).strip(" ,:<")
    if not name:
        example = f"person {account.platform}:{account.user} is new Eve Fox eve@firm.example"
        raise Refused(refusal("What is the name of the new colleague? For example ", Code(example), "."))
    for person in context.firm.people.values():
        if person.email.casefold() == email:
            command = f"person {account.platform}:{account.user} is {person.email}"
            raise Refused(refusal(f"{email} is the address of {person.name}. If that is who it is: ", Code(command)))
    line = _line(account, email, name[:_LONGEST_NAME])
    return line if zone is None else PersonLine(line.email, line.name, line.slack, line.teams, timezone=zone)


def _line(account: Identity, email: str, name: str) -> PersonLine:
    if account.platform == "slack":
        return PersonLine(email, name, slack=account.user)
    return PersonLine(email, name, teams=account.user)


def _with_zone(words: str) -> tuple[str, str | None]:
    """The words without a time zone at their end, and that zone."""
    before, _, last = words.rstrip().rpartition(" ")
    if "/" not in last and last != "UTC":
        return words, None
    zone = known_zone(last)
    return (words, None) if zone is None else (before, zone)


def known_zone(timezone: str | None) -> str | None:
    """The zone, if it is one that somebody knows."""
    try:
        return zone_of(timezone).key if timezone else None
    except UnknownZone:
        return None


def _accounts_of(uow: UnitOfWork, person: Person, platform: str) -> list[str]:
    return [one.user for one in uow.people.identities(person.id) if one.platform == platform]


def ask_whose(
    uow: UnitOfWork,
    account: Identity,
    called: str,
    addresses: Sequence[str],
    candidates: Sequence[Person],
    timezone: str | None,
    now: datetime,
) -> None:
    """Ask the managers who it is, once while messages are remembered, however often the account acts."""
    facts = {
        "platform": account.platform,
        "user": account.user,
        "name": " ".join(called.split())[:_LONGEST_NAME],
        "addresses": " ".join(addresses),
        "timezone": known_zone(timezone) or "",
        "candidates": " ".join(str(one.id) for one in candidates),
    }
    facts["why"] = f"who is {facts['name']}? Say it with: person {account.platform}:{account.user} is @name"
    key = f"who_is:{account.platform}:{account.user}:{facts['candidates']}"
    tell_the_managers(uow, uow.firm(), Topic.WHO_IS, key, facts, now)


def who_is(message: Message, firm: Firm, uow: UnitOfWork) -> Notice | None:
    """The question, with a button for each who it may be; None once the account is somebody's. Somebody new can only be
    who has an address that is nobody's, or none."""
    facts = message.facts
    account = Identity(facts["platform"], "", facts["user"])
    if uow.people.by_identity(account) in firm.people:
        return None
    addresses = facts["addresses"].split()
    candidates = [firm.people[PersonId(int(one))] for one in facts["candidates"].split() if int(one) in firm.people]
    words = (
        f"{facts['name']} ({', '.join(addresses) or 'no e-mail address'}) wants to use Podline from "
        f"{PLATFORMS[account.platform]}, and may be {' or '.join(f'{one.name} ({one.email})' for one in candidates)}. "
        "Look at the address, not at the name alone; nothing is done until one of you says so. Somebody else: "
    )
    said = f"person {account.platform}:{account.user} is"
    buttons = [
        Button(f"It is {one.name}", f"{said} {one.email}", f"The account is that of {one.name}, {one.email}")
        for one in candidates[:MOST_CANDIDATES]
    ]
    if not _of_somebody(addresses, firm):
        email = addresses[0].casefold() if addresses else placeholder_email(account)
        line = " ".join(f"{said} new {facts['name']} {email} {facts['timezone']}".split())
        buttons.append(Button("A new colleague", line, f"{facts['name']} is a new colleague"))
    return Notice((Bold("Who is this? "), words, Code(f"{said} @name"), "."), tuple(buttons))


def _of_somebody(addresses: Sequence[str], firm: Firm) -> bool:
    taken = {one.email.strip().casefold() for one in firm.people.values()}
    return any(one.casefold() in taken for one in addresses)


def now_known(message: Message, firm: Firm, uow: UnitOfWork) -> Notice | None:
    """What whoever waited is told; None where that was taken back."""
    assert message.to_person is not None
    account = Identity(message.facts["platform"], "", message.facts["user"])
    person = firm.people.get(message.to_person)
    if person is None or uow.people.by_identity(account) != person.id:
        return None
    by = firm.people.get(PersonId(int(message.facts["by"])))
    says = f"{by.name} has confirmed" if by is not None else "It is confirmed"
    there = PLATFORMS[account.platform]
    return Notice((f"{says} that you are {person.name}: Podline knows your account in {there} now. ", _AGAIN))


_AGAIN = "What you wanted to do there was not done; please do it again."
