"""A second fetch of the same feed: what changed, and when it must not be believed."""

import pytest

from coverage.leave.changes import HeldBack
from tests.coverage.leave.calendars import a_calendar, an_event, changed

ANN = ("Ann Lee - leave", "20260309", "20260314")


def short(before: bytes, after: bytes) -> list[tuple[str, str]]:
    return [(one.uid, one.change.value) for one in changed(before, after)]


@pytest.mark.parametrize(
    ("first", "end", "change"),
    [
        ("20260316", "20260321", "moved"),
        ("20260309", "20260312", "shortened"),
        ("20260311", "20260314", "shortened"),
        ("20260309", "20260316", "extended"),
        ("20260305", "20260314", "extended"),
        ("20260311", "20260318", "moved"),
        ("20260601", "20260605", "moved"),
    ],
)
def test_new_days_of_an_event_are_named_for_what_they_do(first: str, end: str, change: str) -> None:
    assert short(a_calendar(an_event(*ANN)), a_calendar(an_event(ANN[0], first, end))) == [("u", change)]


def test_a_whole_day_that_becomes_half_is_shorter() -> None:
    before, after = (
        an_event("Ann Lee - leave", "20260309", "20260310"),
        an_event("Ann Lee - leave pm", "20260309", "20260310"),
    )

    assert short(a_calendar(before), a_calendar(after)) == [("u", "shortened")]
    assert short(a_calendar(after), a_calendar(before)) == [("u", "extended")]


def test_what_came_and_what_went_is_said_and_the_rest_is_not() -> None:
    stays = an_event("Cara Diaz - leave", uid="stays")
    before = a_calendar(stays, an_event(*ANN, uid="went"))
    after = a_calendar(stays, an_event("Bo Chen - leave", uid="came"))

    assert short(before, after) == [("came", "added"), ("went", "removed")]


def test_cancelled_leave_is_removed() -> None:
    assert short(a_calendar(an_event(*ANN)), a_calendar(an_event(*ANN, more="STATUS:CANCELLED"))) == [("u", "removed")]


def test_what_fell_out_of_the_feeds_past_is_not_removed() -> None:
    past = an_event("Ann Lee - leave", "20260216", "20260218", uid="past")
    coming = an_event("Bo Chen - leave", uid="coming")

    assert short(a_calendar(past, coming), a_calendar(coming)) == []


def test_a_day_taken_out_of_a_series_shortens_it() -> None:
    series = an_event("Ann Lee - off", "20260306", "20260307", more="RRULE:FREQ=WEEKLY;COUNT=3")

    assert short(a_calendar(series), a_calendar(f"{series}\nEXDATE;VALUE=DATE:20260313")) == [("u", "shortened")]


def test_new_uids_at_each_fetch_change_nothing() -> None:
    events = [("Ann Lee - leave", "20260309", "20260314"), ("Bo Chen - leave", "20260316", "20260318")]
    before = a_calendar(*(an_event(*event, uid=f"old-{number}") for number, event in enumerate(events)))
    after = a_calendar(*(an_event(*event, uid=f"new-{number}") for number, event in enumerate(events)))

    assert short(before, after) == []


def test_new_uids_do_not_hide_a_change() -> None:
    before = a_calendar(an_event(*ANN, uid="old-1"), an_event("Bo Chen - leave", uid="old-2"))
    after = a_calendar(
        an_event("Ann Lee - leave", "20260309", "20260312", uid="new-1"), an_event("Bo Chen - leave", uid="new-2")
    )

    assert short(before, after) == [("new-1", "shortened")]


def test_one_uid_for_all_is_told_apart_by_person_and_days() -> None:
    events = [an_event("Ann Lee - leave", f"202603{day:02}", f"202603{day + 1:02}", uid="same") for day in (3, 10, 17)]

    assert short(a_calendar(*events), a_calendar(*events[:2])) == [("same", "removed")]


@pytest.mark.parametrize(
    ("had", "lost", "is_held"), [(4, 3, True), (3, 3, True), (6, 3, False), (5, 2, False), (2, 1, False), (2, 2, True)]
)
def test_a_feed_that_loses_most_of_what_comes_is_held_back(had: int, lost: int, is_held: bool) -> None:
    events = [
        an_event("Ann Lee - leave", f"202603{day:02}", f"202603{day + 1:02}", uid=f"e{day}")
        for day in range(10, 10 + had)
    ]
    before, after = a_calendar(*events), a_calendar(*events[lost:])

    if is_held:
        with pytest.raises(HeldBack, match=r"confirm"):
            changed(before, after)
    else:
        assert {change for _, change in short(before, after)} == {"removed"}


def test_past_events_that_leave_the_feed_are_no_loss() -> None:
    past = [an_event("Ann Lee - leave", f"202602{day}", f"202602{day}", uid=f"e{day}") for day in range(10, 20)]
    coming = an_event("Bo Chen - leave", uid="coming")

    assert short(a_calendar(*past, coming), a_calendar(coming)) == []
