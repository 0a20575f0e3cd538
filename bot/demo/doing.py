"""Doing what was typed at the demo's prompt: by signed requests, the API and the clock, as people and Slack would."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from bot.demo.acts import Act, Ask, Cancel, Click, Command, Fill, Say, See, Speed, Wait, WaitUntil, Word
from bot.demo.firm import ROOMS
from bot.demo.stage import HOME, Stage
from bot.demo.typed import NotUnderstood, nearest
from bot.playground.answer import Answer
from bot.playground.blockkit.blocks import interactive_elements
from bot.playground.records import Json, Message, View
from bot.playground.terminal import draw_screen
from bot.playground.workspace import Workspace


class Doing:
    """Does one act after the other; what comes back is to be printed at once, the rest shows in the workspace.

    Raises NotUnderstood for what is not there, and what the stage and the stand-in raise.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    @property
    def _workspace(self) -> Workspace:
        """Another one after everything has begun again."""
        return self._stage.workspace

    async def do(self, act: Act) -> RenderableType | None:
        match act:
            case Command():
                return self._trouble(await self._type(act))
            case Click():
                return self._trouble(await self._click(act))
            case Say():
                return self._trouble(await self._say(act))
            case Fill(who, entries):
                return await self._fill(self._user(who), entries)
            case Cancel(who):
                user = self._user(who)
                return self._trouble(await self._stage.people.close_view(user, self._form_of(user).id))
            case Ask(client, text):
                return Text(f"The API answers: {await self._stage.ask(client, text)}", style="dim")
            case See(who, channel):
                return self._see(who, channel)
            case Wait() | WaitUntil() | Speed() | Word():
                return self._turn_clock(act)

    async def _type(self, act: Command) -> Answer:
        user = self._user(act.who)
        place = self._channel(act.channel) if act.channel else self._home_of(user)
        known = self._workspace.installation.commands or {}
        if act.command not in known:
            there = " ".join(known)
            raise NotUnderstood(f"Slack knows no {act.command} here.{nearest(act.command, known)} There are: {there}.")
        return await self._stage.people.slash_command(user, place, act.command, act.text)

    async def _click(self, act: Click) -> Answer:
        user = self._user(act.who)
        seen: list[str] = []
        for message in self._newest_first(user):
            for element, label, value in _pressable(message):
                if act.about and act.about not in value.upper().split():
                    continue
                seen.append(label)
                if label.casefold() != act.label.casefold():
                    continue
                if element["type"] == "overflow":
                    return await self._stage.people.select(
                        user, message.channel, message.ts, element["action_id"], value
                    )
                return await self._stage.people.click(
                    user, message.channel, message.ts, action_id=element["action_id"], text=label, value=value
                )
        whose = f" for {act.about}" if act.about else ""
        if not seen:
            raise NotUnderstood(f"{act.who} sees no button{whose}.")
        there = ", ".join(dict.fromkeys(seen))
        raise NotUnderstood(f"{act.who} sees no button “{act.label}”{whose}.{nearest(act.label, seen)} Seen: {there}.")

    async def _say(self, act: Say) -> Answer:
        user = self._user(act.who)
        if act.about is not None:
            card = self._card(user, act.about)
            return await self._stage.people.say(user, card.channel, act.text, thread_ts=card.ts)
        place = self._channel(act.channel) if act.channel else self._workspace.dm_with(user)
        return await self._stage.people.say(user, place, act.text)

    async def _fill(self, user: str, entries: tuple[str, ...]) -> RenderableType | None:
        view = self._form_of(user)
        fields = [element for block in view.blocks if block["type"] == "input" for element in [block["element"]]]
        given = {
            field["action_id"]: self._picked(field["type"], entry)
            for field, entry in zip(fields, entries, strict=False)
            if entry
        }
        answer = await self._stage.people.submit_view(user, view.id, given)
        if answer.errors:
            return Text("The form is refused: " + "; ".join(answer.errors.values()), style="red")
        return self._trouble(answer)

    def _picked(self, kind: str, entry: str) -> str | list[str]:
        """An entry as Slack keeps it: people and channels by their ids, in a list where several may be picked."""
        if kind in ("users_select", "multi_users_select"):
            picked = [self._user(handle) for handle in entry.split()]
        elif kind in ("conversations_select", "multi_conversations_select"):
            picked = [self._channel(name.lstrip("#")) for name in entry.split()]
        else:
            return entry
        return picked if kind.startswith("multi_") else picked[0]

    def _see(self, who: str | None, channel: str | None) -> RenderableType:
        if channel is None:
            return draw_screen(self._workspace, self._user(who or ""))
        place = self._channel(channel)
        if who is not None:
            return draw_screen(self._workspace, self._user(who), [place])
        bot = self._workspace.app.bot_user_id
        members = sorted(self._workspace.channel(place).members - {bot})
        return draw_screen(self._workspace, members[0], [place])

    def _turn_clock(self, act: Wait | WaitUntil | Speed | Word) -> RenderableType | None:
        clock = self._stage.clock
        match act:
            case Wait(by):
                clock.push(by)
            case WaitUntil():
                clock.set_to(act.after(clock.now().astimezone(HOME)))
            case Speed(speed):
                clock.run_at(speed)
            case Word("people"):
                return self._who_is_who()
        now = clock.now().astimezone(HOME)
        return Text(f"It is {now:%A}, {now.day} {now:%B %Y, %H:%M} in London.", style="cyan")

    def _who_is_who(self) -> RenderableType:
        people = [person for person in self._workspace.people.values() if not person.is_bot]
        rooms = {person.id: [room for room in ROOMS if self._is_in(person.id, room.id)] for person in people}
        return Group(
            *(
                Text(
                    f"{one.name:6} {one.real_name:16} {one.tz:18} "
                    + " ".join(f"#{room.name}" for room in rooms[one.id])
                )
                for one in people
            )
        )

    def _user(self, handle: str) -> str:
        people = {person.name: person for person in self._workspace.people.values() if not person.is_bot}
        person = people.get(handle.lstrip("@").casefold())
        if person is None:
            there = ", ".join(people)
            raise NotUnderstood(f"There is no {handle or 'nobody'} here.{nearest(handle, people)} There are: {there}.")
        return person.id

    def _channel(self, name: str) -> str:
        rooms = {f"#{room.name}": room.id for room in ROOMS}
        if (wanted := f"#{name}") not in rooms:
            there = ", ".join(rooms)
            raise NotUnderstood(f"There is no {wanted} here.{nearest(wanted, rooms)} There are: {there}.")
        return rooms[wanted]

    def _home_of(self, user: str) -> str:
        """Where somebody types when nothing is said of it: their own pod's channel."""
        return next(room.id for room in ROOMS if self._is_in(user, room.id))

    def _is_in(self, user: str, channel: str) -> bool:
        return user in self._workspace.channel(channel).members

    def _newest_first(self, user: str) -> list[Message]:
        places = list(self._workspace.channels)
        seen = [message for place in places for message in self._workspace.visible_to(user, place)]
        return sorted(seen, key=lambda message: message.ts, reverse=True)

    def _card(self, user: str, about: str) -> Message:
        for message in self._newest_first(user):
            if self._is_card(message) and about in message.text.upper().split()[:2]:
                return message
        raise NotUnderstood(f"{self._workspace.person(user).name} sees no card of {about}.")

    def _is_card(self, message: Message) -> bool:
        """What is posted in a channel under a heading is a card; lists and explanations are private."""
        is_private = message.ephemeral_to or self._workspace.channel(message.channel).kind == "im"
        return bool(message.bot_id) and not is_private and any(block["type"] == "header" for block in message.blocks)

    def _form_of(self, user: str) -> View:
        views = self._workspace.open_views(user)
        if not views:
            raise NotUnderstood(f"No form is open before {self._workspace.person(user).name}.")
        return views[-1]

    @staticmethod
    def _trouble(answer: Answer) -> RenderableType | None:
        return Text(f"Slack would show: {answer.error}", style="red") if answer.error else None


def _pressable(message: Message) -> Iterator[tuple[Json, str, str]]:
    """Buttons and the entries of menus: the element, its label, its value."""
    for block in message.blocks:
        for element in interactive_elements(block):
            if element["type"] == "button":
                yield element, element["text"]["text"], str(element.get("value", ""))
            elif element["type"] == "overflow":
                for option in element["options"]:
                    yield element, option["text"]["text"], str(option["value"])
