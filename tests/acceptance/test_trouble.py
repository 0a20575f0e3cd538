"""What must hold when things go wrong: lost answers, dead channels, events told again, bad signatures, bad input."""

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.acceptance.firm import SLOW_STEPS
from tests.acceptance.installation import installed
from tests.shared import ROOT


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

        await podline.until(lambda: podline.posts("C0ALERTS"))
        bobs = podline.workspace.dm_with("U0BOB")
        await podline.until(lambda: podline.workspace.messages(bobs))
        assert asked["id"] in podline.workspace.messages(bobs)[0].text
        history = (await podline.look(asked["id"]))["history"]
        assert [row["what"] for row in history][-2:] == ["alarm", "step"]


async def test_an_event_delivered_three_times_has_one_effect(tmp_path: Path) -> None:
    async with installed(tmp_path) as podline:
        await podline.start()
        await podline.is_ready()
        event = podline.mention("Ev0SAME", "question Acme: only once?")

        answers = [await podline.post_signed(event) for _ in range(3)]

        assert [answer.status_code for answer in answers] == [200, 200, 200]
        await podline.card("Q-1")
        await asyncio.sleep(0.5)
        assert len(podline.posts("C0NORTH")) == 1


async def test_a_wrong_or_stale_signature_is_refused_and_leaves_no_trace(tmp_path: Path) -> None:
    async with installed(tmp_path) as podline:
        await podline.start()
        await podline.is_ready()
        body = json.dumps({"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_mention", "text": "x"}})

        wrong = await podline.post_signed(body, secret="not the secret")
        stale = await podline.post_signed(body, at=str(int(time.time()) - 600))
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
