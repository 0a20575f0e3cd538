"""Which events of channels are for us, by the event alone: whatever Slack leaves out of it."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.slack.hearing import Hearing
from commands.roster import import_roster
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.small_firm import set_up_small_firm

US = "U0PODLINE"
MESSAGE: dict[str, Any] = {
    "type": "message",
    "channel_type": "channel",
    "channel": "C0ACME",
    "user": "U0JO",
    "team": "T0ACME",
    "text": "How?",
    "ts": "1795426200.000100",
}
CHANGED = {"type": "message", "subtype": "message_changed", "channel": "C0ACME", "channel_type": "group"}
GONE = {"type": "message", "subtype": "message_deleted", "channel": "C0ACME", "channel_type": "group"}
OURS = {"team": "T0FIRM"}
REPLY = {"thread_ts": "1795426100.000100"}


@pytest.fixture
def units(sqlite_url: str) -> Iterator[UnitsOfWork]:
    engine = open_engine(sqlite_url)
    new_uow = UnitsOfWork(engine)
    set_up_small_firm(new_uow)
    import_roster(roster_of(document_of("clients:\n  - {name: Acme Ltd, channels: [C0ACME]}")), new_uow)
    yield new_uow
    engine.dispose()


def body(event: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"team_id": "T0FIRM", "event": event, "authorizations": [{"user_id": US}]} | more


@pytest.mark.parametrize(
    "event",
    [
        MESSAGE,
        MESSAGE | {"channel_type": "group"},
        MESSAGE | {"text": None, "subtype": "file_share", "files": [{"id": "F1"}]},
        {name: value for name, value in MESSAGE.items() if name != "team"},
        MESSAGE | OURS | {"user_team": "T0ACME"},
        MESSAGE | OURS | REPLY,
        MESSAGE | REPLY | {"subtype": "thread_broadcast"},
        CHANGED | {"message": MESSAGE, "previous_message": MESSAGE},
        CHANGED | {"message": MESSAGE | {"subtype": "tombstone", "user": "USLACKBOT"}, "previous_message": MESSAGE},
        GONE | {"previous_message": MESSAGE},
        {"type": "channel_archive", "channel": "C0ACME"},
        {"type": "group_left", "channel": "C0ACME"},
        {"type": "member_left_channel", "channel": "C0ACME", "user": US},
        {"type": "channel_id_changed", "old_channel_id": "G0", "new_channel_id": "C0"},
    ],
)
async def test_what_a_client_says_and_what_becomes_of_channels_is_for_us(
    units: UnitsOfWork, event: dict[str, Any]
) -> None:
    assert await Hearing(units).concerns_us(body(event))


@pytest.mark.parametrize(
    "event",
    [
        MESSAGE | OURS,
        MESSAGE | OURS | {"thread_ts": MESSAGE["ts"]},
        MESSAGE | {"bot_id": "B0"},
        MESSAGE | {"user": US},
        MESSAGE | {"user": None},
        MESSAGE | {"channel": None},
        MESSAGE | {"subtype": "channel_join"},
        MESSAGE | {"channel": "C0INSIDE"},
        MESSAGE | OURS | REPLY | {"channel": "C0INSIDE"},
        MESSAGE | {"channel_type": "mpim"},
        CHANGED | {"message": MESSAGE | OURS | REPLY, "previous_message": MESSAGE | OURS},
        CHANGED,
        GONE,
        {"type": "member_left_channel", "channel": "C0ACME", "user": "U0BOB"},
        {"type": "channel_archive"},
        {"type": "channel_id_changed", "new_channel_id": "C0"},
        {"type": "reaction_added", "channel": "C0ACME"},
    ],
)
async def test_what_colleagues_and_bots_say_among_themselves_is_not(units: UnitsOfWork, event: dict[str, Any]) -> None:
    assert not await Hearing(units).concerns_us(body(event))


async def test_a_shared_channel_is_heard_whether_it_has_a_client_or_not(units: UnitsOfWork) -> None:
    elsewhere = MESSAGE | {"channel": "C0NEW"}

    assert await Hearing(units).concerns_us(body(elsewhere, is_ext_shared_channel=True))
    assert not await Hearing(units).concerns_us(body(elsewhere | OURS, is_ext_shared_channel=True))


async def test_a_channel_that_has_just_become_a_clients_is_heard_at_once(units: UnitsOfWork) -> None:
    hearing, event = Hearing(units), body(MESSAGE | {"channel": "C0NEW"})
    assert not await hearing.concerns_us(event)

    import_roster(roster_of(document_of("clients:\n  - {name: Acme Ltd, channels: [C0NEW]}")), units)

    assert await hearing.concerns_us(event)
