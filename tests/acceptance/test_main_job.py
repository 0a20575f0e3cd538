"""The main job, as an operator and two dozen colleagues see it: the program, the stand-in, and nothing in between."""

import asyncio
from pathlib import Path

import pytest

from tests.acceptance.installation import Running, installed


@pytest.mark.parametrize("by_socket", [False, True], ids=["by HTTP", "by socket"])
async def test_a_question_becomes_a_card_is_claimed_by_one_and_survives_a_restart(
    tmp_path: Path, by_socket: bool
) -> None:
    async with installed(tmp_path, crowd=50, by_socket=by_socket, by_commands=not by_socket) as podline:
        await podline.start()
        await podline.is_ready()

        asked = await podline.ask("How do we file the Q3 return?")
        card = await podline.card(asked["id"])
        assert podline.workspace.notified_by(card) == {"U0ANN"}

        clicks = [
            podline.slack.people.click(f"U0C{number:03}", "C0NORTH", card.ts, text="Claim") for number in range(50)
        ]
        answers = await asyncio.gather(*clicks)
        assert all(answer.ok for answer in answers)

        owner = (await podline.look(asked["id"]))["claimed_by"]["name"]
        told = _private_answers(podline)
        await podline.until(lambda: len(_private_answers(podline)) == 50)
        told = _private_answers(podline)
        assert sum("is yours" in text for text in told) == 1
        assert sum(f"{owner} has it since" in text for text in told) == 49
        await podline.until(lambda: owner in _drawn(podline, asked["id"]))

        await podline.kill()
        await podline.start()
        await podline.is_ready()
        again = await podline.look(asked["id"])
        assert (again["status"], again["claimed_by"]["name"]) == ("claimed", owner)
        assert len(podline.posts("C0NORTH")) == 1


def _private_answers(podline: Running) -> list[str]:
    return [
        entry.message.text for entry in podline.workspace.log.entries if entry.kind == "ephemeral" and entry.message
    ]


def _drawn(podline: Running, id: str) -> str:
    [card] = [one for one in podline.posts("C0NORTH") if f"{id} " in one.text]
    return str(card.blocks)


async def test_the_same_idempotency_key_twenty_times_at_once_is_one_question_and_one_card(tmp_path: Path) -> None:
    async with installed(tmp_path) as podline:
        await podline.start()
        await podline.is_ready()

        async with podline.client() as api:
            send = {"json": {"text": "Twice?", "client": "Acme"}, "headers": {"Idempotency-Key": "one"}}
            answers = await asyncio.gather(*(api.post("/api/v1/questions", **send) for _ in range(20)))  # type: ignore[arg-type]

        assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
        assert {answer.json()["id"] for answer in answers} == {"Q-1"}
        await podline.card("Q-1")
        await asyncio.sleep(0.5)
        assert len(podline.posts("C0NORTH")) == 1


@pytest.mark.parametrize("text", ["<!channel> <@U0ANN> <!here> @channel " + "x" * 39_960])
async def test_a_long_and_hostile_text_is_kept_whole_shown_short_and_notifies_nobody(tmp_path: Path, text: str) -> None:
    async with installed(tmp_path) as podline:
        await podline.start()
        await podline.is_ready()

        asked = await podline.ask(text, client="Delta Co")

        card = await podline.card(asked["id"], "C0SOUTH")
        assert (await podline.look(asked["id"]))["text"] == text
        assert len(str(card.blocks)) < 5_000
        assert podline.workspace.notified_by(card) == {"U0DAN"}
