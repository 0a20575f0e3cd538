"""Nothing a colleague can see tells sick leave from a holiday: each story is played once with either, and compared."""

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import structlog

from bot.clock import PushedClock
from bot.counting import CountingUnitsOfWork
from bot.logs import set_up_logging
from bot.metrics import Metrics
from bot.slack.home import to_home
from bot.slack.render import to_message
from bot.web.health import Health
from bot.web.site import site
from commands.home import home
from storage.engine import open_engine
from storage.figures import figures
from storage.unit_of_work import UnitsOfWork
from tests import databases
from tests.bot.web.conftest import TOKEN, tokens
from tests.commands.leave_stories import STORIES, Story
from tests.world import World, user

LOOKS = (
    "coverage", "coverage Acme", "coverage Birch Bakery", "who Acme", "who Birch Bakery", "pod North", "pod South",
    "client Acme", "client Birch Bakery", "explain Q-1", "explain Q-2", "mine", "leave list",
)  # fmt: skip
KINDS = re.compile(r"\b(?:sick\w*|ill|annual|holidays?|parental|vacation)\b", re.IGNORECASE)
COLLEAGUE = "Dan"
"""Neither a manager nor, in these stories, ever away."""


@pytest.fixture
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers, root.level)
    yield
    root.handlers, root.level = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.usefixtures("_logging_as_before")
async def test_sick_leave_looks_like_a_holiday_to_everybody_else(
    tmp_path: Path, sqlite_template: Path, name: str
) -> None:
    seen = {}
    for kind in ("sick", "annual leave"):
        folder = tmp_path / kind
        folder.mkdir()
        seen[kind] = await everything(databases.copy_of_sqlite_template(folder, sqlite_template), name, kind)

    sick, holiday = seen.values()
    assert sick.keys() == holiday.keys()
    for what, shown in sick.items():
        assert shown == holiday[what], what
        assert not KINDS.search(shown), what
    assert "while they are away" not in sick["sent"]
    assert "away" in sick["looked at"] or "away" in sick["sent"], "the story tells of leave"


async def everything(url: str, name: str, kind: str) -> dict[str, str]:
    """All that was sent, that colleagues look at, logged, counted and exposed, by where it is to be seen."""
    engine, metrics, log = open_engine(url), Metrics(), io.StringIO()
    set_up_logging(stream=log, readable=False)
    try:
        metrics.read_from(lambda: figures(engine), lambda: story.world.now)
        story = Story(World(CountingUnitsOfWork(UnitsOfWork(engine), metrics.happened)))
        looked: list[str] = []
        STORIES[name](story, kind)
        story.world.say("Bob", "leave tomorrow " + kind)
        looked += [str(to_message(story.world.reply(COLLEAGUE, line), {})) for line in LOOKS]
        looked.append(str(to_home(home(user(COLLEAGUE), story.world.new_uow, story.world.now), {})))
        return {
            "sent": "\n".join(map(str, story.sent)),
            "looked at": "\n".join(looked),
            "history": "\n".join(str(row) for number in (1, 2) for row in _history(story.world, number)),
            "api": await _over_http(story.world, metrics),
            "logged": _without_times(log.getvalue()),
        }
    finally:
        engine.dispose()


def _history(world: World, number: int) -> list[object]:
    return list(world.history(number)) if number <= world.number_of_questions() else []


async def _over_http(world: World, metrics: Metrics) -> str:
    app = site(world.new_uow, PushedClock(world.now), tokens(), Health(), metrics)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://podline.example", headers=headers
    ) as client:
        pages = [await client.get(path) for path in ("/api/v1/questions", "/api/v1/questions/Q-1", "/metrics")]
    assert [page.status_code for page in pages] == [200, 200, 200]
    return "\n".join(page.text for page in pages)


def _without_times(logged: str) -> str:
    return re.sub(r'"timestamp": ?"[^"]*"', "", logged)
