"""What managers answer about calendars: whose leave an event is, and by which other name somebody goes."""

import re
from dataclasses import replace

from commands.feed_changes import FeedRefused
from commands.feed_messages import told_again, whose_words
from commands.invocation import Context, Refused
from commands.names import take_person, unknown_person
from commands.permissions import Act, managers_words, may_act
from commands.ports import Asked
from commands.roster_lines import same_name
from commands.views import Code, Reply, notice, refusal
from coverage.feeds import due_now
from coverage.ids import FeedId, PersonId
from coverage.leave.title import folded
from coverage.people import Person

LONGEST_ALIAS = 60
_ALIAS_EXAMPLE = 'leave alias "AL" is @ann'
_NUMBER = re.compile(r"^#?(\d{1,9})\b\s*(?:(?:is|=)\b)?\s*")
_ALIAS = re.compile(r"^[\"“”„]?(?P<name>[^\"“”„]*?)[\"“”]?\s+is\s+(?P<who>\S.*)$", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r"^(?:[,;&+]|and\b)\s*", re.IGNORECASE)


def answer(context: Context) -> Reply:
    """``feed answer 12 @ann``, ``nobody`` or ``everybody``: what it is about is read again with that at once."""
    found = _NUMBER.match(context.words)
    if found is None:
        raise FeedRefused("Which one? feed questions lists them with their numbers.")
    asked = context.uow.feeds.asked(int(found[1]))
    if asked is None:
        raise FeedRefused(f"There is no question {found[1]} about a calendar any more: it was answered or taken out.")
    if asked.answer is not None:
        return refusal(told_again(asked, context.firm))
    people = _people(context, context.words[found.end() :].strip())
    if asked.name and len(people) == 1:
        _remember(context, asked.name, context.firm.people[people[0]])
    _settle(context, asked, people)
    return notice(f"Noted: it is {whose_words(people, context.firm)}.")


def confirm_alias(context: Context) -> Reply:
    """``leave alias "AL" is @ann``: calendars, and people who type it, mean Ann by that from now on."""
    if not may_act(context.actor, Act.CONFIRM_ALIAS):
        who = managers_words(context.firm)
        raise Refused(refusal(f"Only managers can say whom a name means ({who})."))
    said = _ALIAS.match(context.words)
    if said is None or not any(sign.isalnum() for sign in said["name"]):
        raise Refused(refusal("Which name, and whose? For example ", Code(_ALIAS_EXAMPLE), "."))
    name = " ".join(said["name"].split())
    if len(name) > LONGEST_ALIAS:
        raise Refused(refusal(f"That name is longer than {LONGEST_ALIAS} characters."))
    person, _ = take_person(context, said["who"])
    if person is None:
        raise unknown_person(context, said["who"], _ALIAS_EXAMPLE)
    _remember(context, name, person)
    for asked in context.uow.feeds.open_questions():
        if asked.name and folded(asked.name) == folded(name):
            _settle(context, asked, (person.id,))
    return notice(f"“{name}” is {person.name} from now on, in calendars and when somebody types it.")


def _people(context: Context, words: str) -> tuple[PersonId, ...]:
    match words.casefold().rstrip("."):
        case "":
            raise FeedRefused("Whose leave is it? Say @ann, nobody or everybody after the number.")
        case "nobody":
            return ()
        case "everybody":
            return tuple(sorted(context.firm.people))
    people: list[PersonId] = []
    while words:
        person, rest = take_person(context, words)
        if person is None:
            raise unknown_person(context, words, "feed answer 12 @ann")
        people.append(person.id)
        words = _BETWEEN.sub("", rest)
    return tuple(dict.fromkeys(people))


def _remember(context: Context, name: str, person: Person) -> None:
    """As a confirmed alias of theirs. Two people of one name would be a new riddle."""
    wanted = same_name(name)
    for other in context.firm.people.values():
        if other.id != person.id and wanted in {same_name(known) for known in (other.name, *other.aliases)}:
            raise Refused(refusal(f"{other.name} is called “{name}”, too: an alias must be one person's alone."))
    if wanted not in {same_name(known) for known in (person.name, *person.aliases)}:
        context.uow.people.save(replace(person, aliases=(*person.aliases, name)))


def _settle(context: Context, asked: Asked, people: tuple[PersonId, ...]) -> None:
    context.uow.feeds.answer(asked.id, people, context.actor.id, context.now)
    _read_again(context, asked.feed)


def _read_again(context: Context, number: FeedId) -> None:
    feed = context.uow.feeds.get(number)
    if feed is not None and not feed.is_paused:
        context.uow.feeds.save(due_now(feed, context.now))
