"""A client's thanks, passed on by a colleague of whoever earned them: in the client's words, and once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from commands.calling import surroundings_of
from commands.card import card_of
from commands.kudos_words import clients_words, thanks_line
from commands.views import Form
from coverage.ids import QuestionNumber
from tests.world import World, buttons, commands_of, is_refusal, only, words

LINE = "kudos bob@firm.example for Q-1 “Thanks, that saved us!”"


@pytest.fixture
def answered(world: World) -> World:
    """Bob answered Acme's question."""
    return _answered(world)


def _answered(world: World) -> World:
    world.ask()
    world.say("Bob", "answered Q-1 sent the form")
    world.deliver()
    return world


def test_the_words_are_the_clients_and_say_who_passed_them_on(answered: World) -> None:
    answered.change("kudos_channel: C0KUDOS")

    said = answered.say("Ann", LINE)

    assert said == "Bob Roy gets the client's thanks. It is in the kudos channel, too."
    channel, direct = sorted(answered.must_send("C0KUDOS: kudos", "Bob: kudos"), key=lambda one: one.to, reverse=True)
    assert channel.text == (
        "A client thanks Bob Roy for Q-1:\nThanks, that saved us!\nsays Jo of Acme Ltd. Passed on by Ann Lee."
    )
    assert channel.calls == ("Bob Roy",)
    assert direct.text == (
        "A client thanks you for Q-1:\nThanks, that saved us!\nsays Jo of Acme Ltd. Passed on by Ann Lee."
    )


@pytest.mark.parametrize("quoted", ['"Great!"', "“Great!”", "„Great!“", "«Great!»", "“ Great! ”"])
def test_whichever_quotation_marks_somebody_types(answered: World, quoted: str) -> None:
    answered.say("Ann", f"kudos @Bob Roy for Q-1 {quoted}")

    assert "\nGreat!\nsays Jo" in only(answered.deliver()).text


@pytest.mark.parametrize(
    "said", ["Wow ”so good” they were", "“Wow”", "that “saved” us", "<!channel> & 'x'", "two\nlines"]
)
def test_the_line_of_a_button_carries_whatever_a_client_said(answered: World, said: str) -> None:
    answered.say("Ann", thanks_line("bob@firm.example", QuestionNumber(1), said))

    assert f"\n{said}\nsays Jo of Acme Ltd" in only(answered.deliver()).text


def test_marks_that_would_end_the_quotation_are_straightened(answered: World) -> None:
    answered.say("Ann", thanks_line("bob@firm.example", QuestionNumber(1), "Great” is what “we” say"))

    assert '\nGreat" is what "we" say\nsays Jo of Acme Ltd' in only(answered.deliver()).text


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("“Great!” – Sam on the phone", "Sam on the phone (Acme Ltd)"),
        ('"Great!" says Sam.', "Sam (Acme Ltd)"),
        ("„Great!“, said Sam", "Sam (Acme Ltd)"),
    ],
)
def test_who_said_it_may_follow_the_clients_words(answered: World, sentence: str, by: str) -> None:
    answered.change("kudos_channel: C0KUDOS")
    said = answered.say("Ann", f"kudos @Bob Roy for Q-1 {sentence}")

    assert said == "Bob Roy gets the client's thanks. It is in the kudos channel, too."
    assert {one.text.partition("\n")[2] for one in answered.deliver()} == {f"Great!\nsays {by}. Passed on by Ann Lee."}
    assert f"{by} for Q-1, passed on by Ann Lee:\nGreat!" in words(answered.reply("Bob", "kudos list"))


def test_of_a_sentence_with_a_quotation_in_it_the_giver_reads_whose_it_is_told_as(answered: World) -> None:
    mixed = answered.say("Ann", "kudos @Bob Roy for Q-1 “Great” was all they said")

    assert mixed.startswith("Bob Roy gets your thanks. It is told as your own sentence.")
    assert answered.say("Ann", "kudos @Bob Roy for Q-1 you saved them") == "Bob Roy gets your thanks."


@pytest.mark.parametrize(
    "sentence", ["“Great” was all they said", "I say “thanks” and “thanks”", "“Great” and “thanks”"]
)
def test_a_sentence_with_a_quotation_in_it_is_the_givers_own(answered: World, sentence: str) -> None:
    answered.say("Ann", f"kudos @Bob Roy for Q-1 {sentence}")

    assert only(answered.deliver()).text == f"Ann Lee thanks you for Q-1:\n{sentence}"


def test_without_a_question_a_quotation_is_the_givers_own(answered: World) -> None:
    answered.say("Ann", "kudos @Bob Roy “Carpe diem”")

    assert only(answered.deliver()).text == "Ann Lee thanks you:\n“Carpe diem”"


def test_whoever_is_thanked_cannot_pass_it_on_and_hears_that_a_colleague_can(answered: World) -> None:
    assert answered.refused("Bob", LINE) == (
        "Those thanks are yours. A colleague can pass them on to you, with the same button or from the question's card."
    )
    assert answered.deliver() == []


def test_what_a_client_said_once_is_passed_on_once_whoever_presses(world_on_both: World) -> None:
    world = _answered(world_on_both)

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda who: world.reply(who, LINE), ["Ann", "Mia", "Cara", "Dan", "Ann", "Mia"]))

    assert sum(not is_refusal(reply) for reply in replies) == 1
    assert all("has these thanks already" in words(reply) for reply in replies if is_refusal(reply))
    world.must_send("Bob: kudos")


def test_whoever_passed_it_on_before_is_named(answered: World) -> None:
    answered.say("Ann", LINE)

    assert answered.refused("Mia", LINE) == "Bob Roy has these thanks already: Ann Lee passed them on."
    assert answered.refused("Ann", LINE) == "Bob Roy has these thanks already: you passed them on."


def test_they_count_among_the_days_kudos(answered: World) -> None:
    answered.change("settings: {kudos_per_day: 1}")
    answered.say("Ann", LINE)

    assert answered.refused("Ann", "kudos @Bob Roy for Q-1 “And again!”").startswith("You have given the one")


def test_only_whoever_had_the_question_is_thanked_for_it(answered: World) -> None:
    assert "did not have Q-1" in answered.refused("Ann", "kudos dan@firm.example for Q-1 “Thanks!”")


def test_the_card_of_an_answered_question_offers_it_and_asks_for_the_words(answered: World) -> None:
    line = "kudos bob@firm.example for Q-1 “”"
    assert line in _more_of_the_card(answered)

    form = answered.reply("Ann", line)
    assert isinstance(form, Form)
    assert [(one.name, one.initial) for one in form.fields] == [("to", "<@U0BOB>"), ("sentence", "")]
    answered.say("Ann", form.line.format(to="<@U0BOB>", sentence="You saved us!"))

    assert "A client thanks you for Q-1:\nYou saved us!\nsays Jo of Acme Ltd" in only(answered.deliver()).text


def test_the_card_offers_it_only_when_somebody_has_answered(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")

    assert not any(line.startswith("kudos") for line in _more_of_the_card(world))


def test_a_firm_that_gives_no_kudos_is_offered_none(answered: World) -> None:
    answered.change("settings: {kudos_per_day: 0}")

    assert not any(line.startswith("kudos") for line in _more_of_the_card(answered))


def test_resolving_a_colleagues_question_offers_to_pass_on_the_thanks_that_often_end_it(answered: World) -> None:
    reply = answered.reply("Ann", "resolve Q-1")

    assert commands_of(reply) == ["kudos bob@firm.example for Q-1 “”"]


def test_resolving_ones_own_offers_nothing(answered: World) -> None:
    assert buttons(answered.reply("Bob", "resolve Q-1")) == ()


@pytest.mark.parametrize(
    ("sentence", "inner"),
    [("“”", ""), ('""', ""), ("“ x ”", "x"), ("x", None), ("“x", None), ('"a" b "c"', None), ("“”x”", "”x")],
)
def test_what_is_a_quotation(sentence: str, inner: str | None) -> None:
    assert clients_words(sentence) == inner


def _more_of_the_card(world: World) -> list[str]:
    with world.new_uow.reading() as uow:
        question, firm = world.question(), uow.firm()
        card = card_of(question, firm, surroundings_of(uow, firm, question, world.now), (), world.now)
    return [button.command for button in card.more]
