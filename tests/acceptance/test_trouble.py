"""What must hold when things go wrong: kills, rate limits, lost answers, dead channels, an empty pod, bad input."""

import asyncio
import json
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from slack_sdk.signature import SignatureVerifier

from tests.acceptance.installation import SLOW_STEPS, Running, installed
from tests.shared import ROOT

SOON = """      - {after: 3s, notify: deputies}
      - {after: 6s, notify: contact_centre, channel: C0DESK}"""
KILLS = 20


async def test_killed_at_random_every_accepted_question_has_one_card_and_every_step_happens_once(
    tmp_path: Path,
) -> None:
    async with installed(tmp_path, steps=SOON) as podline:
        asked: list[str] = []
        for kill in range(KILLS):
            await podline.start()
            asking = asyncio.create_task(_ask_stubbornly(podline, f"life {kill}", asked))
            await asyncio.sleep(random.uniform(1.0, 3.0))
            await podline.kill()
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        await podline.start()
        await podline.is_ready()
        assert len(asked) >= 5

        async def all_done() -> bool:
            return all([(await podline.look(one))["step"] == 2 for one in asked])

        async with asyncio.timeout(30):
            while not await all_done():
                await asyncio.sleep(0.2)
        cards = [(await podline.card(one)).ts for one in asked]
        assert len(set(cards)) == len(asked)
        await podline.until(lambda: len(podline.posts("C0DESK")) >= len(asked), within=30)
        await asyncio.sleep(1)
        for each in asked:
            steps = [row["why"] for row in (await podline.look(each))["history"] if row["what"] == "step"]
            assert len(steps) == (1 if "slept through" in steps[-1] else 2)
            assert len([one for one in podline.posts("C0DESK") if re.search(rf"{each}\b", one.text)]) == 1
            in_thread = podline.workspace.thread("C0NORTH", (await podline.card(each)).ts)[1:]
            assert len(in_thread) == 1, [one.text for one in in_thread]


async def _ask_stubbornly(podline: Running, text: str, asked: list[str]) -> None:
    """Ask until it is accepted, as a careful program does: the same key each time."""
    async with podline.client() as api:
        for number in range(1_000):
            while True:
                try:
                    answer = await api.post(
                        "/api/v1/questions",
                        json={"text": f"{text}, {number}", "client": "Acme"},
                        headers={"Idempotency-Key": f"{text}-{number}"},
                    )
                except httpx.TransportError:
                    await asyncio.sleep(0.02)
                    continue
                if answer.status_code in (200, 201):
                    asked.append(answer.json()["id"])
                    break
            await asyncio.sleep(1)


async def test_rate_limited_everything_arrives_in_order_and_nothing_twice(tmp_path: Path) -> None:
    async with installed(tmp_path) as podline:
        podline.slack.misbehaviour.rate_limit("chat.postMessage", retry_after=1, times=3)
        await podline.start()
        await podline.is_ready()

        asked = [await podline.ask(f"number {number}") for number in range(5)]

        for one in asked:
            await podline.card(one["id"], within=20)
        await asyncio.sleep(1)
        assert len(podline.posts("C0NORTH")) == 5


async def test_a_connection_dropped_after_accepting_is_seen_once(tmp_path: Path) -> None:
    async with installed(tmp_path) as podline:
        podline.slack.misbehaviour.drop_after("chat.postMessage", times=1)
        await podline.start()
        await podline.is_ready()

        asked = await podline.ask("Seen once?")
        card = await podline.card(asked["id"])
        await podline.slack.people.click("U0BOB", "C0NORTH", card.ts, text="Claim")

        await podline.until(lambda: "Bob Roy" in str(podline.workspace.message("C0NORTH", card.ts).blocks), within=15)
        assert len(podline.posts("C0NORTH")) == 1


async def test_an_archived_pod_channel_alarms_and_the_next_step_fires_at_once(tmp_path: Path) -> None:
    async with installed(tmp_path, steps=SLOW_STEPS) as podline:
        podline.workspace.archive("C0NORTH")
        await podline.start()
        await podline.is_ready()

        asked = await podline.ask("Is anybody there?")

        await podline.until(lambda: podline.posts("C0ALERTS"), within=5)
        bobs = podline.workspace.dm_with("U0BOB")
        await podline.until(lambda: podline.workspace.messages(bobs), within=5)
        assert asked["id"] in podline.workspace.messages(bobs)[0].text
        history = (await podline.look(asked["id"]))["history"]
        assert [row["what"] for row in history][-2:] == ["alarm", "step"]


async def test_with_the_whole_pod_on_leave_the_next_step_fires_at_once_and_says_why(tmp_path: Path) -> None:
    async with installed(tmp_path, steps=SLOW_STEPS) as podline:
        await podline.start()
        await podline.is_ready()
        for who in ("ANN", "BOB", "CARA"):
            answer = await podline.slack.people.slash_command(f"U0{who}", "C0NORTH", "/podline", "leave today")
            assert answer.ok

        asked = await podline.ask("Nobody is in")

        await podline.until(lambda: podline.posts("C0DESK"), within=5)
        shown = await podline.look(asked["id"])
        assert (shown["step"], shown["step_audience"]) == (2, "contact_centre")
        why = [row["why"] for row in shown["history"] if row["what"] in ("skipped", "step")]
        assert "nobody of North is there" in why[0]
        assert not podline.workspace.notified_by(await podline.card(asked["id"]))


async def test_an_event_delivered_three_times_has_one_effect(tmp_path: Path) -> None:
    async with installed(tmp_path) as podline:
        await podline.start()
        await podline.is_ready()
        event = {
            "type": "event_callback", "team_id": "T0FIRM", "api_app_id": podline.workspace.app.app_id,
            "event_id": "Ev0SAME", "event_time": int(time.time()),
            "event": {
                "type": "app_mention", "user": "U0BOB", "channel": "C0NORTH", "ts": "1.1", "event_ts": "1.1",
                "text": f"<@{podline.workspace.app.bot_user_id}> question Acme: only once?",
            },
            "authorizations": [{"team_id": "T0FIRM", "user_id": podline.workspace.app.bot_user_id, "is_bot": True}],
        }  # fmt: skip

        answers = [await _post_signed(podline, json.dumps(event)) for _ in range(3)]

        assert [answer.status_code for answer in answers] == [200, 200, 200]
        await podline.card("Q-1")
        await asyncio.sleep(0.5)
        assert len(podline.posts("C0NORTH")) == 1


async def _post_signed(podline: Running, body: str, **changed: Any) -> httpx.Response:
    at = changed.pop("at", str(int(time.time())))
    secret = changed.pop("secret", podline.workspace.app.signing_secret)
    signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=body) or ""
    headers = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature, "Content-Type": "application/json"}
    async with httpx.AsyncClient() as client:
        return await client.post(f"{podline.url}/slack/events", content=body, headers=headers)


async def test_a_wrong_or_stale_signature_is_refused_and_leaves_no_trace(tmp_path: Path) -> None:
    async with installed(tmp_path) as podline:
        await podline.start()
        await podline.is_ready()
        body = json.dumps({"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_mention", "text": "x"}})

        wrong = await _post_signed(podline, body, secret="not the secret")
        stale = await _post_signed(podline, body, at=str(int(time.time()) - 600))
        async with httpx.AsyncClient() as nobody:
            unsigned = await nobody.post(f"{podline.url}/slack/events", content=body)

        assert [wrong.status_code, stale.status_code, unsigned.status_code] == [401, 401, 401]
        async with podline.client() as api:
            assert (await api.get("/api/v1/questions")).json() == {"questions": [], "next_cursor": None}


async def test_an_unknown_word_gets_the_nearest_one(tmp_path: Path) -> None:
    async with installed(tmp_path) as podline:
        await podline.start()
        await podline.is_ready()

        answer = await podline.slack.people.slash_command("U0BOB", "C0NORTH", "/podline", "clame Q-1")

        assert answer.message is not None
        assert "claim" in answer.message.text
        assert answer.message.ephemeral_to == "U0BOB"


def test_nothing_configured_gets_a_message_that_says_how_to_begin(tmp_path: Path) -> None:
    alone = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-m", "bot", "serve"],
        cwd=tmp_path,
        env=alone,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert said.returncode == 1
    assert "SLACK_BOT_TOKEN" in said.stderr
    assert "Traceback" not in said.stderr
