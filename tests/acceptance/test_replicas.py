"""Two servers on one PostgreSQL database: no leader, and everything once."""

import asyncio
import json
import re
import time
from dataclasses import replace
from pathlib import Path

import httpx
from slack_sdk.signature import SignatureVerifier

from bot.demo.stage import free_port
from tests.acceptance.installation import Running, installed

SOON = """      - {after: 2s, notify: deputies}
      - {after: 4s, notify: contact_centre, channel: C0DESK}"""
QUESTIONS = 6
EVENTS = 60


async def test_two_servers_on_one_database_do_everything_once(tmp_path: Path, postgresql_url: str) -> None:
    (tmp_path / "other").mkdir()
    async with installed(tmp_path, steps=SOON, database=postgresql_url) as one:
        other = replace(one, folder=tmp_path / "other", port=free_port(), process=None)
        try:
            await asyncio.gather(_started(one), _started(other))

            asked = [
                await server.ask(f"number {n}", client="Delta Co")
                for n in range(QUESTIONS // 2)
                for server in (one, other)
            ]

            await one.until(lambda: len(one.posts("C0DESK")) >= QUESTIONS, within=30)
            await one.until(lambda: len(one.posts("C0SOUTH")) >= QUESTIONS, within=30)
            await asyncio.sleep(1)
            for question in asked:
                number = rf"{question['id']}\b"
                assert len([post for post in one.posts("C0SOUTH") if re.search(number, post.text)]) == 1
                assert len([post for post in one.posts("C0DESK") if re.search(number, post.text)]) == 1
                whats = [row["what"] for row in (await other.look(question["id"]))["history"]]
                assert whats.count("step") == 1  # Dan is alone in his pod: no deputies, so the desk is called at once
        finally:
            await other.stop()


async def _started(server: Running) -> None:
    await server.start()
    await server.is_ready()


async def test_two_servers_answer_each_event_once(tmp_path: Path, postgresql_url: str) -> None:
    (tmp_path / "other").mkdir()
    async with installed(tmp_path, database=postgresql_url) as one:
        other = replace(one, folder=tmp_path / "other", port=free_port(), process=None)
        try:
            await asyncio.gather(_started(one), _started(other))
            asked = await one.ask("Whose is this?", client="Delta Co")
            lines = ["mine", "who Delta Co", f"explain {asked['id']}", "help", f"claim {asked['id']}", "nonsense"]
            said = [lines[number % len(lines)] for number in range(EVENTS)]

            statuses = await asyncio.gather(
                *(_say((one, other)[number % 2], f"Ev{number}", line) for number, line in enumerate(said))
            )

            await one.until(lambda: len(_answers(one)) >= EVENTS, within=30)
            await asyncio.sleep(3)  # longer than a tick: what would be drained again has been by now
            assert set(statuses) == {200}
            assert len(_answers(one)) == EVENTS
            assert not [answer for answer in _answers(one) if "done already" in answer]
            assert [row["what"] for row in (await one.look(asked["id"]))["history"]].count("claimed") == 1
        finally:
            await other.stop()


def _answers(server: Running) -> list[str]:
    return [seen.text for seen in server.workspace.visible_to("U0DAN", "C0SOUTH") if seen.ephemeral_to]


async def _say(server: Running, id: str, line: str) -> int:
    """Dan mentions Podline, and Slack tells this server of it."""
    us = server.workspace.app.bot_user_id
    event = {"type": "app_mention", "user": "U0DAN", "channel": "C0SOUTH", "ts": "1.1", "text": f"<@{us}> {line}"}
    told = json.dumps({"type": "event_callback", "team_id": "T0FIRM", "event_id": id, "event": event})
    at = str(int(time.time()))
    verifier = SignatureVerifier(server.workspace.app.signing_secret)
    headers = {
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": verifier.generate_signature(timestamp=at, body=told) or "",
        "Content-Type": "application/json",
    }
    async with httpx.AsyncClient(timeout=20) as slack:
        return (await slack.post(f"{server.url}/slack/events", content=told, headers=headers)).status_code
