"""The stand-in for Teams is as strict as Teams: what it would refuse there, it refuses here."""

from typing import Any

import aiohttp
import pytest

from bot.teams_playground.server import TeamsPlayground
from tests.bot.teams.conftest import ANN, BOB, GUS, NORTH

CARD = "application/vnd.microsoft.card.adaptive"
MENTION = {"type": "mention", "text": "<at>A</at>", "mentioned": {"id": ANN}}


def with_card(**parts: Any) -> dict[str, Any]:
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [], **parts}
    return {"type": "message", "attachments": [{"contentType": CARD, "content": card}]}


async def call(
    playground: TeamsPlayground, method: str, path: str, body: Any = None, *, token: str | None = "good"
) -> tuple[int, Any]:
    playground.tokens.add("good")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        aiohttp.ClientSession() as session,
        session.request(
            method, f"{playground.service_url}/v3/conversations{path}", json=body, headers=headers
        ) as answer,
    ):
        said = await answer.json()
        return answer.status, (said.get("error") or {}).get("code") or said.get("id")


def chat(user: str, tenant: str) -> dict[str, Any]:
    return {"isGroup": False, "members": [{"id": user}], "channelData": {"tenant": {"id": tenant}}}


@pytest.mark.parametrize(
    ("activity", "code"),
    [
        ({"type": "message"}, "BadSyntax"),
        ({"type": "shout", "text": "x"}, "BadSyntax"),
        ({"type": "message", "text": "x" * 103_000}, "MessageSizeTooBig"),
        ({"type": "message", "text": "<at>Ann</at>"}, "BadSyntax"),
        (with_card(version="1.6"), "BadSyntax"),
        (with_card(body=[{"type": "TextBlock", "text": "x" * 26_000}]), "MessageSizeTooBig"),
        (with_card(actions=[{"type": "Action.Execute", "title": "x"}]), "BadSyntax"),
        (with_card(actions=[{"type": "Action.OpenUrl", "url": "javascript:alert(1)"}]), "BadSyntax"),
        (with_card(actions=[{"type": "Action.Submit", "title": "x"}] * 7), "BadSyntax"),
        (with_card(msteams={"entities": [MENTION]}), "BadSyntax"),
    ],
)  # fmt: skip
async def test_what_teams_would_not_show_is_refused(
    playground: TeamsPlayground, activity: dict[str, Any], code: str
) -> None:
    status, said = await call(playground, "POST", f"/{NORTH}/activities", activity)

    assert status in (400, 413)
    assert said == code
    assert not playground.tenant.messages


async def test_a_message_is_posted_replied_to_and_redrawn_until_it_is_deleted(playground: TeamsPlayground) -> None:
    _, root = await call(playground, "POST", f"/{NORTH}/activities", {"type": "message", "text": "one"})
    replied, _ = await call(
        playground, "POST", f"/{NORTH};messageid={root}/activities", {"type": "message", "text": "two"}
    )
    redrawn, _ = await call(playground, "PUT", f"/{NORTH}/activities/{root}", {"type": "message", "text": "three"})
    playground.tenant.messages[NORTH, root].is_deleted = True
    gone = await call(playground, "PUT", f"/{NORTH}/activities/{root}", {"type": "message", "text": "four"})

    assert (replied, redrawn) == (201, 200)
    assert gone == (404, "ActivityNotFoundInConversation")


async def test_without_a_token_nothing_is_done(playground: TeamsPlayground) -> None:
    said = {"type": "message", "text": "x"}

    assert (await call(playground, "POST", f"/{NORTH}/activities", said, token=None))[0] == 401
    assert (await call(playground, "POST", f"/{NORTH}/activities", said, token="bad"))[0] == 401


async def test_a_chat_is_the_same_each_time_and_only_with_whom_the_app_is_installed_for(
    playground: TeamsPlayground,
) -> None:
    tenant = playground.tenant
    tenant.installed_for.discard(GUS)

    first = await call(playground, "POST", "", chat(BOB, tenant.id))
    again = await call(playground, "POST", "", chat(BOB, tenant.id))
    nobody = await call(playground, "POST", "", chat("aad-nobody", tenant.id))
    without = await call(playground, "POST", "", chat(GUS, tenant.id))
    elsewhere = await call(playground, "POST", "", chat(BOB, "another"))

    assert first == again
    assert [nobody[0], without[0], elsewhere[0]] == [403, 403, 400]


@pytest.mark.parametrize("code", ["MessageWritesBlocked", "BotDisabledByAdmin"])
async def test_a_closed_conversation_takes_nothing(playground: TeamsPlayground, code: str) -> None:
    playground.tenant.conversations[NORTH].closed = code

    assert await call(playground, "POST", f"/{NORTH}/activities", {"type": "message", "text": "x"}) == (403, code)


async def test_a_conversation_that_does_not_exist_is_not_found(playground: TeamsPlayground) -> None:
    said = {"type": "message", "text": "x"}

    assert await call(playground, "POST", "/19:nowhere/activities", said) == (404, "ConversationNotFound")


async def test_members_are_told_of_a_conversation_that_they_and_the_bot_are_in(playground: TeamsPlayground) -> None:
    tenant = playground.tenant
    own, without = tenant.chat_with(BOB).id, tenant.chat_without_the_bot(ANN, BOB).id

    assert await call(playground, "GET", f"/{own}/members/{BOB}") == (200, tenant.users[BOB].id)
    assert await call(playground, "GET", f"/{own}/members/{ANN}") == (404, "MemberNotFoundInConversation")
    assert await call(playground, "GET", f"/{without}/members/{BOB}") == (403, "BotNotInConversationRoster")
    assert await call(playground, "GET", f"/{NORTH}/members/{tenant.users[ANN].id}") == (200, tenant.users[ANN].id)
