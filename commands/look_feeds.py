"""Calendar feeds as operators and App Home see them: how each does, nothing of its address, nobody's leave."""

from dataclasses import dataclass
from datetime import datetime

from commands.feed_words import age_words, kind_words, said_of, state_words
from commands.ports import NewUnitOfWork
from coverage.feeds import Feed, FeedState
from coverage.ids import FeedId, PersonId


@dataclass(frozen=True, slots=True)
class FeedShown:
    """A feed at ``at`` (UTC). ``owner`` is an e-mail address, ``questions`` how many wait for a human's answer."""

    feed: Feed
    owner: str | None
    questions: int
    at: datetime

    @property
    def id(self) -> FeedId:
        return self.feed.id

    @property
    def name(self) -> str:
        return self.feed.name

    @property
    def state_words(self) -> str:
        return state_words(self.feed, self.at)

    @property
    def last_outcome(self) -> str | None:
        return self.feed.last_outcome.value if self.feed.last_outcome is not None else None

    def lines(self) -> list[tuple[str, str]]:
        """Label and value, to be read."""
        feed = self.feed
        good = "never"
        if feed.last_good_at is not None:
            good = f"{_short(feed.last_good_at)}, {age_words(self.at - feed.last_good_at)} ago, {feed.events} events"
        lines = [
            ("what", kind_words(feed) + (f" ({self.owner})" if self.owner else "")),
            ("where", f"{feed.host}, {feed.fingerprint}"),
            ("last good", good),
            ("last fetch", f"{_short(feed.last_fetch_at)}: {said_of(feed)}" if feed.last_fetch_at else "not yet"),
            ("next fetch", "none" if feed.is_paused else _short(feed.due_at)),
        ]
        if feed.state is FeedState.HELD:
            lines.append(("held", f"{feed.why} {self._what_to_do()}"))
        if self.questions:
            lines.append(("questions", f"{self.questions} for a human: feed questions, in chat"))
        return lines

    def as_json(self) -> dict[str, object]:
        """The same for programs; times in ISO, UTC."""
        feed = self.feed
        held = None
        if feed.state is FeedState.HELD:
            held = {"why": feed.why, "can_be_confirmed": feed.held_digest is not None}
        return {
            "name": feed.name,
            "kind": feed.kind.value,
            "owner": self.owner,
            "country": feed.country,
            "host": feed.host,
            "fingerprint": feed.fingerprint,
            "state": feed.state.value,
            "health": self.state_words,
            "held": held,
            "events": feed.events,
            "last_good_at": _iso(feed.last_good_at),
            "last_good_age_seconds": int((self.at - feed.last_good_at).total_seconds()) if feed.last_good_at else None,
            "last_fetch_at": _iso(feed.last_fetch_at),
            "last_outcome": self.last_outcome,
            "said": feed.said,
            "failures": feed.failures,
            "next_fetch_at": None if feed.is_paused else _iso(feed.due_at),
            "questions": self.questions,
        }

    def _what_to_do(self) -> str:
        if self.feed.held_digest is None:
            return "It is fetched again by itself."
        return f"If it is right: podline feeds confirm {self._quoted_name}"

    @property
    def _quoted_name(self) -> str:
        return f'"{self.feed.name}"' if " " in self.feed.name else self.feed.name


def look_at_feeds(new_uow: NewUnitOfWork, now: datetime) -> list[FeedShown]:
    """All of them, by name."""
    with new_uow.reading() as uow:
        emails: dict[PersonId | None, str] = {one.id: one.email for one in uow.firm().people.values()}
        waiting = [asked.feed for asked in uow.feeds.open_questions()]
        return [FeedShown(one, emails.get(one.owner), waiting.count(one.id), now) for one in uow.feeds.everything()]


def _short(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _iso(at: datetime | None) -> str | None:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at is not None else None
