"""Whose question it is: by what it is found, how it is corrected, and what is remembered of that."""

from datetime import UTC, datetime

import pytest

from commands.views import Form
from coverage.question import Status
from tests.world import World, commands_of, is_refusal, words


def client_of(world: World, number: int = 1) -> str | None:
    with world.new_uow.reading() as uow:
        client = world.question(number).client
        return uow.clients.get(client).name if client is not None else None


@pytest.mark.parametrize(
    "email",
    [
        "jo@acme.example",
        "Jo@ACME.EXAMPLE",
        "Jo Smith <jo@acme.example>",
        "jo+vat@acme.example",
        "jo@mail.acme.example",
        "jo@acme.example.",
    ],
)
def test_an_address_under_a_clients_domain_is_theirs(world: World, email: str) -> None:
    world.ask("hello", client=None, email=email)

    assert client_of(world) == "Acme Ltd"


@pytest.mark.parametrize(
    "email",
    [
        "jo@notacme.example",
        "jo@acme.example.evil.example",
        "jo@acme.example@evil.example",
        "jo@evil.example, jo@acme.example",
        "acme.example",
        "jo@example",
        "@acme.example",
        "' OR 1=1 --@acme.example'",
        "\0@\0",
    ],
)
def test_an_address_that_only_looks_like_it_is_nobodys(world: World, email: str) -> None:
    world.ask("hello", client=None, email=email)

    assert world.question().status is Status.UNIDENTIFIED


def test_the_nearest_domain_wins(world: World) -> None:
    world.change("clients: [{name: Acme Payroll, pod: South, domains: [pay.acme.example]}]")

    world.ask("hello", client=None, email="jo@pay.acme.example")
    world.ask("hello", client=None, email="jo@acme.example")

    assert (client_of(world, 1), client_of(world, 2)) == ("Acme Payroll", "Acme Ltd")


def test_a_domain_that_two_clients_share_identifies_neither_and_both_are_buttons(world: World) -> None:
    world.change(
        "clients: [{name: Acme Payroll, pod: South, domains: [group.example]},"
        " {name: Acme Tax, pod: South, domains: [group.example]}]"
    )

    world.ask("hello", client=None, email="jo@group.example")

    [card] = world.must_send("C0INTAKE card")
    assert card.commands == ("claim Q-1", "client Q-1 is Acme Payroll", "client Q-1 is Acme Tax")
    assert card.calls == ("Mia Fox",)


def test_a_domain_of_everybodys_letter_boxes_identifies_nobody_even_where_a_client_lists_it(world: World) -> None:
    world.change("clients: [{name: Corner Shop, pod: South, domains: [gmail.com, co.uk]}]")

    world.ask("hello", client=None, email="jo@gmail.com")
    world.ask("hello", client=None, email="jo@other.co.uk")

    assert world.question(1).status is Status.UNIDENTIFIED
    assert world.question(2).status is Status.UNIDENTIFIED


def test_an_address_there_is_known_once_a_person_has_said_whose_it_is(world: World) -> None:
    world.ask("hello", client=None, email="Jo+shop@Gmail.com")
    world.say("Ann", "client Q-1 is Birch Bakery")

    world.ask("again", client=None, email="jo+shop@gmail.com")
    world.ask("somebody else", client=None, email="joe@gmail.com")

    assert client_of(world, 2) == "Birch Bakery"
    assert world.question(3).status is Status.UNIDENTIFIED


def test_a_tagged_address_is_known_by_the_letter_box(world: World) -> None:
    world.ask("hello", client=None, email="jo@private.example")
    world.say("Ann", "client Q-1 is Acme")

    world.ask("again", client=None, email="jo+receipts@private.example")

    assert client_of(world, 2) == "Acme Ltd"


def test_an_unknown_name_offers_those_that_are_much_like_it(world: World) -> None:
    world.ask("hello", client="Birch Bakeries")

    [card] = world.must_send("C0INTAKE card")
    assert card.commands == ("claim Q-1", "client Q-1 is Birch Bakery", "client Q-1 is")


def test_an_alias_of_one_that_is_the_name_of_another_is_a_persons_to_choose(world: World) -> None:
    world.change("clients: [{name: Acme, pod: South, domains: [other.example]}]")
    world.ask("hello", client="acme")

    [card] = world.must_send("C0INTAKE card")

    assert card.commands == ("claim Q-1", "client Q-1 is Acme Ltd", 'client Q-1 is "Acme"')
    world.say("Ann", card.commands[2])
    assert client_of(world) == "Acme"


def test_an_unidentified_question_has_somebody_called_and_the_intake_pods_clock(world: World) -> None:
    world.ask("hello", client=None)

    [card] = world.must_send("C0INTAKE card")
    assert card.calls == ("Mia Fox",)
    assert world.question().deadlines.claim == datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    steps = [one for one in world.wait(minutes=45) if one.topic == "step"]
    assert sorted(one.line for one in steps) == [
        "Ann: step",
        "Bob: step",
        "C0DESK: step",
        "C0INTAKE thread: step",
        "C0TEAM: step",
    ]


def test_a_corrected_client_is_in_the_history_and_whoever_had_it_is_told(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")
    world.deliver()

    said = world.say("Ann", "client Q-1 is Birch Bakery")

    assert said == ("Q-1 is from Birch Bakery; South has been asked. Bob Roy had it; it waits to be claimed again.")
    sent = world.must_send("C0SOUTH card", "C0NORTH redrawn", "Bob: moved")
    [told] = [one for one in sent if one.to == "Bob"]
    assert told.text == "Ann Lee says that Q-1 is from Birch Bakery. South is asked now; you have it no longer."
    moved = [row for row in world.history() if row.what.value == "moved"]
    assert [row.why for row in moved] == ["the client is Birch Bakery, not Acme Ltd; Bob Roy had it"]
    offered = [row.why for row in world.history() if row.what.value == "offered"]
    assert offered[-1] == "to South; it is another client's than was thought"
    assert world.happened().count("identified") == 1
    assert world.owner() is None


def test_whoever_corrects_their_own_is_told_by_the_answer_alone(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")
    world.deliver()

    assert world.say("Bob", "client Q-1 is Birch Bakery").endswith("You had it; it waits to be claimed again.")

    world.must_send("C0SOUTH card", "C0NORTH redrawn")


def test_a_wrong_address_is_forgotten_when_it_is_corrected(world: World) -> None:
    world.ask("hello", client=None, email="jo@private.example")
    world.say("Ann", "client Q-1 is Acme")
    world.ask("again", client=None, email="jo+vat@private.example")
    assert client_of(world, 2) == "Acme Ltd"

    world.say("Ann", "client Q-2 is Birch Bakery")

    world.ask("and again", client=None, email="jo@private.example")
    world.ask("and again", client=None, email="jo+vat@private.example")
    assert world.question(3).status is Status.UNIDENTIFIED  # nobody has said whose the letter box without a tag is
    assert client_of(world, 4) == "Birch Bakery"


def test_a_name_is_remembered_when_a_person_says_so(world: World) -> None:
    world.ask("hello", client="The Zebra Zoo")
    reply = world.reply("Ann", "client Q-1 is Acme")
    assert commands_of(reply) == ["claim Q-1", "client Q-1 remember"]
    world.ask("again", client="the zebra  zoo")
    assert world.question(2).status is Status.UNIDENTIFIED

    assert world.say("Ann", "client Q-1 remember") == "“The Zebra Zoo” is remembered as a name of Acme Ltd."

    world.ask("and again", client="the zebra zoo")
    assert client_of(world, 3) == "Acme Ltd"
    assert world.history(1)[-1].why == "“The Zebra Zoo” is remembered as a name of Acme Ltd"
    assert world.say("Ann", "client Q-1 remember").endswith("is a name of Acme Ltd already.")
    assert "client Q-2 remember" not in commands_of(world.reply("Ann", "client Q-2 is Acme"))


def test_a_name_is_no_second_clients_and_not_remembered_where_none_was_said(world: World) -> None:
    world.ask("hello", client="Zebra")
    world.ask("hello", client=None)
    assert is_refusal(world.reply("Ann", "client Q-1 remember"))
    world.say("Ann", "client Q-1 is Acme")
    world.change("clients: [{name: Zebra, pod: South}]")

    assert world.refused("Ann", "client Q-1 remember") == ("“Zebra” is a name of Zebra. A manager can change that.")
    world.say("Ann", "client Q-2 is Acme")
    assert world.refused("Ann", "client Q-2 remember") == "There is no name to remember from Q-2."


@pytest.mark.parametrize(
    "name", ["<!channel> & Co", '"Quoted"', "is is", "Q-7 remember", "*bold* _it_", "a" * 250, "🙂 Ltd", "remember"]
)
def test_a_hostile_name_of_a_client_can_be_chosen_by_its_button(world: World, name: str) -> None:
    world.change(
        f"clients: [{{name: '{name}', pod: South, domains: [hostile.example]}},"
        " {name: Other, pod: South, domains: [hostile.example]}]"
    )
    world.ask("hello", client=None, email="jo@hostile.example")
    [card] = world.must_send("C0INTAKE card")

    world.say("Ann", card.commands[1])

    assert client_of(world) == name


def test_in_the_thread_of_a_question_the_client_is_said_without_its_number(world: World) -> None:
    world.ask("hello", client=None)
    world.deliver()
    thread = world.thread_of(1, "C0INTAKE")

    world.say("Ann", "client is Birch Bakery", place="C0INTAKE", thread=thread)

    assert client_of(world) == "Birch Bakery"


def test_the_form_asks_for_the_client_with_what_was_said(world: World) -> None:
    world.ask("hello", client="Zebra")

    form = world.reply("Ann", "client Q-1 is")

    assert isinstance(form, Form)
    assert form.fields[0].initial == "Zebra"
    assert "Who can" not in words(form)


def test_the_form_that_corrects_a_client_does_not_begin_with_the_wrong_one(world: World) -> None:
    world.ask("hello", client="Acme")

    form = world.reply("Ann", "client Q-1 is")

    assert isinstance(form, Form)
    assert form.fields[0].initial == ""
