"""The sender while a platform is ill: the log and the managers know, and nothing is given up."""

import pytest

from bot.delivery import DELAYED
from bot.platform import NotItsTurn, TryLater, Unclear
from coverage.ids import QuestionNumber
from tests.bot.desk import Desk


async def test_each_try_in_vain_is_logged_with_the_question_and_the_reason(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.queue("hello", question=QuestionNumber(7))
    desk.platform.then = [TryLater("Slack cannot be reached"), Unclear("no answer")]

    await desk.delivery.drain()
    await desk.after(5)

    warned = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert warned == [
        "Message 1 (alarm about Q-7) did not arrive at try 1 (later) and is tried again: Slack cannot be reached",
        "Message 1 (alarm about Q-7) did not arrive at try 2 (unclear) and is tried again: no answer",
    ]


async def test_after_several_tries_in_vain_the_managers_are_told_and_it_is_tried_until_it_arrives(desk: Desk) -> None:
    desk.queue("hello")
    desk.platform.then = [TryLater("ill"), Unclear("ill")] * DELAYED

    for _ in range(DELAYED - 1):
        await desk.after(301 * 1.2)
    before = list(desk.late)
    await desk.after(301 * 1.2)
    told = list(desk.late)
    for _ in range(2 * DELAYED):
        await desk.after(301 * 1.2)

    assert (before, told) == ([], [("hello", "ill")])
    assert desk.said == ["hello"]
    assert desk.buried == []


async def test_a_platform_that_asks_for_a_few_short_pauses_is_no_alarm(desk: Desk) -> None:
    desk.queue("hello")
    desk.platform.then = [TryLater("Slack asked us to wait", 1) for _ in range(2 * DELAYED)]

    for _ in range(2 * DELAYED + 1):
        await desk.after(1)

    assert (desk.said, desk.late) == (["hello"], [])


async def test_what_we_hold_back_ourselves_counts_no_try(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.queue("hello")
    desk.platform.then = [NotItsTurn("not yet", 1) for _ in range(3 * DELAYED)]

    for _ in range(3 * DELAYED + 1):
        await desk.after(1)

    assert desk.said == ["hello"]
    assert desk.late == []
    assert not caplog.records
