"""People act, a real Bolt app answers, over signed HTTP."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.playground.errors import SlackError
from bot.playground.installation import Installation
from bot.playground.server import PlaygroundServer
from tests.bot.playground.conftest import NORTH, Hands, card, form


async def test_the_answer_to_a_command_is_seen_by_its_writer_alone(app: AsyncApp, over_http: PlaygroundServer) -> None:
    heard = []

    @app.command("/claim")
    async def claim(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack("Q-2 is yours.")

    answer = await over_http.people.slash_command("U0BOB", NORTH, "/claim", "Q-2 for @ann & #north")

    assert answer.ok
    assert answer.message is not None
    assert answer.message.text == "Q-2 is yours."
    assert over_http.workspace.visible_to("U0BOB", NORTH) == (answer.message,)
    assert over_http.workspace.visible_to("U0ANN", NORTH) == ()
    assert heard[0]["text"] == "Q-2 for <@U0ANN|ann> &amp; <#C0NORTH|north>"
    assert heard[0]["channel_name"] == "north"


async def test_an_answer_may_be_for_the_whole_channel(app: AsyncApp, over_http: PlaygroundServer) -> None:
    @app.command("/claim")
    async def claim(ack: Any) -> None:
        await ack("Done", response_type="in_channel")

    await over_http.people.slash_command("U0BOB", NORTH, "/claim")

    assert [message.text for message in over_http.workspace.visible_to("U0ANN", NORTH)] == ["Done"]


async def test_a_click_brings_the_message_with_its_mark_and_redraws_it(
    app: AsyncApp, over_http: PlaygroundServer
) -> None:
    clicks = []

    @app.action("claim")
    async def claim(ack: Any, body: dict[str, Any], client: Any) -> None:
        clicks.append(body)
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="taken", blocks=[])
        await ack()

    posted = await app.client.chat_postMessage(
        channel=NORTH, text="Acme asks", blocks=card(), metadata={"event_type": "card", "event_payload": {"id": 7}}
    )
    answer = await over_http.people.click("U0BOB", NORTH, posted["ts"], text="Claim")

    assert answer.ok
    [body] = clicks
    assert body["message"]["metadata"]["event_payload"] == {"id": 7}
    assert body["actions"][0]["value"] == "claim Q-1"
    assert body["actions"][0]["block_id"] == "Q-1.3"
    assert over_http.workspace.message(NORTH, posted["ts"]).text == "taken"


async def test_somebody_from_outside_presses_buttons_but_has_no_commands(
    app: AsyncApp, over_http: PlaygroundServer
) -> None:
    @app.action("claim")
    async def claim(ack: Any, body: dict[str, Any]) -> None:
        assert body["user"]["team_id"] == "T0ACME"
        await ack()

    posted = await app.client.chat_postMessage(channel="C0ACME", text="Acme asks", blocks=card())

    assert (await over_http.people.click("U0OUT", "C0ACME", posted["ts"], action_id="claim")).ok
    with pytest.raises(SlackError, match="not_available_to_outsiders"):
        await over_http.people.slash_command("U0OUT", "C0ACME", "/claim")


async def test_a_mention_arrives_as_a_message_and_as_a_mention(app: AsyncApp, over_http: PlaygroundServer) -> None:
    heard = []

    @app.event("message")
    @app.event("app_mention")
    async def listen(event: dict[str, Any]) -> None:
        heard.append(event)

    answer = await over_http.people.say("U0BOB", NORTH, "@podline claim <b> https://a.example/x")

    assert [event["type"] for event in heard] == ["message", "app_mention"]
    assert heard[0]["text"] == "<@U0PODLINE> claim &lt;b&gt; <https://a.example/x>"
    assert answer.message is not None
    assert heard[1]["ts"] == answer.message.ts


async def test_a_direct_message_arrives_as_one(app: AsyncApp, over_http: PlaygroundServer) -> None:
    heard = []

    @app.event("message")
    async def listen(event: dict[str, Any]) -> None:
        heard.append(event)

    await over_http.people.say("U0BOB", over_http.workspace.dm_with("U0BOB"), "mine")

    assert heard[0]["channel_type"] == "im"


async def test_an_event_nobody_took_comes_again_with_the_same_id(app: AsyncApp, over_http: PlaygroundServer) -> None:
    tries = []

    @app.middleware
    async def refuse(req: Any, resp: Any, next: Any) -> Any:
        tries.append((req.body["event_id"], req.headers.get("x-slack-retry-num", [None])[0]))
        if len(tries) < 3:
            resp.status = 500
            return resp
        return await next()

    @app.event("message")
    async def listen() -> None: ...

    await over_http.people.say("U0BOB", NORTH, "hello")
    await over_http.settle()

    assert [number for _, number in tries] == [None, "1", "2"]
    assert len({event_id for event_id, _ in tries}) == 1


async def test_a_wrong_or_stale_signature_is_refused_by_the_app(over_http: PlaygroundServer) -> None:
    over_http.http.skew = -600

    answer = await over_http.people.slash_command("U0BOB", NORTH, "/claim")

    assert (answer.status, answer.error) == (401, "http_service_error")


async def test_a_slow_answer_is_shown_as_a_failure(app: AsyncApp, over_http: PlaygroundServer) -> None:
    @app.command("/claim")
    async def never_acknowledges() -> None: ...

    answer = await over_http.people.slash_command("U0BOB", NORTH, "/claim")

    assert not answer.ok
    assert answer.message is not None
    assert "/claim failed with the error" in answer.message.text


async def test_a_form_is_opened_refused_and_then_taken(app: AsyncApp, over_http: PlaygroundServer) -> None:
    @app.command("/answered")
    async def answered(ack: Any, body: dict[str, Any], client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    @app.view("answered")
    async def save(ack: Any, view: dict[str, Any]) -> None:
        words = view["state"]["values"]["said"]["words"]["value"]
        await (ack() if words == "yes" else ack(response_action="errors", errors={"said": "Say yes."}))

    people, workspace = over_http.people, over_http.workspace
    await people.slash_command("U0BOB", NORTH, "/answered")
    [view] = workspace.open_views("U0BOB")

    assert (await people.submit_view("U0BOB", view.id)).errors == {"said": "Please complete this required field."}
    assert (await people.submit_view("U0BOB", view.id, {"words": "no"})).errors == {"said": "Say yes."}
    assert (await people.submit_view("U0BOB", view.id, {"words": "yes"})).ok
    assert workspace.open_views("U0BOB") == ()


async def test_a_response_url_answers_replaces_and_wears_out(
    app: AsyncApp, over_http: PlaygroundServer, clock: Hands
) -> None:
    responds = []

    @app.command("/mine")
    @app.action("claim")
    async def keep(ack: Any, respond: Any) -> None:
        responds.append(respond)
        await ack()

    posted = await app.client.chat_postMessage(channel=NORTH, text="Acme asks", blocks=card())
    await over_http.people.click("U0BOB", NORTH, posted["ts"], action_id="claim")
    [respond] = responds
    await respond(text="only you", replace_original=False)
    await respond(text="taken", replace_original=True)

    assert [m.text for m in over_http.workspace.visible_to("U0BOB", NORTH)] == ["taken", "only you"]
    clock.advance(minutes=31)
    assert (await respond(text="late", replace_original=False)).status_code == 404


async def test_fifty_clicks_at_once_all_get_an_answer(app: AsyncApp, over_http: PlaygroundServer) -> None:
    @app.action("claim")
    async def claim(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        await ack()  # first, as an app should: the answers take as long as they take
        await respond(text=f"for {body['user']['id']}", replace_original=False)

    over_http.http.ack_timeout = 60  # how quick the machine is does not matter here
    crowd = [f"U0C{number:02d}" for number in range(50)]
    for user in crowd:
        over_http.workspace.add_user(user, user.lower())
        over_http.workspace.add_member(NORTH, user)
    posted = await app.client.chat_postMessage(channel=NORTH, text="x", blocks=card())

    answers = await asyncio.gather(
        *(over_http.people.click(user, NORTH, posted["ts"], action_id="claim") for user in crowd)
    )

    assert all(answer.ok for answer in answers)
    async with asyncio.timeout(60):
        while [over_http.workspace.visible_to(user, NORTH)[-1].text for user in crowd] != [f"for {u}" for u in crowd]:
            await asyncio.sleep(0.05)


async def test_forms_lie_on_one_another_at_most_three_deep(app: AsyncApp, over_http: PlaygroundServer) -> None:
    @app.view("answered")
    async def save(ack: Any) -> None:
        await ack(response_action="push", view=form())

    people, workspace = over_http.people, over_http.workspace
    await app.client.views_open(trigger_id=workspace.handshakes.trigger("U0BOB"), view=form())
    for _ in range(2):
        assert (await people.submit_view("U0BOB", workspace.open_views("U0BOB")[-1].id, {"words": "x"})).ok

    top = workspace.open_views("U0BOB")[-1]
    assert len(workspace.open_views("U0BOB")) == 3
    assert (await people.submit_view("U0BOB", top.id, {"words": "x"})).error == "push_limit_reached"


async def test_an_option_picked_from_a_menu_arrives_with_its_value(app: AsyncApp, over_http: PlaygroundServer) -> None:
    picked = []

    @app.action("more")
    async def more(ack: Any, action: dict[str, Any]) -> None:
        picked.append(action["selected_option"]["value"])
        await ack()

    option = {"text": {"type": "plain_text", "text": "Explain"}, "value": "explain Q-1"}
    menu = {"type": "overflow", "action_id": "more", "options": [option]}
    posted = await app.client.chat_postMessage(channel=NORTH, text="x", blocks=card(menu))

    await over_http.people.select("U0BOB", NORTH, posted["ts"], "more", "Explain")

    assert picked == ["explain Q-1"]
    with pytest.raises(SlackError, match="not an option"):
        await over_http.people.select("U0BOB", NORTH, posted["ts"], "more", "Delete")


async def test_what_the_client_does_not_show_cannot_be_pressed(app: AsyncApp, over_http: PlaygroundServer) -> None:
    posted = await app.client.chat_postMessage(channel=NORTH, text="x", blocks=card())

    with pytest.raises(SlackError, match="no_such_element"):
        await over_http.people.click("U0BOB", NORTH, posted["ts"], text="Delete everything")
    with pytest.raises(SlackError, match="not_in_channel"):
        await over_http.people.click("U0OUT", NORTH, posted["ts"], text="Claim")


async def test_the_home_tab_is_opened_drawn_and_pressed(app: AsyncApp, over_http: PlaygroundServer) -> None:
    @app.event("app_home_opened")
    async def draw(event: dict[str, Any], client: Any) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": card()})

    @app.action("claim")
    async def claim(ack: Any, body: dict[str, Any]) -> None:
        assert body["container"]["type"] == "view"
        await ack()

    await over_http.people.open_home("U0BOB")
    await over_http.settle()
    home = await _published_home(over_http)

    assert (await over_http.people.click_in_view("U0BOB", home, text="Claim")).ok


async def test_only_what_the_manifest_declares_is_delivered(app: AsyncApp, over_http: PlaygroundServer) -> None:
    over_http.workspace.installation = Installation.from_manifest(
        {
            "features": {"slash_commands": [{"command": "/claim", "should_escape": True}]},
            "oauth_config": {"scopes": {"bot": ["commands", "im:history"]}},
            "settings": {"event_subscriptions": {"bot_events": ["message.im", "message.channels"]}},
        }
    )

    with pytest.raises(SlackError, match="unknown_command"):
        await over_http.people.slash_command("U0BOB", NORTH, "/other")
    with pytest.raises(SlackError, match="unknown_shortcut"):
        await over_http.people.shortcut("U0BOB", "ask")
    assert (await over_http.people.say("U0BOB", NORTH, "hello")).ok
    assert not [entry for entry in over_http.workspace.log.entries if entry.kind == "delivered"]


async def test_the_app_hears_its_own_messages_as_it_does_from_slack(app: AsyncApp, over_http: PlaygroundServer) -> None:
    await app.client.chat_postMessage(channel=NORTH, text="x")
    await over_http.settle()

    [entry] = [entry for entry in over_http.workspace.log.entries if entry.kind == "delivered"]
    assert entry.detail["status"] in (200, 404)


async def _published_home(slack: PlaygroundServer) -> str:
    """Bolt acknowledges an event before its listener has run."""
    home = slack.workspace.home("U0BOB")
    if home is None:
        inbox = slack.workspace.log.reader()
        home = (await inbox.arrives("home_published", user="U0BOB")).view
    assert home is not None
    return home.id
