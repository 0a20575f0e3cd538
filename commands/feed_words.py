"""How a calendar feed is described: what it is, how old its calendar is, what came of the last fetch."""

from datetime import datetime, timedelta

from commands.views import Bold, Quote, Text, When
from coverage.feeds import Feed, FeedState, Outcome, is_stale
from coverage.firm import Firm
from coverage.leave.interpretation import CalendarKind


def kind_words(feed: Feed) -> str:
    match feed.kind:
        case CalendarKind.PERSONAL:
            return "one person's calendar"
        case CalendarKind.TEAM:
            return "a calendar of several people"
        case CalendarKind.HOLIDAYS:
            return f"public holidays of {feed.country}"


def state_words(feed: Feed, now: datetime) -> str:
    """``paused``, ``held back: ...``, ``failing``, ``too old``, ``well`` or ``not fetched yet``."""
    if feed.is_paused:
        return "paused"
    if feed.state is FeedState.HELD:
        return "held back"
    if is_stale(feed, now):
        return "too old"
    if feed.last_outcome is None:
        return "not fetched yet"
    return "failing" if feed.last_outcome is Outcome.FAILED else "well"


def age_words(age: timedelta) -> str:
    """``less than a minute``, ``25 minutes``, ``3 hours``, ``2 days``."""
    seconds = int(age.total_seconds())
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            number = seconds // size
            return f"{number} {name}{'' if number == 1 else 's'}"
    return "less than a minute"


def described(feed: Feed, firm: Firm, now: datetime) -> Text:
    """What a manager reads of a feed in a list."""
    zone = feed_zone(feed, firm)
    good = (
        f"its last good calendar is {age_words(now - feed.last_good_at)} old"
        if feed.last_good_at is not None
        else "no good calendar yet"
    )
    came = f", last fetch: {said_of(feed)}" if feed.last_outcome is not None else ""
    due: Text = () if feed.is_paused else (". Next fetch ", When(feed.due_at, zone))
    return (
        Bold(feed.name),
        f" ({state_words(feed, now)}): {kind_words(feed)} at {feed.host}, {feed.fingerprint}; {good}{came}",
        *due,
        ".",
    )


def said_of(feed: Feed) -> str:
    """``unchanged``, ``failed, it took longer than 60 seconds and was given up``; without a full stop."""
    if feed.last_outcome is None:
        return "none"
    return f"{feed.last_outcome.value}, {feed.said}".rstrip("., ")


def feed_zone(feed: Feed, firm: Firm) -> str:
    """In which zone its times are shown where the reader's is not known: its owner's, else whose who added it."""
    for who in (feed.owner, feed.added_by):
        if who is not None and who in firm.people:
            return firm.people[who].timezone
    return "UTC"


def quoted(title: str) -> Quote:
    return Quote(title[:300] or "(an event without a title)")
