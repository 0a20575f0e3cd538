"""What is no command: likely lines are offered on buttons, kind words get one, and nothing is done unasked."""

import pytest

from commands.views import Form
from tests.world import World, commands_of, is_refusal, words


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("clam Q-1", ["claim Q-1"]),
        ("relase Q-1 in court", ["release Q-1 in court"]),
        ("done Q-1", ["answered Q-1", "resolve Q-1"]),
        ("done", ["answered", "resolve"]),
        ("take it", ["claim"]),
        ("assign", ["handoff"]),
        ("thank @Bob Roy you are great", ["kudos @Bob Roy you are great"]),
        ("status", ["mine"]),
        ("escalate Q-1", ["urgent Q-1"]),
    ],
)
def test_another_word_for_a_verb_is_offered_with_the_rest_of_the_line(
    world: World, line: str, offered: list[str]
) -> None:
    world.ask()

    reply = world.reply("Bob", line)

    assert is_refusal(reply)
    assert words(reply).startswith("I do not know “")
    assert commands_of(reply) == offered
    assert world.owner() is None


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("sick", ["leave today sick", "leave"]),
        ("vacation", ["leave"]),
        ("holiday 3 Aug - 14 Aug", ["leave 2027-08-03 - 2027-08-14 annual", "leave"]),
        ("I'm on holiday next week", ["leave 2026-11-30 - 2026-12-06 annual", "leave"]),
        ("I am off sick tomorrow", ["leave 2026-11-24 sick", "leave"]),
        ("I'll be on leave from Monday to Wednesday", ["leave 2026-11-23 - 2026-11-25", "leave"]),
        ("I was sick yesterday", ["leave 2026-11-22 sick", "leave"]),
        ("I'm on holiday tomorrow afternoon", ["leave 2026-11-24 pm annual", "leave"]),
    ],
)
def test_who_seems_to_be_away_is_asked_and_not_marked(world: World, line: str, offered: list[str]) -> None:
    reply = world.reply("Bob", line)

    assert is_refusal(reply)
    assert commands_of(reply) == offered
    assert words(world.reply("Bob", "leave list")) == "No leave is marked."


@pytest.mark.parametrize("line", ["I'm not sick", "Is Bob sick today?", "Bob is on holiday next week"])
def test_of_others_and_of_what_is_not_so_no_leave_is_offered(world: World, line: str) -> None:
    assert not any(command.startswith("leave") for command in commands_of(world.reply("Bob", line)))


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("How do we file the Q3 return for Acme?", "question ? Acme Ltd: How do we file the Q3 return for Acme?"),
        ("Acme: how do we file?", "question ? Acme Ltd: how do we file?"),
        ("What is VAT?", "question ? : What is VAT?"),
        ("The client: is it due?", "question ? : The client: is it due?"),
        ("Can <@U0DAN> look at Birch Bakery today", "question ? Birch Bakery: Can Dan Low look at Birch Bakery today"),
    ],
)
def test_what_reads_like_a_clients_question_is_offered_to_be_asked(world: World, line: str, offered: str) -> None:
    reply = world.reply("Bob", line)

    assert is_refusal(reply)
    assert commands_of(reply) == [offered]
    assert world.number_of_questions() == 0


def test_the_button_opens_the_form_with_what_was_said(world: World) -> None:
    form = world.reply("Bob", "question ? Acme Ltd: How do we file: now?")

    assert isinstance(form, Form)
    assert [field.initial for field in form.fields] == ["Acme Ltd", "How do we file: now?"]
    assert world.number_of_questions() == 0


def test_the_form_opens_without_a_client_too(world: World) -> None:
    for line in ("question ? : Is 9:00 fine?", "question ? Is it fine"):
        form = world.reply("Bob", line)
        assert isinstance(form, Form)
        assert [field.initial for field in form.fields] == ["", line.split("? ", 1)[1].removeprefix(": ")]


@pytest.mark.parametrize("line", ["thanks", "Thank you very much!", "ok thanks", "Danke"])
def test_who_thanks_is_welcome(world: World, line: str) -> None:
    assert world.say("Bob", line) == "You are welcome."


@pytest.mark.parametrize("line", ["hello", "Hi there!", "Good morning", "ok", "👍"])
def test_a_kind_word_is_answered_with_one(world: World, line: str) -> None:
    assert world.say("Bob", line).endswith("mine lists what waits for you, help what you can say.")


@pytest.mark.parametrize("line", ["help me", "help", "Help!", "help me please", "?"])
def test_who_asks_for_help_gets_all_of_it(world: World, line: str) -> None:
    assert words(world.reply("Bob", line)).startswith("What you can say")


def test_help_about_a_verb_is_about_it_however_it_is_asked(world: World) -> None:
    assert words(world.reply("Bob", "help me with leave")) == words(world.reply("Bob", "help leave"))


def test_next_week_is_no_client(world: World) -> None:
    assert words(world.reply("Bob", "coverage next week")).startswith("Coverage, Mon 23 Nov to Sun 6 Dec")


def test_leave_may_name_a_week_and_yesterday(world: World) -> None:
    assert "30 Nov" in world.say("Bob", "leave next week annual")
    assert "22 Nov" in world.say("Cara", "leave yesterday sick")
