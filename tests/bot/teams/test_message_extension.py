"""The message extension: asking a pod without a command, and making a question of what somebody wrote."""

from typing import Any

import pytest

from bot.teams.html_text import text_of
from bot.teams.manifest import ASK_THE_POD, FILE_AS_QUESTION
from bot.teams_playground.acting import Answer
from tests.bot.teams.conftest import BOB, GUS, NORTH, World

LOUNGE = "19:lounge@thread.tacv2"


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


async def choose(world: World, command: str, user: str = BOB, message: dict[str, Any] | None = None) -> Answer:
    if LOUNGE not in world.tenant.conversations:
        world.tenant.add_channel(LOUNGE, "lounge")
    value = {"commandId": command, "commandContext": "message"} | ({"messagePayload": message} if message else {})
    where = world.tenant.conversations[LOUNGE]
    answer = await world.playground.people.invoke(user, where, "composeExtension/fetchTask", value)
    if answer.card:
        world.playground.people.dialogs[user] = answer.card
    return answer


async def send(world: World, entries: dict[str, str], user: str = BOB) -> Answer:
    answer = await world.playground.people.fill_in(user, entries, invoke="composeExtension/submitAction")
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
