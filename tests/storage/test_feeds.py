"""Feeds come back as they were; what is secret about them is encrypted; each is fetched by one process at a time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from commands.ports import Asked, Body, CannotUnseal, NoSecretKey
from coverage.feeds import Feed, FeedState, Outcome
from coverage.ids import FeedId
from coverage.leave.interpretation import CalendarKind
from storage.sealing import Sealing
from storage.unit_of_work import UnitsOfWork
from tests.storage.builders import MINUTE, NOW

OLD, NEW = "an old key of at least 32 characters", "the new key of at least 32 characters"
ADDRESS = "https://calendar.example/private-abc123/ann.ics?token=s3cr3t"
LEASE = 3 * MINUTE


@pytest.fixture
def new_uow(engine):
    return UnitsOfWork(engine, sealing=Sealing([OLD]))


@pytest.fixture
def feed(office):
    return Feed(
        id=FeedId(0),
        name="Ann",
        kind=CalendarKind.PERSONAL,
        owner=office.ann,
        country=None,
        host="calendar.example",
        fingerprint="",
        added_at=NOW,
        added_by=office.bob,
        due_at=NOW,
    )


def add(new_uow, feed, address=ADDRESS):
    with new_uow() as uow:
        added = uow.feeds.add(feed, address)
        uow.commit()
    return added


def test_everything_of_a_feed_comes_back(new_uow, feed):
    added = add(new_uow, feed)
    later = replace(
        added, state=FeedState.HELD, why="held <!channel>", failures=2, interval=timedelta(hours=3), etag='W/"1"',
        last_modified="Mon", digest="d" * 64, basis="b" * 64, events=7, last_fetch_at=NOW, last_outcome=Outcome.HELD,
        said="held", last_good_at=NOW, held_digest="e" * 64, is_confirmed=True, due_at=NOW + MINUTE,
        leased_until=NOW + 2 * MINUTE, country="GB",
    )  # fmt: skip

    with new_uow() as uow:
        assert uow.feeds.get(added.id) == added == replace(feed, id=added.id, fingerprint=added.fingerprint)
        uow.feeds.save(later)
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.feeds.get(added.id) == later
        assert uow.feeds.everything() == [later]
        assert uow.feeds.address_of(added.id) == ADDRESS
        assert uow.feeds.get(FeedId(99)) is None


def test_neither_address_nor_calendar_can_be_read_in_the_database(engine, new_uow, feed):
    added = add(new_uow, feed)
    with new_uow() as uow:
        uow.feeds.put_body(added.id, Body.GOOD, b"SUMMARY:Ann is ill" * 100)
        uow.feeds.put_body(added.id, Body.GOOD, b"SUMMARY:Ann is well")
        uow.commit()

    with engine.connect() as connection:
        rows = [
            row
            for table in ("feed", "feed_body")
            for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()
        ]
    stored = " ".join(repr(bytes(v) if isinstance(v, memoryview) else v) for row in rows for v in row.values())
    assert "calendar.example" in stored
    assert not any(secret in stored for secret in ("private", "abc123", "s3cr3t", "SUMMARY", OLD))
    with new_uow.reading() as uow:
        assert uow.feeds.body_of(added.id, Body.GOOD) == b"SUMMARY:Ann is well"
        assert uow.feeds.body_of(added.id, Body.HELD) is None


def test_without_a_key_nothing_is_kept(engine, feed):
    with UnitsOfWork(engine)() as uow, pytest.raises(NoSecretKey):
        uow.feeds.add(feed, ADDRESS)


def test_a_key_may_be_replaced_and_the_old_one_dropped(engine, new_uow, feed):
    added = add(new_uow, feed)
    with new_uow() as uow:
        uow.feeds.put_body(added.id, Body.GOOD, b"BEGIN")
        uow.commit()
    both = UnitsOfWork(engine, sealing=Sealing([NEW, OLD]))
    only_new = UnitsOfWork(engine, sealing=Sealing([NEW]))
    with only_new() as uow:
        assert uow.feeds.reseal() == 0, "what cannot be opened stays as it is"
        with pytest.raises(CannotUnseal):
            uow.feeds.address_of(added.id)

    with both() as uow:
        assert uow.feeds.under_an_older_key() == 1
        assert uow.feeds.reseal() == 1
        uow.commit()

    with only_new.reading() as uow:
        assert uow.feeds.under_an_older_key() == 0
        assert uow.feeds.address_of(added.id) == ADDRESS
        assert uow.feeds.body_of(added.id, Body.GOOD) == b"BEGIN"


def test_a_due_feed_is_taken_by_one_until_the_lease_runs_out(new_uow, feed):
    due = add(new_uow, feed)
    add(new_uow, replace(feed, name="later", due_at=NOW + MINUTE))
    add(new_uow, replace(feed, name="paused", state=FeedState.PAUSED))

    def take(at):
        with new_uow() as uow:
            taken = uow.feeds.lease(at, LEASE, 1)
            uow.commit()
        return [one.id for one in taken]

    with new_uow.reading() as uow:
        assert uow.feeds.earliest() == NOW
    assert take(NOW - MINUTE) == []
    assert take(NOW) == [due.id]
    assert take(NOW) == []
    assert take(NOW + LEASE) == [due.id]


def test_of_many_who_look_at_once_each_feed_has_one(new_uow, feed):
    wanted = {add(new_uow, replace(feed, name=f"feed {number}")).id for number in range(12)}

    def take(_):
        with new_uow() as uow:
            taken = uow.feeds.lease(NOW, LEASE, 3)
            uow.commit()
        return [one.id for one in taken]

    with ThreadPoolExecutor(6) as pool:
        taken = [one for few in pool.map(take, range(12)) for one in few]

    assert len(taken) == len(set(taken))
    assert set(taken) <= wanted
    assert len(taken) >= 3


def an_item(feed, **about):
    fields = {
        "id": 0, "feed": feed.id, "key": "k" * 64, "uid": "1@x", "why": "who is it?", "candidates": (),
        "title": "AL off", "name": "AL", "first": date(2026, 12, 1), "last": date(2026, 12, 2), "asked_at": NOW,
    }  # fmt: skip
    return Asked(**(fields | about))


def test_a_question_is_asked_once_and_its_text_goes_with_the_answer(new_uow, office, feed):
    added = add(new_uow, feed)
    with new_uow() as uow:
        asked = uow.feeds.ask(an_item(added, candidates=(office.ann,)))
        assert uow.feeds.ask(an_item(added)) is None
        assert uow.feeds.open_questions() == uow.feeds.asked_about(added.id) == [asked]
        assert asked == an_item(added, id=asked.id, candidates=(office.ann,))

        uow.feeds.answer(asked.id, [office.ann], office.bob, NOW)

        answered = replace(asked, title="", name="", answer=(office.ann,), answered_by=office.bob)
        assert uow.feeds.asked(asked.id) == answered
        assert uow.feeds.open_questions() == []
        uow.feeds.withdraw([asked.id])
        assert uow.feeds.asked_about(added.id) == [answered], "an answer is remembered"


def test_old_texts_are_deleted_and_what_was_asked_stays_asked(new_uow, feed):
    added = add(new_uow, feed)
    with new_uow() as uow:
        uow.feeds.ask(an_item(added, asked_at=NOW - MINUTE))
        uow.feeds.ask(an_item(added, key="l" * 64))

        assert uow.feeds.forget_texts_before(NOW) == 1

        assert [one.key[0] for one in uow.feeds.open_questions()] == ["l"]
        assert uow.feeds.ask(an_item(added)) is None


def test_a_removed_feed_takes_all_it_had_with_it(engine, new_uow, feed):
    added = add(new_uow, feed)
    with new_uow() as uow:
        uow.feeds.put_body(added.id, Body.HELD, b"x")
        uow.feeds.ask(an_item(added))
        uow.feeds.remove(added.id)
        uow.commit()

    with engine.connect() as connection:
        for table in ("feed", "feed_body", "feed_question"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0
