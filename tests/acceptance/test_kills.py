"""Killed with -9 anywhere, again and again: what was accepted is kept, what is due happens, and both happen once."""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.playground.errors import SlackError
from tests.acceptance.installation import Running, installed

KILLS, ENOUGH = 20, 20
"""So many lives at least, and so many questions accepted in them."""
SOON = """      - {after: 2s, notify: deputies}
      - {after: 3s, notify: contact_centre, channel: C0DESK}"""
HOMES = {"North": "C0NORTH", "South": "C0SOUTH"}
CLIENTS = {"Acme Ltd": "U0BOB", "Echo Inc": "U0DAN"}
"""Who claims what they ask: one of those who are called at the first step."""
DEPUTIES = {"North": ("U0BOB", "U0CARA"), "South": ("U0DAN",)}
STARTING = 0.6
"""Seconds: about what the program takes to be ready."""


@dataclass
class Promised:
    """What Podline has acknowledged to those outside, who go on through all of its lives until it is ``over``."""

    is_over: bool = False
    asked: dict[str, str] = field(default_factory=dict)
    """The ids by the texts of questions asked by the API."""
    mentioned: list[str] = field(default_factory=list)
    """The texts of questions asked in Slack."""
    claimed: set[str] = field(default_factory=set)


@pytest.mark.timeout(240)
async def test_killed_at_random_all_that_was_accepted_has_its_effect_and_everything_happens_once(
    tmp_path: Path,
) -> None:
    seed = os.environ.get("KILLS_SEED") or str(random.randrange(2**32))
    print(f"Again with the same dice: KILLS_SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    promised = Promised()
    async with installed(tmp_path, steps=SOON) as podline:
        podline.slack.misbehaviour.slow("chat.postMessage", 0.2, times=None)  # killed between sending and knowing it
        async with asyncio.TaskGroup() as outside:
            outside.create_task(_mention(podline, random.Random(f"{seed} mentions"), promised))
            outside.create_task(_claim(podline, random.Random(f"{seed} claims"), promised))
            for client in CLIENTS:
                outside.create_task(_ask(podline, client, random.Random(f"{seed} {client}"), promised))
            await _live_and_die(podline, random.Random(f"{seed} kills"), promised)
            podline.slack.misbehaviour.clear()
            await podline.start()
            await podline.is_ready()
            promised.is_over = True

        questions = await _all_done(podline)
        texts = Counter(each["text"] for each in questions)
        assert texts == Counter([*promised.asked, *promised.mentioned])
        assert {each["text"]: each["id"] for each in questions}.items() >= promised.asked.items()
        for each in questions:
            _happened_once(podline, each, is_claimed=each["id"] in promised.claimed)


async def _live_and_die(podline: Running, dice: random.Random, promised: Promised) -> None:
    kills = 0
    while kills < KILLS or len(promised.asked) < ENOUGH:
        await podline.start()
        if dice.random() < 0.2:
            await asyncio.sleep(dice.uniform(0, STARTING))
        else:
            await podline.is_ready()
            await asyncio.sleep(dice.uniform(0, 1))
        await podline.kill()
        kills += 1


async def _ask(podline: Running, client: str, dice: random.Random, promised: Promised) -> None:
    """As a careful program does: the same key until it is accepted, and once more now and then."""
    async with podline.client() as api:
        number = 0
        while not promised.is_over:
            text = f"{client}, question {number}"

            async def post(text: str = text) -> httpx.Response:
                body = {"text": text, "client": client}
                return await api.post("/api/v1/questions", json=body, headers={"Idempotency-Key": text})

            promised.asked[text] = (await _accepted(post)).json()["id"]
            if dice.random() < 0.5:
                assert (await _accepted(post)).json()["id"] == promised.asked[text]
            await asyncio.sleep(dice.uniform(0.5, 2))
            number += 1


async def _mention(podline: Running, dice: random.Random, promised: Promised) -> None:
    """As Slack does: the same event until it is acknowledged, and sometimes once more."""
    number = 0
    while not promised.is_over:
        text = f"mention {number}"
        body = podline.mention(f"Ev0{number:08}", f"question Echo Inc: {text}")
        for _ in range(dice.choice((1, 1, 2))):
            await _accepted(lambda body=body: podline.post_signed(body))  # type: ignore[misc]
        promised.mentioned.append(text)
        await asyncio.sleep(dice.uniform(1, 4))
        number += 1


async def _accepted(post: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """Try until there is an answer."""
    while True:
        try:
            answer = await post()
        except httpx.TransportError:
            await asyncio.sleep(0.02)
            continue
        assert answer.status_code in (200, 201), answer.text
        return answer


async def _claim(podline: Running, dice: random.Random, promised: Promised) -> None:
    """Three of four cards find somebody, sooner or later, who clicks or types until it is taken."""
    seen: set[str] = set()
    async with asyncio.TaskGroup() as claims:
        while not promised.is_over:
            for channel, client in zip(HOMES.values(), CLIENTS, strict=True):
                for card in podline.posts(channel):
                    id = card.text.split()[1]
                    if id not in seen and dice.random() < 3 / 4:
                        act = _click if dice.random() < 0.5 else _type
                        delay = dice.uniform(0, 3)
                        claims.create_task(
                            _claim_one(podline, act, (CLIENTS[client], channel, card.ts, id), delay, promised)
                        )
                    seen.add(id)
            await asyncio.sleep(0.05)


async def _claim_one(
    podline: Running, act: Any, what: tuple[str, str, str, str], delay: float, promised: Promised
) -> None:
    await asyncio.sleep(delay)
    while not await act(podline, *what):
        await asyncio.sleep(0.1)
    promised.claimed.add(what[-1])


async def _click(podline: Running, who: str, channel: str, ts: str, id: str) -> bool:
    try:
        return (await podline.slack.people.click(who, channel, ts, value=f"claim {id}")).ok
    except SlackError:
        return True  # the button has gone: an earlier click was heard, though not acknowledged


async def _type(podline: Running, who: str, channel: str, _ts: str, id: str) -> bool:
    return (await podline.slack.people.slash_command(who, channel, "/podline", f"claim {id}")).ok


async def _all_done(podline: Running) -> list[dict[str, Any]]:
    """All questions with their histories, once each is claimed or has come to its last step, and it is quiet."""
    deadline = time.monotonic() + 60
    while _unfinished(podline, questions := await _listed(podline)) and time.monotonic() < deadline:
        await asyncio.sleep(0.2)
    await _quiet(podline)
    return [await podline.look(one["id"]) for one in questions]


async def _listed(podline: Running) -> list[dict[str, Any]]:
    async with podline.client() as api:
        return list((await api.get("/api/v1/questions", params={"limit": 200})).json()["questions"])


def _unfinished(podline: Running, questions: list[dict[str, Any]]) -> bool:
    return any(not one["claimed_by"] and _due(podline, one) - _arrived(podline, one) for one in questions)


def _due(podline: Running, question: dict[str, Any]) -> Counter[str]:
    """Where a question arrives that nobody claims: its card, the first step in its thread and to people, the desk."""
    direct = (podline.workspace.dm_with(who) for who in DEPUTIES[question["pod"]])
    return Counter(("card", HOMES[question["pod"]], "C0DESK", *direct))


def _arrived(podline: Running, question: dict[str, Any]) -> Counter[str]:
    home = HOMES[question["pod"]]
    messages = [entry.message for entry in podline.arrived(question["id"]) if entry.message is not None]
    return Counter("card" if one.channel == home and not one.is_reply else one.channel for one in messages)


async def _quiet(podline: Running, seconds: float = 2.5) -> None:
    """For longer than a message waits for its turn, nothing new was said."""
    said = podline.workspace.log.reader(kinds=("posted",))
    while True:
        said.unread.clear()
        await asyncio.sleep(seconds)
        if not said.unread:
            return


def _happened_once(podline: Running, question: dict[str, Any], *, is_claimed: bool) -> None:
    due, arrived = _due(podline, question), _arrived(podline, question)
    history = [row["what"] for row in question["history"]]
    steps = [row["why"] for row in question["history"] if row["what"] == "step"]
    assert (history.count("asked"), history.count("claimed")) == (1, 1 if question["claimed_by"] else 0), history
    if question["claimed_by"]:
        assert arrived["card"] == 1
        assert arrived <= due
    else:
        assert not is_claimed
        assert arrived == due
        assert len(steps) == (1 if "slept through" in steps[-1] else 2)
