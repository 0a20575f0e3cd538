"""Three leaves from their beginning to their end: no question is ever nobody's, nobody away is ever called."""

from dataclasses import replace

import pytest

from commands.briefs import brief
from tests.commands.leave_stories import Story, holiday, parental_leave, sick_morning
from tests.world import World


def test_a_two_week_holiday_is_announced_covered_and_told_of_afterwards(world_on_both: World) -> None:
    story = Story(world_on_both)

    holiday(story)

    assert story.topics_to("Ann").count("hand_over") == 1
    assert story.topics_to("Mia").count("gaps") == 1
    [back] = [one for one in story.sent if one.topic == "return"]
    assert (back.to, f"{back.at:%a %d}") == ("Ann", "Mon 14")
    assert "Who are you? (answered, Bob Roy)" in back.text
    assert story.world.happened(2).count("offered") == 2, "what she had when she went is her pod's again"
    assert story.topics_to("Mia").count("outlook") == 4


def test_what_somebody_has_who_is_sick_this_morning_is_her_pods_at_once_and_answered_by_a_colleague(
    world_on_both: World,
) -> None:
    story = Story(world_on_both)

    sick_morning(story)

    offered = [row for row in story.world.history(1) if row.what == "offered"]
    assert [f"{row.at:%a %H:%M}" for row in offered] == ["Mon 16:05", "Tue 07:45", "Tue 13:00"]
    assert "skipped" in story.world.happened(2), "nobody of North is there: the next step is taken at once"
    assert "hand_over" not in story.topics_to("Ann")


def test_a_parental_leave_of_half_a_year_is_covered_by_a_colleague_who_learns_the_client(world_on_both: World) -> None:
    story = Story(world_on_both)

    parental_leave(story)

    assert "cover" in story.topics_to("Dan")
    assert story.world.owner(1) == "Dan"
    assert "Dan Low, is learning them, 5 questions answered" in story.world.say("Bob", "who Birch Bakery")
    [back] = [one for one in story.sent if one.topic == "return"]
    assert back.to == "Cara"
    assert "Late in May? (answered, Dan Low)" in back.text


def test_the_stories_notice_when_somebody_away_is_called(world: World) -> None:
    """Told to somebody who has fallen ill since, were it sent without looking again."""
    story = Story(world)
    story.say("Ann", "leave 24 Nov - 27 Nov")
    brief(world.new_uow, world.now)
    [told, *_] = [one for one in world.deliver() if one.to == "Ann"]
    world.now = told.at.replace(day=25)
    late = replace(told, at=world.now)

    with pytest.raises(AssertionError, match="while they are away"):
        story.look_at([late])
