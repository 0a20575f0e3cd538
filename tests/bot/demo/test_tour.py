"""The tour of the demo's page: what its captions lead to, and how it is directed."""

import asyncio

import pytest

from bot.demo.backstage import MANUAL, DemoBackstage
from bot.demo.leave_story import PARENTAL
from bot.demo.people_stories import PEOPLE_STORIES
from bot.demo.stage import Stage
from bot.demo.stories import STORIES
from bot.playground.page.backstage import NotPossible
from bot.playground.page.manual import read

LINKS = {link for story in (*STORIES, *PEOPLE_STORIES, PARENTAL) for beat in story.beats for link in beat.manual}


@pytest.mark.parametrize("link", sorted(LINKS))
def test_each_caption_leads_to_a_part_of_the_manual_that_is_there(link: str) -> None:
    name, _, anchor = link.partition("#")
    html = read(MANUAL, name)

    assert html is not None
    assert not anchor or f'id="{anchor}"' in html


@pytest.mark.parametrize("act", ["pause", "resume", "next"])
async def test_what_is_not_under_way_cannot_be_directed(act: str) -> None:
    backstage = DemoBackstage(Stage(0))

    with pytest.raises(NotPossible, match="No tour is under way"):
        await backstage.direct(act)
    with pytest.raises(NotPossible, match="no such story"):
        await backstage.play("of nothing")


async def test_what_two_windows_stop_is_stopped() -> None:
    backstage = DemoBackstage(Stage(0))

    await backstage.direct("stop")
    await backstage.direct("stop")

    assert backstage.tour().state == "idle"


async def test_a_visitor_who_steps_in_is_told_where_the_story_stopped() -> None:
    made: list[DemoBackstage] = []

    def backstage_of(stage: Stage) -> DemoBackstage:
        made.append(DemoBackstage(stage, pace=1000))
        return made[0]

    async with Stage(0, 0, backstage_of) as stage:
        [backstage] = made
        await backstage.play("0")
        await _until(backstage, 1)
        await backstage.direct("pause")
        await backstage.direct("next")
        await _until(backstage, 2)
        [card] = stage.workspace.messages("C0NORTH")
        await stage.people.slash_command("U0CARA", "C0NORTH", "/podline", "resolve Q-1")
        async with asyncio.timeout(40):
            while "Resolved" not in stage.workspace.message("C0NORTH", card.ts).text:
                await asyncio.sleep(0.05)
        await backstage.direct("next")

        async with asyncio.timeout(40):
            while backstage.tour().state != "stuck":
                await asyncio.sleep(0.05)
        assert "The story stops at “Cara and Ann press Claim in the same instant." in backstage.tour().trouble
        await backstage.start_over()
        assert backstage.tour().state == "idle"


async def test_a_story_that_goes_on_from_another_can_be_told_alone() -> None:
    made: list[DemoBackstage] = []

    def backstage_of(stage: Stage) -> DemoBackstage:
        made.append(DemoBackstage(stage, pace=0))
        return made[0]

    async with Stage(0, 0, backstage_of):
        [backstage] = made
        await backstage.play("1")

        async with asyncio.timeout(60):
            while backstage.tour().state == "playing":
                await asyncio.sleep(0.05)
        assert backstage.tour().trouble == ""
        assert backstage.tour().state == "over"
        caption = backstage.tour().caption
        assert caption is not None
        assert (caption.what, caption.number, caption.of) == ("She asks why Q-2 came to her.", 7, 7)


async def _until(backstage: DemoBackstage, number: int) -> None:
    async with asyncio.timeout(40):
        while (caption := backstage.tour().caption) is None or caption.number < number:
            await asyncio.sleep(0.05)
