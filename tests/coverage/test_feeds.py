"""When a feed is fetched next, and when it is too old: pure rules on plain values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coverage.feeds import (
    Feed,
    FeedState,
    Outcome,
    Version,
    clamped,
    confirmed,
    failed,
    held,
    is_stale,
    paused,
    resumed,
    taken_in,
    unchanged,
)
from coverage.ids import FeedId
from coverage.leave.interpretation import CalendarKind

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = Feed(FeedId(1), "team", CalendarKind.TEAM, None, None, "cal.example", "abc", NOON, None, due_at=NOON)
VERSION = Version("d" * 64, '"1"')


def read(feed: Feed = FEED, at: datetime = NOON, wish: timedelta | None = None, dice: float = 0.0) -> Feed:
    return taken_in(feed, VERSION, "basis", 3, wish, "said", at, dice)


@pytest.mark.parametrize(
    ("wish", "interval"),
    [
        (None, HOUR),
        (timedelta(), timedelta(minutes=15)),
        (timedelta(minutes=1), timedelta(minutes=15)),
        (timedelta(hours=5), timedelta(hours=5)),
        (timedelta(days=30), timedelta(days=1)),
    ],
)
def test_a_wish_is_granted_between_a_quarter_of_an_hour_and_a_day(wish: timedelta | None, interval: timedelta) -> None:
    assert clamped(wish) == interval


def test_chance_makes_it_a_tenth_later_at_most() -> None:
    assert read(dice=0.0).due_at == NOON + HOUR
    assert read(dice=1.0).due_at == NOON + 1.1 * HOUR


def test_a_good_fetch_ends_all_trouble() -> None:
    troubled = held(failed(FEED, "away", None, NOON, 0.0), "odd", "e" * 64, NOON, 0.0)

    for good in (read(troubled), unchanged(replace(troubled, digest="d" * 64), None, NOON, 0.0)):
        assert (good.state, good.why, good.failures, good.held_digest) == (FeedState.ACTIVE, "", 0, None)
        assert good.last_good_at == NOON


def test_failures_come_ever_more_rarely_and_a_good_fetch_begins_anew() -> None:
    feed, waits = read(), []
    for _ in range(4):
        feed = failed(feed, "away", None, NOON, 0.0)
        waits.append((feed.due_at - NOON) / timedelta(minutes=1))

    assert waits == [15, 30, 60, 120]
    assert (feed.last_good_at, feed.last_outcome, feed.digest) == (NOON, Outcome.FAILED, VERSION.digest)
    assert failed(read(feed), "away", None, NOON, 0.0).due_at == NOON + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [(timedelta(seconds=1), timedelta(minutes=15)), (3 * HOUR, 3 * HOUR), (timedelta(days=90), timedelta(days=1))],
)
def test_a_server_may_ask_for_more_time_but_not_for_ever(retry_after: timedelta, wait: timedelta) -> None:
    assert failed(FEED, "later", retry_after, NOON, 0.0).due_at == NOON + wait


@pytest.mark.parametrize(
    ("interval", "stale_after"), [(timedelta(minutes=15), 24 * HOUR), (HOUR, 24 * HOUR), (12 * HOUR, 36 * HOUR)]
)
def test_a_feed_is_stale_after_three_of_its_intervals_and_at_least_a_day(
    interval: timedelta, stale_after: timedelta
) -> None:
    feed = failed(read(wish=interval), "away", None, NOON + HOUR, 0.0)

    assert not is_stale(feed, NOON + stale_after - timedelta(seconds=1))
    assert is_stale(feed, NOON + stale_after)
    assert not is_stale(paused(feed), NOON + stale_after)
    assert not is_stale(read(feed, at=NOON + stale_after), NOON + stale_after)


def test_a_feed_that_was_never_read_is_stale_a_day_after_it_was_added() -> None:
    assert not is_stale(FEED, NOON + 23 * HOUR)
    assert is_stale(FEED, NOON + 24 * HOUR)


def test_what_is_held_goes_on_being_fetched_and_is_taken_in_when_confirmed() -> None:
    doubtful = held(read(wish=2 * HOUR), "lost", "e" * 64, NOON, 0.0)

    assert (doubtful.state, doubtful.due_at) == (FeedState.HELD, NOON + 2 * HOUR)
    assert (confirmed(doubtful, NOON).is_confirmed, confirmed(doubtful, NOON).due_at) == (True, NOON)
    assert not held(confirmed(doubtful, NOON), "lost again", "f" * 64, NOON, 0.0).is_confirmed


def test_a_paused_feed_begins_anew() -> None:
    begun = resumed(paused(held(FEED, "lost", "e" * 64, NOON, 0.0)), NOON + HOUR)

    assert (begun.state, begun.why, begun.failures, begun.due_at) == (FeedState.ACTIVE, "", 0, NOON + HOUR)
