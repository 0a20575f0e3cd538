"""What managers are sent about calendar feeds, true when it is sent: news of one, and what only they can read."""

from collections.abc import Mapping
from datetime import datetime

from commands.feed_words import age_words, feed_zone, quoted, said_of
from commands.ports import Asked, UnitOfWork
from commands.views import Bold, Button, ButtonStyle, Code, Notice, Text, When
from commands.wording import day_words
from coverage.feeds import Feed, FeedState, is_stale
from coverage.firm import Firm
from coverage.ids import FeedId, PersonId

HELD, STALE, FIRST, QUESTIONS = "held", "stale", "first", "questions"
"""What can be told about a feed; ``facts["news"]`` of a message."""

MOST_CANDIDATES = 6


def feed_news(facts: Mapping[str, str], uow: UnitOfWork, firm: Firm, now: datetime) -> Notice | None:
    """None when it does not hold any more."""
    feed = uow.feeds.get(FeedId(int(facts["feed"])))
    if feed is None:
        return None
    match facts["news"]:
        case "held":
            return _held(feed, firm) if feed.state is FeedState.HELD else None
        case "stale":
            return _stale(feed, firm, now) if is_stale(feed, now) else None
        case "first":
            return _first(feed, firm)
        case _:
            return _questions(feed, uow)


def feed_question(facts: Mapping[str, str], uow: UnitOfWork, firm: Firm, now: datetime) -> Notice | None:
    """One event that somebody has to read for us; None once it is answered, withdrawn or too old."""
    asked = uow.feeds.asked(int(facts["item"]))
    feed = uow.feeds.get(asked.feed) if asked is not None else None
    if asked is None or feed is None or asked.answer is not None or not (asked.title or asked.name):
        return None
    return Notice((*question_text(asked, feed), "Whose leave is it?"), answers_to(asked, firm))


def question_text(asked: Asked, feed: Feed) -> Text:
    days = day_words(asked.first) + (f" - {day_words(asked.last)}" if asked.last != asked.first else "")
    return (f"In the calendar {feed.name}, {days}, I cannot read this: {asked.why}.\n", quoted(asked.title), "\n")


def answers_to(asked: Asked, firm: Firm) -> tuple[Button, ...]:
    """A button for each candidate, and for nobody. A name that is settled once is a name of theirs from then on."""
    people = [firm.people[who] for who in asked.candidates if who in firm.people][:MOST_CANDIDATES]
    buttons = []
    for person in people:
        line = f"feed answer {asked.id} {person.email}"
        if asked.name:
            line = f'leave alias "{asked.name}" is {person.email}'
        buttons.append(Button(person.name, line, f"It is the leave of {person.name}"))
    if not people and not asked.name:
        buttons.append(Button("Everybody's", f"feed answer {asked.id} everybody", "It is everybody's leave"))
    nobody = Button("Nobody's", f"feed answer {asked.id} nobody", "It is nobody's leave")
    return (*buttons, nobody)


def alias_hint(asked: Asked) -> Text:
    """How to answer with somebody who is on no button."""
    if asked.name:
        return ("Somebody else: ", Code(f'leave alias "{asked.name}" is @ann'))
    return ("Somebody else: ", Code(f"feed answer {asked.id} @ann"))


def told_again(asked: Asked, firm: Firm) -> str:
    """What was answered before, for whoever answers once more."""
    whose = whose_words(asked.answer or (), firm)
    by = firm.people.get(asked.answered_by) if asked.answered_by is not None else None
    return f"That was answered already{f' by {by.name}' if by is not None else ''}: {whose}."


def whose_words(people: tuple[PersonId, ...], firm: Firm) -> str:
    names = [firm.people[who].name for who in people if who in firm.people]
    if not names:
        return "nobody's leave"
    if len(names) > 3 and len(names) == len(firm.people):
        return "everybody's leave"
    return f"leave of {' and '.join(names)}"


def _held(feed: Feed, firm: Firm) -> Notice:
    good: Text = ("There was no good calendar before. ",)
    if feed.last_good_at is not None:
        good = ("The last good calendar counts, of ", When(feed.last_good_at, feed_zone(feed, firm)), ". ")
    text: Text = (
        Bold("Podline needs you. "),
        f"The newest calendar of the feed {feed.name} ({feed.host}, {feed.fingerprint}) is held back: {feed.why} ",
        *good,
    )
    if feed.held_digest is None:
        return Notice((*text, "It is fetched again by itself. If it stays so: open the address, or make a new one."))
    believe = Button(
        "It is right", f"feed confirm {feed.name}", f"Believe what is held back of {feed.name}", ButtonStyle.PRIMARY
    )
    return Notice((*text, "Is it right all the same?"), (believe, _pause(feed)))


def _stale(feed: Feed, firm: Firm, now: datetime) -> Notice:
    since = feed.last_good_at or feed.added_at
    text: Text = (
        Bold("Podline needs you. "),
        f"There has been no good calendar of the feed {feed.name} ({feed.host}, {feed.fingerprint}) for ",
        f"{age_words(now - since)}: what it says of today may be wrong. Last fetch: {said_of(feed)}.",
    )
    poll = Button("Fetch it now", f"feed poll {feed.name}", f"Fetch the calendar {feed.name} now")
    return Notice(text, (poll, _pause(feed)))


def _first(feed: Feed, firm: Firm) -> Notice:
    if feed.last_good_at is not None:
        return Notice((f"The calendar {feed.name} is read; {feed.said}.",))
    text: Text = (
        f"The calendar {feed.name} could not be read yet: {feed.said}. It is tried again ",
        When(feed.due_at, feed_zone(feed, firm)),
        ".",
    )
    return Notice(text, (Button("Remove it", f"feed remove {feed.name}", f"Remove the feed {feed.name}"),))


def _questions(feed: Feed, uow: UnitOfWork) -> Notice | None:
    number = sum(asked.feed == feed.id for asked in uow.feeds.open_questions())
    if not number:
        return None
    text = f"In the calendar {feed.name} there are {number} events that I cannot read without you."
    return Notice((text,), (Button("Show them", "feed questions", "List what only a human can read"),))


def _pause(feed: Feed) -> Button:
    return Button("Pause it", f"feed pause {feed.name}", f"Do not fetch {feed.name} for now")
