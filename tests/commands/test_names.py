"""Whom and what people mean by what they type. Two that fit are never guessed between."""

import pytest

from commands.invocation import Context, Invocation, Refused, UnknownSender
from commands.names import take_person
from commands.ports import Identity
from tests.world import World, commands_of, user, words

TWO_BOBS = """
people:
  - {name: Bob Roy, email: bob@firm.example}
  - {name: Bobbie Ray, email: bobbie@firm.example, aliases: [Bob Roy, Jo-Ann, "C++ (lead)"]}
  - {name: Jo, email: jo@firm.example}
"""


def taken(world: World, said: str) -> tuple[str | None, str]:
    """The e-mail address of whom ``said`` begins with, and the rest."""
    with world.new_uow.reading() as uow:
        firm = uow.firm()
        actor = next(iter(firm.people.values()))
        context = Context(uow, actor, firm, world.now, "", Invocation(said, user("Ann"), "key"))
        person, rest = take_person(context, said)
    return (person.email if person is not None else None), rest


@pytest.mark.parametrize(
    "name",
    [
        "<@U0BOB>",
        "<@U0BOB|bob.roy>",
        "bob@firm.example",
        "@bob@firm.example",
        "Bob@Firm.Example",
        "<mailto:bob@firm.example|bob@firm.example>",
        "Bob Roy",
        "@Bob Roy",
        "bob  roy",
        "BOB ROY",
    ],
)
def test_a_colleague_is_named_in_many_ways(world: World, name: str) -> None:
    for between in (" ", ", ", ": "):
        assert taken(world, f"{name}{between}he did the audit") == ("bob@firm.example", "he did the audit")
    assert taken(world, name) == ("bob@firm.example", "")


def test_an_alias_is_a_name(world: World) -> None:
    assert taken(world, "@annie she knows") == ("ann@firm.example", "she knows")


@pytest.mark.parametrize("name", ["Bob", "Bob Royston", "Roy", "bob@other.example", "@", "", "<@>", "Bob-Roy"])
def test_what_is_not_exactly_a_name_is_nobody(world: World, name: str) -> None:
    assert taken(world, name)[0] is None


def test_a_name_that_two_people_have_is_not_guessed(world: World) -> None:
    world.change(TWO_BOBS)

    with pytest.raises(Refused) as refused:
        taken(world, "Bob Roy he knows")

    said = words(refused.value.reply)
    assert "bob@firm.example" in said
    assert "bobbie@firm.example" in said


def test_a_short_name_is_not_taken_out_of_a_longer_one(world: World) -> None:
    world.change(TWO_BOBS)

    assert taken(world, "Jo-Ann knows") == ("bobbie@firm.example", "knows")
    assert taken(world, "Jo knows") == ("jo@firm.example", "knows")
    assert taken(world, "Jo-Anna knows")[0] is None


def test_a_name_may_have_signs_in_it_that_mean_something_to_a_pattern(world: World) -> None:
    world.change(TWO_BOBS)

    assert taken(world, "C++ (lead) she knows") == ("bobbie@firm.example", "she knows")


def test_a_mention_of_somebody_new_asks_the_platform_who_that_is(world: World) -> None:
    with pytest.raises(UnknownSender) as unknown:
        taken(world, "<@U0NEW> please")

    assert unknown.value.identity == Identity("slack", "T0FIRM", "U0NEW")


def test_a_name_that_nobody_has_gets_the_nearest_ones(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")

    reply = world.reply("Bob", "handoff Q-1 @cara she knows")

    assert words(reply) == "I know nobody called “cara”. Did you mean:"
    assert commands_of(reply) == ["handoff Q-1 cara@firm.example she knows"]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("kudos @dan: well done", "kudos dan@firm.example: well done"),
        ("kudos @Dan Lov, well done, Dan Lov", "kudos dan@firm.example, well done, Dan Lov"),
        ("kudos @dan", "kudos dan@firm.example"),
        ("/Kudos dan for Q-1 dan did it", "Kudos dan@firm.example for Q-1 dan did it"),
        ("coverage what if @dan 3 Aug - 14 Aug", "coverage what if dan@firm.example 3 Aug - 14 Aug"),
        ("leave for @dan tomorrow", "leave for dan@firm.example tomorrow"),
        ("person @dan clients to @Ann Lee", "person dan@firm.example clients to @Ann Lee"),
        ("person Bob Roy clients to @dan", "person Bob Roy clients to dan@firm.example"),
        ("pod North add @dan and <@U0CARA>", "pod North add dan@firm.example and <@U0CARA>"),
        ("client Acme knows Bob Roy, @dan", "client Acme knows Bob Roy, dan@firm.example"),
        ("feed add https://hr.example/dan.ics for dan", "feed add https://hr.example/dan.ics for dan@firm.example"),
    ],
)
def test_whoever_may_be_meant_by_a_name_is_offered_by_a_button_that_does_it(
    world: World, line: str, offered: str
) -> None:
    reply = world.reply("Ann", line)

    assert "I know nobody called “" in words(reply)
    assert commands_of(reply) == [offered]
    again = world.reply("Ann", offered)
    assert "I know nobody" not in words(again)


def test_in_a_thread_the_button_names_the_question_too(world: World) -> None:
    world.ask()
    world.deliver()
    world.say("Bob", "claim Q-1")

    reply = world.reply("Bob", "handoff @cara she knows", place="C0NORTH", thread=world.thread_of())

    assert commands_of(reply) == ["handoff Q-1 cara@firm.example she knows"]


def test_of_two_who_may_be_meant_each_has_a_button(world: World) -> None:
    world.change(TWO_BOBS)

    reply = world.reply("Ann", "kudos @bobb well done")

    assert sorted(commands_of(reply)) == ["kudos bob@firm.example well done", "kudos bobbie@firm.example well done"]


def test_a_line_too_long_for_a_button_has_none(world: World) -> None:
    reply = world.reply("Ann", f"kudos @dan {'well done ' * 200}")

    assert words(reply) == "I know nobody called “dan”. Did you mean Dan Low?"
    assert commands_of(reply) == []


def test_a_client_that_is_not_known_gets_the_nearest_ones_as_buttons(world: World) -> None:
    reply = world.reply("Bob", "who Birch Bakry")

    assert words(reply) == "No client is called “Birch Bakry”. Did you mean:"
    assert "who Birch Bakery" in commands_of(reply)


def test_a_name_that_two_clients_have_is_asked_about(world: World) -> None:
    world.change("clients: [{name: Acme Holdings, pod: South, aliases: [Acme]}]")

    reply = world.reply("Bob", "client Acme")

    assert words(reply) == "2 clients are called “Acme”. Which one?"
    assert sorted(commands_of(reply)) == ["client Acme Holdings", "client Acme Ltd"]


def test_a_client_whose_name_is_also_anothers_alias_can_be_picked(world: World) -> None:
    world.change("clients: [{name: Acme, pod: South}, {name: Birch Bakery, aliases: [Acme]}]")
    world.ask("whose is it", client="Acme")
    choices = commands_of(world.reply("Bob", "client Q-1 is Acme"))

    for choice in choices:
        world.say("Bob", choice)

    assert sorted(choices) == ['client Q-1 is "Acme"', "client Q-1 is Acme Ltd", "client Q-1 is Birch Bakery"]
    assert [what for what in world.happened() if what in ("identified", "moved")] == ["identified", "moved", "moved"]


@pytest.mark.parametrize("line", ["who", "client", "pod", "leave for", "help", "handoff Q-1", "leave", "explain"])
def test_a_reply_stays_short_whatever_is_typed(world: World, line: str) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")

    for hostile in ("x" * 40_000, "<!channel> " * 4_000, "Q-" + "9" * 40_000, "@" * 10_000):
        assert len(words(world.reply("Bob", f"{line} {hostile}"))) < 2_000


def test_the_pods_are_listed_when_one_is_not_known(world: World) -> None:
    assert world.refused("Bob", "pod West") == "No pod is called “West”. There are: North, South."
