"""`podline feeds`: the calendars that are read by themselves, how they do, and what a manager can do about them."""

import asyncio
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.errors import WRONG_USAGE, fail, say
from bot.cli.nearest import Group

if TYPE_CHECKING:
    from datetime import datetime

    from commands.look_feeds import FeedShown
    from commands.ports import UnitOfWork
    from coverage.feeds import Feed

app = typer.Typer(cls=Group, help="Calendars whose leave is read by itself; alone: how they do.")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
FeedName = Annotated[str, typer.Argument(help="The feed, by its name or fingerprint.", metavar="NAME")]


@app.callback(invoke_without_command=True)
def feeds(context: typer.Context, to_json: AsJson = False) -> None:
    """List the feeds: where from, how old the last good calendar is, what came of the last fetch, what is held."""
    if context.invoked_subcommand is None:
        _print(_shown(), to_json)


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="https:// or webcal://; - reads it from standard input.", metavar="URL")],
    owner: Annotated[str | None, typer.Option("--for", help="Whose own calendar it is.", metavar="EMAIL")] = None,
    team: Annotated[bool, typer.Option("--team", help="A calendar that names people.")] = False,
    holidays: Annotated[str | None, typer.Option("--holidays", help="Public holidays of GB.", metavar="GB")] = None,
) -> None:
    """Add a calendar; serve fetches it, or `podline feeds poll`. The address is kept encrypted and never shown."""
    from bot.cli.database import configured_uow
    from bot.clock import SystemClock
    from commands.feed_changes import FeedRefused, Wanted, add_feed
    from coverage.leave.interpretation import CalendarKind

    if sum([owner is not None, team, holidays is not None]) != 1:
        fail("Whose calendar is it? Say one of --for EMAIL, --team and --holidays GB.", WRONG_USAGE)
    address = sys.stdin.readline() if url == "-" else url
    kind = CalendarKind.PERSONAL if owner else CalendarKind.TEAM if team else CalendarKind.HOLIDAYS
    with configured_uow() as new_uow, new_uow() as uow:
        firm = uow.firm()
        person = next((p for p in firm.people.values() if owner and p.email.casefold() == owner.casefold()), None)
        if owner is not None and person is None:
            fail(f"Nobody has the e-mail address {owner}. They become known by a roster, or by using Podline once.")
        try:
            added = add_feed(uow, firm, Wanted(address, kind, person, holidays), None, SystemClock().now())
        except FeedRefused as why:
            fail(str(why))
        uow.commit()
    print(f"{added.name} is added ({added.host}, {added.fingerprint}). To fetch it now: podline feeds poll")


@app.command()
def pause(name: FeedName) -> None:
    """Do not fetch a feed for now; the leave it has told stays."""
    from commands.feed_changes import pause_feed

    _change(name, lambda uow, feed, now: pause_feed(uow, feed))


@app.command()
def resume(name: FeedName) -> None:
    """Fetch a paused feed again."""
    from commands.feed_changes import resume_feed

    _change(name, resume_feed)


@app.command()
def remove(name: FeedName) -> None:
    """Forget a feed and its address; the coming leave it told is taken back."""
    from commands.feed_changes import remove_feed

    _change(name, remove_feed)


@app.command()
def confirm(name: FeedName) -> None:
    """Believe the calendar that is held back, and take in its leave."""
    from commands.feed_changes import confirm_feed

    _change(name, confirm_feed)
    _poll_due()


@app.command()
def poll(
    name: Annotated[str | None, typer.Argument(help="Only this feed; else all.", metavar="NAME")] = None,
    to_json: AsJson = False,
) -> None:
    """Fetch a feed now, or all of them, and say what came of it; exit 1 if a calendar did not come or is held."""
    from bot.cli.database import configured_uow
    from bot.clock import SystemClock
    from commands.feed_changes import FeedRefused, feed_named, poll_feed

    with configured_uow() as new_uow, new_uow() as uow:
        known = uow.feeds.everything()
        try:
            wanted = [one for one in known if not one.is_paused] if name is None else [feed_named(known, name)]
            for one in wanted:
                poll_feed(uow, one, SystemClock().now())
        except FeedRefused as why:
            fail(str(why))
        uow.commit()
    _poll_due()
    ids = {one.id for one in wanted}
    shown = [one for one in _shown() if one.id in ids]
    _print(shown, to_json)
    if any(one.last_outcome not in ("read", "unchanged") for one in shown):
        raise typer.Exit(1)


def _change(name: str, change: "Callable[[UnitOfWork, Feed, datetime], str]") -> None:
    from bot.cli.database import configured_uow
    from bot.clock import SystemClock
    from commands.feed_changes import FeedRefused, feed_named

    with configured_uow() as new_uow, new_uow() as uow:
        try:
            named = feed_named(uow.feeds.everything(), name)
            locked = uow.feeds.get(named.id) or named
            done = change(uow, locked, SystemClock().now())
        except FeedRefused as why:
            fail(str(why))
        uow.commit()
    print(done)


def _poll_due() -> None:
    from bot.cli.database import configured_uow
    from bot.clock import SystemClock
    from bot.config import Settings
    from bot.feeds.polling import polling_of
    from bot.logs import set_up_logging

    settings = Settings.read()
    set_up_logging(settings.secrets())
    with configured_uow() as new_uow:
        asyncio.run(polling_of(settings, new_uow, SystemClock()).poll_all_due())


def _shown() -> "list[FeedShown]":
    from bot.cli.database import configured_uow
    from bot.clock import SystemClock
    from commands.look_feeds import look_at_feeds
    from commands.ports import NoSecretKey

    with configured_uow() as new_uow:
        shown = look_at_feeds(new_uow, SystemClock().now())
        with new_uow.reading() as uow:
            try:
                older = uow.feeds.under_an_older_key()
            except NoSecretKey:
                older = 0
        if older:
            say(
                f"{older} of the feeds are not encrypted with the newest key yet: podline serve does it when it starts."
            )
    return shown


def _print(shown: "list[FeedShown]", to_json: bool) -> None:
    if to_json:
        print(json.dumps({"feeds": [one.as_json() for one in shown]}, ensure_ascii=False))
        return
    if not shown:
        print("There are no calendar feeds. The first is added with: podline feeds add URL --for EMAIL")
        return
    for one in shown:
        print(f"{one.name}  ({one.state_words})")
        for label, value in one.lines():
            print(f"  {label:<13}{value}")
