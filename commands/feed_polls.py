"""What happens to a calendar feed by itself: it is taken to be fetched, and what came of it is kept, or nothing is.

The fetching and reading between the two is done elsewhere, with no transaction open (``bot/feeds/polling.py``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from commands.alarm import tell_of_trouble, tell_the_managers
from commands.feed_changes import source_of
from commands.feed_messages import FIRST, HELD, QUESTIONS, STALE
from commands.import_leave import replace_leave
from commands.outgoing import Message, Priority, Topic
from commands.ports import Asked, Body, CannotUnseal, NewUnitOfWork, UnitOfWork
from coverage import feeds
from coverage.feeds import Feed, FeedState, Version, is_stale
from coverage.firm import Firm
from coverage.ids import FeedId, PersonId
from coverage.leave.calendar import Question, Reading
from coverage.people import Person

BEFORE, AHEAD = timedelta(days=31), timedelta(days=400)
"""Around today: for which days leave is read out of a feed."""
MOST_ASKED_ONE_BY_ONE = 5
"""Of one reading; of more, a message that lists them is enough."""


@dataclass(frozen=True, slots=True)
class ToPoll:
    """A feed that is ours to fetch until ``feed.leased_until``. ``address`` is None where no key opens it."""

    feed: Feed
    address: str | None
    people: tuple[Person, ...]
    owner: Person | None
    answers: Mapping[str, tuple[PersonId, ...]]
    basis: str
    first: date
    last: date

    @property
    def is_read_as_before(self) -> bool:
        """True when the same calendar would be read the same way as the last time."""
        return self.feed.basis == self.basis


def take_due(new_uow: NewUnitOfWork, now: datetime, lease: timedelta, limit: int) -> list[ToPoll]:
    """Lease feeds that are due, at most so many; nobody else is given them meanwhile."""
    with new_uow.reading() as uow:
        earliest = uow.feeds.earliest()
    if earliest is None or earliest > now:
        return []
    with new_uow() as uow:
        firm = uow.firm()
        taken = [_to_poll(uow, firm, feed, now) for feed in uow.feeds.lease(now, lease, limit)]
        uow.commit()
    return taken


def good_body(new_uow: NewUnitOfWork, feed: FeedId) -> bytes | None:
    """The last good calendar; None where there is none, or no key that opens it."""
    return _body(new_uow, feed, Body.GOOD)


def held_body(new_uow: NewUnitOfWork, feed: FeedId) -> bytes | None:
    return _body(new_uow, feed, Body.HELD)


def note_unchanged(polled: ToPoll, version: Version | None, new_uow: NewUnitOfWork, now: datetime, dice: float) -> None:
    """The server still gives the last good calendar, and it would be read as before."""

    def keep(uow: UnitOfWork, firm: Firm, feed: Feed) -> Feed:
        if feed.state is FeedState.HELD:
            uow.feeds.drop_body(feed.id, Body.HELD)
        return feeds.unchanged(feed, version, now, dice)

    _keep(polled, keep, new_uow, now)


def note_failed(
    polled: ToPoll, why: str, retry_after: timedelta | None, new_uow: NewUnitOfWork, now: datetime, dice: float
) -> None:
    """It could not be fetched. ``why`` has no address in it."""
    _keep(polled, lambda uow, firm, feed: feeds.failed(feed, why, retry_after, now, dice), new_uow, now)


def note_held(polled: ToPoll, why: str, data: bytes | None, new_uow: NewUnitOfWork, now: datetime, dice: float) -> None:
    """What came is not believed, and the managers are told, once for each thing that came. With ``data`` it is a whole
    calendar, kept until a person says whether it is right."""
    digest = digest_of(data) if data is not None else None

    def keep(uow: UnitOfWork, firm: Firm, feed: Feed) -> Feed:
        if data is not None:
            uow.feeds.put_body(feed.id, Body.HELD, data)
        else:
            uow.feeds.drop_body(feed.id, Body.HELD)
        is_known = feed.state is FeedState.HELD and (feed.held_digest, feed.why) == (digest, why)
        if not is_known:
            what = digest or digest_of(why.encode("utf-8", "surrogatepass"))
            facts = {"feed": str(feed.id), "news": HELD}
            tell_of_trouble(uow, firm, Topic.FEED, f"feed:{feed.id}:held:{what}:{now:%Y-%m-%d}", facts, now)
        return feeds.held(feed, why, digest, now, dice)

    _keep(polled, keep, new_uow, now)


def take_in(
    polled: ToPoll,
    version: Version,
    data: bytes | None,
    reading: Reading,
    wish: timedelta | None,
    new_uow: NewUnitOfWork,
    now: datetime,
    dice: float,
) -> None:
    """The leave in a calendar that is believed takes the place of what the feed said before; what it asks is asked.

    ``data`` is the calendar where it is a new one, ``wish`` how often it wants to be fetched. One transaction; the tick
    then acts on whoever is away now.
    """

    def keep(uow: UnitOfWork, firm: Firm, feed: Feed) -> Feed:
        if data is not None:
            uow.feeds.put_body(feed.id, Body.GOOD, data)
        uow.feeds.drop_body(feed.id, Body.HELD)
        done = replace_leave(reading.absences, source_of(feed.id), polled.first, polled.last, uow, now)
        _ask(uow, firm, feed, reading, now)
        said = f"leave: {done.added} added, {done.removed} taken back, {done.unchanged} as before"
        if reading.warnings:
            said += f"; {len(reading.warnings)} parts could not be read"
        return feeds.taken_in(feed, version, polled.basis, reading.events, wish, said, now, dice)

    _keep(polled, keep, new_uow, now)


def warn_of_stale_feeds(new_uow: NewUnitOfWork, now: datetime) -> int:
    """Raise an alarm, once a day (UTC) for each feed of which there is no good calendar for too long; returns how many
    are so old."""
    with new_uow() as uow:
        firm = uow.firm()
        stale = [feed for feed in uow.feeds.everything() if is_stale(feed, now)]
        for feed in stale:
            facts = {"feed": str(feed.id), "news": STALE}
            tell_of_trouble(uow, firm, Topic.FEED, f"feed:{feed.id}:stale:{now:%Y-%m-%d}", facts, now)
        uow.commit()
    return len(stale)


def digest_of(data: bytes) -> str:
    return sha256(data).hexdigest()


def _to_poll(uow: UnitOfWork, firm: Firm, feed: Feed, now: datetime) -> ToPoll:
    try:
        address = uow.feeds.address_of(feed.id)
    except CannotUnseal:
        address = None
    answers = {
        one.key: tuple(who for who in one.answer if who in firm.people)
        for one in uow.feeds.asked_about(feed.id)
        if one.answer is not None
    }
    people = tuple(firm.people.values())
    first, last = now.date() - BEFORE, now.date() + AHEAD
    owner = firm.people.get(feed.owner) if feed.owner is not None else None
    return ToPoll(feed, address, people, owner, answers, _basis(people, answers, first), first, last)


def _basis(people: tuple[Person, ...], answers: Mapping[str, tuple[PersonId, ...]], first: date) -> str:
    """All that a calendar is read with besides its bytes."""
    whom = [
        (one.id, one.name, one.email, one.timezone, one.aliases, one.country, one.region, one.working_pattern)
        for one in people
    ]
    return digest_of(repr((whom, sorted(answers.items()), first)).encode("utf-8", "surrogatepass"))


def _body(new_uow: NewUnitOfWork, feed: FeedId, which: Body) -> bytes | None:
    with new_uow.reading() as uow:
        try:
            return uow.feeds.body_of(feed, which)
        except CannotUnseal:
            return None


def _keep(
    polled: ToPoll, change: Callable[[UnitOfWork, Firm, Feed], Feed], new_uow: NewUnitOfWork, now: datetime
) -> None:
    """Change the feed as it stands now. Nothing is done where it was removed or paused meanwhile, or our lease has run
    out and somebody else fetches it. What a person confirmed meanwhile stays confirmed."""
    with new_uow() as uow:
        feed = uow.feeds.get(polled.feed.id)
        if feed is None or feed.is_paused or feed.leased_until != polled.feed.leased_until:
            return
        firm = uow.firm()
        after = change(uow, firm, replace(feed, is_confirmed=False))
        was_confirmed_meanwhile = feed.is_confirmed and not polled.feed.is_confirmed
        if was_confirmed_meanwhile and after.state is FeedState.HELD and after.held_digest == feed.held_digest:
            after = feeds.confirmed(after, now)
        uow.feeds.save(after)
        if feed.last_outcome is None and feed.added_by is not None and after.state is not FeedState.HELD:
            facts = {"feed": str(feed.id), "news": FIRST}
            key = f"feed:{feed.id}:first"
            uow.outbox.add(Message(key, Topic.FEED, Priority.REPORT, to_person=feed.added_by, facts=facts), now)
        uow.commit()


def _ask(uow: UnitOfWork, firm: Firm, feed: Feed, reading: Reading, now: datetime) -> None:
    """Ask about what is still to come, each thing once; what has left the feed unanswered needs no answer."""
    coming: dict[str, Question] = {}
    for one in reading.needs_human:
        if one.last >= now.date():
            coming.setdefault(one.key, one)
    known = {one.key: one for one in uow.feeds.asked_about(feed.id)}
    gone = [asked.id for asked in known.values() if asked.answer is None and asked.key not in coming]
    if gone:
        uow.feeds.withdraw(gone)
    new = [uow.feeds.ask(_asked(feed, one, now)) for key, one in coming.items() if key not in known]
    fresh = [one for one in new if one is not None]
    for asked in fresh[:MOST_ASKED_ONE_BY_ONE]:
        tell_the_managers(uow, firm, Topic.FEED_QUESTION, f"feed:question:{asked.id}", {"item": str(asked.id)}, now)
    if len(fresh) > MOST_ASKED_ONE_BY_ONE:
        facts = {"feed": str(feed.id), "news": QUESTIONS}
        tell_the_managers(uow, firm, Topic.FEED, f"feed:{feed.id}:questions:{fresh[-1].id}", facts, now)


def _asked(feed: Feed, question: Question, now: datetime) -> Asked:
    return Asked(
        id=0,
        feed=feed.id,
        key=question.key,
        uid=question.uid,
        why=question.why,
        candidates=question.candidates,
        title=question.title,
        name=question.name,
        first=question.first,
        last=question.last,
        asked_at=now,
    )
