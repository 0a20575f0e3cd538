"""Two servers on one PostgreSQL database: no leader, and everything once."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

from tests.acceptance.installation import Running, free_port, installed

SOON = """      - {after: 2s, notify: deputies}
      - {after: 4s, notify: contact_centre, channel: C0DESK}"""
QUESTIONS = 6


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
