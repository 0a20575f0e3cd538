"""What the client was told: one press answers, the words may follow, and they are found a year later."""

import pytest

from commands.views import Form
from tests.world import World, buttons, is_refusal, words


@pytest.fixture
def answered(world: World) -> World:
    """Bob pressed *Answered* on a question of Acme's."""
    world.ask("Which form for VAT?")
    world.say("Bob", "claim Q-1")
    world.say("Bob", "answered Q-1")
    world.deliver()
    return world


def test_answered_is_one_press_and_its_reply_asks_for_the_words(world: World) -> None:
    world.ask()

    reply = world.reply("Bob", "answered Q-1")

    assert world.happened()[-2:] == ["claimed", "answered"]
    assert words(reply).startswith("Q-1 is answered.")
    assert [one.command for one in buttons(reply)] == ["answered Q-1"]
    assert isinstance(world.reply("Bob", "answered Q-1", drawn_for=world.question().version), Form)


def test_an_answer_with_its_words_asks_for_nothing(world: World) -> None:
    world.ask()

    reply = world.reply("Bob", "answered Q-1 sent the form")

    assert (words(reply), buttons(reply)) == ("Q-1 is answered.", ())


def test_the_words_that_follow_are_found_at_the_client_in_the_search_and_in_the_story(world_on_both: World) -> None:
    world = world_on_both
    world.ask("Which form for VAT?")
    world.say("Bob", "answered Q-1")
    form = world.reply("Bob", "answered Q-1")
    assert isinstance(form, Form)

    assert world.say("Bob", form.line.format(said="Use VAT1")) == "What the client was told is noted with Q-1."

    assert "Which form for VAT? (answered by Bob Roy on 23 Nov: “Use VAT1”)" in words(
        world.reply("Cara", "client Acme")
    )
    assert "“Use VAT1”" in words(world.reply("Cara", "client Acme about vat1"))
    assert "answered by Bob Roy: Use VAT1" in words(world.reply("Cara", "explain Q-1"))
    assert world.deliver() != []  # the card; nobody is told anything again
    assert world.deliver() == []


def test_the_words_may_follow_when_it_is_resolved_and_from_a_colleague(answered: World) -> None:
    answered.say("Bob", "resolve Q-1")

    answered.say("Ann", "answered Q-1 Use VAT1")

    assert answered.history()[-1].why == "Use VAT1"
    assert answered.question().answered_by == answered.question().claimed_by


def test_words_that_are_there_are_shown_and_not_replaced(answered: World) -> None:
    answered.say("Bob", "answered Q-1 Use VAT1")

    for line in ("answered Q-1", "answered Q-1 no, VAT2"):
        assert answered.refused("Bob", line) == "Q-1 is answered already: “Use VAT1”"


def test_the_second_press_of_a_double_click_opens_no_form(answered: World) -> None:
    reply = answered.reply("Bob", "answered Q-1", drawn_for=answered.question().version - 1)

    assert is_refusal(reply)
    assert words(reply) == "Q-1 is answered already. What the client was told is not noted."
    assert [one.command for one in buttons(reply)] == ["answered Q-1"]


def test_after_a_reopening_the_next_answer_has_words_of_its_own(answered: World) -> None:
    answered.say("Bob", "answered Q-1 Use VAT1")
    answered.say("Bob", "reopen Q-1 the form came back")
    answered.say("Bob", "answered Q-1")

    answered.say("Bob", "answered Q-1 VAT2, that is")

    assert "(answered by Bob Roy on 23 Nov: “VAT2, that is”)" in words(answered.reply("Bob", "client Acme"))


def test_what_was_resolved_without_an_answer_takes_no_words(world: World) -> None:
    world.ask()
    world.say("Bob", "close Q-1 spam")

    assert world.refused("Bob", "answered Q-1 Use VAT1") == "Q-1 is resolved already."


def test_only_who_may_answer_may_add_the_words(answered: World) -> None:
    assert answered.refused("Cara", "answered Q-1 Use VAT1").startswith("Q-1 is not yours to answer.")
