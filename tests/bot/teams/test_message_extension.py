"""The message extension: asking a pod without a command, and making a question of what somebody wrote."""

from dataclasses import replace
from typing import Any

import pytest

from bot.teams.html_text import text_of
from bot.teams.manifest import ASK_THE_POD, FILE_AS_QUESTION
from bot.teams_playground.acting import Answer
from bot.teams_playground.tenant import Conversation
from commands.ports import Identity
from tests.bot.teams.conftest import ANN, BOB, DAN, GUS, NORTH, World


def written(text: str, by: str = "aad-jo", **more: Any) -> dict[str, Any]:
    """A message as Teams hands it to an extension."""
    return {
        "id": "1763890000000",
        "createdDateTime": "2026-11-23T09:00:00.000Z",
        "linkToMessage": "https://teams.microsoft.com/l/message/1",
        "from": {"user": {"id": by, "displayName": "Jo Smith", "userIdentityType": "aadUser"}},
        "body": {"contentType": "html", "content": text},
        **more,
    }


def chat_with_a_colleague(world: World, user: str) -> Conversation:
    return world.tenant.chat_without_the_bot(user, ANN if user != ANN else BOB)


async def choose(
    world: World,
    command: str,
    user: str = BOB,
    message: dict[str, Any] | None = None,
    where: Conversation | None = None,
) -> Answer:
    """In the chat of ``user`` with a colleague, in which Podline is not, unless ``where`` says where."""
    value = {"commandId": command, "commandContext": "message"} | ({"messagePayload": message} if message else {})
    where = where or chat_with_a_colleague(world, user)
    answer = await world.playground.people.invoke(user, where, "composeExtension/fetchTask", value)
    if answer.card:
        world.playground.people.dialogs[user] = answer.card
    return answer


async def send(world: World, entries: dict[str, str], user: str = BOB) -> Answer:
    where = chat_with_a_colleague(world, user)
    answer = await world.playground.people.fill_in(user, entries, invoke="composeExtension/submitAction", where=where)
    await world.settle()
    return answer


async def test_ask_the_pod_opens_the_form_and_its_question_reaches_the_pod(world: World) -> None:
    await choose(world, ASK_THE_POD)
    done = await send(world, {"entry_client": "Acme", "entry_text": "Is that VAT?"})

    assert "Q-1 is with North" in done.words
    assert "Is that VAT?" in world.tenant.posts(NORTH)[0].text


async def test_a_message_becomes_a_question_with_its_words_its_asker_and_the_way_back(world: World) -> None:
    form = await choose(world, FILE_AS_QUESTION, message=written("<p>Is <b>that</b> VAT?</p><p>Jo &amp; Co</p>"))
    done = await send(world, {"entry_client": "Acme"})

    question = world.question()
    assert "Is that VAT?" in str(form.card)
    assert "Q-1 is with North" in done.words
    assert question.text == "Is that VAT?\nJo & Co"
    assert question.asked_by.name == "Jo Smith"
    assert [one.url for one in question.attachments] == ["https://teams.microsoft.com/l/message/1"]


async def test_the_same_message_is_one_question(world: World) -> None:
    await choose(world, FILE_AS_QUESTION, message=written("<p>VAT?</p>"))
    await send(world, {"entry_client": "Acme"})

    again = await choose(world, FILE_AS_QUESTION, message=written("<p>VAT?</p>"))

    assert "Q-1 already" in again.words


async def test_a_client_that_is_nearly_known_is_asked_about_in_the_form(world: World) -> None:
    await choose(world, FILE_AS_QUESTION, message=written("<p>VAT?</p>"))

    wrong = await send(world, {"entry_client": "Acne Ltd", "entry_asker": "Jo S."})
    done = await send(world, {"entry_client": "Acme Ltd"})

    assert "Did you mean Acme Ltd" in str(wrong.card)
    assert "Jo S." in str(wrong.card)
    assert "Q-1" in done.words


async def test_what_is_asked_in_a_chat_without_podline_does_not_change_where_somebody_is_written_to(
    world: World,
) -> None:
    await world.playground.people.say(BOB, "mine")
    await world.settle()
    before = await world.teams.whereabouts.of_person(BOB)
    await choose(world, ASK_THE_POD)
    world.playground.people.dialogs.pop(BOB)
    await hands_to_bob(world)

    assert before == await world.teams.whereabouts.of_person(BOB)
    assert "hands you" in world.tenant.told(BOB)[-1].text


async def test_a_chat_of_no_kind_that_podline_is_not_in_changes_nothing_either(world: World) -> None:
    where = world.tenant.chat_without_the_bot(BOB, ANN)
    where.kind = ""
    await choose(world, ASK_THE_POD, where=where)

    assert await world.teams.whereabouts.of_person(BOB) is None


async def test_a_chat_that_podline_turns_out_not_to_be_in_is_made_anew(world: World) -> None:
    without = world.tenant.chat_without_the_bot(BOB, ANN)
    at = await world.teams.whereabouts.anywhere()
    await world.teams.whereabouts.put_person(BOB, replace(at, conversation=without.id))

    await hands_to_bob(world)

    assert "hands you" in world.tenant.told(BOB)[-1].text


async def test_a_new_colleague_whose_first_act_is_a_question_in_such_a_chat_joins(world: World) -> None:
    await choose(world, ASK_THE_POD, user=DAN)
    done = await send(world, {"entry_client": "Acme", "entry_text": "Is that VAT?"}, user=DAN)

    assert "Q-1 is with North" in done.words
    with world.new_uow.reading() as uow:
        known = uow.people.by_identity(Identity("teams", world.tenant.id, DAN))
        assert known is not None
        assert uow.firm().people[known].email == "dan@firm.example"


async def hands_to_bob(world: World) -> None:
    await world.playground.people.say(ANN, "question Acme: is that VAT?")
    await world.playground.people.say(ANN, "claim Q-1")
    await world.playground.people.say(ANN, "handoff Q-1 Bob Roy he knows")
    await world.settle()


async def test_a_guest_files_nothing(world: World) -> None:
    answer = await choose(world, FILE_AS_QUESTION, user=GUS, message=written("<p>VAT?</p>"))

    assert "Only members of the firm" in answer.words


async def test_a_message_that_teams_does_not_hand_over_is_said_so(world: World) -> None:
    assert "which message" in (await choose(world, FILE_AS_QUESTION)).words
    assert "no such command" in (await choose(world, "another")).words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>One<br>two</div>", "One\ntwo"),
        ("plain &lt;b&gt; words", "plain <b> words"),
        ("<p>a</p>\n<p>&nbsp;</p><ul><li>b</li><li>c</li></ul>", "a\nb\nc"),
        ("<script>alert(1)</script>x<img src='y'>", "x"),
        ("<p>never <b>closed", "never closed"),
        ("", ""),
    ],
)
def test_html_is_read_as_its_reader_sees_it(html: str, text: str) -> None:
    assert text_of(html) == text
