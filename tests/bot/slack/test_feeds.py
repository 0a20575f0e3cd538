"""Calendar feeds in Slack: an address that is typed there is neither said again nor kept where it can be read."""

import json

import pytest
from sqlalchemy import text

from storage.engine import open_engine
from storage.sealing import Sealing
from storage.unit_of_work import UnitsOfWork
from tests.bot.slack.conftest import ANN, BOB, NORTH, World
from tests.bot.small_firm import set_up_small_firm

URL = "https://calendar.example/private-abc/basic.ics?token=s3cr3t"


@pytest.fixture
def units(sqlite_url: str) -> UnitsOfWork:
    new_uow = UnitsOfWork(open_engine(sqlite_url), sealing=Sealing(["a key of at least 32 characters, for tests"]))
    set_up_small_firm(new_uow)
    return new_uow


def addresses(world: World) -> list[str]:
    with world.new_uow.reading() as uow:
        return [uow.feeds.address_of(one.id) for one in uow.feeds.everything()]


def seen_by(world: World, user: str) -> str:
    """All that was shown to somebody after they typed it, with what its buttons say."""
    shown = [one for one in world.workspace.visible_to(user, NORTH) if one.user != user]
    return json.dumps([(one.text, one.blocks) for one in shown])


async def test_a_form_adds_a_feed(world: World) -> None:
    await world.playground.people.slash_command(ANN, NORTH, "/podline", "feed add")
    [form] = world.workspace.open_views(ANN)

    sent = await world.playground.people.submit_view(
        ANN, form.id, {"address": URL, "kind": "for", "whose": BOB, "country": ""}
    )
    await world.settle()

    assert sent.ok
    assert addresses(world) == [URL]
    assert "Bob Roy is added (calendar.example, " in seen_by(world, ANN)
    assert "s3cr3t" not in seen_by(world, ANN)


@pytest.mark.parametrize("whose", [" team", ""])
async def test_an_address_in_a_mention_is_gone_once_it_was_heard(world: World, sqlite_url: str, whose: str) -> None:
    await world.playground.people.say(ANN, NORTH, f"@podline feed add {URL}{whose}")
    await world.settle()

    assert addresses(world) == ([URL] if whose else [])
    assert ("team is added" if whose else "Whose calendar is it?") in seen_by(world, ANN)
    assert "s3cr3t" not in seen_by(world, ANN)
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        kept = [row for table in ("inbox", "outbox", "delivery", "feed") for row in _rows(connection, table)]
    engine.dispose()
    assert kept
    assert not any(secret in repr(kept) for secret in ("s3cr3t", "private-abc"))


async def test_members_are_told_whose_feeds_are(world: World) -> None:
    answer = await world.playground.people.slash_command(BOB, NORTH, "/podline", f"feed add {URL} team")

    assert answer.message is not None
    assert answer.message.text == "Calendar feeds are the managers' (Ann Lee)."


def _rows(connection, table):
    return connection.execute(text(f"SELECT * FROM {table}")).all()
