"""The Web API as slack_sdk's own client sees it."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.installation import DEFAULT_SCOPES, Installation
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import NORTH, Hands, card, form, real_time

MARK = {"event_type": "podline", "event_payload": {"outbox": "17"}}


async def refusal(call: Any) -> str:
    """The error code that a call ends with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_message_is_stored_as_sent(client: AsyncWebClient, workspace: Workspace) -> None:
    posted = await client.chat_postMessage(channel=NORTH, text="Acme asks", blocks=card(), metadata=MARK)

    [message] = workspace.messages(NORTH)
    assert (message.ts, message.text, message.metadata) == (posted["ts"], "Acme asks", MARK)
    assert posted["message"]["bot_id"] == workspace.app.bot_id


async def test_timestamps_differ_even_when_the_clock_stands_still(client: AsyncWebClient, workspace: Workspace) -> None:
    for number in range(5):
        await client.chat_postMessage(channel=NORTH, text=str(number))

    stamps = [message.ts for message in workspace.messages(NORTH)]
    assert stamps == sorted(set(stamps))


async def test_marks_are_only_returned_to_those_who_ask_for_them(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=NORTH, text="card", metadata=MARK)
    await client.chat_postMessage(channel=NORTH, text="reply", thread_ts=posted["ts"], metadata=MARK)

    [unasked] = (await client.conversations_history(channel=NORTH))["messages"]
    [asked] = (await client.conversations_history(channel=NORTH, include_all_metadata=True))["messages"]
    thread = (await client.conversations_replies(channel=NORTH, ts=posted["ts"], include_all_metadata=True))["messages"]

    assert "metadata" not in unasked
    assert asked["metadata"] == MARK
    assert asked["reply_count"] == 1
    assert [(m["text"], m["metadata"]) for m in thread] == [("card", MARK), ("reply", MARK)]


async def test_history_comes_newest_first_in_pages(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel=NORTH, text=str(n)))["ts"] for n in range(5)]

    first = await client.conversations_history(channel=NORTH, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=NORTH, limit=2, cursor=cursor)
    since = await client.conversations_history(channel=NORTH, oldest=stamps[3])

    assert [m["text"] for m in first["messages"]] == ["4", "3"]
    assert [m["text"] for m in second["messages"]] == ["2", "1"]
    assert [m["text"] for m in since["messages"]] == ["4"]
    assert first["has_more"]


async def test_an_update_keeps_what_it_does_not_mention(client: AsyncWebClient, workspace: Workspace) -> None:
    posted = await client.chat_postMessage(channel=NORTH, text="open", blocks=card(), metadata=MARK)

    await client.chat_update(channel=NORTH, ts=posted["ts"], text="taken")

    [message] = workspace.messages(NORTH)
    assert (message.text, len(message.blocks), message.metadata) == ("taken", 2, MARK)
    assert message.edited_ts


async def test_posting_is_refused_as_slack_refuses_it(client: AsyncWebClient, workspace: Workspace) -> None:
    post = client.chat_postMessage
    workspace.add_channel("C0SOUTH", "south", with_bot=False)
    workspace.add_channel("C0VAULT", "vault", is_private=True, with_bot=False)
    workspace.add_channel("C0OLD", "old")
    workspace.archive("C0OLD")
    root = (await post(channel=NORTH, text="root"))["ts"]
    reply = (await post(channel=NORTH, text="reply", thread_ts=root))["ts"]

    assert await refusal(post(channel="C0NONE", text="x")) == "channel_not_found"
    assert await refusal(post(channel="C0VAULT", text="x")) == "channel_not_found"
    assert await refusal(post(channel="C0SOUTH", text="x")) == "not_in_channel"
    assert await refusal(post(channel="C0OLD", text="x")) == "is_archived"
    assert await refusal(client.api_call("chat.postMessage", json={"channel": NORTH})) == "no_text"
    assert await refusal(post(channel=NORTH, text="x" * 40_001)) == "msg_too_long"
    assert await refusal(post(channel=NORTH, text="x", thread_ts="1.000001")) == "thread_not_found"
    assert await refusal(post(channel=NORTH, text="x", thread_ts=reply)) == "cannot_reply_to_message"
    assert await refusal(post(channel=NORTH, text="x", blocks="[")) == "invalid_blocks_format"
    assert await refusal(post(channel=NORTH, text="x", metadata={"event_type": "x"})) == "invalid_metadata_format"
    assert await refusal(post(channel=NORTH, text="x", colour="red")) == "invalid_arguments"
    assert await refusal(post(channel=NORTH, text="x", username="Boss")) == "missing_scope"
    assert len(workspace.messages(NORTH)) == 2


async def test_bad_blocks_are_refused_with_the_reason(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=NORTH, text="x", blocks=[{"type": "section"}])

    assert caught.value.response["error"] == "invalid_blocks"
    [reason] = caught.value.response["response_metadata"]["messages"]
    assert "/blocks/0" in reason


async def test_only_own_messages_can_be_changed(client: AsyncWebClient, slack: PlaygroundServer) -> None:
    said = (await slack.people.say("U0BOB", NORTH, "mine")).message
    assert said is not None

    assert await refusal(client.chat_update(channel=NORTH, ts=said.ts, text="x")) == "cant_update_message"
    assert await refusal(client.chat_delete(channel=NORTH, ts=said.ts)) == "cant_delete_message"
    assert await refusal(client.chat_update(channel=NORTH, ts="1.000001", text="x")) == "message_not_found"


async def test_an_ephemeral_is_for_a_member_and_cannot_be_found_again(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    whisper = await client.chat_postEphemeral(channel=NORTH, user="U0BOB", text="psst")

    assert await refusal(client.chat_postEphemeral(channel=NORTH, user="U0OUT", text="x")) == "user_not_in_channel"
    ts = whisper["message_ts"]
    assert await refusal(client.chat_update(channel=NORTH, ts=ts, text="x")) == "message_not_found"
    assert (await client.conversations_history(channel=NORTH))["messages"] == []
    assert [m.text for m in workspace.visible_to("U0BOB", NORTH)] == ["psst"]


async def test_direct_messages_go_to_the_living(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.add_user("U0GONE", "gone", deleted=True)
    workspace.add_user("U0FAR", "far", team_id="T0ELSE")

    opened = await client.conversations_open(users="U0BOB")
    posted = await client.chat_postMessage(channel="U0BOB", text="hi")

    assert posted["channel"] == opened["channel"]["id"]
    assert await refusal(client.conversations_open(users="U0NONE")) == "user_not_found"
    assert await refusal(client.conversations_open(users="U0GONE")) == "user_disabled"
    assert await refusal(client.conversations_open(users="U0FAR")) == "user_not_visible"


async def test_a_wrong_token_and_a_missing_scope_are_told_apart(slack: PlaygroundServer, clock: Hands) -> None:
    stranger = AsyncWebClient(token="xoxb-other", base_url=slack.url)
    app_token = AsyncWebClient(token=slack.workspace.app.app_token, base_url=slack.url)
    humble = Workspace(now=clock, installation=Installation(scopes=DEFAULT_SCOPES - {"chat:write"}))
    humble.add_channel(NORTH, "north")

    assert await refusal(stranger.auth_test()) == "invalid_auth"
    assert await refusal(app_token.auth_test()) == "not_allowed_token_type"
    async with PlaygroundServer(humble, wall_clock=real_time) as other:
        client = AsyncWebClient(token=humble.app.bot_token, base_url=other.url)
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=NORTH, text="x")
    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == "chat:write"


async def test_people_are_told_with_zone_and_company(client: AsyncWebClient) -> None:
    bob = (await client.users_info(user="U0BOB"))["user"]
    zoe = (await client.users_info(user="U0OUT"))["user"]
    names = [member["name"] for member in (await client.users_list(limit=2))["members"]]

    assert (bob["tz"], bob["tz_offset"]) == ("America/New_York", -5 * 3600)
    assert zoe["team_id"] == "T0ACME"
    assert "email" not in zoe["profile"]
    assert len(names) == 2
    assert (await client.users_lookupByEmail(email="bob@firm.example"))["user"]["id"] == "U0BOB"
    assert await refusal(client.users_lookupByEmail(email="no@firm.example")) == "users_not_found"


async def test_channels_say_what_they_are(client: AsyncWebClient) -> None:
    shared = (await client.conversations_info(channel="C0ACME"))["channel"]
    listed = await client.conversations_list(types="public_channel,private_channel")

    assert shared["is_ext_shared"]
    assert {channel["name"] for channel in listed["channels"]} == {"north", "acme"}
    assert "U0BOB" in (await client.conversations_members(channel=NORTH))["members"]


async def test_a_trigger_id_lives_three_seconds_and_works_once(
    client: AsyncWebClient, workspace: Workspace, clock: Hands
) -> None:
    fresh, old = workspace.handshakes.trigger("U0BOB"), workspace.handshakes.trigger("U0BOB")

    await client.views_open(trigger_id=fresh, view=form())
    clock.advance(seconds=3.1)

    assert await refusal(client.views_open(trigger_id=fresh, view=form())) == "exchanged_trigger_id"
    assert await refusal(client.views_open(trigger_id=old, view=form())) == "expired_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.x", view=form())) == "invalid_trigger_id"


async def test_a_form_changed_meanwhile_is_a_hash_conflict(client: AsyncWebClient, workspace: Workspace) -> None:
    opened = (await client.views_open(trigger_id=workspace.handshakes.trigger("U0BOB"), view=form()))["view"]
    await client.views_update(view_id=opened["id"], hash=opened["hash"], view=form(private_metadata="2"))

    stale = client.views_update(view_id=opened["id"], hash=opened["hash"], view=form())

    assert await refusal(stale) == "hash_conflict"
    assert await refusal(client.views_update(view_id="V0NONE", view=form())) == "not_found"
    assert workspace.open_views("U0BOB")[0].private_metadata == "2"


async def test_a_home_tab_is_published_per_person(client: AsyncWebClient, workspace: Workspace) -> None:
    await client.views_publish(user_id="U0BOB", view={"type": "home", "blocks": card()})

    assert workspace.home("U0BOB") is not None
    assert workspace.home("U0ANN") is None
    assert await refusal(client.views_publish(user_id="U0BOB", view=form())) == "invalid_arguments"


async def test_reactions_and_links(client: AsyncWebClient, workspace: Workspace) -> None:
    posted = await client.chat_postMessage(channel=NORTH, text="x")
    await client.reactions_add(channel=NORTH, timestamp=posted["ts"], name="eyes")

    assert await refusal(client.reactions_add(channel=NORTH, timestamp=posted["ts"], name="eyes")) == "already_reacted"
    link = (await client.chat_getPermalink(channel=NORTH, message_ts=posted["ts"]))["permalink"]
    assert posted["ts"].replace(".", "") in link


async def test_a_file_is_uploaded_as_the_sdk_uploads_it(client: AsyncWebClient, workspace: Workspace) -> None:
    await client.files_upload_v2(channel=NORTH, filename="gaps.csv", content="a,b\n", initial_comment="The gaps")

    [message] = workspace.messages(NORTH)
    assert message.files[0]["name"] == "gaps.csv"
    assert workspace.files.content(message.files[0]["id"]) == b"a,b\n"


async def test_mentions_notify_and_escaped_ones_do_not(client: AsyncWebClient, workspace: Workspace) -> None:
    loud = await client.chat_postMessage(channel=NORTH, text="<!channel>")
    named = await client.chat_postMessage(channel=NORTH, text="for <@U0BOB>")
    quiet = await client.chat_postMessage(channel=NORTH, text="&lt;!channel&gt; &lt;@U0BOB&gt;")

    reached = [workspace.notified_by(workspace.message(NORTH, m["ts"])) for m in (loud, named, quiet)]
    assert reached == [{"U0ANN", "U0BOB"}, {"U0BOB"}, set()]


async def test_every_refusal_is_kept_for_the_developer(client: AsyncWebClient, workspace: Workspace) -> None:
    await refusal(client.chat_postMessage(channel="C0NONE", text="x"))

    [entry] = [entry for entry in workspace.log.entries if entry.kind == "refused"]
    assert entry.detail["error"] == "channel_not_found"
