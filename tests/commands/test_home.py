"""Somebody's home: their queue, their leave, and for managers what the firm lacks."""

from datetime import timedelta

import pytest

from commands.home import home
from commands.invocation import UnknownSender
from commands.outgoing import Message, Priority, Topic
from commands.views import Button, Form, Home, Section, plain_text
from tests.world import World, user


def home_of(world: World, who: str) -> Home:
    return home(user(who), world.new_uow, world.now)


def section(shown: Home, title: str) -> Section:
    [found] = [one for one in shown.sections if one.title == title]
    return found


def lines(part: Section) -> list[str]:
    return [plain_text(row.text) for row in part.rows]


def pressed(part: Section) -> list[str]:
    """What the buttons of a section say."""
    rows = [button for row in part.rows for button in (*row.buttons, *row.more)]
    return [button.command for button in (*rows, *part.buttons)]


def test_a_home_has_what_i_have_and_what_waits_in_my_pods_with_what_is_due_next_first(world: World) -> None:
    world.ask("first")
    world.say("Bob", "claim Q-1")
    world.sleep(hours=3)
    world.ask("second")
    world.sleep(minutes=10)
    world.ask("third", client="Birch Bakery")
    world.say("Bob", "claim Q-3")

    shown = home_of(world, "Bob")

    assert plain_text(shown.text) == "You have 2 questions; 1 question in your pods waits to be claimed."
    assert lines(section(shown, "Due next")) == [
        "Mon 23 Nov 13:30: claim Q-2 Acme Ltd: second",
        "Mon 23 Nov 14:00: answer Q-1 Acme Ltd: first",
        "Mon 23 Nov 17:10: answer Q-3 Birch Bakery: third",
    ]
    assert lines(section(shown, "Yours")) == [
        "Q-1 Acme Ltd: first (claimed, due Mon 23 Nov 14:00)",
        "Q-3 Birch Bakery: third (claimed, due Mon 23 Nov 17:10)",
    ]
    assert pressed(section(shown, "Yours"))[:2] == ["answered Q-1", "handoff Q-1"]
    assert pressed(section(shown, "Waiting in your pods")) == ["claim Q-2"]
    assert [one.command for one in shown.buttons] == ["question", "client", "coverage", "help"]


def test_what_was_missed_is_said_to_be_missed(world: World) -> None:
    world.ask()
    world.sleep(hours=1)

    shown = home_of(world, "Bob")

    assert lines(section(shown, "Due next")) == [
        "Mon 23 Nov 10:30 (missed): claim Q-1 Acme Ltd: How do we file the return?"
    ]
    assert "claim due Mon 23 Nov 10:30, missed" in lines(section(shown, "Waiting in your pods"))[0]


def test_long_lists_say_how_many_more_there_are_and_lead_to_them(world: World) -> None:
    for number in range(23):
        world.ask(f"question {number}")

    shown = home_of(world, "Bob")

    waiting = section(shown, "Waiting in your pods")
    assert lines(waiting)[-1] == "and 13 more"
    assert pressed(waiting)[-1] == "mine 2"
    assert len(lines(section(shown, "Due next"))) == 3


def test_my_leave_is_there_to_be_taken_back(world: World) -> None:
    world.say("Bob", "leave 3 Aug - 14 Aug annual leave")

    leave = section(home_of(world, "Bob"), "Your leave")

    assert lines(leave) == ["Tue 3 Aug 2027 to Sat 14 Aug 2027, annual"]
    assert pressed(leave) == ["leave cancel 2027-08-03 - 2027-08-14", "leave"]


def test_a_manager_marks_a_colleagues_leave_from_home(world: World) -> None:
    assert "leave for" in pressed(section(home_of(world, "Ann"), "Your leave"))
    assert "leave for" not in pressed(section(home_of(world, "Bob"), "Your leave"))

    form = world.reply("Ann", "leave for")

    assert isinstance(form, Form)
    filled = form.line.format(whose="<@U0BOB>", first="2026-12-01", last="", half="", kind="sick")
    assert world.say("Ann", filled) == "Bob Roy is away on Tue 1 Dec 2026."
    assert (
        world.refused("Bob", "leave for")
        == "Only your colleagues and managers can mark their leave (Ann Lee, Mia Fox)."
    )


def test_of_much_leave_the_next_is_shown_and_the_rest_is_one_button_away(world: World) -> None:
    for day in range(1, 9):
        world.say("Bob", f"leave 2027-02-0{day}")

    leave = section(home_of(world, "Bob"), "Your leave")

    assert lines(leave)[-1] == "and 3 more"
    assert pressed(leave)[-2:] == ["leave list", "leave"]


def test_only_managers_see_what_the_firm_lacks(world: World) -> None:
    about_the_firm = {"Set-up", "Gaps of the next two weeks", "Alarms of the last 7 days"}

    assert about_the_firm & {one.title for one in home_of(world, "Bob").sections} == set()
    assert about_the_firm <= {one.title for one in home_of(world, "Mia").sections}


def test_somebody_in_no_pod_is_not_told_of_pods(world: World) -> None:
    assert "Waiting in your pods" not in [one.title for one in home_of(world, "Mia").sections]


def test_gaps_are_worst_first_and_capped(world: World) -> None:
    world.change(
        "clients: ["
        + ", ".join(f"{{name: Client {number}, pod: South, named_contact: dan@firm.example}}" for number in range(12))
        + "]"
    )
    world.say("Ann", "leave tomorrow")
    world.say("Bob", "leave tomorrow")

    gaps = section(home_of(world, "Mia"), "Gaps of the next two weeks")

    assert lines(gaps)[0] == "Acme Ltd (North): nobody on Tue 24 Nov"
    assert len(lines(gaps)) == 9
    assert lines(gaps)[-1] == "and 6 more"
    assert [one for one in pressed(gaps) if not one.startswith("client ")] == ["coverage"]
    assert pressed(gaps)[0] == "client Acme Ltd learning cara@firm.example"


def test_each_alarm_is_shown_once_however_many_were_told_and_one_that_told_nobody_is_marked(
    world_on_both: World,
) -> None:
    world = world_on_both
    with world.new_uow() as uow:
        people = {one.name: one.id for one in uow.firm().people.values()}
        for key, who, why in (
            ("a", "Ann Lee", "North is gone"),
            ("b", "Mia Fox", "North is gone"),
            ("c", "Cara Diaz", "?"),
        ):
            alarm = Message(key, Topic.ALARM, Priority.ESCALATION, to_person=people[who], facts={"why": why})
            uow.outbox.add(alarm, world.now)
        uow.commit()
    with world.new_uow() as uow:
        leased = {one.message.key: one.id for one in uow.outbox.lease(world.now, timedelta(seconds=60), 10)}
        uow.outbox.mark_sent(leased["a"], world.now, "ts-1")
        uow.outbox.retry(leased["c"], world.now, unclear=False, why="the channel is archived")
        uow.commit()

    alarms = lines(section(home_of(world, "Ann"), "Alarms of the last 7 days"))

    assert alarms == [
        "Mon 23 Nov 10:00: ? Not delivered: the channel is archived",
        "Mon 23 Nov 10:00: North is gone",
    ]


def test_alarms_older_than_a_week_are_not_shown(world: World) -> None:
    world.dead["C0NORTH"] = "the channel is archived"
    world.ask()
    world.wait(minutes=1)
    assert lines(section(home_of(world, "Ann"), "Alarms of the last 7 days"))

    world.sleep(days=8)

    assert not lines(section(home_of(world, "Ann"), "Alarms of the last 7 days"))


def test_looking_changes_nothing_and_nobody_unknown_has_a_home(world: World) -> None:
    world.ask()
    world.deliver()
    before = world.question(), world.happened()

    home_of(world, "Ann")

    assert (world.question(), world.happened()) == before
    assert world.deliver() == []
    with pytest.raises(UnknownSender):
        home_of(world, "Zoe")


def test_every_button_of_a_home_is_a_line_that_works(world: World) -> None:
    world.ask("first")
    world.ask("second")
    world.say("Ann", "claim Q-1")
    world.say("Ann", "leave 3 Aug - 14 Aug annual leave")
    shown = home_of(world, "Ann")

    lines_to_type = [one.command for one in _buttons(shown)]

    assert len(lines_to_type) >= 10
    for line in lines_to_type:
        with world.new_uow.reading():
            reply = world.reply("Ann", line)
        assert "I do not know" not in str(reply), line


def _buttons(shown: Home) -> list[Button]:
    rows = [row for part in shown.sections for row in part.rows]
    of_rows = [button for row in rows for button in (*row.buttons, *row.more)]
    return [*shown.buttons, *of_rows, *(button for part in shown.sections for button in part.buttons)]


def test_a_manager_changes_the_set_up_from_home_also_when_nothing_is_missing(world: World) -> None:
    shown = home_of(world, "Mia")

    assert pressed(section(shown, "Set-up"))[-4:] == ["pod", "pod new", "client new", "hours"]
    assert pressed(section(shown, "Calendar feeds")) == ["feed add"]
