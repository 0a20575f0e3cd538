"""How a story is told: beat by beat, each with what happens, why, and what people then see in the workspace."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from bot.demo.stage import HOME, NotAnswered, Stage
from bot.errors import PlainError
from bot.playground.errors import SlackError
from bot.playground.log import Happening
from bot.playground.terminal import draw_screen

PROMPT = "podline> "
LONGEST_WAIT = 40.0
"""Real seconds after which something that should have been seen is missing."""


class StoryStopped(PlainError):
    """Something that a story expects was not seen; says in which beat, and what was seen instead."""


class Scene:
    """What a beat has at hand: the stage, what has been seen, and ``facts`` that captions may name."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.inbox = stage.new_inbox()
        self.facts: dict[str, str] = {}
        self._users = {person.name: person.id for person in stage.workspace.people.values()}

    def user(self, handle: str) -> str:
        """The Slack id of somebody."""
        return self._users[handle]

    def name(self, user: str) -> str:
        """The first name of a Slack user, for a caption."""
        return self.stage.workspace.person(user).real_name.split()[0]

    async def seen(
        self, kind: str, channel: str | None = None, *, user: str | None = None, says: str = ""
    ) -> Happening:
        """Wait until Podline has shown this to people; raises AssertionError when it does not come."""

        def fits(one: Happening) -> bool:
            return one.message is not None and says in one.message.text

        return await self.inbox.arrives(kind, channel=channel, user=user, where=fits, timeout=LONGEST_WAIT)

    async def types(self, handle: str, channel: str, line: str) -> None:
        """Somebody types a line after ``/podline`` and has read the private answer to it."""
        user = self.user(handle)
        await self.stage.people.slash_command(user, channel, "/podline", line)
        await self.seen("ephemeral", channel, user=user)

    async def until(self, instant: datetime, within: float = 0.3) -> None:
        """Let the firm's time run to ``instant``, fast: it takes ``within`` real seconds."""
        self.stage.clock.hurry_to(instant, within)
        await asyncio.sleep(within)

    async def leap(self, instant: datetime) -> None:
        """Weeks in which nobody asked anything are over at once; what was due in them is looked at now."""
        await self.stage.all_delivered()
        self.stage.clock.set_to(instant)

    def forget(self) -> None:
        """Start a new page: what was seen up to now has been told."""
        self.inbox.close()
        self.inbox = self.stage.new_inbox()


@dataclass(frozen=True, slots=True)
class Look:
    """What one person (a handle) sees in some places; ``DIRECT`` is their conversation with Podline."""

    who: str
    where: tuple[str, ...]


DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Beat:
    """``what`` happens and ``why``, both with the scene's facts filled in; ``act`` makes it happen, as people would by
    what is ``typed`` at the prompt."""

    what: str
    why: str
    act: Callable[[Scene], Awaitable[None]]
    looks: tuple[Look, ...] = ()
    typed: tuple[str, ...] = ()
    manual: tuple[str, ...] = ()
    """Where the manual explains the rule: pages of docs/, with the heading's anchor where one page holds many."""


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    beats: tuple[Beat, ...]
    after: "Story | None" = None
    """The story that this one goes on from: told alone it needs what happened there."""
    afterwards: Callable[[Scene], Awaitable[None]] | None = None
    """What its people do once it is told, as a firm would: nothing of it is left open for the stories after it."""


async def tell(stories: Sequence[Story], stage: Stage, console: Console, pause: float = 0.0) -> None:
    """Play the stories and print them, with ``pause`` real seconds to read after each beat.

    Raises:
        StoryStopped
    """
    for story in stories:
        console.print(Rule(Text(story.title, style="bold"), style="cyan", align="left"))
        scene = Scene(stage)
        for number, beat in enumerate(story.beats, start=1):
            await tell_beat(number, beat, scene, console)
            await asyncio.sleep(pause)
        await settle(story, scene)


async def tell_beat(number: int, beat: Beat, scene: Scene, console: Console) -> None:
    """Let one beat happen and print what people see then. Raises StoryStopped."""
    await play_beat(beat, scene)
    console.print(_caption(number, beat, scene), *_looks(beat, scene), "")


async def play_beat(beat: Beat, scene: Scene) -> None:
    """Let one beat happen. Raises StoryStopped, also where a visitor has stepped in and it cannot happen any more."""
    try:
        await beat.act(scene)
    except _MISSING as missing:
        raise StoryStopped(f"The story stops at “{filled(beat.what, scene)}”: {missing}") from None


async def settle(story: Story, scene: Scene) -> None:
    """End a story that has been told. Raises StoryStopped."""
    try:
        if story.afterwards is not None:
            await story.afterwards(scene)
    except _MISSING as missing:
        raise StoryStopped(f"“{story.title}” could not be brought to its end: {missing}") from None
    scene.inbox.close()


_MISSING = (AssertionError, NotAnswered, SlackError, ValueError)


def _caption(number: int, beat: Beat, scene: Scene) -> Group:
    now = scene.stage.clock.now().astimezone(HOME)
    what = Text.assemble(
        (f"{number}. ", "bold cyan"),
        (f"{now:%a} {now.day} {now:%b %H:%M}  ", "cyan"),
        (filled(beat.what, scene), "bold"),
    )
    typed = [Text(f"{PROMPT}{filled(line, scene)}", style="dim") for line in beat.typed]
    why = Text(filled(beat.why, scene))
    return Group(what, *(Padding(each, (0, 0, 0, 3), expand=False) for each in (why, *typed)))


def filled(text: str, scene: Scene) -> str:
    """A caption with the scene's facts; one that is not known yet stays as it stands."""
    return text.format_map(_Known(scene.facts))


class _Known(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _looks(beat: Beat, scene: Scene) -> list[Padding]:
    workspace = scene.stage.workspace
    drawn = []
    for look in beat.looks:
        who = scene.user(look.who.format_map(scene.facts))
        places = [workspace.dm_with(who) if place == DIRECT else place for place in look.where]
        drawn.append(Padding(draw_screen(workspace, who, places), (1, 0, 0, 3), expand=False))
    return drawn
