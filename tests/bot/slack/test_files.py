"""Files given to the bot in its direct conversation: a preview, a button, and what is said where it cannot be done."""

from dataclasses import replace

import pytest

from bot.given_files import dropped
from bot.playground.records import Message
from bot.slack.files import is_slacks
from commands.attached import Unreadable
from coverage.ids import QuestionNumber
from tests.bot.slack.conftest import ANN, BOB, CAT, NORTH, World

CSV = "name,pod,domains\nBeta GmbH,North,beta.example\nAcme Ltd,North,acme.example;acme.co.uk\n"
TOO_MANY = "name,pod\n" + "".join(f"C{number},North\n" for number in range(10_001))
CALENDAR = "\r\n".join(
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN",
        "BEGIN:VEVENT", "UID:1@test.example", "DTSTAMP:20260101T000000Z",
        "DTSTART;VALUE=DATE:20261207", "DTEND;VALUE=DATE:20261212", "SUMMARY:Annual leave", "END:VEVENT",
        "END:VCALENDAR", "",
    ]
)  # fmt: skip


async def given(world: World, user: str, name: str, content: str | bytes, text: str = "") -> Message:
    """Give the bot a file; returns its answer."""
    conversation = world.workspace.dm_with(user)
    data = content if isinstance(content, bytes) else content.encode()
    answer = await world.playground.people.give_file(user, conversation, name, data, text)
    assert answer.ok
    await world.settle()
    return world.workspace.messages(conversation)[-1]


async def pressed(world: World, user: str, message: Message, label: str) -> Message:
    """Press a button of the answer; returns what is answered to that."""
    assert (await world.playground.people.click(user, message.channel, message.ts, text=label)).ok
    await world.settle()
    return world.workspace.visible_to(user, message.channel)[-1]


def names(world: World) -> list[str]:
    with world.new_uow.reading() as uow:
        return [one.name for one in uow.clients.everyone()]


async def test_a_manager_sees_what_a_file_would_change_and_imports_it_by_a_button(world: World) -> None:
    preview = await given(world, ANN, "clients.csv", CSV)

    assert "Read 2 clients (UTF-8, separated by commas): 1 would be new, 1 would be changed" in preview.text
    assert "domains: acme.example -&gt; acme.example, acme.co.uk" in preview.text
    assert names(world) == ["Acme Ltd"], "nothing is changed by looking"
    [file] = world.workspace.files.shared
    assert f"import clients {file}" in str(preview.blocks)

    done = await pressed(world, ANN, preview, "Import 2 clients")

    assert done.text == "Imported *clients.csv*: 1 new, 1 changed, 0 as they were."
    assert done.ephemeral_to == ANN
    assert names(world) == ["Acme Ltd", "Beta GmbH"]


async def test_a_file_that_changes_nothing_has_no_button(world: World) -> None:
    preview = await given(world, ANN, "clients.csv", "name,pod\nAcme Ltd,North\n")

    assert "0 would be new, 0 would be changed, 1 as they were" in preview.text
    assert "actions" not in [block["type"] for block in preview.blocks]


async def test_pressing_twice_imports_once_and_says_so(world: World) -> None:
    preview = await given(world, ANN, "clients.csv", CSV)
    await pressed(world, ANN, preview, "Import 2 clients")

    again = await pressed(world, ANN, preview, "Import 2 clients")

    assert "0 new, 0 changed, 2 as they were" in again.text


async def test_mistakes_are_said_with_their_lines_and_there_is_no_button(world: World) -> None:
    lines = "".join(f"Client {number},Nort,\n" for number in range(20))

    refused = await given(world, ANN, "clients.csv", "name,pod,domains\n" + lines)

    assert "has 20 mistakes, so nothing of it can be imported" in refused.text
    assert 'line 2, pod: There is no pod "Nort". Did you mean "North"?' in refused.text
    assert "… and 8 more." in refused.text
    assert "actions" not in [block["type"] for block in refused.blocks]
    assert names(world) == ["Acme Ltd"]


async def test_what_is_wrong_by_the_time_of_the_press_is_said_then(world: World) -> None:
    preview = await given(world, ANN, "clients.csv", CSV)
    [file] = world.workspace.files.shared
    world.workspace.files.shared[file] = replace(world.workspace.files.shared[file], content=b"name,pod\nBeta,Nort\n")

    refused = await pressed(world, ANN, preview, "Import 2 clients")

    assert "There is no pod" in refused.text
    assert names(world) == ["Acme Ltd"]


async def test_somebody_who_is_no_manager_is_told_who_can(world: World) -> None:
    refused = await given(world, BOB, "clients.csv", CSV)

    assert refused.text == "Only managers can import clients: Ann Lee."
    assert not [entry for entry in world.workspace.log.entries if entry.kind == "refused"], "nothing was fetched"


async def test_a_button_of_a_manager_pressed_by_nobody_else_is_typed_in_vain_by_somebody_else(world: World) -> None:
    await given(world, ANN, "clients.csv", CSV)
    [file] = world.workspace.files.shared

    typed = await world.playground.people.slash_command(BOB, NORTH, "/podline", f"import clients {file}")
    await world.settle()

    assert typed.ok
    assert "Only managers" in world.workspace.visible_to(BOB, NORTH)[-1].text
    assert names(world) == ["Acme Ltd"]


async def test_the_line_of_the_button_can_be_typed(world: World) -> None:
    await given(world, ANN, "clients.csv", CSV)
    [file] = world.workspace.files.shared

    typed = await world.playground.people.slash_command(ANN, NORTH, "/podline", f"import clients {file}")
    await world.settle()

    assert typed.ok
    assert "1 new, 1 changed" in world.workspace.visible_to(ANN, NORTH)[-1].text
    assert names(world) == ["Acme Ltd", "Beta GmbH"]


async def test_a_file_of_somebody_else_is_not_imported_by_its_id(world: World) -> None:
    await given(world, BOB, "clients.csv", CSV)
    [file] = world.workspace.files.shared

    await world.playground.people.slash_command(ANN, NORTH, "/podline", f"import clients {file}")
    await world.settle()

    assert "not a file that you have given to me" in world.workspace.visible_to(ANN, NORTH)[-1].text
    assert names(world) == ["Acme Ltd"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("clients.xlsx", b"PK\x03\x04", "is a workbook: save it as CSV UTF-8"),
        ("clients.csv", b"PK\x03\x04", "is an Excel workbook or another packed file"),
        ("scan.pdf", b"%PDF-1.7", "I can do nothing with “scan.pdf”. Give me a CSV file of clients"),
        ("<!channel>.exe", b"MZ", "I can do nothing with “&lt;!channel&gt;.exe”"),
        ("clients.csv", b"x" * 5_000_001, "is larger than 5 MB"),
        ("clients.csv", b"owner\nAnn\n", "the first line must name the columns"),
        ("clients.csv", TOO_MANY, "has 10,001 clients, more than 10,000"),
        ("leave.ics", b"<html>", "This is a web page, not a calendar"),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_said(world: World, name: str, content: str | bytes, says: str) -> None:
    refused = await given(world, ANN, name, content)

    assert says in refused.text
    assert names(world) == ["Acme Ltd"]


async def test_several_files_at_once_are_too_many(world: World) -> None:
    conversation, people = world.workspace.dm_with(ANN), world.playground.people
    files = [world.workspace.files.share(name, b"", ANN, conversation, 0) for name in ("a.csv", "b.csv")]

    await people.say(ANN, conversation, "", files=[{"id": one.id, "name": one.name} for one in files])
    await world.settle()

    assert "one at a time" in world.workspace.messages(conversation)[-1].text


async def test_a_line_with_a_file_is_that_line(world: World) -> None:
    await world.ask_and_deliver()

    answer = await given(world, BOB, "picture.png", b"...", "claim Q-1")

    assert "Q-1 is yours" in answer.text


async def test_without_the_scope_whoever_runs_it_is_told_what_to_do(world: World) -> None:
    installed = world.workspace.installation
    world.workspace.installation = replace(installed, scopes=installed.scopes - {"files:read"})

    refused = await given(world, ANN, "clients.csv", CSV)

    assert "adds the scope files:read" in refused.text


async def test_a_sign_in_page_in_the_place_of_the_file_is_not_read_as_one(world: World) -> None:
    preview = await given(world, ANN, "clients.csv", CSV)
    installed = world.workspace.installation
    world.workspace.installation = replace(installed, scopes=installed.scopes - {"files:read"})

    refused = await pressed(world, ANN, preview, "Import 2 clients")

    assert "files:read" in refused.text
    assert names(world) == ["Acme Ltd"]


@pytest.mark.parametrize("method", ["files.info", "download"])
async def test_while_slack_is_ill_the_file_can_be_given_again(world: World, method: str) -> None:
    world.playground.misbehaviour.drop_before(method, times=None)
    refused = await given(world, ANN, "clients.csv", CSV)
    world.playground.misbehaviour.clear()

    assert "try again in a minute" in refused.text
    assert "1 would be new" in (await given(world, ANN, "clients.csv", CSV)).text


async def test_a_file_that_was_deleted_meanwhile_is_asked_for_again(world: World) -> None:
    preview = await given(world, ANN, "clients.csv", CSV)
    world.workspace.files.remove(next(iter(world.workspace.files.shared)))

    assert "not there any more" in (await pressed(world, ANN, preview, "Import 2 clients")).text


async def test_reading_a_large_file_keeps_no_other_event_waiting(world: World) -> None:
    world.playground.misbehaviour.hang("download", 1.0)
    await world.ask_and_deliver()
    conversation = world.workspace.dm_with(ANN)
    await world.playground.people.give_file(ANN, conversation, "clients.csv", CSV.encode())
    await world.playground.people.say(BOB, world.workspace.dm_with(BOB), "claim Q-1")

    await world.slack.inbox.drain()

    with world.new_uow.reading() as uow:
        claimed = uow.questions.look_at(QuestionNumber(1)).claimed_by
    assert claimed is not None
    assert len(world.workspace.messages(conversation)) == 1, "the file is still being fetched"
    await world.settle()


async def test_a_colleague_gives_their_own_calendar_and_is_on_leave(world: World) -> None:
    preview = await given(world, BOB, "me.ics", CALENDAR)

    assert "From Mon 7 Dec to Fri 11 Dec (annual)" in preview.text
    done = await pressed(world, BOB, preview, "Import my leave")

    assert done.text == "Imported *me.ics* as your leave: 1 added, 0 taken back, 0 as they were."
    listed = await world.playground.people.slash_command(BOB, NORTH, "/podline", "leave list")
    assert listed.message is not None
    assert "11 Dec" in listed.message.text
    again = await pressed(world, BOB, preview, "Import my leave")
    assert "0 added, 0 taken back, 1 as they were" in again.text


async def test_a_calendar_without_leave_has_no_button(world: World) -> None:
    preview = await given(world, BOB, "me.ics", CALENDAR.replace("Annual leave", "Working from home"))

    assert "I find no leave of yours in it" in preview.text


async def test_a_colleague_who_is_new_joins_by_giving_a_file(world: World) -> None:
    refused = await given(world, CAT, "clients.csv", CSV)

    assert "Only managers can import clients" in refused.text


@pytest.mark.parametrize(
    ("url", "is_ours"),
    [
        ("https://files.slack.com/files-pri/T0-F0/x.csv", True),
        ("https://firm.slack.com/files/x.csv", True),
        ("https://files.slack-gov.com/x.csv", True),
        ("http://files.slack.com/x.csv", False),
        ("https://files.slack.com:8443/x.csv", False),
        ("https://files.slack.com.evil.example/x.csv", False),
        ("https://evil-slack.com/x.csv", False),
        ("https://slack.com@evil.example/x.csv", False),
        ("https://token@files.slack.com/x.csv", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_the_token_is_shown_to_slack_alone(url: str, is_ours: bool) -> None:
    assert is_slacks(url, "https://slack.com/api/") is is_ours


def test_a_stand_in_may_serve_its_own_files_and_no_neighbours() -> None:
    assert is_slacks("http://127.0.0.1:4000/files-pri/x", "http://127.0.0.1:4000/api/")
    assert not is_slacks("http://127.0.0.1:4001/files-pri/x", "http://127.0.0.1:4000/api/")


@pytest.mark.parametrize(
    ("text", "names_of", "line"),
    [
        ("", ["a.csv"], "import clients F0 preview"),
        ("our clients, please", ["A.CSV"], "import clients F0 preview"),
        ("import", ["a.tsv"], "import clients F0 preview"),
        ("import clients", ["a.txt"], "import clients F0 preview"),
        ("", ["holiday.ics"], "import leave F0 preview"),
        ("question Acme: as in this file", ["a.csv"], None),
        ("I'm sick today", ["note.pdf"], None),
        ("import clients F0OTHER", ["a.csv"], None),
        ("", [], None),
    ],
)
def test_what_a_message_with_a_file_asks_for(text: str, names_of: list[str], line: str | None) -> None:
    asked = dropped(text, [{"id": "F0", "name": name} for name in names_of])

    assert (asked.line if asked else None) == line
    assert asked is None or not isinstance(asked.unreadable, Unreadable)
