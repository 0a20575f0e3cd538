"""The message shortcut "File as question", over real HTTP."""

import asyncio

import pytest

from bot.playground.installation import Installation
from bot.playground.records import View
from bot.slack.manifest import FILE_AS_QUESTION, manifest
from commands.ports import QuestionQuery
from coverage.question import Question, Status
from tests.bot.slack.conftest import ANN, BOB, CAT, NORTH, OUT, World

ACME, GENERAL = "C0ACME", "C0GENERAL"
GUEST = "U0GUEST"


@pytest.fixture
def office(world: World) -> World:
    world.workspace.installation = Installation.from_manifest(manifest())
    world.workspace.add_user(GUEST, "gil", real_name="Gil Fry", is_restricted=True)
    world.workspace.add_channel(ACME, "acme", members=[ANN, BOB, CAT, OUT], is_ext_shared=True)
    world.workspace.add_channel(GENERAL, "general", members=[ANN, BOB, CAT, GUEST], with_bot=False)
    return world


async def said(world: World, user: str, channel: str, words: str, **more) -> str:
    answer = await world.playground.people.say(user, channel, words, **more)
    assert answer.message is not None
    return answer.message.ts


async def form_for(world: World, user: str, channel: str, ts: str) -> View:
    """Choose the shortcut; what opens."""
    answer = await world.playground.people.message_shortcut(user, channel, ts, FILE_AS_QUESTION)
    assert answer.ok, answer
    await world.slack.settle()
    [form] = world.workspace.open_views(user)
    return form


def entry(form: View, name: str) -> str:
    [block] = [one for one in form.blocks if one.get("block_id") == name]
    return str(block["element"].get("initial_value", ""))


def hint(form: View, name: str) -> str:
    [block] = [one for one in form.blocks if one.get("block_id") == name]
    return str(block.get("hint", {}).get("text", ""))


def questions(world: World) -> list[Question]:
    with world.new_uow.reading() as uow:
        return uow.questions.page(QuestionQuery())


def private(world: World, user: str) -> list[str]:
    return [
        one.text
        for channel in world.workspace.channels.values()
        if user in channel.members
        for one in world.workspace.visible_to(user, channel.id)
        if one.ephemeral_to == user or channel.kind == "im"
    ]


async def test_a_message_becomes_a_question_with_its_words_files_and_way_back(office: World) -> None:
    file = {"id": "F1", "name": "vat.pdf", "permalink": "https://firm.slack.example/files/F1"}
    ts = await said(office, BOB, GENERAL, "Acme called: how do they post VAT?", files=[file])

    form = await form_for(office, BOB, GENERAL, ts)
    assert (entry(form, "client"), entry(form, "text")) == ("Acme Ltd", "Acme called: how do they post VAT?")
    sent = await office.playground.people.submit_view(BOB, form.id, {})
    await office.settle()

    assert sent.ok
    assert office.workspace.open_views(BOB) == ()
    [question] = questions(office)
    assert (question.status, question.text) == (Status.ROUTED, "Acme called: how do they post VAT?")
    assert question.asked_by.filed_by is not None
    assert [one.name for one in question.attachments] == ["vat.pdf", "the message itself"]
    assert question.attachments[1].url == f"https://firm.slack.example/archives/{GENERAL}/p{ts.replace('.', '')}"
    assert any("Q-1 is with North" in text for text in private(office, BOB))
    assert "1 attachment" in str(office.workspace.messages(NORTH)[0].blocks)


async def test_filing_the_same_message_again_says_which_question_it_is(office: World) -> None:
    ts = await said(office, BOB, GENERAL, "Acme: how do they post VAT?")
    first, second = await form_for(office, BOB, GENERAL, ts), await form_for(office, ANN, GENERAL, ts)
    await office.playground.people.submit_view(BOB, first.id, {})

    late = await office.playground.people.submit_view(ANN, second.id, {"text": "All that I wrote"})
    again = await office.playground.people.message_shortcut(CAT, GENERAL, ts, FILE_AS_QUESTION)
    await office.settle()

    assert late.errors == {"text": "This message is Q-1 already."}
    assert office.workspace.open_views(ANN)[-1].values["text"]["text"]["value"] == "All that I wrote"
    assert again.ok
    assert office.workspace.open_views(CAT) == ()
    assert any("Q-1 already" in text for text in private(office, CAT))
    assert len(questions(office)) == 1


async def test_two_who_file_the_same_message_at_once_file_one_question(office: World) -> None:
    ts = await said(office, BOB, GENERAL, "Acme: how do they post VAT?")
    forms = {user: await form_for(office, user, GENERAL, ts) for user in (ANN, BOB)}

    await asyncio.gather(*(office.playground.people.submit_view(user, form.id, {}) for user, form in forms.items()))

    assert len(questions(office)) == 1


async def test_an_outsiders_message_names_them_as_the_asker(office: World) -> None:
    ts = await said(office, OUT, ACME, "ok")
    form = await form_for(office, BOB, ACME, ts)
    assert entry(form, "asker") == "Zoe Quist"

    await office.playground.people.submit_view(BOB, form.id, {"client": "Acme"})

    [question] = questions(office)
    assert (question.asked_by.name, question.asked_by.user) == ("Zoe Quist", OUT)


async def test_what_was_heard_as_a_question_already_is_not_filed_again(office: World) -> None:
    ts = await said(office, OUT, ACME, "How do we post VAT?")
    await office.settle()

    await office.playground.people.message_shortcut(BOB, ACME, ts, FILE_AS_QUESTION)
    await office.settle()

    assert len(questions(office)) == 1
    assert any("Q-1 already" in text for text in private(office, BOB))


async def test_a_guests_message_can_be_filed_by_a_colleague_and_not_by_a_guest(office: World) -> None:
    ts = await said(office, GUEST, GENERAL, "How do we post VAT?")

    refused = await office.playground.people.message_shortcut(GUEST, GENERAL, ts, FILE_AS_QUESTION)
    form = await form_for(office, BOB, GENERAL, ts)
    await office.settle()

    assert refused.ok
    assert office.workspace.open_views(GUEST) == ()
    assert any("Only members of the firm" in text for text in private(office, GUEST))
    assert entry(form, "asker") == "Gil Fry"


async def test_a_colleague_who_is_new_joins_by_filing(office: World) -> None:
    ts = await said(office, CAT, GENERAL, "Acme: how do they post VAT?")

    form = await form_for(office, CAT, GENERAL, ts)
    await office.playground.people.submit_view(CAT, form.id, {})

    assert len(questions(office)) == 1


async def test_a_client_is_proposed_only_where_exactly_one_fits(office: World) -> None:
    ts = await said(office, BOB, GENERAL, "They ask how to post VAT")

    form = await form_for(office, BOB, GENERAL, ts)
    assert entry(form, "client") == ""
    await office.playground.people.submit_view(BOB, form.id, {})

    assert questions(office)[0].status is Status.UNIDENTIFIED


async def test_a_near_miss_of_a_client_is_said_in_the_form_and_nothing_is_lost(office: World) -> None:
    ts = await said(office, BOB, GENERAL, "They ask how to post VAT")
    form = await form_for(office, BOB, GENERAL, ts)

    wrong = await office.playground.people.submit_view(BOB, form.id, {"client": "Acmee Ltd", "text": "How to post VAT"})

    assert "Acme Ltd" in wrong.errors["client"]
    [still] = office.workspace.open_views(BOB)
    assert still.values["text"]["text"]["value"] == "How to post VAT"
    assert questions(office) == []
    mended = await office.playground.people.submit_view(BOB, still.id, {"client": "Acme Ltd"})
    assert mended.ok
    assert questions(office)[0].text == "How to post VAT"


async def test_a_long_message_is_shown_shortened_and_kept_whole(office: World) -> None:
    words = "How do they post this? " * 400
    ts = await said(office, BOB, GENERAL, f"Acme: {words}")

    form = await form_for(office, BOB, GENERAL, ts)
    assert len(entry(form, "text")) <= 3000
    assert "Shortened" in hint(form, "text")
    await office.playground.people.submit_view(BOB, form.id, {})

    assert questions(office)[0].text == f"Acme: {words}".strip()


async def test_a_long_message_that_was_changed_is_what_was_entered(office: World) -> None:
    ts = await said(office, BOB, GENERAL, "Acme: " + "How do they post this? " * 400)
    form = await form_for(office, BOB, GENERAL, ts)

    await office.playground.people.submit_view(BOB, form.id, {"text": "How do they post this?"})

    assert questions(office)[0].text == "How do they post this?"


async def test_while_slack_does_not_answer_the_form_opens_in_time(office: World) -> None:
    ts = await said(office, OUT, ACME, "ok", files=[{"id": "F9", "file_access": "check_file_info"}])
    for method in ("users.info", "files.info"):
        office.playground.misbehaviour.hang(method, 30, times=None)

    form = await asyncio.wait_for(form_for(office, BOB, ACME, ts), 2.9)

    assert entry(form, "asker") == ""


async def test_a_form_that_cannot_be_opened_says_what_to_type(office: World) -> None:
    ts = await said(office, BOB, GENERAL, "Acme: how do they post VAT?")
    office.playground.misbehaviour.fail("views.open", error="expired_trigger_id")

    answer = await office.playground.people.message_shortcut(BOB, GENERAL, ts, FILE_AS_QUESTION)
    await office.settle()

    assert answer.ok
    assert any("/question" in text for text in private(office, BOB))


async def test_a_form_sent_twice_files_one_question(office: World) -> None:
    ts = await said(office, BOB, GENERAL, "Acme: how do they post VAT?")
    form = await form_for(office, BOB, GENERAL, ts)
    await office.playground.people.submit_view(BOB, form.id, {})
    assert len(questions(office)) == 1
