"""Files given to Podline in the chat with it: a preview, a button, and what is said where it cannot be done."""

from dataclasses import replace

import pytest

from bot.feeds.connecting import CarefulTransport
from bot.teams.activity import heard
from bot.teams.files import Given, TeamsFiles, files_in, is_of_microsoft
from bot.teams_playground.activities import message
from bot.teams_playground.tenant import Shown
from commands.attached import FileKind, FileWanted, Unreadable
from coverage.ids import QuestionNumber
from tests.bot.teams.conftest import ANN, BOB, CAT, World

CSV = b"name,pod,domains\nBeta GmbH,North,beta.example\nAcme Ltd,North,acme.example;acme.co.uk\n"
CALENDAR = "\r\n".join(
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN",
        "BEGIN:VEVENT", "UID:1@test.example", "DTSTAMP:20260101T000000Z",
        "DTSTART;VALUE=DATE:20261207", "DTEND;VALUE=DATE:20261212", "SUMMARY:Annual leave", "END:VEVENT",
        "END:VCALENDAR", "",
    ]
).encode()  # fmt: skip


async def given(world: World, user: str, name: str, content: bytes, text: str = "") -> Shown:
    """Give it a file; returns its answer."""
    assert (await world.playground.people.give_file(user, (name, content), text=text)).ok
    await world.settle()
    return world.tenant.told(user)[-1]


async def pressed(world: World, user: str, shown: Shown, label: str) -> Shown:
    """Press a button of the answer; returns what is answered to that in the chat."""
    answer = await world.playground.people.click(user, shown, text=label)
    assert "the answer comes in your chat" in answer.words
    await world.settle()
    return world.tenant.told(user)[-1]


def names(world: World) -> list[str]:
    with world.new_uow.reading() as uow:
        return [one.name for one in uow.clients.everyone()]


async def test_a_manager_sees_what_a_file_would_change_and_imports_it_by_a_button(world: World) -> None:
    preview = await given(world, ANN, "clients.csv", CSV)

    assert "Read 2 clients (UTF-8, separated by commas): 1 would be new, 1 would be changed" in preview.text
    assert names(world) == ["Acme Ltd"], "nothing is changed by looking"

    done = await pressed(world, ANN, preview, "Import 2 clients")

    assert done.activity["summary"] == "Imported clients.csv: 1 new, 1 changed, 0 as they were."
    assert names(world) == ["Acme Ltd", "Beta GmbH"]


async def test_the_line_of_the_button_can_be_typed_by_whoever_gave_the_file_and_by_nobody_else(world: World) -> None:
    await given(world, BOB, "clients.csv", CSV)
    [file] = world.playground.files.kept

    await world.playground.people.say(ANN, f"import clients {file}")
    await world.settle()
    refused = world.tenant.told(ANN)[-1]
    await given(world, ANN, "clients.csv", CSV)
    file = list(world.playground.files.kept)[-1]
    await world.playground.people.say(ANN, f"import clients {file}")
    await world.settle()

    assert "not a file that you have given to me" in refused.text
    assert names(world) == ["Acme Ltd", "Beta GmbH"]


async def test_a_colleague_gives_their_own_calendar_and_is_on_leave(world: World) -> None:
    preview = await given(world, BOB, "me.ics", CALENDAR)

    assert "From Mon 7 Dec to Fri 11 Dec (annual)" in preview.text
    done = await pressed(world, BOB, preview, "Import my leave")
    assert done.activity["summary"] == "Imported me.ics as your leave: 1 added, 0 taken back, 0 as they were."


async def test_somebody_who_is_no_manager_is_told_who_can_and_nothing_is_fetched(world: World) -> None:
    world.playground.misbehaviour.status("download", 500, times=None)

    refused = await given(world, BOB, "clients.csv", CSV)

    assert "Only managers can import clients: Ann Lee." in refused.text


async def test_a_colleague_who_is_new_joins_by_giving_a_file(world: World) -> None:
    preview = await given(world, CAT, "me.ics", CALENDAR)

    assert "From Mon 7 Dec" in preview.text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("clients.xlsx", b"PK\x03\x04", "is a workbook: save it as CSV UTF-8"),
        ("clients.csv", b"PK\x03\x04", "is an Excel workbook or another packed file"),
        ("scan.pdf", b"%PDF-1.7", "I can do nothing with “scan.pdf”"),
        ("clients.csv", b"x" * 5_000_001, "is larger than 5 MB"),
        ("leave.ics", b"<html>", "This is a web page, not a calendar"),
    ],
)
async def test_what_cannot_be_read_is_said(world: World, name: str, content: bytes, says: str) -> None:
    refused = await given(world, ANN, name, content)

    assert says in refused.text
    assert names(world) == ["Acme Ltd"]


async def test_several_files_at_once_are_too_many(world: World) -> None:
    await world.playground.people.give_file(ANN, ("a.csv", CSV), ("b.csv", CSV))
    await world.settle()

    assert "one at a time" in world.tenant.told(ANN)[-1].text


async def test_a_line_with_a_file_is_that_line(world: World) -> None:
    await world.ask_and_deliver()

    answer = await given(world, BOB, "picture.png", b"...", "claim Q-1")

    assert "Q-1 is yours" in answer.text


async def test_an_address_that_holds_no_longer_is_asked_for_again(world: World) -> None:
    preview = await given(world, ANN, "clients.csv", CSV)
    await world.later(hours=2)

    refused = await pressed(world, ANN, preview, "Import 2 clients")

    assert "Give it to me again" in refused.text
    assert names(world) == ["Acme Ltd"]


@pytest.mark.parametrize("trouble", ["drop_before", "drop_after"])
async def test_while_the_store_is_ill_the_file_can_be_given_again(world: World, trouble: str) -> None:
    getattr(world.playground.misbehaviour, trouble)("download")

    refused = await given(world, ANN, "clients.csv", CSV)
    again = await given(world, ANN, "clients.csv", CSV)

    assert "try again in a minute" in refused.text
    assert "1 would be new" in again.text


async def test_reading_a_file_keeps_no_other_message_waiting(world: World) -> None:
    await world.ask_and_deliver()
    world.playground.misbehaviour.hang("download", 1.0)
    await world.playground.people.give_file(ANN, ("clients.csv", CSV))
    await world.playground.people.say(BOB, "claim Q-1")

    await world.teams.inbox.drain()

    with world.new_uow.reading() as uow:
        assert uow.questions.look_at(QuestionNumber(1)).claimed_by is not None
    assert world.tenant.told(ANN) == [], "the file is still being fetched"
    await world.settle()
    assert "try again in a minute" in world.tenant.told(ANN)[-1].text


async def test_an_address_that_is_not_microsofts_is_never_asked(world: World) -> None:
    sent = _with_file(world, "https://files.evil.example/clients.csv")
    await world.playground.people.send(sent)
    await world.settle()

    assert "names an address for this file that is not its own" in world.tenant.told(ANN)[-1].text


async def test_a_private_address_is_never_asked_though_its_name_is_microsofts(world: World) -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        return ["10.0.0.7"]

    files = TeamsFiles(world.new_uow, world.clock, CarefulTransport([], resolve))
    await files.keep(ANN, Given("one", "clients.csv", "csv", "https://firm-my.sharepoint.com/download.aspx"))
    with world.new_uow.reading() as uow:
        ann = next(one for one in uow.firm().people.values() if one.name == "Ann Lee")

    read = await files.read(FileWanted("one", FileKind.CLIENTS, ann, (ann,), world.clock.now()), ANN)

    assert isinstance(read, Unreadable)
    assert "does not give me the file just now" in read.why


async def test_only_the_last_files_of_somebody_are_remembered(world: World) -> None:
    files = TeamsFiles(world.new_uow, world.clock, CarefulTransport([]))
    for number in range(7):
        await files.keep(ANN, Given(f"file-{number}", "x.csv", "csv", "https://evil.example/x"))

    assert [one.id for one in files._kept(ANN)] == [f"file-{number}" for number in range(2, 7)]
    assert files._kept(BOB) == []


def _with_file(world: World, url: str) -> dict[str, object]:
    tenant = world.tenant
    sent = message(tenant, world.playground.service_url, tenant.users[ANN], tenant.chat_with(ANN), "")
    content = {"downloadUrl": url, "uniqueId": "one", "fileType": "csv"}
    info = "application/vnd.microsoft.teams.file.download.info"
    return {**sent, "attachments": [{"contentType": info, "name": "clients.csv", "content": content}]}


async def test_what_comes_in_a_channel_is_no_file_given_to_us(world: World) -> None:
    sent = heard(_with_file(world, "https://firm-my.sharepoint.com/download.aspx"))

    assert len(files_in(sent)) == 1
    assert files_in(replace(sent, conversation_kind="channel")) == ()


@pytest.mark.parametrize("attachments", [None, "x", [None], [{}], [{"contentType": 1}], [{"content": {}}]])
def test_odd_attachments_are_none(attachments: object) -> None:
    body = {"type": "message", "conversation": {"conversationType": "personal"}, "attachments": attachments}

    assert files_in(heard(body)) == ()


@pytest.mark.parametrize(
    ("url", "is_ours"),
    [
        ("https://firm-my.sharepoint.com/personal/x/download.aspx?tempauth=1", True),
        ("https://firm.sharepoint.us/x", True),
        ("http://firm.sharepoint.com/x", False),
        ("https://firm.sharepoint.com:8443/x", False),
        ("https://firm.sharepoint.com.evil.example/x", False),
        ("https://evilsharepoint.com/x", False),
        ("https://sharepoint.com@evil.example/x", False),
        ("https://token@firm.sharepoint.com/x", False),
        ("https://firm.sharepoint.com:x/", False),
        ("http://127.0.0.1/x", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_files_are_fetched_from_where_teams_keeps_them(url: str, is_ours: bool) -> None:
    assert is_of_microsoft(url) is is_ours


def test_a_stand_in_that_the_operator_has_named_may_serve_its_own() -> None:
    assert is_of_microsoft("http://127.0.0.1:4000/personal/x", ["127.0.0.1"])
    assert not is_of_microsoft("http://10.0.0.1:4000/personal/x", ["127.0.0.1"])
