"""Polls of calendar feeds are counted by what came of them, for /metrics."""

from tests.bot.feeds.calendar_server import Say, calendar
from tests.bot.feeds.office import HOUR, Office, day

HTML = Say(b"<!DOCTYPE html><title>Sign in</title>", headers=("Content-Type: text/html",))
FULL = calendar(("Ann Lee: vacation", day(7), day(11)))


async def test_what_came_of_each_poll_is_counted(office: Office) -> None:
    office.add()
    await office.poll(Say(FULL, headers=('ETag: "1"',)))
    await office.poll(Say(status="304 Not Modified"), after=HOUR)
    await office.poll(HTML, after=HOUR)
    await office.poll(Say(status="500 Oh"), after=HOUR)

    assert office.outcomes == ["read", "unchanged", "held", "failed"]
