"""The tour on the page: the stories told beat by beat, to be paused, stepped through, taken over and begun again."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.demo.stage import HOME, Stage
from bot.demo.telling import DIRECT, Beat, Scene, Story, StoryStopped, filled, play_beat, settle
from bot.playground.page import backstage
from bot.playground.page.backstage import Caption, NotPossible

WHOLE = "all"
LETTERS_A_SECOND = 17.0
"""How fast a caption is read, with a moment to look where it points."""
MOMENT = 2.5
_POINTED_AT = frozenset({"posted", "updated", "ephemeral"})


class Tour:
    """One at a time. ``pace`` scales the time for reading; ``changed`` is called whenever there is something to see."""

    def __init__(self, stage: Stage, stories: Sequence[Story], changed: Callable[[], None], pace: float = 1.0) -> None:
        self._stage = stage
        self._stories = stories
        self._changed = changed
        self._pace = pace
        self._state, self._trouble = "idle", ""
        self._caption: Caption | None = None
        self._told = asyncio.Event()
        self._steps = 0
        self._playing: asyncio.Task[None] | None = None

    def shown(self) -> backstage.Tour:
        """How far it is."""
        scenes = [backstage.Scene(WHOLE, "The whole tour")]
        scenes += [backstage.Scene(str(number), story.title) for number, story in enumerate(self._stories)]
        return backstage.Tour(scenes, self._state, self._caption, self._trouble)

    def play(self, scene: str) -> None:
        """Begin everything again, and the tour with it. Raises NotPossible for a story that is not there."""
        numbers = {str(number): [story] for number, story in enumerate(self._stories)} | {WHOLE: list(self._stories)}
        if scene not in numbers:
            raise NotPossible("There is no such story. Choose one of the list.")
        self.stop()
        self._show("playing", None)
        self._playing = asyncio.create_task(self._tell(numbers[scene]))

    def direct(self, act: str) -> None:
        """Pause, resume, go one step on, or stop, as it may have been from another window. Raises NotPossible where
        there is nothing to direct."""
        if self._state not in ("playing", "paused", "stuck") and act != "stop":
            raise NotPossible("No tour is under way. Start one first.")
        match act:
            case "pause":
                self._show("paused", self._caption)
            case "resume":
                self._steps += 1
                self._show("playing", self._caption)
            case "next":
                self._steps += 1
            case "stop":
                self.stop()
            case _:
                raise NotPossible(f"A tour can be paused, resumed, stepped and stopped; it knows no “{act}”.")
        self._told.set()

    def stop(self) -> None:
        """End it where it is; what was said and done stays."""
        if self._playing is not None:
            self._playing.cancel()
            self._playing = None
        self._show("idle", None)

    async def close(self) -> None:
        """Stop, and wait until it has."""
        playing = self._playing
        self.stop()
        if playing is not None:
            await asyncio.gather(playing, return_exceptions=True)

    async def _tell(self, stories: Sequence[Story]) -> None:
        total, number = sum(len(story.beats) for story in stories), 0
        told: Story | None = None
        try:
            for story in stories:
                await self._set_the_scene(story, told)
                told, scene = story, Scene(self._stage)
                since = f"{self._stage.clock.now().timestamp():.6f}"
                for beat in story.beats:
                    number += 1
                    caption = replace(await self._happen(story, beat, scene, number, total), since=since)
                    self._show(self._state, caption)
                    await self._read(caption)
                await settle(story, scene)
        except StoryStopped as stopped:
            return self._show("stuck", self._caption, f"{stopped} Stop the tour and play on, or begin again.")
        return self._show("over", self._caption)

    async def _set_the_scene(self, story: Story, told: Story | None) -> None:
        """Before the first story a fresh week, in which what it goes on from has happened; the next ones follow."""
        if told is not None:
            return
        self._show(self._state, None)
        await self._stage.start_over()
        if story.after is not None:
            scene = Scene(self._stage)
            for beat in story.after.beats:
                await play_beat(beat, scene)
            await settle(story.after, scene)

    async def _happen(self, story: Story, beat: Beat, scene: Scene, number: int, total: int) -> Caption:
        log = self._stage.workspace.log
        before = len(log.entries)
        await play_beat(beat, scene)
        user, place = self._look(beat, scene)
        here = [one for one in log.entries[before:] if one.channel == place and one.kind in _POINTED_AT]
        points = [one.message.ts for one in here if one.message] or [scene.facts.get("card", "")]
        now = self._stage.clock.now().astimezone(HOME)
        return Caption(
            story=story.title,
            number=number,
            of=total,
            at=f"{now:%A} {now.day} {now:%B, %H:%M}",
            what=filled(beat.what, scene),
            why=filled(beat.why, scene),
            typed=tuple(filled(line, scene) for line in beat.typed),
            user=user,
            place=place,
            points=tuple(dict.fromkeys(points)),
            manual=tuple((f"Read: {_title(page)}", f"/manual/{page}") for page in beat.manual),
        )

    def _look(self, beat: Beat, scene: Scene) -> tuple[str, str]:
        if not beat.looks:
            return "", ""
        look = beat.looks[0]
        who = scene.user(filled(look.who, scene))
        return who, self._stage.workspace.dm_with(who) if look.where[-1] == DIRECT else look.where[0]

    async def _read(self, caption: Caption) -> None:
        """Leave time to read; while it is paused, until somebody says to go on."""
        seconds = (MOMENT + len(caption.what + caption.why) / LETTERS_A_SECOND) * self._pace
        until = asyncio.get_running_loop().time() + seconds
        steps = self._steps
        while self._steps == steps:
            self._told.clear()
            try:
                async with asyncio.timeout_at(until if self._state == "playing" else None):
                    await self._told.wait()
            except TimeoutError:
                return

    def _show(self, state: str, caption: Caption | None, trouble: str = "") -> None:
        self._state, self._caption, self._trouble = state, caption, trouble
        self._changed()


def _title(page: str) -> str:
    name, _, heading = page.partition("#")
    words = (heading or name.removesuffix(".md")).replace("-", " ")
    return "The API" if words == "api" else words.capitalize()
