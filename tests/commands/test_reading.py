"""What people can look at: their questions, a client, who knows them, a pod, why something went where it went."""

import json

import pytest

from bot.slack.forms import to_modal
from commands.explain import explain_to_operator
from commands.look import ListQuery, UnknownName, look, look_through
from commands.ports import HistoryRow, UnknownQuestion, What
from commands.views import Page
from coverage.ids import QuestionNumber
from coverage.question import Status
from tests.world import World, buttons, commands_of, words


def test_mine_is_what_i_have_and_what_waits_in_my_pods(world: World) -> None:
    world.ask("first")
    world.ask("second")
    world.ask("of another pod", client="Birch Bakery")
    world.say("Bob", "claim Q-1")

    reply = world.reply("Bob", "mine")

    assert words(reply).splitlines() == [
        "You have 1 question; 1 question in your pods waits to be claimed",
        "Q-1 Acme Ltd: first (claimed, due Mon 23 Nov 14:00)",
        "Q-2 Acme Ltd: second (claim due Mon 23 Nov 10:30)",
    ]
    assert commands_of(reply) == ["answered Q-1", "claim Q-2"]
    assert words(world.reply("Mia", "mine")) == "Nothing to do: nobody waits for you."


def test_a_long_list_says_how_much_is_left(world: World) -> None:
    for number in range(23):
        world.ask(f"question {number}")

    first, last = world.reply("Bob", "mine"), world.reply("Bob", "mine 3")
    assert words(first).splitlines()[-1] == "and 13 more"
    assert commands_of(first)[-1] == "mine 2"
    assert commands_of(last) == [f"claim Q-{number}" for number in (21, 22, 23)]
    assert words(world.reply("Bob", "mine 4")) == "There is no page 4 of your questions."


def test_mine_is_sorted_by_what_is_due_first_not_by_number(world: World) -> None:
    world.ask("answered", client="Birch Bakery")
    world.say("Bob", "answered Q-1")
    world.ask("waits for the client", client="Birch Bakery")
    world.say("Bob", "claim Q-2")
    world.say("Bob", "waiting Q-2")
    world.ask("due today", client="Birch Bakery")
    world.say("Bob", "claim Q-3")
    world.sleep(hours=5)

    assert words(world.reply("Bob", "mine")).splitlines()[1:] == [
        "Q-3 Birch Bakery: due today (claimed, due Mon 23 Nov 14:00, missed)",
        "Q-1 Birch Bakery: answered (answered, due Wed 25 Nov 10:00)",
        "Q-2 Birch Bakery: waits for the client (waiting for the client)",
    ]


def test_a_long_history_is_shown_whole_with_the_newest_part_first(world: World) -> None:
    world.ask("word " * 19_000)
    with world.new_uow() as uow:
        rows = [HistoryRow(world.now, None, What.REMINDED, f"reminder number {number} & more") for number in range(450)]
        uow.history.append(QuestionNumber(1), rows)
        uow.commit()

    newest, middle, oldest = (world.reply("Bob", f"explain Q-1{page}") for page in ("", " 2", " 3"))

    shown = {"newest": words(newest), "middle": words(middle), "oldest": words(oldest)}
    assert "reminder number 449 " in shown["newest"]
    assert "reminder number 250 " in shown["newest"]
    assert "reminder number 249 " in shown["middle"]
    assert "reminder number 0 " in shown["oldest"]
    assert "asked: Jo by e-mail" in shown["oldest"]
    assert "earlier ones: explain Q-1 2" in shown["newest"]
    for page in (newest, middle, oldest):
        assert isinstance(page, Page)
        drawn = json.dumps(to_modal(page, {})["blocks"])
        assert "more than fits here" not in drawn
        assert "What decides its times" in drawn
        assert "Service hours: uk-office" in drawn
    drawn = json.dumps(to_modal(newest, {})["blocks"])  # type: ignore[arg-type]
    assert all(f"reminder number {number} &amp; more" in drawn for number in range(250, 450))


def test_a_long_answer_is_not_cut_in_the_story(world: World) -> None:
    world.ask()
    world.say("Bob", f"answered Q-1 {'It is so. ' * 500}the end")

    page = world.reply("Bob", "explain Q-1")

    assert isinstance(page, Page)
    drawn = json.dumps(to_modal(page, {})["blocks"])
    assert drawn.count("It is so.") == 500
    assert "the end" in drawn


def test_who_knows_a_client_and_who_of_them_is_there(world: World) -> None:
    world.say("Ann", "leave today - Wed")
    world.ask()
    world.say("Dan", "answered Q-1")

    assert words(world.reply("Cara", "who acme")).splitlines() == [
        "Who knows Acme Ltd",
        "Ann Lee, named contact; is away until Wed 25 Nov",
        "Bob Roy, knows them; is in",
        "Dan Low, 1 question answered; is in",
    ]


def test_a_client_at_a_glance_with_what_was_asked_last(world: World) -> None:
    world.ask("How do we file?")

    said = words(world.reply("Cara", "client acme"))

    assert "Looked after by North, named contact Ann Lee" in said
    assert "Q-1 How do we file? (waiting for somebody to claim it, due Mon 23 Nov 10:30)" in said


def test_a_pod_and_who_of_it_is_there(world: World) -> None:
    world.say("Ann", "leave today")

    assert words(world.reply("Bob", "pod")).splitlines()[1:3] == [
        "Ann Lee is away until Mon 23 Nov",
        "Bob Roy is in",
    ]
    assert words(world.reply("Mia", "pod")).splitlines()[1:3] == [
        "North: Ann Lee, Bob Roy",
        "South: Cara Diaz, Dan Low",
    ]


def test_from_ones_own_pod_the_others_are_a_button_away(world: World) -> None:
    own, several = world.reply("Bob", "pod"), world.reply("Mia", "pod")

    assert words(own).splitlines()[-1] == "Other pods: "
    assert buttons(own)[-1].command == 'pod "South"'
    assert words(world.reply("Bob", 'pod "South"')).splitlines()[0] == "South"
    assert [one.command for one in buttons(several)] == ['pod "North"', 'pod "South"', "pod new"]
    assert "Other pods" not in words(world.reply("Bob", "pod South"))


def test_of_many_other_pods_some_are_buttons_and_all_can_be_named(world: World) -> None:
    more = ", ".join(
        f"{{name: Pod {n:02}, channel: C0P{n}, members: [cara@firm.example], service_hours: uk-office,"
        " charter: standard, escalation_policy: standard}"
        for n in range(12)
    )
    world.change(f"pods: [{more}]")

    own = world.reply("Bob", "pod")

    assert words(own).splitlines()[-1] == "Other pods: and 3 more, by name: pod South"
    assert [one.label for one in buttons(own)] == [f"Pod {n:02}" for n in range(10)]


def test_explaining_shows_the_whole_text_and_which_rule_set_each_deadline(world: World) -> None:
    world.ask("word " * 8_000)

    page = world.reply("Bob", "explain Q-1")

    assert isinstance(page, Page)
    said = words(page)
    assert ("word " * 8_000).strip() in said
    assert "Service hours: uk-office. Charter: standard, level routine." in said
    assert "Claim: 30m from when it was asked, so it is due Mon 23 Nov 10:30." in said
    assert "Step 1, the deputies: 50% of the claim target after it was offered, Mon 23 Nov 10:15." in said
    assert words(explain_to_operator(QuestionNumber(1), world.new_uow)) == said


def test_reading_changes_nothing(world: World) -> None:
    world.ask()
    world.deliver()
    before = world.question(), world.happened()

    for line in ("mine", "who Acme", "client Acme", "pod", "pod North", "explain Q-1", "help", "leave list", "claim x"):
        world.say("Bob", line)

    assert (world.question(), world.happened()) == before
    assert world.deliver() == []


def test_the_api_shows_names_and_the_history(world: World) -> None:
    world.ask(email="jo@acme.example")
    world.wait(minutes=15)
    world.say("Cara", "claim Q-1")

    shown = look(QuestionNumber(1), world.new_uow)

    assert (shown.client, shown.pod, shown.status) == ("Acme Ltd", "North", Status.CLAIMED)
    assert shown.claimed_by is not None
    assert shown.claimed_by.email == "cara@firm.example"
    assert (shown.step, shown.step_audience) == (1, "deputies")
    assert (shown.history[0].who, shown.history[-1].who) == ("podline", "cara@firm.example")
    with pytest.raises(UnknownQuestion):
        look(QuestionNumber(9), world.new_uow)


def test_questions_are_listed_in_pages_the_newest_first(world_on_both: World) -> None:
    world = world_on_both
    for number in range(5):
        world.ask(f"question {number}", client="Acme" if number % 2 else "Birch Bakery")

    first, before = look_through(ListQuery(limit=3), world.new_uow)
    second, end = look_through(ListQuery(limit=3, before=before), world.new_uow)

    assert [one.number for one in (*first, *second)] == [5, 4, 3, 2, 1]
    assert end is None
    assert [one.number for one in look_through(ListQuery(client="acme"), world.new_uow)[0]] == [4, 2]
    assert [one.number for one in look_through(ListQuery(pod="south "), world.new_uow)[0]] == [5, 3, 1]
    assert look_through(ListQuery(status=Status.RESOLVED), world.new_uow) == ([], None)
    for query in (ListQuery(client="nobody"), ListQuery(pod="nowhere")):
        with pytest.raises(UnknownName):
            look_through(query, world.new_uow)


def test_somebody_who_left_is_not_said_to_know_the_client(world: World) -> None:
    world.ask()
    world.say("Dan", "answered Q-1")
    world.say("Dan", "resolve Q-1")
    world.change(
        "pods: [{name: South, channel: C0SOUTH, members: [cara@firm.example], lead: mia@firm.example,"
        " service_hours: uk-office, charter: standard, escalation_policy: standard}]"
    )
    with world.new_uow() as uow:
        dan = next(one.id for one in uow.firm().people.values() if one.name == "Dan Low")
        uow.setup.prune(people=[dan], pods=[], clients=[])
        uow.commit()

    world.ask()
    sent = world.deliver()

    assert all("left" not in one.text for one in sent if "Q-2" in one.text)
    assert "somebody who has left" in words(world.reply("Bob", "explain Q-1"))
    assert "Dan" not in words(world.reply("Bob", "who Acme"))
    world.say("Bob", "reopen Q-1 it came back")


def test_an_unknown_word_is_answered_with_the_nearest_one_and_help_lists_them_all(world: World) -> None:
    assert world.refused("Bob", "clam Q-1") == "I do not know “clam”. Did you mean claim? For example claim Q-214."
    assert world.refused("Bob", "xyzzy") == "I do not know “xyzzy”. help lists what you can say."
    assert world.refused("Bob", "help xyzzy") == "I do not know “xyzzy”. help lists what you can say."
    assert words(world.reply("Bob", "help")).count("\n") >= 15


def test_a_pod_that_is_not_there_is_not_changed(world: World) -> None:
    assert world.refused("Ann", "pod East add <@U0DAN>") == "No pod is called “East”. There are: North, South."


def test_a_client_that_was_named_but_is_not_known_is_shown_by_that_name(world: World) -> None:
    world.ask(client="Zebra Crossing Ltd")
    [card] = world.must_send("C0INTAKE card")

    told = words(world.reply("Ann", "explain Q-1"))

    assert card.text.startswith("Q-1 “Zebra Crossing Ltd”, not known yet: How do we file the return?")
    assert told.startswith("Q-1 from “Zebra Crossing Ltd”, not known yet")
    assert "Now: Nobody knows yet whose question it is, and nobody has claimed it." in told
    assert "asked: Jo by e-mail for “Zebra Crossing Ltd”" in told


def test_no_questions_is_said_so_and_an_unknown_one_leads_to_ones_own(world: World) -> None:
    world.ask()

    assert words(world.reply("Bob", "mine")).startswith("You have no questions; 1 question in your pods waits")
    assert world.refused("Bob", "claim Q-999") == "There is no question Q-999."
    assert commands_of(world.reply("Bob", "claim Q-999")) == ["mine"]
