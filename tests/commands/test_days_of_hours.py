"""The firm is closed, or open at other times, on some days: one line, shown before it is done, taken back with one."""

import pytest

from commands.export_roster import export_roster
from commands.views import Form
from coverage.timetable import write_hours
from tests.world import World, commands_of, is_refusal, words

NIGHT = """
service_hours:
  night: {timezone: Europe/London, week: "Fri 20:00-04:00", date_hours: {2026-12-25: "20:00-22:00"}}
"""


def hours(world: World, name: str = "uk-office") -> dict[str, object]:
    stored = export_roster(world.new_uow).hours
    assert stored is not None
    return write_hours(stored[name])


def confirm(world: World, line: str) -> str:
    shown = world.reply("Mia", line)
    assert not is_refusal(shown), words(shown)
    return world.say("Mia", commands_of(shown)[0])


def test_the_whole_firm_is_closed_on_some_days_and_open_again_when_that_is_taken_back(world_on_both: World) -> None:
    world = world_on_both
    world.change(NIGHT)
    before = export_roster(world.new_uow)

    done = confirm(world, "hours all closed 24 Dec - 26 Dec")

    assert done.startswith("night and uk-office: closed from Thu 24 Dec to Sat 26 Dec.")
    for name in ("uk-office", "night"):
        assert [str(day) for day in hours(world, name)["closed"]] == ["2026-12-24", "2026-12-25", "2026-12-26"]  # type: ignore[attr-defined]
        assert "date_hours" not in hours(world, name)
    world.say("Mia", "undo")
    assert export_roster(world.new_uow) == before


def test_what_is_open_then_falls_due_after_the_closure(world: World) -> None:
    world.ask()
    confirm(world, "hours uk-office closed today")
    world.wait(minutes=5)
    world.ask("And now?")

    assert world.question(2).deadlines.claim is not None
    assert f"{world.question(2).deadlines.claim:%a %H:%M}" == "Tue 09:30"


def test_other_hours_hold_on_the_days_that_are_open_anyway(world: World) -> None:
    done = confirm(world, "hours uk-office 27 Nov - 30 Nov 09:00-12:00,13:00-15:00")

    assert done.startswith("uk-office: open 09:00-12:00,13:00-15:00 from Fri 27 Nov to Mon 30 Nov.")
    assert {str(day): text for day, text in hours(world)["date_hours"].items()} == {  # type: ignore[attr-defined]
        "2026-11-27": "09:00-12:00,13:00-15:00",
        "2026-11-30": "09:00-12:00,13:00-15:00",
    }


def test_a_closure_is_a_form_too(world: World) -> None:
    assert "hours all" in commands_of(world.reply("Mia", "hours"))
    form = world.reply("Mia", "hours all")

    assert isinstance(form, Form)
    line = form.line.format(first="2026-12-24", last="2026-12-24")
    assert confirm(world, line).startswith("uk-office: closed on Thu 24 Dec.")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("hours all closed someday", "day"),
        ("hours all closed 24 Dec - 28 Dec 2027", "more than three months"),
        ("hours all closed 24 Dec pm", "whole days"),
        ("hours all closed 24 Dec and more", "and more"),
        ("hours uk-office 24 Dec", "Which hours on those days?"),
        ("hours uk-office 24 Dec 12:00-99:00", "99:00"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_changes(world: World, line: str, says: str) -> None:
    before = export_roster(world.new_uow)

    assert says in world.refused("Mia", line)
    assert export_roster(world.new_uow) == before


def test_only_managers_close_the_firm(world: World) -> None:
    for line in ("hours all", "hours all closed 24 Dec", "hours uk-office closed 24 Dec"):
        assert world.refused("Bob", line).endswith("changed by managers: Ann Lee, Mia Fox.")


def test_hours_that_are_called_all_are_meant_by_their_name(world: World) -> None:
    world.change('service_hours: {all: {timezone: Europe/London, week: "Mon 09:00-17:00"}}')

    assert words(world.reply("Bob", "hours all")).startswith("Service hours all")
