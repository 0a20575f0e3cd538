"""Leave as it is typed: marked, listed, cancelled whole, in the middle and by halves; and what colleagues see of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from commands.away import offer_what_the_absent_have
from commands.ports import StoredAbsence
from commands.views import Form, Listing, Notice
from coverage.absence import Half, HalfDay, Kind
from tests.commands.broken import FailingFor
from tests.world import World, buttons, commands_of, words


def leave_of(world: World, who: str) -> list[str]:
    """The rows of the person's list."""
    reply = world.reply(who, "leave list")
    assert isinstance(reply, Listing)
    return words(reply).splitlines()[1:] if reply.rows else []


def stored(world: World) -> list[StoredAbsence]:
    with world.new_uow.reading() as uow:
        return uow.absences.of_source("marked")


def test_leave_is_marked_and_listed(world_on_both: World) -> None:
    world = world_on_both

    assert world.say("Bob", "leave 3 Aug - 14 Aug annual leave") == (
        "You are away from Tue 3 Aug 2027 to Sat 14 Aug 2027."
    )
    assert leave_of(world, "Bob") == ["Tue 3 Aug 2027 to Sat 14 Aug 2027, annual"]


def test_a_half_day_begins_or_ends_at_noon(world: World) -> None:
    assert world.say("Bob", "leave today pm") == "You are away on Mon 23 Nov 2026, in the afternoon."
    assert world.say("Bob", "leave 3 Aug - 14 Aug pm").endswith("from Tue 3 Aug 2027, from noon to Sat 14 Aug 2027.")
    assert world.say("Bob", "leave 1 Sep - 3 Sep am").endswith("from Wed 1 Sep 2027 to Fri 3 Sep 2027, until noon.")
    assert stored(world)[0].starts_at == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def test_the_same_leave_twice_is_one_and_a_kind_may_be_added(world: World) -> None:
    world.say("Bob", "leave today")

    assert world.say("Bob", "leave today") == "You are away on Mon 23 Nov 2026 already."
    world.say("Bob", "leave today sick")
    world.say("Bob", "leave today")

    assert [one.absence.kind for one in stored(world)] == [Kind.SICK]


def test_leave_that_overlaps_is_cancelled_together(world: World) -> None:
    world.say("Bob", "leave 3 Aug - 10 Aug")
    world.say("Bob", "leave 5 Aug - 14 Aug")

    assert world.say("Bob", "leave cancel 7 Aug") == (
        "The leave on Sat 7 Aug 2027 is cancelled. You are still away from Tue 3 Aug 2027 to Fri 6 Aug 2027 "
        "and from Sun 8 Aug 2027 to Sat 14 Aug 2027."
    )

    assert leave_of(world, "Bob") == [
        "Tue 3 Aug 2027 to Fri 6 Aug 2027, other",
        "Thu 5 Aug 2027 to Fri 6 Aug 2027, other",
        "Sun 8 Aug 2027 to Tue 10 Aug 2027, other",
        "Sun 8 Aug 2027 to Sat 14 Aug 2027, other",
    ]


@pytest.mark.parametrize(
    ("marked", "cancelled", "left"),
    [
        ("3 Aug - 14 Aug", "3 Aug - 14 Aug", []),
        ("3 Aug - 14 Aug", "1 Aug - 30 Aug", []),
        ("3 Aug - 14 Aug", "3 Aug", ["Wed 4 Aug 2027 to Sat 14 Aug 2027"]),
        ("3 Aug - 14 Aug", "14 Aug", ["Tue 3 Aug 2027 to Fri 13 Aug 2027"]),
        ("3 Aug - 14 Aug pm", "3 Aug", ["Wed 4 Aug 2027 to Sat 14 Aug 2027"]),
        ("3 Aug - 14 Aug pm", "4 Aug - 14 Aug", ["Tue 3 Aug 2027, in the afternoon"]),
        ("3 Aug - 14 Aug am", "13 Aug", ["Tue 3 Aug 2027 to Thu 12 Aug 2027", "Sat 14 Aug 2027, in the morning"]),
        ("3 Aug - 14 Aug am", "14 Aug", ["Tue 3 Aug 2027 to Fri 13 Aug 2027"]),
        ("3 Aug pm", "3 Aug", []),
        ("3 Aug", "3 Aug pm", ["Tue 3 Aug 2027, in the morning"]),
        ("3 Aug", "3 Aug am", ["Tue 3 Aug 2027, in the afternoon"]),
        ("3 Aug pm", "3 Aug pm", []),
        ("3 Aug pm", "3 Aug am", ["Tue 3 Aug 2027, in the afternoon"]),
        (
            "3 Aug - 5 Aug",
            "4 Aug pm",
            ["Tue 3 Aug 2027 to Wed 4 Aug 2027, until noon", "Thu 5 Aug 2027"],
        ),
        (
            "3 Aug - 5 Aug",
            "4 Aug am",
            ["Tue 3 Aug 2027", "Wed 4 Aug 2027, from noon to Thu 5 Aug 2027"],
        ),
    ],
)
def test_cancelling_cuts_only_what_was_said(world: World, marked: str, cancelled: str, left: list[str]) -> None:
    world.say("Bob", f"leave {marked}")

    world.say("Bob", f"leave cancel {cancelled}")

    assert leave_of(world, "Bob") == [f"{days}, other" for days in left]


def test_cancelling_today_means_today(world: World) -> None:
    world.say("Bob", "leave today - Wed")

    assert world.say("Bob", "leave cancel today") == (
        "The leave on Mon 23 Nov 2026 is cancelled. You are still away from Tue 24 Nov 2026 to Wed 25 Nov 2026."
    )

    assert leave_of(world, "Bob") == ["Tue 24 Nov 2026 to Wed 25 Nov 2026, other"]


def test_cancelling_what_is_not_there_says_where_to_look(world: World) -> None:
    assert world.refused("Bob", "leave cancel 3 Aug") == (
        "No leave is marked on Tue 3 Aug 2027. leave list shows what is."
    )
    assert world.refused("Bob", "leave cancel").startswith("Which days? Write it as 3 Aug")


def test_what_is_marked_can_be_taken_back_by_its_button(world: World) -> None:
    for line in ("leave 3 Aug - 14 Aug pm", "leave today"):
        [undo] = buttons(world.reply("Bob", line))
        world.say("Bob", undo.command)

    assert stored(world) == []


def test_each_row_of_the_list_has_a_button_that_cancels_it(world: World) -> None:
    world.say("Bob", "leave today")
    world.say("Ann", "leave for bob@firm.example 3 Aug - 14 Aug")

    for command in commands_of(world.reply("Ann", "leave for bob@firm.example list")):
        world.say("Ann", command)

    assert stored(world) == []


def test_only_the_person_sees_every_kind(world: World) -> None:
    world.say("Bob", "leave 3 Aug sick")
    world.say("Bob", "leave 4 Aug annual leave")
    world.say("Bob", "leave 5 Aug training")

    own = words(world.reply("Bob", "leave list"))
    managers = words(world.reply("Ann", "leave for @Bob Roy list"))

    assert [kind in own for kind in ("sick", "annual", "training")] == [True, True, True]
    assert [kind in managers for kind in ("sick", "annual", "training", "away")] == [False, True, True, True]
    world.change("settings: {managers_see_every_kind: true}")
    assert "sick" in words(world.reply("Ann", "leave for @Bob Roy list"))


@pytest.mark.parametrize("line", ["who Acme", "client Acme", "pod North", "explain Q-1", "handoff Q-1 @Annie"])
def test_nobody_reads_why_a_colleague_is_away(world: World, line: str) -> None:
    world.say("Ann", "leave today sick")
    world.ask()
    world.say("Bob", "claim Q-1")

    said = words(world.reply("Bob", line))

    assert "away until Mon 23 Nov" in said
    assert "sick" not in said


def test_the_form_for_a_colleague_marks_the_colleagues_leave(world: World) -> None:
    form = world.reply("Ann", "leave for @Bob Roy")
    assert isinstance(form, Form)
    filled = form.line.format(first="2026-12-01", last="2026-12-02", half="", kind="sick")

    assert world.say("Ann", filled) == "Bob Roy is away from Tue 1 Dec 2026 to Wed 2 Dec 2026."
    own = world.reply("Ann", "leave")
    assert isinstance(own, Form)
    assert own.line == "leave {first} - {last} {half} {kind}"
    assert [one.fields[-1].hint for one in (own, form)] == ["Only you see every kind", "Only Bob Roy sees every kind"]


def test_whoever_falls_ill_gives_their_open_questions_to_the_pod_at_once(world_on_both: World) -> None:
    world = world_on_both
    world.ask("claimed")
    world.say("Ann", "claim Q-1")
    world.ask("waiting")
    world.say("Ann", "claim Q-2")
    world.say("Ann", "waiting Q-2")
    world.ask("done")
    world.say("Ann", "resolve Q-3")
    world.deliver()

    assert world.say("Ann", "leave today sick") == (
        "You are away on Mon 23 Nov 2026. Offered to the pod again: Q-1, Q-2."
    )

    sent = world.must_send(*["C0NORTH redrawn", "C0NORTH thread: called"] * 2)
    assert {one.calls for one in sent if one.in_thread} == {("Bob Roy",)}
    assert sent[-1].text.startswith("Its claimer is away, so it is offered again. Bob Roy, can you take Q-")
    assert world.owner(3) == "Ann"
    assert world.wait(minutes=1) == []


def test_whoever_falls_ill_is_not_called_any_more_but_somebody_else_is(world_on_both: World) -> None:
    world = world_on_both
    question = world.ask()
    world.deliver()

    world.say("Ann", "leave today sick")

    [card, call] = world.must_send("C0NORTH redrawn", "C0NORTH thread: called")
    assert call.calls == ("Bob Roy",)
    assert "Calling Bob Roy: Ann Lee is away until Mon 23 Nov." in card.text
    assert world.question().offered_at == question.offered_at


def test_when_the_last_one_of_the_pod_falls_ill_the_next_step_fires_at_once(world: World) -> None:
    world.ask()
    world.deliver()
    world.say("Bob", "leave today")

    world.say("Ann", "leave today")

    world.must_send("C0NORTH redrawn", "C0TEAM: step")
    assert world.called() == []


def test_a_named_contact_of_another_pod_is_replaced_too(world: World) -> None:
    world.change("clients: [{name: Acme Ltd, pod: North, named_contact: cara@firm.example}]")
    world.ask()
    assert world.called() == ["Cara"]

    world.say("Cara", "leave today")

    assert world.called() in (["Ann"], ["Bob"])


def test_leave_that_begins_later_acts_when_it_begins(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    world.say("Ann", "claim Q-1")
    world.say("Ann", "answered Q-1")
    world.ask()
    world.say("Ann", "claim Q-2")
    world.say("Ann", "waiting Q-2")
    world.say("Ann", "leave today pm")
    world.deliver()

    assert world.wait(hours=2, minutes=59) == []
    sent = world.wait(minutes=1)

    assert sorted(one.line for one in sent) == ["C0NORTH redrawn"] * 2 + ["C0NORTH thread: called"] * 2


def test_leave_that_begins_at_night_calls_nobody_before_the_morning(world: World) -> None:
    world.ask()
    world.say("Ann", "claim Q-1")
    world.say("Ann", "waiting Q-1")
    world.say("Ann", "leave tomorrow")
    world.deliver()

    at_night = world.wait(hours=22)
    in_the_morning = world.wait(hours=1, minutes=10)

    assert [one.line for one in at_night] == ["C0NORTH redrawn"]
    assert [(one.line, one.at.hour) for one in in_the_morning if one.in_thread] == [("C0NORTH thread: called", 9)]


def test_public_holidays_and_part_time_days_give_nothing_away(world: World) -> None:
    world.ask()
    world.say("Ann", "claim Q-1")

    world.say("Ann", "leave today public holiday")

    assert world.owner() == "Ann"


def test_leave_far_in_the_past_or_that_ended_is_never_acted_upon(world: World) -> None:
    world.ask()
    world.say("Ann", "claim Q-1")

    world.say("Ann", "leave 2026-11-19 - 2026-11-20")
    world.tick()

    assert world.owner() == "Ann"


def test_a_range_that_was_cancelled_leaves_its_halves_as_they_were(world: World) -> None:
    world.say("Bob", "leave 3 Aug - 14 Aug pm")

    world.say("Bob", "leave cancel 10 Aug")

    assert [one.absence.half_days for one in stored(world)] == [(HalfDay(date(2027, 8, 3), Half.PM),), ()]
    assert stored(world)[1].starts_at == datetime(2027, 8, 10, 23, 0, tzinfo=UTC)
    assert stored(world)[1].ends_at - stored(world)[1].starts_at == timedelta(days=4)


def test_leave_that_fails_stops_nothing_else(world_on_both: World, caplog: pytest.LogCaptureFixture) -> None:
    world = world_on_both
    world.ask()
    world.say("Ann", "claim Q-1")
    world.ask(client="Birch Bakery")
    world.say("Cara", "claim Q-2")
    world.say("Ann", "leave today pm")
    world.say("Cara", "leave today pm")
    world.sleep(hours=3)

    offer_what_the_absent_have(FailingFor(1, world.new_uow), world.now)

    assert (world.owner(1), world.owner(2)) == ("Ann", None)
    assert "could not be looked after" in caplog.text
    world.tick()
    assert world.owner(1) is None


def test_i_am_sick_today_is_all_it_takes(world: World) -> None:
    assert world.say("Bob", "I'm sick today") == "You are away on Mon 23 Nov 2026."

    assert leave_of(world, "Bob") == ["Mon 23 Nov 2026, sick"]


def test_leave_on_days_that_are_leave_already_cannot_be_taken_back_with_one_click(world: World) -> None:
    world.say("Bob", "leave 3 Aug 2027 - 14 Aug 2027 annual leave")

    marked = world.reply("Bob", "leave 5 Aug 2027 sick")

    assert isinstance(marked, Notice)
    assert marked.buttons == ()  # it would cut a day out of the holiday, too
