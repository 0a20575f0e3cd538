"""What each fetch makes of a feed, as `podline feeds` shows it: leave follows the calendar, nothing bad is believed."""

import asyncio
import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.calendar_reading import LeaveFile, read_fetched, read_fetched_here
from bot.feeds.connecting import CarefulTransport
from bot.feeds.fetching import Fetcher
from bot.feeds.polling import Polling
from commands.feed_polls import take_due, warn_of_stale_feeds
from commands.look_feeds import look_at_feeds
from coverage.leave.calendar import CalendarKind, Reading
from coverage.leave.reading import unwatched
from storage.sealing import Sealing
from storage.unit_of_work import UnitsOfWork
from tests.bot.feeds.calendar_server import Say, calendar, calendar_server, self_signed
from tests.bot.feeds.office import HERE, HOUR, KEY, Office, day
from tests.world import only

HTML = Say(b"<!DOCTYPE html><title>Sign in</title>", headers=("Content-Type: text/html",))
ANN_IN_DECEMBER = ("Ann Lee: vacation", day(7), day(11))
FULL = calendar(*((f"Ann Lee: vacation {n}", day(n), day(n)) for n in (7, 9, 11, 15, 17)))


async def test_leave_in_a_calendar_becomes_leave_and_whoever_added_it_hears_so(office: Office) -> None:
    office.add()

    sent = await office.poll(Say(calendar(ANN_IN_DECEMBER, ("Team lunch", day(8), day(8))), headers=('ETag: "1"',)))

    assert office.away() == ["Ann 7-11"]
    assert [one.line for one in sent] == ["Mia: feed"]
    assert sent[0].text == "The calendar team is read; leave: 1 added, 0 taken back, 0 as before."
    assert office.shown() == {
        "state": "well",
        "what": "a calendar of several people",
        "where": f"127.0.0.1, {office.shown()['where'][-8:]}",
        "last good": "2026-11-23 10:00 UTC, less than a minute ago, 2 events",
        "last fetch": "2026-11-23 10:00 UTC: read, leave: 1 added, 0 taken back, 0 as before",
        "next fetch": "2026-11-23 11:00 UTC",
    }


async def test_what_has_not_changed_is_neither_sent_nor_read_again(office: Office) -> None:
    office.add()
    await office.poll(Say(FULL, headers=('ETag: "1"',)))

    sent = await office.poll(Say(status="304 Not Modified"), after=HOUR)
    again = await office.poll(Say(FULL), after=HOUR)  # a server that knows no ETag

    assert (sent, again) == ([], [])
    assert 'If-None-Match: "1"' in office.server.asked[1]
    assert len(office.read) == 1
    assert office.shown()["last fetch"] == "2026-11-23 12:00 UTC: unchanged"
    assert office.shown()["last good"].startswith("2026-11-23 12:00 UTC")


async def test_an_unchanged_calendar_is_read_again_when_the_people_or_the_day_have_changed(office: Office) -> None:
    office.add()
    await office.poll(Say(calendar(("Zoe Quist: vacation", day(7), day(8))), headers=('ETag: "1"',)))
    assert office.away() == []

    office.world.change("people: [{name: Zoe Quist, email: zoe@firm.example, timezone: Europe/London}]")
    await office.poll(Say(status="304 Not Modified"), after=HOUR)
    assert office.away() == ["Zoe 7-8"]

    await office.poll(after=HOUR)
    assert len(office.read) == 2
    await office.poll(after=timedelta(days=1))
    assert len(office.read) == 3


async def test_a_moved_event_moves_the_leave_and_a_deleted_one_ends_it(office: Office) -> None:
    office.add()
    await office.poll(Say(calendar(ANN_IN_DECEMBER, ("Bob Roy: vacation", day(14), day(15)))))

    moved = calendar(("Ann Lee: vacation", day(9), day(12)), ("Bob Roy: vacation", day(14), day(15)))
    await office.poll(Say(moved), after=HOUR)
    assert office.away() == ["Ann 9-12", "Bob 14-15"]
    assert "1 added, 1 taken back, 1 as before" in office.shown()["last fetch"]

    await office.poll(Say(calendar(("Bob Roy: vacation", day(14), day(15)))), after=HOUR)
    assert office.away() == ["Bob 14-15"]
    assert office.shown()["state"] == "well"


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (HTML, "This is a web page, not a calendar"),
        (Say(b""), "The file is empty"),
        (Say(b"N/A"), "This is not a calendar"),
        (Say(FULL[: len(FULL) // 2]), "The calendar is cut off"),
        (Say(FULL[:200], promises=len(FULL)), "stopped before the end of its answer"),
        (Say(gzip.compress(FULL)[:-20], headers=("Content-Encoding: gzip",)), "cut off"),
    ],
    ids=["html", "nothing", "n/a", "truncated", "broken off", "broken gzip"],
)
async def test_what_is_no_whole_calendar_is_held_and_the_last_good_one_counts(
    office: Office, bad: Say, says: str
) -> None:
    office.add()
    await office.poll(Say(FULL))

    alarm = only(await office.poll(bad, after=HOUR))

    assert len(office.away()) == 5
    assert office.shown()["state"] == "held back"
    assert says in office.shown()["held"]
    assert office.shown()["last good"].startswith("2026-11-23 10:00 UTC, 1 hour ago")
    assert (alarm.line, alarm.commands) == ("C0ALERTS: feed", ())
    assert says in alarm.text
    assert "The last good calendar counts, of Mon 23 Nov 10:00." in alarm.text
    assert await office.poll(bad, after=HOUR) == [], "the same thing is told once"

    await office.poll(Say(FULL + b"\r\n"), after=HOUR)
    assert office.shown()["state"] == "well"


@pytest.mark.parametrize(
    ("lost", "says"),
    [
        (calendar(("Ann Lee: vacation 7", day(7), day(7))), "4 of the 5 events still to come are missing"),
        (calendar(), "holds no event at all"),
    ],
    ids=["sudden loss", "empty after full"],
)
async def test_a_sudden_loss_is_held_until_a_manager_believes_it(office: Office, lost: bytes, says: str) -> None:
    office.add()
    await office.poll(Say(FULL))

    alarm = only(await office.poll(Say(lost), after=HOUR))
    assert says in alarm.text
    assert alarm.commands == ("feed confirm team", "feed pause team")
    assert len(office.away()) == 5

    assert await office.poll(Say(lost), after=HOUR) == []
    said = office.world.say("Mia", "feed confirm team")
    asked_before = len(office.server.asked)
    await office.poll(HTML)

    assert said == "team: what was held back is believed, and its leave is taken in now."
    assert len(office.server.asked) == asked_before, "believed is what was held, whatever the server says now"
    assert len(office.away()) == lost.count(b"BEGIN:VEVENT")
    assert office.shown()["state"] == "well"


async def test_there_is_nothing_to_believe_in_a_web_page(office: Office) -> None:
    office.add()
    await office.poll(Say(FULL))
    assert office.world.refused("Mia", "feed confirm team") == "Nothing of team is held back."
    await office.poll(HTML, after=HOUR)

    assert "there is nothing to believe" in office.world.refused("Mia", "feed confirm team")


async def test_two_lost_events_or_half_of_them_are_no_reason_to_doubt(office: Office) -> None:
    office.add()
    await office.poll(Say(FULL))

    await office.poll(Say(calendar(*((f"Ann Lee: vacation {n}", day(n), day(n)) for n in (7, 9, 11)))), after=HOUR)

    assert office.shown()["state"] == "well"
    assert office.away() == ["Ann 11", "Ann 7", "Ann 9"]


async def test_leave_that_falls_out_of_the_feeds_past_stays(office: Office) -> None:
    office.add()
    await office.poll(Say(calendar(("Ann Lee: vacation", day(16, 11), day(18, 11)), ANN_IN_DECEMBER)))

    await office.poll(Say(calendar(ANN_IN_DECEMBER)), after=HOUR)

    assert office.away() == ["Ann 16-18", "Ann 7-11"]


async def test_trouble_makes_us_come_more_rarely_and_says_why(office: Office) -> None:
    office.add()
    await office.poll(Say(FULL))
    waits = []
    for _ in range(9):
        await office.poll(Say(status="500 Oops"), after=office.next_fetch_in())
        waits.append(office.next_fetch_in() / timedelta(minutes=1))

    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    assert office.shown()["last fetch"].endswith("failed, 127.0.0.1 answers with an error (500)")
    assert len(office.away()) == 5


async def test_a_server_that_names_a_time_is_left_alone_until_then(office: Office) -> None:
    office.add()
    await office.poll(Say(status="429 Too Many Requests", headers=("Retry-After: 7200",)))

    assert office.next_fetch_in() == 2 * HOUR
    assert "asks us to come more rarely (429)" in office.shown()["last fetch"]
    await office.poll(Say(FULL), after=timedelta(minutes=119))
    assert len(office.server.asked) == 1


@pytest.mark.parametrize(
    ("wish", "header", "interval"),
    [
        ("PT3H", "Cache-Control: max-age=7200", timedelta(hours=3)),
        ("", "Cache-Control: max-age=7200", timedelta(hours=2)),
        ("", "Cache-Control: no-cache", timedelta(hours=1)),
        ("PT1M", "X-A: b", timedelta(minutes=15)),
        ("P1W", "X-A: b", timedelta(hours=24)),
    ],
)
async def test_a_feed_says_how_often_it_is_fetched_within_reason(
    office: Office, wish: str, header: str, interval: timedelta
) -> None:
    office.add()

    await office.poll(Say(calendar(ANN_IN_DECEMBER, refresh=wish), headers=(header,)))

    assert office.next_fetch_in() == interval


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Say(b"BEGIN:VCALENDAR\r\n", forever=b"X-A:" + b"x" * 60_000 + b"\r\n"), "sends more than 10 MB"),
        (Say(gzip.compress(b"\0" * 200_000_000), headers=("Content-Encoding: gzip",)), "sends more than 10 MB"),
        (Say(status="302 Found", headers=("Location: https://[::1]/a.ics",)), "leads to an address that is not public"),
        (
            Say(status="302 Found", headers=("Location: http://127.0.0.2/a.ics",)),
            "127.0.0.2 is not asked without https",
        ),
    ],
    ids=["endless", "bomb", "redirect inside", "redirect to loopback"],
)
async def test_what_a_hostile_server_does_is_said_and_does_no_harm(office: Office, answer: Say, says: str) -> None:
    office.add()
    await office.poll(Say(FULL))

    await office.poll(answer, after=HOUR)

    assert says in office.shown()["last fetch"]
    assert office.shown()["state"] == "failing"
    assert len(office.away()) == 5


async def test_a_certificate_error_is_said(office: Office, tmp_path: Path) -> None:
    async with calendar_server(tls=self_signed(tmp_path)) as untrusted:
        office.add(server=untrusted)
        sent = await office.poll(Say(FULL))

    assert "the certificate of 127.0.0.1 is not valid" in office.shown()["last fetch"]
    assert untrusted.asked == []
    assert only(sent).line == "Mia: feed"
    assert "could not be read yet: the certificate of" in sent[0].text
    assert "It is tried again Mon 23 Nov 10:15." in sent[0].text


async def test_one_bad_feed_touches_no_other(office: Office) -> None:
    async with calendar_server() as other:
        other.says(Say(b"BEGIN:VCALENDAR", stalls=True, promises=999))
        office.add(server=other)
        office.add(CalendarKind.PERSONAL)
        await office.poll(Say(calendar(("Vacation", day(7), day(8)))))

    assert office.away() == ["Ann 7-8"]
    assert office.shown("Ann Lee")["state"] == "well"
    assert "longer than 5 seconds" in office.shown("team")["last fetch"]


async def test_leave_that_a_feed_tells_today_gives_the_open_questions_away_at_once(office: Office) -> None:
    office.world.ask()
    office.world.say("Ann", "claim Q-1")
    office.world.deliver()
    office.add(CalendarKind.PERSONAL)

    sent = await office.poll(Say(calendar(("Sick", day(23, 11), day(24, 11)))))

    assert office.world.owner() is None
    assert office.world.called() == ["Bob"]
    assert "C0NORTH thread: called" in [one.line for one in sent]
    assert not any("sick" in one.text.casefold() for one in sent)


async def test_a_feed_without_a_good_calendar_raises_an_alarm_once_a_day(office: Office) -> None:
    office.add()
    await office.poll(Say(FULL))
    await office.poll(Say(status="404 Gone"), after=23 * HOUR)
    assert warn_of_stale_feeds(office.world.new_uow, office.clock.now()) == 0

    office.pass_time(HOUR)
    assert warn_of_stale_feeds(office.world.new_uow, office.clock.now()) == 1
    assert warn_of_stale_feeds(office.world.new_uow, office.clock.now()) == 1

    alarm = only(office.world.deliver())
    assert alarm.line == "C0ALERTS: feed"
    assert "no good calendar of the feed team" in alarm.text
    assert "for 1 day: what it says of today may be wrong" in alarm.text
    assert office.shown()["state"] == "too old"
    office.pass_time(24 * HOUR)
    warn_of_stale_feeds(office.world.new_uow, office.clock.now())
    assert len(office.world.deliver()) == 1


async def test_two_processes_fetch_each_feed_once(office: Office) -> None:
    for number in range(8):
        office.add(more=f"&number={number}")
    office.server.says(Say(FULL))
    processes = [office.polling, office.another()]

    await asyncio.gather(*(process.poll_all_due() for process in processes))

    assert sorted(head.split()[1] for head in office.server.asked) == sorted(
        f"/private-ann/calendar.ics?key=s3cr3t&number={number}" for number in range(8)
    )


async def test_what_comes_after_the_lease_has_run_out_changes_nothing(office: Office) -> None:
    office.add()
    office.server.says(Say(FULL))
    slow = take_due(office.world.new_uow, office.clock.now(), timedelta(minutes=5), 1)
    office.pass_time(timedelta(minutes=5))
    await office.poll(Say(calendar(ANN_IN_DECEMBER)))

    await office.polling.poll(only(slow))

    assert office.away() == ["Ann 7-11"]


async def test_a_feed_that_is_paused_or_removed_while_it_is_fetched_stays_so(office: Office) -> None:
    office.add()
    taken = only(take_due(office.world.new_uow, office.clock.now(), timedelta(minutes=5), 1))
    office.server.says(Say(FULL))
    office.world.say("Mia", "feed pause team")
    await office.polling.poll(taken)
    assert (office.away(), office.shown()["state"]) == ([], "paused")

    office.world.say("Mia", "feed remove team")
    await office.polling.poll(taken)
    assert look_at_feeds(office.world.new_uow, office.clock.now()) == []


async def test_without_the_key_a_feed_says_so_and_its_leave_stays(office: Office, engine: Engine) -> None:
    office.add()
    await office.poll(Say(FULL))
    other_key = UnitsOfWork(engine, sealing=Sealing([KEY[::-1]]))
    office.pass_time(HOUR)

    await Polling(other_key, Fetcher(CarefulTransport([HERE])), office.clock, dice=lambda: 0.0).poll_all_due()

    assert "no key in PODLINE_SECRET_KEY opens its address" in office.shown()["last fetch"]
    assert len(office.away()) == 5
    assert len(office.server.asked) == 1


async def test_what_a_manager_confirms_while_it_is_fetched_again_stays_confirmed(office: Office) -> None:
    lost = calendar(ANN_IN_DECEMBER)
    office.add()
    await office.poll(Say(FULL))
    await office.poll(Say(lost), after=HOUR)
    office.pass_time(HOUR)
    under_way = only(take_due(office.world.new_uow, office.clock.now(), timedelta(minutes=5), 1))

    office.world.say("Mia", "feed confirm team")
    await office.polling.poll(under_way)
    await office.poll()

    assert office.away() == ["Ann 7-11"]
    assert office.shown()["state"] == "well"


async def test_a_mistake_of_ours_is_one_feeds_trouble_and_is_said(office: Office) -> None:
    office.add()
    office.add(CalendarKind.PERSONAL, more="&other")

    def breaks_over_the_team(file: LeaveFile) -> Reading:
        if file.kind is CalendarKind.TEAM:
            raise ZeroDivisionError("a calendar nobody expected")
        return read_fetched_here(file, unwatched)

    fetcher = Fetcher(CarefulTransport([HERE]))
    office.polling = Polling(office.world.new_uow, fetcher, office.clock, read=breaks_over_the_team)
    await office.poll(Say(calendar(("Vacation", day(7), day(8)))))

    assert office.away() == ["Ann 7-8"]
    assert "something went wrong on our side" in office.shown("team")["last fetch"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_calendar_is_read_in_a_process_that_can_be_ended(office: Office) -> None:
    office.polling = Polling(office.world.new_uow, Fetcher(CarefulTransport([HERE])), office.clock, read=read_fetched)
    office.add()

    await office.poll(Say(calendar(ANN_IN_DECEMBER)))
    await office.poll(Say(b"BEGIN:VCALENDAR\r\n"), after=2 * HOUR)

    assert office.away() == ["Ann 7-11"]
    assert "cut off" in office.shown()["held"]
