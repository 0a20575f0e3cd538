"""`podline feeds`: an operator adds, fetches and looks at calendars without a chat, and no address is ever printed."""

import asyncio
import io
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.app import run
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.feeds.calendar_server import CalendarServer, Say, calendar, calendar_server
from tests.bot.small_firm import set_up_small_firm

Captured = pytest.CaptureFixture[str]
SOON = datetime.now(UTC).date() + timedelta(days=7)
CALENDAR = calendar(
    *((f"Bob Roy: vacation {n}", SOON + timedelta(days=2 * n), SOON + timedelta(days=2 * n)) for n in range(5))
)


@pytest.fixture
def firm(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configured database with the small firm in it, a key, and leave to fetch from this machine."""
    engine = open_engine(sqlite_url)
    set_up_small_firm(UnitsOfWork(engine))
    engine.dispose()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PODLINE_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("PODLINE_SECRET_KEY", "a key of at least 32 characters for tests")
    monkeypatch.setenv("PODLINE_FEED_ALLOW", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    """In a thread with a loop of its own: the command has one of its own, too."""
    started, ended = threading.Event(), asyncio.Event()
    running: list[tuple[CalendarServer, asyncio.AbstractEventLoop]] = []

    async def serve() -> None:
        async with calendar_server() as one:
            running.append((one, asyncio.get_running_loop()))
            started.set()
            await ended.wait()

    thread = threading.Thread(target=asyncio.run, args=[serve()])
    thread.start()
    assert started.wait(10)
    server, loop = running[0]
    server.says(Say(CALENDAR))
    yield server
    loop.call_soon_threadsafe(ended.set)
    thread.join(10)


def said(capsys: Captured) -> str:
    printed = capsys.readouterr()
    assert not any(secret in printed.out + printed.err for secret in ("s3cr3t", "private-ann"))
    return printed.out or printed.err


@pytest.mark.usefixtures("firm")
def test_a_feed_is_added_fetched_and_shown(server: CalendarServer, capsys: Captured) -> None:
    assert run(["feeds", "add", server.address, "--for", "bob@firm.example"]) == 0
    assert said(capsys).startswith("Bob Roy is added (127.0.0.1, ")

    assert run(["feeds", "poll"]) == 0
    assert "leave: 5 added, 0 taken back, 0 as before" in said(capsys)
    assert run(["feeds"]) == 0
    assert said(capsys).startswith("Bob Roy  (well)\n  what         one person's calendar (bob@firm.example)\n")
    assert run(["feeds", "--json"]) == 0

    [shown] = json.loads(said(capsys))["feeds"]
    assert (shown["name"], shown["kind"], shown["owner"]) == ("Bob Roy", "personal", "bob@firm.example")
    assert (shown["state"], shown["last_outcome"], shown["events"], shown["held"]) == ("active", "read", 5, None)
    assert shown["last_good_age_seconds"] < 120


@pytest.mark.usefixtures("firm")
def test_what_is_held_is_shown_and_believed_on_demand(server: CalendarServer, capsys: Captured) -> None:
    run(["feeds", "add", server.address, "--team"])
    run(["feeds", "poll"])
    server.says(Say(calendar()))
    capsys.readouterr()

    assert run(["feeds", "poll", "team"]) == 1
    assert "If it is right: podline feeds confirm team" in said(capsys)
    assert run(["feeds", "confirm", "team"]) == 0
    assert "what was held back is believed" in said(capsys)
    assert run(["feeds", "--json"]) == 0

    [shown] = json.loads(said(capsys))["feeds"]
    assert (shown["state"], shown["said"]) == ("active", "leave: 0 added, 5 taken back, 0 as before")


@pytest.mark.usefixtures("firm")
def test_a_feed_is_paused_resumed_and_removed(server: CalendarServer, capsys: Captured) -> None:
    run(["feeds", "add", server.address, "--holidays", "gb"])

    assert run(["feeds", "pause", "holidays GB"]) == 0
    assert run(["feeds", "poll", "holidays GB"]) == 1
    assert run(["feeds", "resume", "holidays gb"]) == 0
    assert run(["feeds", "remove", "holidays GB"]) == 0
    capsys.readouterr()
    assert run(["feeds"]) == 0

    assert said(capsys).startswith("There are no calendar feeds.")
    assert server.asked == []


@pytest.mark.usefixtures("firm")
def test_an_address_need_not_be_in_the_history_of_the_shell(
    server: CalendarServer, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{server.address}\n"))

    assert run(["feeds", "add", "-", "--team"]) == 0
    assert said(capsys).startswith("team is added")


@pytest.mark.usefixtures("firm")
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["add", "https://x.example/private-ann"], 2, "Say one of --for EMAIL, --team and --holidays GB"),
        (["add", "https://x.example/private-ann", "--team", "--holidays", "GB"], 2, "Say one of"),
        (["add", "https://x.example/private-ann", "--for", "eve@firm.example"], 1, "Nobody has the e-mail address"),
        (["add", "x.example/private-ann", "--team"], 1, "That is not the address of a calendar"),
        (["pause", "team"], 1, "There is no calendar feed yet"),
        (["confirm", "https://x.example/private-ann"], 1, "There is no calendar feed yet"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(arguments: list[str], code: int, says: str, capsys: Captured) -> None:
    assert run(["feeds", *arguments]) == code

    line = said(capsys)
    assert says in line
    assert line.count("\n") == 1


@pytest.mark.usefixtures("firm")
def test_without_a_key_it_says_how_to_make_one(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PODLINE_SECRET_KEY")

    assert run(["feeds", "add", "https://x.example/private-ann", "--team"]) == 1
    assert "sets it as PODLINE_SECRET_KEY" in said(capsys)


@pytest.mark.usefixtures("firm")
def test_a_feed_under_an_older_key_is_pointed_out(
    server: CalendarServer, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["feeds", "add", server.address, "--team"])
    capsys.readouterr()
    monkeypatch.setenv("PODLINE_SECRET_KEY", f"{'n' * 40},a key of at least 32 characters for tests")

    run(["feeds"])

    assert "1 of the feeds are not encrypted with the newest key yet" in capsys.readouterr().err
