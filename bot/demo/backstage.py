"""What the demo's page can do to the firm: its clock, leave, the tour, beginning again."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.acts import WaitUntil
from bot.demo.calendars import leave_of
from bot.demo.firm import roles
from bot.demo.gallery import gallery
from bot.demo.leave_story import PARENTAL
from bot.demo.people_stories import PEOPLE_STORIES
from bot.demo.stage import HOME, Stage
from bot.demo.stories import STORIES
from bot.demo.tour import Tour
from bot.playground.page import backstage
from bot.playground.page.backstage import Move, NotPossible, Part, ServiceClock, Unsubscribe
from commands.ports import NewUnitOfWork
from coverage.firm import Firm
from coverage.service_hours import ServiceHours

_ROOT = Path(__file__).parents[2]
MANUAL = _ROOT / "docs"
RENDERER = tuple(
    _ROOT / "node_modules" / script
    for script in ("markdown-it/dist/markdown-it.min.js", "adaptivecards/dist/adaptivecards.min.js")
)
"""There after `make cards`."""
TURNING = 1.2
"""Real seconds in which the clock runs to where it is turned: time passes, so what is due on the way happens then."""
LOOKED_UP_EVERY = 2.0
_MONDAY_NINE = WaitUntil(0, clock_time(9))
_SPANS = {"+15m": timedelta(minutes=15), "+2h": timedelta(hours=2)}
_SPEEDS = {"60x": 60.0, "1x": 1.0}
_MOVES = (
    Move("+15m", "+15 min"),
    Move("+2h", "+2 h"),
    Move("monday", "to Monday 9:00"),
    Move("60x", "1 min a second"),
    Move("1x", "real time"),
)


class DemoBackstage:
    """Give its class to the stage, which makes one: it lives as long as the demo and survives each new beginning."""

    manual = MANUAL
    renderer: Sequence[Path] = RENDERER
    moves: Sequence[Move] = _MOVES

    def __init__(self, stage: Stage, pace: float = 1.0) -> None:
        self._stage = stage
        self._listeners: list[Callable[[], None]] = []
        self._tasks: set[asyncio.Task[Any]] = set()
        self._roles = roles(stage.roster)
        self._firm: tuple[float, Firm] | None = None
        self._gallery: Sequence[Part] | None = None
        self._tour = Tour(stage, (*STORIES, *PEOPLE_STORIES, PARENTAL), self._changed, pace)

    async def close(self) -> None:
        """End what is under way."""
        await self._tour.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def now_shown(self) -> str:
        """London's time."""
        now = self._now()
        return f"{now:%A} {now.day} {now:%B %Y, %H:%M}"

    def clocks(self) -> Sequence[ServiceClock]:
        """Of each pod; none while Podline is down."""
        firm = self._firm_now()
        if firm is None:
            return ()
        now = self._now()
        return [ServiceClock(pod.name, _clock_words(firm.hours_of(pod.id), now)) for pod in firm.pods.values()]

    def role_of(self, user: str) -> str:
        """Manager, and the pods somebody is in."""
        return self._roles.get(user, "")

    def tour(self) -> backstage.Tour:
        """How far the tour is."""
        return self._tour.shown()

    def on_change(self, listener: Callable[[], None]) -> Unsubscribe:
        """Call `listener` when the clock was turned or the tour went on."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def gallery(self) -> Sequence[Part]:
        """Made once: it takes a second."""
        if self._gallery is None:
            self._gallery = await asyncio.to_thread(gallery)
        return self._gallery

    async def move(self, name: str) -> None:
        """Let time pass, fast, or run at another speed."""
        clock = self._stage.clock
        if name in _SPANS:
            clock.hurry_to(clock.now() + _SPANS[name], TURNING)
        elif name == "monday":
            clock.hurry_to(_MONDAY_NINE.after(self._now()), TURNING)
        elif name in _SPEEDS:
            clock.run_at(_SPEEDS[name])
        else:
            raise NotPossible(f"The clock knows no “{name}”.")
        self._changed()

    async def fall_ill(self, user: str) -> str:
        """They write to Podline, as they would from their bed."""
        person = self._person(user)
        workspace = self._stage.workspace
        answer = await self._stage.people.say(user, workspace.dm_with(user), "I'm sick today")
        if answer.error:
            raise NotPossible(f"Podline does not hear {person} at the moment ({answer.error}). Try again.")
        return f"{person} has written to Podline: I'm sick today. Whatever they had is offered to their pod again."

    async def take_calendar(self, user: str, name: str, content: bytes) -> str:
        """Import the leave in it, as `podline leave import` would."""
        person, new_uow = self._person(user), self._podline()
        email = self._stage.workspace.person(user).email
        said = await asyncio.to_thread(leave_of, email, name, content, new_uow, self._stage.clock.now())
        return f"{name} of {person}: {said}"

    async def play(self, scene: str) -> None:
        """Begin the tour."""
        self._tour.play(scene)

    async def direct(self, act: str) -> None:
        """Pause, resume, next, stop."""
        self._tour.direct(act)

    async def start_over(self) -> None:
        """Begin again, a moment later: the page's own server ends and comes back for it."""
        self._tour.stop()
        self._later(self._stage.start_over())

    def _later(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _changed(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    def _now(self) -> datetime:
        return self._stage.clock.now().astimezone(HOME)

    def _person(self, user: str) -> str:
        workspace = self._stage.workspace
        if user not in workspace.people or workspace.is_outside(user):
            raise NotPossible("Only people of the firm have leave here. Choose one of them.")
        return workspace.person(user).real_name.split()[0]

    def _podline(self) -> NewUnitOfWork:
        if self._stage.new_uow is None:
            raise NotPossible("Podline is not running at the moment. Try again in a second.")
        return self._stage.new_uow

    def _firm_now(self) -> Firm | None:
        """The set-up, looked up again every other second."""
        now = time.monotonic()
        if self._firm is not None and now - self._firm[0] < LOOKED_UP_EVERY:
            return self._firm[1]
        if self._stage.new_uow is None:
            return self._firm[1] if self._firm else None
        with self._stage.new_uow.reading() as uow:
            self._firm = (now, uow.firm())
        return self._firm[1]


def _clock_words(hours: ServiceHours, now: datetime) -> str:
    """``open until 17:30``, or when it opens next, in the zone of the hours where that is not London."""
    zone = ZoneInfo(hours.timezone)
    where = "" if hours.timezone == HOME.key else f" in {zone.key.rpartition('/')[2].replace('_', ' ')}"
    if hours.is_open_at(now):
        window = next(iter(hours.windows(now, now + timedelta(days=2))))
        return f"open until {window.end.astimezone(zone):%H:%M}{where}"
    opening = hours.next_opening(now).astimezone(zone)
    day = "" if opening.date() == now.astimezone(zone).date() else f"{opening:%A} "
    return f"closed until {day}{opening:%H:%M}{where}"
