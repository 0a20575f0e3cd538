"""The office whose people are in Slack."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette

from bot.clock import PushedClock, SystemClock
from bot.playground import posting
from bot.playground.blockkit.blocks import interactive_elements
from bot.playground.installation import Installation
from bot.playground.records import Message, View
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from bot.slack.app import Slack
from bot.slack.render import to_message
from commands.join import join
from commands.run import run
from storage.unit_of_work import UnitsOfWork
from tests.bot.serving import served
from tests.stories.office import NAMES, OF_THE_LINE, STRANGER, SomeOffice, with_a_button

NORTH = "C0NORTH"


class InSlack(SomeOffice):
    """Acts through Slack's stand-in: what is said, pressed and sent comes to us as signed requests."""

    opens_a_form = "Fill in a form"

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
        return [_read(one) for one in self._posts()]

    def called_by_the_card(self, card: int = 0) -> set[str]:
        return self._called_by(self._posts()[card])

    def under_the_card(self, card: int = 0) -> list[str]:
        return [_read(one) for one in self._replies(card)]

    def called_under_the_card(self, card: int = 0) -> set[str]:
        return set().union(*map(self._called_by, self._replies(card)))

    def told(self, who: str) -> list[str]:
        return [_read(one) for one in self._private(who)]

    def in_the_channel(self, name: str) -> list[str]:
        return [_read(one) for one in self._space.messages(_channel(name))]

    async def click(self, who: str, label: str, *, card: int = 0) -> str:
        before = len(self._private(who))
        shown = self._posts()[card]
        menu, value = _in_menu(shown, label)
        if menu:
            answer = await self._people.select(_user(who), NORTH, shown.ts, menu, value)
        else:
            answer = await self._people.click(_user(who), NORTH, shown.ts, text=label)
        assert answer.ok
        return await self._reads(who, before)

    async def press(self, who: str, label: str) -> str:
        before = len(self._private(who))
        shown = next(one for one in reversed(self._private(who)) if f"'{label}'" in str(one.blocks))
        answer = await self._people.click(_user(who), shown.channel, shown.ts, text=label)
        assert answer.ok
        return await self._reads(who, before)

    async def press_a_button_of(self, who: str, line: str) -> str:
        before = len(self._private(who))
        drawn = to_message(with_a_button(_mentions(line)), {})
        shown = posting.post_as_app(self._space, NORTH, text=drawn["text"], blocks=drawn["blocks"])
        answer = await self._people.click(_user(who), NORTH, shown.ts, text=OF_THE_LINE)
        assert answer.ok
        read = await self._reads(who, before)
        posting.delete_as_app(self._space, NORTH, shown.ts)
        return read

    async def type(self, who: str, line: str) -> str:
        before = len(self._private(who))
        answer = await self._people.slash_command(_user(who), NORTH, "/podline", line)
        assert answer.ok
        return await self._reads(who, before)

    async def say(self, who: str, line: str) -> str:
        before = len(self._private(who))
        await self._people.say(_user(who), self._space.dm_with(_user(who)), line)
        return await self._reads(who, before)

    async def say_under_the_card(self, who: str, line: str, *, card: int = 0) -> str:
        return await self._mention(who, line, self._posts()[card].ts)

    async def say_in_the_channel(self, who: str, line: str) -> str:
        return await self._mention(who, line, None)

    async def open_the_form(self, who: str, line: str) -> str:
        return await self.type(who, line)

    def form(self, who: str) -> dict[str, object] | None:
        opened = self._window(who, "input")
        return None if opened is None else {name: _entered(within) for name, within in opened.values.items()}

    async def fill_in(self, who: str, **entries: object) -> str:
        before = len(self._private(who))
        opened = self._window(who, "input")
        assert opened is not None, f"no form is open before {who}"
        given = {name: _meant(entry) for name, entry in entries.items()}
        answer = await self._people.submit_view(_user(who), opened.id, given)
        assert answer.ok or answer.errors
        return " ".join(answer.errors.values()) or await self._reads(who, before)

    def close_the_channel(self) -> None:
        self._space.archive(NORTH)

    def ask_to_slow_down(self, seconds: int) -> None:
        self._playground.misbehaviour.rate_limit("chat.postMessage", retry_after=seconds)

    def lose_the_next_answer(self) -> None:
        self._playground.misbehaviour.drop_after("chat.postMessage")

    @property
    def _space(self) -> Workspace:
        return self._playground.workspace

    @property
    def _people(self) -> Any:
        return self._playground.people

    def _posts(self) -> list[Message]:
        return [one for one in self._space.messages(NORTH) if one.bot_id and one.thread_ts in (None, one.ts)]

    def _replies(self, card: int) -> list[Message]:
        return [one for one in self._space.thread(NORTH, self._posts()[card].ts)[1:] if one.bot_id]

    def _private(self, who: str) -> list[Message]:
        user = _user(who)
        here = [one for one in self._space.visible_to(user, NORTH) if one.ephemeral_to == user]
        direct = [one for one in self._space.messages(self._space.dm_with(user)) if one.bot_id]
        return sorted(here + direct, key=lambda one: one.ts)

    def _called_by(self, message: Message) -> set[str]:
        return {user.removeprefix("U0").lower() for user in self._space.notified_by(message)}

    def _window(self, who: str, block: str) -> View | None:
        """The uppermost window before somebody that has such a block."""
        opened = self._space.open_views(_user(who))[-1:]
        return next((one for one in opened if any(each["type"] == block for each in one.blocks)), None)

    async def _mention(self, who: str, line: str, thread: str | None) -> str:
        before = len(self._private(who))
        await self._people.say(_user(who), NORTH, f"@podline {line}", thread_ts=thread)
        return await self._reads(who, before)

    async def _reads(self, who: str, before: int) -> str:
        """What is new to them alone, and the window before them; one that asks for nothing they close."""
        await self.settle()
        read = self.told(who)[before:]
        for view in self._space.open_views(_user(who)):
            read.append(str(view.content))
            if view is not self._window(who, "input"):
                await self._people.close_view(_user(who), view.id)
        return " ".join(read)


@asynccontextmanager
async def in_slack(new_uow: UnitsOfWork, clock: PushedClock) -> AsyncIterator[InSlack]:
    """The firm set up in ``new_uow``, its people in the stand-in for Slack."""
    space = Workspace(now=clock.now, installation=Installation(), handshake_now=SystemClock().now)
    for who, name in NAMES.items():
        space.add_user(_user(who), who, real_name=name, email=f"{who}@firm.example")
    space.add_user(_user(STRANGER), STRANGER, real_name="Gus Quist", team_id="T0ACME")
    for channel in ("north", "alerts", "desk"):
        space.add_channel(_channel(channel), channel, members=[_user(who) for who in (*NAMES, STRANGER)])
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


def _user(who: str) -> str:
    return f"U0{who.upper()}"


def _channel(name: str) -> str:
    return f"C0{name.upper()}"


def _mentions(line: str) -> str:
    return re.sub(r"@(\w+)\b(?!\.)", lambda found: f"<@{_user(found[1])}>", line)


def _read(message: Message) -> str:
    return f"{message.text} {message.blocks}"


def _in_menu(message: Message, label: str) -> tuple[str, str]:
    """The menu of the message that has an entry of this label, and the entry's value; nothing where it has none."""
    for block in message.blocks:
        for element in interactive_elements(block):
            for option in element.get("options", ()) if element["type"] == "overflow" else ():
                if option["text"]["text"] == label:
                    return element["action_id"], option["value"]
    return "", ""


def _entered(within: dict[str, Any]) -> object:
    """What is entered in a field: people by first name."""
    [state] = within.values()
    chosen = next((entry for name, entry in state.items() if name != "type"), None)
    if isinstance(chosen, dict):
        return chosen["value"]
    return [_named(one) for one in chosen] if isinstance(chosen, list) else _named(chosen)


def _named(account: Any) -> Any:
    if not isinstance(account, str) or not account.startswith(("U0", "C0")):
        return account
    return f"{'@' if account.startswith('U0') else '#'}{account[2:].lower()}"


def _meant(entry: Any) -> Any:
    if isinstance(entry, list):
        return [_meant(one) for one in entry]
    if isinstance(entry, str) and entry[1:] in (*NAMES, STRANGER) and entry.startswith("@"):
        return _user(entry[1:])
    return _channel(entry[1:]) if isinstance(entry, str) and entry.startswith("#") else entry
