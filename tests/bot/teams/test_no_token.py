"""Whoever gives tokens hiccups, or one is refused: messages are late by as much, and no false alarm rings."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from bot.teams.credentials import AGAIN, KeptTokens, NoToken, NotReached, of_microsoft
from tests.bot.teams.conftest import NORTH, World

SERVICE = "https://smba.trafficmanager.net/teams"
ALARM = "check PODLINE_TEAMS_CLIENT_ID"


@dataclass
class Giver:
    """Gives token-1, token-2 ..., each good for an hour; ``trouble`` comes first. Waits while it is not ``open``."""

    now: float = 0.0
    asked: int = 0
    trouble: deque[Exception] = field(default_factory=deque)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    async def __call__(self) -> tuple[str, float]:
        self.asked += 1
        number = self.asked
        await self.open.wait()
        if self.trouble:
            raise self.trouble.popleft()
        return f"token-{number}", 3600.0

    def seconds(self) -> float:
        return self.now


async def test_whoever_gives_tokens_is_away_for_a_moment_and_the_card_comes_a_moment_later(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.playground.tokens.clear()
    world.playground.misbehaviour.drop_before("token")
    world.ask()

    await world.delivery.drain()
    await world.later(seconds=10)

    assert len(world.tenant.posts(NORTH)) == 1
    assert ALARM not in caplog.text


async def test_a_token_that_is_refused_is_replaced_at_once(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.ask()
    world.playground.tokens.clear()

    await world.delivery.drain()

    assert len(world.tenant.posts(NORTH)) == 1
    assert ALARM not in caplog.text


async def test_a_second_token_that_is_refused_is_an_alarm_for_the_operator(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.ask()
    world.playground.misbehaviour.status("create_activity", 401, times=2)

    await world.delivery.drain()
    at_once = len(world.tenant.posts(NORTH))
    await world.later(seconds=61)

    assert (at_once, len(world.tenant.posts(NORTH))) == (0, 1)
    assert ALARM in caplog.text


async def test_one_failed_try_is_shared_by_all_who_wait() -> None:
    giver = Giver(trouble=deque([NotReached("it hangs")]))
    tokens = KeptTokens(giver, None, giver.seconds)

    answers = await asyncio.gather(*(tokens.for_service(SERVICE) for _ in range(5)), return_exceptions=True)
    later = await tokens.for_service(SERVICE)

    assert [str(one) for one in answers] == ["it hangs"] * 5
    assert (giver.asked, later) == (2, "token-2")


async def test_who_gives_up_waiting_leaves_the_others_theirs() -> None:
    giver = Giver()
    giver.open.clear()
    tokens = KeptTokens(giver, None, giver.seconds)

    impatient, patient = (asyncio.create_task(tokens.for_service(SERVICE)) for _ in range(2))
    await asyncio.sleep(0)
    impatient.cancel()
    giver.open.set()

    assert await patient == "token-1"


async def test_another_is_sought_early_and_nobody_waits_for_it() -> None:
    giver = Giver()
    tokens = KeptTokens(giver, None, giver.seconds)
    await tokens.for_service(SERVICE)

    giver.now = 3400.0
    giver.open.clear()
    meanwhile = await tokens.for_service(SERVICE)
    giver.open.set()
    while (later := await tokens.for_service(SERVICE)) == meanwhile:
        await asyncio.sleep(0)

    assert (meanwhile, later) == ("token-1", "token-2")


async def test_without_another_the_old_one_is_used_to_its_end_and_another_sought_now_and_then() -> None:
    giver = Giver()
    tokens = KeptTokens(giver, None, giver.seconds)
    await tokens.for_service(SERVICE)
    giver.trouble.extend(NotReached("it is away") for _ in range(3))

    used, asked = [], []
    for giver.now in (3400.0, 3401.0, 3401.0 + AGAIN, 3599.0):
        used.append(await tokens.for_service(SERVICE))
        for _ in range(3):
            await asyncio.sleep(0)
        asked.append(giver.asked)
    giver.now = 3600.0
    at_the_end = await tokens.for_service(SERVICE)

    assert used == ["token-1"] * 4
    assert asked == [2, 2, 3, 4]
    assert at_the_end == "token-5"


async def test_what_is_refused_of_an_old_token_does_not_take_the_new_one_away() -> None:
    giver = Giver()
    tokens = KeptTokens(giver, None, giver.seconds)
    await tokens.for_service(SERVICE)

    tokens.forget("token-1")
    await tokens.for_service(SERVICE)
    tokens.forget("token-1")

    assert await tokens.for_service(SERVICE) == "token-2"


async def test_nothing_is_waited_for_once_it_is_closed() -> None:
    giver = Giver()
    giver.open.clear()
    tokens = KeptTokens(giver, None, giver.seconds)
    waiting = asyncio.create_task(tokens.for_service(SERVICE))
    await asyncio.sleep(0)

    await tokens.close()

    with pytest.raises(asyncio.CancelledError):
        await waiting


class Managers:
    """Makes managers as the SDK's, each of which gives one token and the same as long as it is good."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 28, 12, tzinfo=UTC)
        self.made = 0
        self.raises: Exception | None = None

    def make(self) -> Any:
        self.made += 1
        token = SimpleNamespace(expiration=(self.now.timestamp() + 3600) * 1000, name=f"token-{self.made}")

        async def get_bot_token() -> Any:
            if self.raises is not None:
                raise self.raises
            return token

        return SimpleNamespace(get_bot_token=get_bot_token)


async def test_after_a_refused_token_of_microsofts_their_library_may_not_give_the_same_again() -> None:
    managers = Managers()
    get = of_microsoft(managers.make, lambda: managers.now)

    await get()
    await get()

    assert managers.made == 2


@pytest.mark.parametrize(("error", "is_away"), [(ConnectionError("no route"), True), (ValueError("bad secret"), False)])
async def test_that_microsoft_is_away_is_told_from_that_it_refuses_our_secret(error: Exception, is_away: bool) -> None:
    managers = Managers()
    managers.raises = error

    with pytest.raises(NoToken) as why:
        await of_microsoft(managers.make, lambda: managers.now)()

    assert isinstance(why.value, NotReached) is is_away
