"""The office whose people are in Teams."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette

from bot.clock import PushedClock, SystemClock
from bot.teams.app import Teams
from bot.teams.render import to_activity
from bot.teams_playground.acting import Answer
from bot.teams_playground.checking import actions_in, inputs_in
from bot.teams_playground.server import TeamsPlayground
from bot.teams_playground.tenant import Conversation, Shown, Tenant
from commands.join import join
from commands.run import run
from storage.unit_of_work import UnitsOfWork
from tests.bot.serving import served
from tests.bot.teams.conftest import a_tenant, registration_of
from tests.stories.office import NAMES, OF_THE_LINE, STRANGER, SomeOffice, with_a_button

Json = dict[str, Any]
OF_A_FORM = "entry_"


class InTeams(SomeOffice):
    """Acts through Teams' stand-in: each act is an activity with a token, as Teams signs it.

    ``_before`` is the card that somebody alone sees in the place of another, with the message it is on; ``_at_once`` is
    what they were answered beside a card or in its place, after how many messages in their chat.
    """

    opens_a_form = "Open the form"

    def __init__(self, playground: TeamsPlayground, teams: Teams, new_uow: UnitsOfWork, clock: PushedClock) -> None:
        super().__init__(new_uow, clock, teams.platform)
        self._playground = playground
        self._teams = teams
        self._at_once: dict[str, list[tuple[int, str]]] = {}
        self._before: dict[str, tuple[Json, Shown]] = {}

    async def settle(self) -> None:
        await self._teams.inbox.drain()
        await self._teams.settle()
        await self.delivery.drain()

    def cards(self) -> list[str]:
        return [one.text for one in self._posts()]

    def called_by_the_card(self, card: int = 0) -> set[str]:
        return _called_by(self._posts()[card])

    def under_the_card(self, card: int = 0) -> list[str]:
        return [one.text for one in self._replies(card)]

    def called_under_the_card(self, card: int = 0) -> set[str]:
        return set().union(*map(_called_by, self._replies(card)))

    def told(self, who: str) -> list[str]:
        told = [one.text for one in self._tenant.told(_user(who))]
        for place, (after, words) in enumerate(self._at_once.get(who, [])):
            told.insert(after + place, words)
        return told

    def in_the_channel(self, name: str) -> list[str]:
        return [one.text for one in self._tenant.posts(_channel(name))]

    async def click(self, who: str, label: str, *, card: int = 0) -> str:
        shown = self._posts()[card]
        return await self._act(who, shown, _button(shown.card, label))

    async def press(self, who: str, label: str) -> str:
        opened = self._playground.people.dialogs.get(_user(who), {})
        if _labels(opened, label):
            before = len(self.told(who))
            return await self._reads(who, before, await self._playground.people.fill_in(_user(who), {}, title=label))
        card, shown = next(one for one in self._seen_by(who) if _labels(one[0], label))
        return await self._act(who, shown, _button(card, label))

    async def press_a_button_of(self, who: str, line: str) -> str:
        drawn = to_activity(with_a_button(re.sub(r"@(\w+)\b(?!\.)", r"<@aad-\1>", line)), {})
        shown = self._tenant.put(_channel("north"), drawn, by_bot=True)
        read = await self._act(who, shown, _button(shown.card, OF_THE_LINE))
        shown.is_deleted = True
        return read

    async def type(self, who: str, line: str) -> str:
        return await self.say(who, line)

    async def say(self, who: str, line: str) -> str:
        before = len(self.told(who))
        await self._playground.people.say(_user(who), _by_name(line))
        return await self._reads(who, before)

    async def say_under_the_card(self, who: str, line: str, *, card: int = 0) -> str:
        return await self._mention(who, line, self._posts()[card].id)

    async def say_in_the_channel(self, who: str, line: str) -> str:
        return await self._mention(who, line, None)

    async def open_the_form(self, who: str, line: str) -> str:
        asked = await self.say(who, line)
        return await self.press(who, self.opens_a_form) if self.opens_a_form in asked else asked

    def form(self, who: str) -> dict[str, object] | None:
        card = self._form(who)
        return None if card is None else {_field(one): _entered(one) for one in inputs_in(card)}

    async def fill_in(self, who: str, **entries: object) -> str:
        card = self._form(who)
        assert card is not None, f"no form is open before {who}"
        given = {f"{OF_A_FORM}{name}": _meant(entry) for name, entry in entries.items()}
        all_of_them = {one["id"]: str(one.get("value") or "") for one in inputs_in(card)} | given
        before = len(self.told(who))
        if _user(who) in self._playground.people.dialogs:
            answer = await self._playground.people.fill_in(_user(who), all_of_them)
            return await self._reads(who, before, answer)
        shown = self._before[who][1]
        return await self._act(who, shown, card["actions"][0], all_of_them)

    def close_the_channel(self) -> None:
        self._tenant.conversations[_channel("north")].closed = "BotDisabledByAdmin"

    def ask_to_slow_down(self, seconds: int) -> None:
        self._playground.misbehaviour.rate_limit("create_activity", retry_after=seconds)

    def lose_the_next_answer(self) -> None:
        self._playground.misbehaviour.drop_after("create_activity")

    @property
    def _tenant(self) -> Tenant:
        return self._playground.tenant

    def _posts(self) -> list[Shown]:
        return self._tenant.posts(_channel("north"))

    def _replies(self, card: int) -> list[Shown]:
        return self._tenant.replies(_channel("north"), self._posts()[card].id)

    def _seen_by(self, who: str) -> Iterator[tuple[Json, Shown]]:
        """The cards that somebody alone sees, the newest first."""
        if who in self._before:
            yield self._before[who]
        yield from ((one.card, one) for one in reversed(self._tenant.told(_user(who))))

    def _form(self, who: str) -> Json | None:
        opened = self._playground.people.dialogs.get(_user(who))
        if opened is None and who in self._before:
            opened = self._before[who][0]
        return opened if opened is not None and list(inputs_in(opened)) else None

    async def _mention(self, who: str, line: str, root: str | None) -> str:
        before = len(self.told(who))
        named = [_user(one) for one in NAMES if f"@{one}" in line]
        for one in NAMES:
            line = re.sub(rf"@{one}\b(?!\.)", f"@{NAMES[one]}", line)
        said = f"@Podline {line}"
        await self._playground.people.say(_user(who), said, at=_channel("north"), root=root, mentions=named)
        return await self._reads(who, before)

    async def _act(self, who: str, shown: Shown, action: Json, filled: dict[str, str] | None = None) -> str:
        before = len(self.told(who))
        self._playground.people.dialogs.pop(_user(who), None)  # behind an open dialog nothing can be pressed
        answer = await self._playground.people.press(_user(who), self._where(shown), shown, action, filled)
        assert answer.ok
        if answer.card and _user(who) not in self._playground.people.dialogs:
            self._before[who] = answer.card, shown
        elif filled is None:
            self._before.pop(who, None)
        return await self._reads(who, before, answer)

    def _where(self, shown: Shown) -> Conversation:
        return self._tenant.conversations[shown.conversation]

    async def _reads(self, who: str, before: int, answer: Answer | None = None) -> str:
        """What is new to them alone: what stands in a card's place or in a dialog, and what is said in their chat."""
        if answer is not None and (answer.words or answer.card):
            after = len(self._tenant.told(_user(who)))
            self._at_once.setdefault(who, []).append((after, answer.words or _text(answer.card)))
        await self.settle()
        return " ".join(self.told(who)[before:])


@asynccontextmanager
async def in_teams(new_uow: UnitsOfWork, clock: PushedClock) -> AsyncIterator[InTeams]:
    """The firm set up in ``new_uow``, its people in the stand-in for Teams."""
    wall = SystemClock().now
    async with TeamsPlayground(a_tenant(clock), wall_clock=wall) as playground:
        teams = Teams(registration_of(playground), new_uow, clock, run=run, join=join, wall_now=wall, paced=False)
        async with served(Starlette(routes=[teams.route()])) as address:
            playground.people.endpoint = f"{address}/api/messages"
            office = InTeams(playground, teams, new_uow, clock)
            await office.say("ann", "help")  # from now on it is known where Teams is
            playground.tenant.messages.clear()
            yield office
        await teams.close()


def _user(who: str) -> str:
    return f"aad-{who}"


def _channel(name: str) -> str:
    return f"19:{name}@thread.tacv2"


def _called_by(shown: Shown) -> set[str]:
    return {one["mentioned"]["id"].removeprefix("aad-") for one in shown.card["msteams"]["entities"]}


def _by_name(line: str) -> str:
    """In a chat with a bot nobody else can be mentioned: people are named."""
    for who, name in NAMES.items():
        line = re.sub(rf"@{who}\b(?!\.)", name, line)
    return re.sub(r"(?<!\S)#(\w+)", lambda found: f"<#{_channel(found[1])}>", line)


def _labels(card: Json, label: str) -> list[Json]:
    """The buttons of that title; one that asks back has the one that answers beneath it."""
    return [one for one in actions_in(card) if one.get("title") == label and one["type"] != "Action.ShowCard"]


def _button(card: Json, label: str) -> Json:
    found = _labels(card, label)
    assert found, f"no button {label!r} among {[one.get('title') for one in actions_in(card)]}"
    return found[0]


def _text(card: Json) -> str:
    content = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return Shown("", "", {"attachments": [content]}, by_bot=True).text


def _field(element: Json) -> str:
    return str(element["id"]).removeprefix(OF_A_FORM)


def _entered(element: Json) -> object:
    """What is entered in a field: people by first name."""
    value = element.get("value")
    if element.get("isMultiSelect"):
        return [_named(one) for one in str(value or "").split(",") if one]
    return _named(value)


def _named(account: Any) -> Any:
    found = re.fullmatch(r"aad-(\w+)|(?:<#)?19:(\w+)@thread\.tacv2>?", account) if isinstance(account, str) else None
    if found is None:
        return account
    return f"@{found[1]}" if found[1] else f"#{found[2]}"


def _meant(entry: Any) -> str:
    if isinstance(entry, list):
        return ",".join(_meant(one) for one in entry)
    if str(entry).startswith("@") and entry[1:] in (*NAMES, STRANGER):
        return _user(entry[1:])
    return _channel(entry[1:]) if str(entry).startswith("#") else str(entry)
