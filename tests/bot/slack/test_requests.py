"""``POST /slack/events``: who is let in, what is stored before it is acknowledged, and what becomes of it."""

import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_bolt.async_app import AsyncBoltRequest

from bot.clock import SystemClock
from bot.inbox import FAILURES
from bot.slack.client import NAME
from bot.slack.http import LARGEST
from commands.invocation import Invocation
from commands.ports import NewUnitOfWork
from coverage.ids import QuestionNumber
from coverage.question import Status
from tests.bot.slack.conftest import BOB, NORTH, OUT, World


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_a_wrong_signature_is_refused_and_leaves_no_trace(world: World, web: aiohttp.ClientSession) -> None:
    await world.ask_and_deliver()

    status = await _post(world, web, _mention("claim Q-1"), secret="not the secret")
    await world.settle()

    assert status == 401
    assert _status(world) is Status.ROUTED
    assert _stored(world) == 0


@pytest.mark.parametrize("seconds", [-301, 301])
async def test_a_signature_is_good_for_five_minutes(world: World, web: aiohttp.ClientSession, seconds: int) -> None:
    assert await _post(world, web, _mention("claim Q-1"), seconds=seconds) == 401
    assert await _post(world, web, _mention("claim Q-1"), seconds=seconds // 2) == 200


@pytest.mark.parametrize("header", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
@pytest.mark.parametrize("value", [None, "", "ünsinn", "v0=00", "9" * 400, "9" * 5_000])
async def test_an_unsigned_request_is_refused(
    world: World, web: aiohttp.ClientSession, header: str, value: str | None
) -> None:
    assert await _post(world, web, _mention("claim Q-1"), headers={header: value}) == 401


async def test_a_body_larger_than_slacks_is_refused_unread(world: World, web: aiohttp.ClientSession) -> None:
    assert await _post(world, web, {"type": "event_callback", "filler": "x" * LARGEST}) == 413


async def test_slack_can_check_that_the_address_is_ours(world: World, web: aiohttp.ClientSession) -> None:
    body = {"type": "url_verification", "challenge": "are you there?"}

    async with web.post(str(world.playground.request_url), **_signed(world, body)) as answer:
        assert (answer.status, await answer.text()) == (200, "are you there?")


async def test_json_that_is_none_is_refused(world: World, web: aiohttp.ClientSession) -> None:
    assert await _post(world, web, "{") == 400
    assert await _post(world, web, "[" * 100_000) == 400


@pytest.mark.parametrize("payload", ["", "{", "null", "[]", '"claim Q-1"', "[" * 100_000])
async def test_a_form_that_cannot_be_read_is_refused(world: World, web: aiohttp.ClientSession, payload: str) -> None:
    assert await _post(world, web, payload, form=True) == 400


async def test_an_event_delivered_three_times_has_one_effect(world: World, web: aiohttp.ClientSession) -> None:
    await world.ask_and_deliver()

    statuses = [await _post(world, web, _mention("claim Q-1")) for _ in range(3)]
    await world.settle()

    assert statuses == [200, 200, 200]
    assert _status(world) is Status.CLAIMED
    assert len([one for one in world.workspace.visible_to(BOB, NORTH) if one.ephemeral_to]) == 1


@pytest.mark.parametrize("line", ["mine", "who Acme", "explain Q-1", "help", "claim Q-1"])
async def test_an_event_that_two_work_on_is_answered_once(world: World, web: aiohttp.ClientSession, line: str) -> None:
    """A lease may run out under somebody who is slow."""
    await world.ask_and_deliver()
    body = _mention(line)
    await _post(world, web, body)

    for _ in range(2):
        request = AsyncBoltRequest(mode="socket_mode", body=body)
        assert (await world.slack.bolt.async_dispatch(request)).status == 200
    await world.settle()

    assert len([one for one in world.workspace.visible_to(BOB, NORTH) if one.ephemeral_to]) == 1


async def test_an_event_is_stored_before_it_is_acknowledged(world: World, web: aiohttp.ClientSession) -> None:
    await _post(world, web, _mention("claim Q-1"))

    assert _stored(world) == 1


async def test_an_event_that_was_stored_when_the_process_died_is_drained_by_the_next(
    world: World, web: aiohttp.ClientSession
) -> None:
    await world.ask_and_deliver()
    await _post(world, web, _mention("claim Q-1"))

    await world.slack.inbox.drain()

    assert _status(world) is Status.CLAIMED
    assert _stored(world) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"bot_id": "B0OTHER"},
        {"type": "message", "channel_type": "channel"},
        {"type": "message", "channel_type": "im", "subtype": "message_changed"},
        {"type": "reaction_added"},
        {"text": None},
        {"text": ["claim Q-1"]},
        {"user": {"id": BOB}},
    ],
)
async def test_an_event_that_asks_nothing_of_us_is_acknowledged_and_not_stored(
    world: World, web: aiohttp.ClientSession, change: dict[str, Any]
) -> None:
    body = _mention("claim Q-1")

    assert await _post(world, web, body | {"event": body["event"] | change}) == 200
    assert _stored(world) == 0


async def test_an_event_that_fails_is_tried_again_and_set_aside_in_the_end(
    world: World, web: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    tried = []

    def broken(invocation: Invocation, new_uow: NewUnitOfWork, now: Any) -> Any:
        tried.append(invocation.line)
        raise RuntimeError("nobody thought of that")

    world.runs.instead = broken
    await _post(world, web, _mention("claim Q-1"))
    for _ in range(FAILURES + 3):
        await world.slack.inbox.drain()
        await world.later(minutes=6)

    assert tried == ["claim Q-1"] * FAILURES
    assert "is set aside" in caplog.text


async def test_whoever_meets_an_error_gets_a_sentence_and_the_log_gets_the_rest(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(invocation: Invocation, new_uow: NewUnitOfWork, now: Any) -> Any:
        raise RuntimeError("nobody thought of that")

    world.runs.instead = broken
    answer = await world.playground.people.slash_command(BOB, NORTH, "/claim", "Q-1")

    assert answer.ok
    assert answer.message is not None
    assert "Something went wrong on our side" in answer.message.text
    reference = answer.message.text.rpartition(" ")[2].strip("`")
    assert f"Reference {reference}" in caplog.text
    assert "nobody thought of that" in caplog.text
    assert "Traceback" not in answer.message.text


async def test_an_outsiders_mention_is_refused_politely(world: World) -> None:
    await world.ask_and_deliver()

    await world.playground.people.say(OUT, NORTH, "@podline claim Q-1")
    await world.settle()

    [private] = [one for one in world.workspace.visible_to(OUT, NORTH) if one.ephemeral_to]
    assert "Only members of the firm" in private.text
    assert _status(world) is Status.ROUTED


async def test_whoever_acts_in_two_workspaces_of_one_organisation_is_one_person(
    world: World, web: aiohttp.ClientSession
) -> None:
    await world.ask_and_deliver()

    for turn, (team, line) in enumerate([("T0FIRM", "claim"), ("T0SISTER", "release"), ("T0FIRM", "claim")]):
        await _post(world, web, _mention(f"{line} Q-1") | {"event_id": f"Ev{turn}", "team_id": team})
        await world.settle()

    assert _status(world) is Status.CLAIMED


async def test_a_click_on_what_is_not_ours_is_acknowledged(world: World, web: aiohttp.ClientSession) -> None:
    action = {"type": "button", "action_id": "other", "action_ts": "1.2", "value": "claim Q-1"}
    payload = {
        "type": "block_actions",
        "team": {"id": "T0FIRM"},
        "user": {"id": BOB},
        "actions": [action],
        "trigger_id": "1.2.3",
    }

    async with web.post(str(world.playground.request_url), **_signed(world, payload, form=True)) as answer:
        assert answer.status == 200


def _mention(line: str) -> dict[str, Any]:
    event = {"type": "app_mention", "user": BOB, "text": f"<@U0PODLINE> {line}", "ts": "1.000001", "channel": NORTH}
    return {"type": "event_callback", "team_id": "T0FIRM", "event_id": "Ev0001", "event": event}


async def _post(world: World, web: aiohttp.ClientSession, body: Any, **signing: Any) -> int:
    async with web.post(str(world.playground.request_url), **_signed(world, body, **signing)) as answer:
        return answer.status


def _signed(
    world: World,
    body: Any,
    *,
    secret: str | None = None,
    seconds: int = 0,
    form: bool = False,
    headers: dict[str, str | None] | None = None,
) -> dict[str, Any]:
    written = body if isinstance(body, str) else json.dumps(body)
    data = urlencode({"payload": written}).encode() if form else written.encode()
    at = str(int(SystemClock().now().timestamp()) + seconds)
    key = (secret or world.workspace.app.signing_secret).encode()
    signature = hmac.new(key, f"v0:{at}:".encode() + data, hashlib.sha256).hexdigest()
    signed: dict[str, str | None] = {
        "Content-Type": "application/x-www-form-urlencoded" if form else "application/json",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={signature}",
    }
    kept = {name: value for name, value in (signed | (headers or {})).items() if value is not None}
    return {"data": io.BytesIO(data), "headers": kept}


def _status(world: World) -> Status:
    with world.new_uow.reading() as uow:
        return uow.questions.look_at(QuestionNumber(1)).status


def _stored(world: World) -> int:
    with world.new_uow.reading() as uow:
        return int(uow.inbox.earliest(NAME) is not None)
