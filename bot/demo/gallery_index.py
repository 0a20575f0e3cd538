"""Under which heading of the gallery each message hangs, and what it is called there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from bot.playground.page.backstage import Exhibit, Part
from commands.grammar import Name
from commands.outgoing import Topic


class Where(StrEnum):
    """The parts of the gallery, in the order in which somebody who is new meets what is in them."""

    CARD = "The question's card"
    CALLS = "Calls, steps and reminders"
    ACTS = "Taking, passing on, answering"
    HOME = "Home"
    FORMS = "Forms"
    SHARED = "A client's own channel"
    LEAVE = "Leave"
    COVERAGE = "Coverage"
    BRIEFS = "Briefs and outlooks"
    THANKS = "Thanks"
    SET_UP = "Set-up"
    ALARMS = "Alarms and calendars"
    HELP = "Help, and what is not understood"


LEADS = {
    Where.CARD: "Posted in the pod's channel when a client asks, and redrawn in place for everybody as it moves on.",
    Where.CALLS: "To those who are there, in service hours. Once a question is settled each says so and asks no more.",
    Where.ACTS: "Answers to what somebody types or presses about a question. Nobody else sees them.",
    Where.HOME: "Everybody's own corner: a tab in Slack, the answer to “mine” in Teams.",
    Where.FORMS: "Opened by a button, or by a command that lacks something.",
    Where.SHARED: "Where a client writes in a channel shared with them. No card goes there, nothing unconfirmed.",
    Where.LEAVE: "Said in a line, in a form or by a calendar. Why somebody is away is for them and their managers.",
    Where.COVERAGE: "Who knows a client, who of them is there, and where it is getting thin.",
    Where.BRIEFS: "What comes by itself before leave, after leave and on Mondays.",
    Where.THANKS: "For a question that somebody really served. No ranking.",
    Where.SET_UP: "Pods, clients, people, rules. Managers change them, and undo takes the last change back.",
    Where.ALARMS: "When Podline needs a person.",
    Where.HELP: "The nearest thing there is, and an example.",
}

OF_VERB = {
    **dict.fromkeys((Name.QUESTION, Name.CLAIM, Name.RELEASE, Name.HANDOFF, Name.ANSWERED, Name.WAITING), Where.ACTS),
    **dict.fromkeys((Name.RESOLVE, Name.REOPEN, Name.MERGE, Name.SNOOZE, Name.URGENT, Name.CLOSE), Where.ACTS),
    **dict.fromkeys((Name.MINE, Name.EXPLAIN), Where.ACTS),
    Name.LEAVE: Where.LEAVE,
    **dict.fromkeys((Name.COVERAGE, Name.WHO), Where.COVERAGE),
    Name.KUDOS: Where.THANKS,
    **dict.fromkeys((Name.POD, Name.CLIENT, Name.POLICY, Name.CHARTER, Name.HOURS), Where.SET_UP),
    **dict.fromkeys((Name.UNDO, Name.IMPORT, Name.PERSON), Where.SET_UP),
    Name.FEED: Where.ALARMS,
    Name.HELP: Where.HELP,
}

OF_TOPIC = {
    Topic.CARD: (Where.CARD, "Card"),
    Topic.STEP: (Where.CALLS, "A step calls the next people"),
    Topic.REMINDER: (Where.CALLS, "Reminder: still nobody"),
    Topic.MANAGERS: (Where.CALLS, "To the managers: still nobody"),
    Topic.CALLED: (Where.CALLS, "Offered again: somebody is called"),
    Topic.SETTLED: (Where.CALLS, "Settled: it asks nobody any more"),
    Topic.HANDED_OFF: (Where.CALLS, "Handed to a colleague"),
    Topic.NUDGE: (Where.CALLS, "Half of the time to answer is over"),
    Topic.RESOLUTION_MISSED: (Where.CALLS, "Not resolved in time"),
    Topic.SNOOZE_OVER: (Where.CALLS, "The snooze is over"),
    Topic.URGENT: (Where.CALLS, "What you have is urgent"),
    Topic.MERGED: (Where.CALLS, "Two questions are one"),
    Topic.MOVED: (Where.CALLS, "What you had is another client's"),
    Topic.ALARM: (Where.ALARMS, "Something needs a manager"),
    Topic.FEED: (Where.ALARMS, "A calendar needs a manager"),
    Topic.FEED_QUESTION: (Where.ALARMS, "Who is meant in this calendar?"),
    Topic.WHICH_POD: (Where.ALARMS, "Which pod is this channel?"),
    Topic.WHO_IS: (Where.ALARMS, "Whose account is this?"),
    Topic.NOW_KNOWN: (Where.ALARMS, "A manager says who you are"),
    Topic.KUDOS: (Where.THANKS, "Thanks for somebody"),
    Topic.KUDOS_ROUNDUP: (Where.THANKS, "The week's thanks"),
    Topic.HAND_OVER: (Where.BRIEFS, "Before your leave"),
    Topic.GAPS: (Where.BRIEFS, "To a manager: clients that get thin"),
    Topic.RETURN: (Where.BRIEFS, "While you were away"),
    Topic.OUTLOOK: (Where.BRIEFS, "The next two weeks"),
    Topic.FOLLOW_UP: (Where.SHARED, "Does this belong to the question?"),
    Topic.WHICH_OF_TWO: (Where.SHARED, "Which of the two?"),
    Topic.CONFIRMED: (Where.SHARED, "What the client reads"),
    Topic.COVER: (Where.COVERAGE, "You cover a client"),
    Topic.PICTURE: (Where.COVERAGE, "The coverage picture is there"),
}


def of_line(line: str) -> Where:
    """Where the answer to a typed line hangs; what begins with no verb is a word that is not understood."""
    return next((OF_VERB[verb] for verb in Name if verb.value == line.split()[0]), Where.HELP)


def in_parts(hung: Iterable[tuple[Where, Exhibit]]) -> list[Part]:
    """The parts with what hangs in them, as it came; where two have one name, it says how each comes about."""
    walls: dict[Where, list[Exhibit]] = {where: [] for where in Where}
    for where, one in hung:
        walls[where].append(one)
    return [Part(where.value, LEADS[where], list(_told_apart(all_of_it))) for where, all_of_it in walls.items()]


def _told_apart(exhibits: list[Exhibit]) -> Iterator[Exhibit]:
    often = Counter(one.name for one in exhibits)
    for one in exhibits:
        yield replace(one, name=f"{one.name}, {one.how}", how="") if often[one.name] > 1 else one
