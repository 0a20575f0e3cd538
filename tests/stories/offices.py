"""The small firm in Slack and in Teams behind one face, so that one story is told in both: by people's first names."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Protocol

from starlette.applications import Starlette

from bot.clock import PushedClock, SystemClock
from bot.delivery import Delivery
from bot.platform import Platform
from bot.playground.installation import Installation
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from bot.slack.app import Slack
from bot.teams.app import Teams
from bot.teams_playground.server import TeamsPlayground
from bot.teams_playground.tenant import Shown
from commands.compose import compose
from commands.join import join
from commands.run import run
from commands.undeliverable import delayed, undeliverable, unneeded
from coverage.question import Question
from storage.unit_of_work import UnitsOfWork
from tests.bot.serving import served
from tests.bot.small_firm import ask_for_acme
from tests.bot.teams import conftest as of_teams

NAMES = {"ann": "Ann Lee", "bob": "Bob Roy", "cat": "Cat Orr"}


class Office(Protocol):
    """What a story acts on, and what is to be seen. Everybody is called by their first name."""

    new_uow: UnitsOfWork
    clock: PushedClock

    def ask(self, text: str = "How do we post this?") -> Question: ...

    async def settle(self) -> None:
        """Let everything that was begun come to its end."""
        ...

    async def later(self, **by: float) -> None:
        """The clock is pushed and what is due is sent."""
        ...

    def cards(self) -> list[str]:
        """What the pod's channel shows, but for threads: all that is to be read, as it stands now."""
        ...

    def called_by_the_card(self) -> set[str]: ...

    def under_the_card(self) -> list[str]: ...

    def told(self, who: str) -> list[str]:
        """What somebody was told alone, as an answer or by itself."""
        ...

    def alarms(self) -> list[str]: ...

    async def click(self, who: str, label: str) -> str:
        """Press a button of the first card; what they see of it, but for the card that all see."""
        ...

    async def say(self, who: str, line: str) -> None:
        """To the bot alone."""
        ...

    async def say_under_the_card(self, who: str, line: str) -> None:
        """With a mention of the bot."""
        ...

    def close_the_channel(self) -> None: ...

    def ask_to_slow_down(self, seconds: int) -> None:
        """Refuse the next message for so long."""
        ...

    def lose_the_next_answer(self) -> None:
        """Take the next message, and drop the connection."""
        ...


class _Office:
    def __init__(self, new_uow: UnitsOfWork, clock: PushedClock, platform: Platform) -> None:
        self.new_uow = new_uow
        self.clock = clock
        self.delivery = Delivery(
            new_uow,
            [platform],
            clock,
            compose=compose,
            undeliverable=undeliverable,
            unneeded=unneeded,
            delayed=delayed,
        )

    def ask(self, text: str = "How do we post this?") -> Question:
        return ask_for_acme(text, self.new_uow, self.clock.now())

    async def later(self, **by: float) -> None:
        self.clock.push(timedelta(**by))
        await self.delivery.drain()


class InSlack(_Office):
    """The office whose people are in Slack."""

    def __init__(self, playground: PlaygroundServer, slack: Slack, new_uow: UnitsOfWork, clock: PushedClock) -> None:
        super().__init__(new_uow, clock, slack.platform)
        self._playground = playground
        self._slack = slack

    async def settle(self) -> None:
        await self._playground.settle()
        await self._slack.inbox.drain()
        await self._slack.settle()
        await self.delivery.drain()
        await self._playground.settle()

    def cards(self) -> list[str]:
        return [f"{one.text} {one.blocks}" for one in self._posts()]

    def called_by_the_card(self) -> set[str]:
        return {user.removeprefix("U0").lower() for user in self._space.notified_by(self._posts()[0])}

    def under_the_card(self) -> list[str]:
        return [one.text for one in self._space.thread("C0NORTH", self._posts()[0].ts)[1:] if one.bot_id]

    def told(self, who: str) -> list[str]:
        here = [one.text for one in self._space.visible_to(_slack(who), "C0NORTH") if one.ephemeral_to == _slack(who)]
        return here + [one.text for one in self._space.messages(self._space.dm_with(_slack(who))) if one.bot_id]

    def alarms(self) -> list[str]:
        return [one.text for one in self._space.messages("C0ALERTS")]

    async def click(self, who: str, label: str) -> str:
        before = len(self.told(who))
        answer = await self._playground.people.click(_slack(who), "C0NORTH", self._posts()[0].ts, text=label)
        assert answer.ok
        await self._slack.settle()
        return " ".join(self.told(who)[before:])

    async def say(self, who: str, line: str) -> None:
        await self._playground.people.say(_slack(who), self._space.dm_with(_slack(who)), line)

    async def say_under_the_card(self, who: str, line: str) -> None:
        thread = self._posts()[0].ts
        await self._playground.people.say(_slack(who), "C0NORTH", f"@podline {line}", thread_ts=thread)

    def close_the_channel(self) -> None:
        self._space.archive("C0NORTH")

    def ask_to_slow_down(self, seconds: int) -> None:
        self._playground.misbehaviour.rate_limit("chat.postMessage", retry_after=seconds)

    def lose_the_next_answer(self) -> None:
        self._playground.misbehaviour.drop_after("chat.postMessage")

    @property
    def _space(self) -> Workspace:
        return self._playground.workspace

    def _posts(self) -> list[Any]:
        return [one for one in self._space.messages("C0NORTH") if one.thread_ts in (None, one.ts)]


class InTeams(_Office):
    """The office whose people are in Teams."""

    def __init__(self, playground: TeamsPlayground, teams: Teams, new_uow: UnitsOfWork, clock: PushedClock) -> None:
        super().__init__(new_uow, clock, teams.platform)
        self._playground = playground
        self._teams = teams
        self._said: dict[str, list[str]] = {}

    async def settle(self) -> None:
        await self._teams.inbox.drain()
        await self._teams.settle()
        await self.delivery.drain()

    def cards(self) -> list[str]:
        return [one.text for one in self._posts()]

    def called_by_the_card(self) -> set[str]:
        entities = self._posts()[0].card["msteams"]["entities"]
        return {one["mentioned"]["id"].removeprefix("aad-") for one in entities}

    def under_the_card(self) -> list[str]:
        return [one.text for one in self._playground.tenant.replies(of_teams.NORTH, self._posts()[0].id)]

    def told(self, who: str) -> list[str]:
        return self._said.get(who, []) + [one.text for one in self._playground.tenant.told(f"aad-{who}")]

    def alarms(self) -> list[str]:
        return [one.text for one in self._playground.tenant.posts(of_teams.ALERTS)]

    async def click(self, who: str, label: str) -> str:
        answer = await self._playground.people.click(f"aad-{who}", self._posts()[0], text=label)
        assert answer.ok
        seen = answer.words or Shown("", "", {"attachments": [_card(answer.card)]}, by_bot=True).text
        self._said.setdefault(who, []).append(seen)
        return seen

    async def say(self, who: str, line: str) -> None:
        await self._playground.people.say(f"aad-{who}", line)

    async def say_under_the_card(self, who: str, line: str) -> None:
        root = self._posts()[0].id
        await self._playground.people.say(f"aad-{who}", f"@Podline {line}", at=of_teams.NORTH, root=root)

    def close_the_channel(self) -> None:
        self._playground.tenant.conversations[of_teams.NORTH].closed = "BotDisabledByAdmin"

    def ask_to_slow_down(self, seconds: int) -> None:
        self._playground.misbehaviour.rate_limit("create_activity", retry_after=seconds)

    def lose_the_next_answer(self) -> None:
        self._playground.misbehaviour.drop_after("create_activity")

    def _posts(self) -> list[Shown]:
        return self._playground.tenant.posts(of_teams.NORTH)


@asynccontextmanager
async def in_slack(new_uow: UnitsOfWork, clock: PushedClock) -> AsyncIterator[InSlack]:
    """The firm set up in ``new_uow``, its people in the stand-in for Slack."""
    space = Workspace(now=clock.now, installation=Installation(), handshake_now=SystemClock().now)
    for who, name in NAMES.items():
        space.add_user(_slack(who), who, real_name=name, email=f"{who}@firm.example")
    for channel in ("C0NORTH", "C0ALERTS", "C0DESK"):
        space.add_channel(channel, channel.removeprefix("C0").lower(), members=[_slack(who) for who in NAMES])
    async with PlaygroundServer(space, wall_clock=SystemClock().now, pace=0, ack_timeout=30) as playground:
        slack = Slack(
            new_uow, clock, run=run, join=join, bot_token=space.app.bot_token, api_url=playground.url, paced=False
        )
        route = slack.route(space.app.signing_secret, SystemClock().now)
        async with served(Starlette(routes=[route])) as address:
            playground.request_url = f"{address}/slack/events"
            yield InSlack(playground, slack, new_uow, clock)
            await playground.delivery.close()
        await slack.close()


@asynccontextmanager
async def in_teams(new_uow: UnitsOfWork, clock: PushedClock) -> AsyncIterator[InTeams]:
    """The firm set up in ``new_uow``, its people in the stand-in for Teams."""
    wall = SystemClock().now
    async with TeamsPlayground(of_teams.a_tenant(clock), wall_clock=wall) as playground:
        registration = of_teams.registration_of(playground)
        teams = Teams(registration, new_uow, clock, run=run, join=join, wall_now=wall, paced=False)
        async with served(Starlette(routes=[teams.route()])) as address:
            playground.people.endpoint = f"{address}/api/messages"
            office = InTeams(playground, teams, new_uow, clock)
            await office.say("ann", "help")  # from now on it is known where Teams is
            await office.settle()
            playground.tenant.messages.clear()
            yield office
        await teams.close()


def _slack(who: str) -> str:
    return f"U0{who.upper()}"


def _card(content: dict[str, Any]) -> dict[str, Any]:
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
