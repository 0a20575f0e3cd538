"""Managers change pods in chat: small things at once, what moves deadlines or people after a look at what it does."""

import pytest

from commands.views import Form, Notice
from tests.commands.setup_stories import filled, members, pod
from tests.world import World, commands_of, is_refusal, words

MORE_RULES = """
service_hours:
  early: {timezone: Europe/London, week: "Mon-Fri 07:00-15:00"}
escalation_policies:
  fast: {steps: [{after: 1m, notify: contact_centre, channel: C0OTHER}]}
"""


def test_somebody_is_added_at_once_with_a_way_back(world: World) -> None:
    added = world.reply("Ann", "pod North add <@U0DAN>")

    assert words(added) == "Dan Low is in North now."
    assert members(world) == ["ann", "bob", "dan"]
    assert commands_of(added) == ["undo 1"]


def test_several_are_added_by_whatever_name_they_have(world: World) -> None:
    world.say("Ann", "pod north ADD @Dan Low, cara@firm.example and <@U0MIA|mia>")

    assert members(world) == ["ann", "bob", "dan", "cara", "mia"]


def test_without_a_name_ones_own_pod_is_meant_where_there_is_one(world: World) -> None:
    world.say("Ann", "pod add @Dan Low")

    assert members(world) == ["ann", "bob", "dan"]
    assert world.refused("Mia", "pod add @Dan Low") == "Which pod? For example pod North add @ann."


def test_what_is_so_already_changes_nothing(world: World) -> None:
    assert world.say("Ann", "pod North add @Bob Roy") == "Bob Roy is in North already."
    assert world.say("Ann", "pod North remove @Dan Low") == "Dan Low is not in North."
    assert world.say("Ann", "pod North policy standard") == "That is so already."
    assert world.refused("Ann", "undo").startswith("There is nothing to take back")


def test_before_somebody_is_removed_a_manager_sees_what_that_means(world: World) -> None:
    world.ask()
    world.say("Ann", "claim Q-1")

    asked = world.reply("Mia", "pod North remove @Annie")

    assert members(world) == ["ann", "bob"]
    assert words(asked).splitlines() == [
        "This would change:",
        "North",
        "• members: Ann Lee, Bob Roy -> Bob Roy",
        "Ann Lee keeps 1 open question of North: hand over what somebody else should do.",
        "Ann Lee stays the named contact of 1 client of North (Acme Ltd).",
    ]
    do_it, leave_it = commands_of(asked)
    assert words(world.reply("Mia", leave_it)).startswith("North\nAnn Lee")
    assert members(world) == ["ann", "bob"]

    assert world.say("Mia", do_it).startswith("Ann Lee is not in North any more.")
    assert members(world) == ["bob"]
    assert world.owner() == "Ann"


def test_the_last_one_is_removed_knowing_that_nobody_is_left(world: World) -> None:
    said = world.say("Mia", "pod North remove @Annie @Bob Roy confirm")

    assert "Nobody is left in North: its questions go on to the next step at once." in said
    assert members(world) == []


def test_a_lead_is_named_and_unnamed(world: World) -> None:
    assert world.say("Ann", "pod North lead <@U0ANN>") == "Ann Lee leads North now."
    assert pod(world).lead == "ann@firm.example"
    assert world.say("Ann", "pod North lead nobody") == "Nobody leads North now."
    assert pod(world).lead is None


@pytest.mark.parametrize("said", ["<#C0NEW|new>", "<#C0NEW>", "C0NEW"])
def test_the_cards_of_a_pod_move_to_its_new_channel(world: World, said: str) -> None:
    world.ask("waiting")
    world.ask("claimed")
    world.say("Bob", "claim Q-2")
    world.deliver()

    world.say("Ann", f"pod North channel {said}")

    world.must_send("C0NEW card", "C0NORTH redrawn")
    world.say("Bob", "answered Q-2")
    world.must_send("C0NEW card", "C0NORTH redrawn")


def test_a_channel_that_slack_did_not_recognise_is_not_guessed(world: World) -> None:
    said = world.refused("Ann", "pod North channel #north")

    assert said.startswith("I cannot tell which channel “#north” is. Pick it from the list that opens")


def test_a_new_policy_is_for_new_questions_and_says_so(world: World) -> None:
    world.change(MORE_RULES)
    world.ask()
    world.deliver()

    asked = world.reply("Ann", "pod North policy FAST")

    assert words(asked).splitlines()[1:] == [
        "North",
        "• escalation policy: standard -> fast",
        "Questions that are open keep the steps with which they began; new ones of North follow the new steps.",
    ]
    world.say("Ann", commands_of(asked)[0])
    world.ask("a later one")
    assert "C0OTHER: step" in [one.line for one in world.wait(minutes=2)]
    assert [step.channel for step in world.question(1).policy.steps] != [
        step.channel for step in world.question(2).policy.steps
    ]


def test_other_hours_say_how_many_open_questions_they_recompute(world: World) -> None:
    world.change(MORE_RULES)
    for number in range(3):
        world.ask(f"question {number}")
    world.ask("of the others", client="Birch Bakery")
    world.say("Bob", "claim Q-1")
    world.say("Bob", "resolve Q-1")

    asked = world.reply("Ann", "pod North hours early")

    assert "• service hours: uk-office -> early\nThis recomputes 2 open questions of North." in words(asked)
    world.say("Ann", "pod North hours early confirm")
    assert pod(world).service_hours == "early"


def test_what_is_not_there_is_answered_with_what_is_spelled_like_it(world: World) -> None:
    assert world.refused("Ann", "pod North policy standart") == (
        "No escalation policy is called “standart”. Did you mean “standard”?"
    )
    assert world.refused("Ann", "pod North charter xyz") == "No charter is called “xyz”. There are: standard."
    assert world.refused("Ann", "pod North add @Zed").startswith("I know nobody called “Zed”.")
    assert world.refused("Ann", "pod Nort add @Dan Low").startswith("No pod is called “Nort”.")


def test_a_new_pod_takes_the_only_hours_charter_and_policy_there_are(world: World) -> None:
    made = world.say("Ann", "pod new East channel <#C0EAST|east> add @Cara Diaz @Dan Low lead @Mia Fox")

    assert made == "East is a pod now; its cards hang in #C0EAST. Podline must be in there."
    east = pod(world, "East")
    assert (members(world, "East"), east.lead) == (["cara", "dan"], "mia@firm.example")
    assert (east.service_hours, east.charter, east.escalation_policy) == ("uk-office", "standard", "standard")
    assert world.refused("Ann", "pod new east channel C0EAST") == "There is a pod called “east” already."


def test_what_a_new_pod_lacks_is_asked_for_in_a_form_that_has_the_rest(world: World) -> None:
    world.change(MORE_RULES)

    form = world.reply("Ann", "pod new East channel <#C0EAST|east> add <@U0CARA> lead @Mia Fox charter standard")

    assert isinstance(form, Form)
    filled = {field.name: field.initial for field in form.fields}
    assert filled == {
        "name": "East",
        "channel": "<#C0EAST|east>",
        "members": "<@U0CARA>",
        "lead": "<@U0MIA>",
        "service_hours": "",
        "charter": "standard",
        "escalation_policy": "",
    }


@pytest.mark.parametrize("missing", ["add", "lead", "channel", "policy", "change"])
def test_whatever_is_left_out_is_asked_for_in_a_form(world: World, missing: str) -> None:
    form = world.reply("Ann", f"pod North {missing}")

    assert isinstance(form, Form)
    assert [field.name for field in form.fields if field.name == "members"] == ["members"]


def test_a_form_that_is_sent_changes_what_was_changed_in_it_and_keeps_who_has_no_account(world: World) -> None:
    world.change("people: [{name: Eve Noy, email: eve@firm.example}]")
    world.say("Ann", "pod North add eve@firm.example")
    form = world.reply("Ann", "pod North change")
    assert isinstance(form, Form)

    line = filled(form, members="<@U0BOB> <@U0DAN> <@U0ANN>", lead="")
    world.reply("Ann", line, drawn_for=form.version)

    assert members(world) == ["ann", "bob", "eve", "dan"]
    assert pod(world).lead is None


def test_a_form_opened_before_somebody_else_changed_the_pod_overwrites_nothing_unseen(world: World) -> None:
    form = world.reply("Ann", "pod North change")
    assert isinstance(form, Form)
    world.say("Mia", "pod North lead @Annie")

    asked = world.reply("Ann", filled(form), drawn_for=form.version)

    assert words(asked).splitlines() == [
        "That has been changed since you were shown it. This would change:",
        "North",
        "• lead: Ann Lee -> Mia Fox",
    ]
    assert pod(world).lead == "ann@firm.example"
    assert isinstance(asked, Notice)
    world.reply("Ann", commands_of(asked)[0], drawn_for=asked.version)
    assert pod(world).lead == "mia@firm.example"


def test_a_button_drawn_for_an_earlier_state_asks_again(world: World) -> None:
    asked = world.reply("Ann", "pod North remove @Bob Roy")
    assert isinstance(asked, Notice)
    world.say("Mia", "pod North add @Dan Low")

    again = world.reply("Ann", commands_of(asked)[0], drawn_for=asked.version)

    assert "members: Ann Lee, Bob Roy, Dan Low -> Ann Lee, Dan Low" in words(again)
    assert members(world) == ["ann", "bob", "dan"]


def test_the_pod_says_who_changed_it_last(world: World) -> None:
    world.say("Mia", "pod North add @Dan Low")
    world.say("Ann", "pod South add @Annie")

    shown = words(world.reply("Bob", "pod North"))

    assert shown.splitlines()[-1] == (
        "Last changed by Mia Fox, Mon 23 Nov 10:00: North: members: Ann Lee, Bob Roy -> Ann Lee, Bob Roy, Dan Low"
    )


HOSTILE = (
    "add",
    "North add",
    "new",
    "policy standard",
    "<!channel>",
    "{lead}",
    'The "Best"',
    "confirm",
    "<@U0BOB>",
    "🙂" * 50,
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pod_may_have_any_name(world: World, name: str) -> None:
    world.say("Ann", f"pod new {name}\nchannel: <#C0EAST>\nmembers: <@U0CARA>")

    world.say("Ann", f'pod "{name}" add @Dan Low')
    form = world.reply("Ann", f'pod "{name}" change')
    assert isinstance(form, Form)
    world.reply("Ann", filled(form, lead="<@U0ANN>"), drawn_for=form.version)

    assert members(world, name) == ["cara", "dan"]
    assert pod(world, name).lead == "ann@firm.example"
    assert members(world) == ["ann", "bob"]
    assert words(world.reply("Bob", f'pod "{name}"')).startswith(name)


def test_a_pod_called_add_is_still_added_to(world: World) -> None:
    world.say("Ann", "pod new add\nchannel: <#C0EAST>")

    world.say("Ann", "pod add add @Dan Low")
    world.say("Ann", "pod add @Cara Diaz")

    assert members(world, "add") == ["dan"]
    assert members(world) == ["ann", "bob", "cara"]
    assert words(world.reply("Ann", "pod add")).startswith("add\nDan Low")


@pytest.mark.parametrize("name", ["x" * 300, "tab\there", " "])
def test_what_cannot_be_a_name_is_refused(world: World, name: str) -> None:
    reply = world.reply("Ann", f"pod new {name}\nchannel: <#C0EAST>")

    assert is_refusal(reply)
    assert isinstance(reply, Notice)
    assert reply.field == "name"


def test_two_spellings_of_a_name_are_one_pod(world: World) -> None:
    world.say("Ann", "pod  NORTH  add @Dan Low")

    assert members(world) == ["ann", "bob", "dan"]


def test_a_channel_right_after_the_name_of_a_new_pod_is_where_its_cards_hang(world: World) -> None:
    made = world.say("Ann", "pod new East <#C0EAST|east> add @Cara Diaz @Dan Low")

    assert made.startswith("East is a pod now")
    assert (pod(world, "East").name, members(world, "East")) == ("East", ["cara", "dan"])
