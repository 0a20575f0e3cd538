"""``coverage``: who is out, which clients have too few there, and what somebody's leave would do; never why."""

import pytest

from commands.views import Listing
from tests.world import World, commands_of, is_refusal, words

PICTURE = "The next two weeks, client by client:"
DEEPER = """
clients:
  - {name: Acme Ltd, pod: North, named_contact: ann@firm.example, aliases: [Acme], knows: {bob@firm.example: knows}}
  - {name: Birch Bakery, pod: South, named_contact: cara@firm.example,
     knows: {dan@firm.example: knows, ann@firm.example: learning}}
"""


@pytest.fixture
def deep(world: World) -> World:
    """Two know Acme (Ann, Bob), two Birch Bakery (Cara, Dan); Ann is only learning that."""
    world.change(DEEPER)
    return world


def lines(world: World, line: str, who: str = "Bob") -> list[str]:
    reply = world.reply(who, line)
    assert isinstance(reply, Listing), words(reply)
    return words(reply).splitlines()


@pytest.mark.parametrize("line", ["coverage", "coverage this week", "Coverage This  Week"])
def test_a_week_in_which_nothing_is_missing(deep: World, line: str) -> None:
    assert lines(deep, line) == [
        "Coverage, Mon 23 Nov to Sun 29 Nov",
        "Out this week",
        "Nobody is out.",
        "Clients below the minimum of 2",
        "None.",
        "The only one who knows a client",
        "Nobody.",
        PICTURE,
    ]


def test_the_week_says_who_is_out_whom_that_leaves_and_on_whom_clients_hang(world: World) -> None:
    world.say("Ann", "leave today - 24 Nov")
    world.say("Bob", "leave 25 Nov pm")
    world.say("Cara", "leave 26 Nov - 4 Dec sick")
    world.say("Dan", "leave 1 Dec")

    assert lines(world, "coverage") == [
        "Coverage, Mon 23 Nov to Sun 29 Nov",
        "Out this week",
        "Ann Lee is away until Tue 24 Nov",
        "Bob Roy is away on Wed 25 Nov, in the afternoon",
        "Cara Diaz is away from Thu 26 Nov to Fri 4 Dec",
        "Clients below the minimum of 2",
        "Birch Bakery (South): nobody on Thu 26 Nov and Fri 27 Nov; 1 on Mon 23 Nov, Tue 24 Nov and Wed 25 Nov",
        "Acme Ltd (North): 1 on Mon 23 Nov, Tue 24 Nov and Wed 25 Nov",
        "The only one who knows a client",
        "Cara Diaz: 1 client (Birch Bakery)",
        PICTURE,
    ]


@pytest.mark.parametrize("kind", ["sick", "parental leave", "annual leave", "training"])
def test_why_somebody_is_away_is_never_said_not_even_to_managers(world: World, kind: str) -> None:
    world.say("Bob", f"leave today - 27 Nov {kind}")

    for line in ("coverage", "coverage Acme", "coverage what if @Annie 24 Nov"):
        said = words(world.reply("Mia", line)).casefold()
        assert not any(word in said for word in ("sick", "parental", "annual", "training"))


@pytest.mark.parametrize(
    ("leave", "said"),
    [
        (["today"], "on Mon 23 Nov"),
        (["today pm"], "on Mon 23 Nov, in the afternoon"),
        (["today - 25 Nov am"], "until noon of Wed 25 Nov"),
        (["today - 27 Nov", "30 Nov - 2 Dec"], "until Wed 2 Dec"),
        (["24 Nov - 26 Nov pm"], "from noon of Tue 24 Nov to Thu 26 Nov"),
        (["24 Nov am", "27 Nov"], "on Tue 24 Nov, in the morning; on Fri 27 Nov"),
        (["today - 24 Nov", "27 Nov"], "until Tue 24 Nov; on Fri 27 Nov"),
    ],
)
def test_until_when_somebody_is_out(deep: World, leave: list[str], said: str) -> None:
    for one in leave:
        deep.say("Bob", f"leave {one}")

    assert lines(deep, "coverage")[2] == f"Bob Roy is away {said}"


def test_at_the_weekend_the_week_to_come_is_this_week(deep: World) -> None:
    deep.sleep(days=5)
    deep.say("Bob", "leave 3 Dec")

    assert lines(deep, "coverage")[0] == "Coverage, Sat 28 Nov to Sun 6 Dec"
    assert "Acme Ltd (North): 1 on Thu 3 Dec" in lines(deep, "coverage")


def test_a_client_whom_nobody_knows_is_below_every_minimum(world: World) -> None:
    world.change("clients: [{name: Cedar, pod: South}]\nsettings: {minimum_depth: 0}")

    assert lines(world, "coverage")[3:6] == [
        "Clients below the minimum of 1", "Cedar (South): nobody knows them", "The only one who knows a client",
    ]  # fmt: skip


def test_of_many_clients_the_worst_are_shown_and_the_others_counted(world: World) -> None:
    clients = ", ".join(f"{{name: Client {n}, pod: North, named_contact: bob@firm.example}}" for n in range(40))
    world.change(f"clients: [{clients}]")
    world.say("Bob", "leave 25 Nov")

    said = lines(world, "coverage")

    below = said[said.index("Clients below the minimum of 2") + 1 : said.index("The only one who knows a client")]
    assert len(below) == 16
    assert below[0].startswith("Client 0 (North): nobody on Wed 25 Nov; 1 on 4 days from Mon 23 Nov to Fri 27 Nov")
    assert below[-1] == "and 27 more"
    assert said[-3:] == [
        "Bob Roy: 40 clients (Client 0, Client 1, Client 2 and 37 more)",
        "Cara Diaz: 1 client (Birch Bakery)",
        PICTURE,
    ]


def test_a_client_day_by_day(deep: World) -> None:
    deep.say("Ann", "leave 24 Nov - 25 Nov")
    deep.say("Bob", "leave 25 Nov pm")

    said = lines(deep, "coverage Acme")

    assert said[:5] == [
        "Who is there for Acme Ltd, the next 14 days",
        "Mon 23 Nov: 2 (Ann Lee, Bob Roy)",
        "Tue 24 Nov: 1, below the minimum (Bob Roy)",
        "Wed 25 Nov: nobody in the second half (Bob Roy in the first half)",
        "Thu 26 Nov: 2 (Ann Lee, Bob Roy)",
    ]
    assert said[-1] == "Fri 4 Dec: 2 (Ann Lee, Bob Roy)"
    assert len(said) == 1 + 10


def test_answers_make_somebody_count_and_learning_does_not(world: World) -> None:
    world.change(DEEPER.replace("dan@firm.example: knows", "dan@firm.example: learning"))
    for number in (1, 2, 3):
        assert lines(world, "coverage birch bakery")[1] == "Mon 23 Nov: 1, below the minimum (Cara Diaz)"
        assert any(line.startswith("Birch Bakery (South)") for line in lines(world, "coverage"))
        world.ask(client="Birch Bakery")
        world.say("Dan", f"answered Q-{number} done")

    assert lines(world, "coverage birch bakery")[1] == "Mon 23 Nov: 2 (Cara Diaz, Dan Low)"
    assert not any(line.startswith("Birch Bakery") for line in lines(world, "coverage"))


def test_what_leave_would_do(deep: World) -> None:
    deep.say("Ann", "leave 26 Nov")

    assert lines(deep, "coverage what if @Bob Roy 25 Nov - 8 Dec") == [
        "If Bob Roy is away from Wed 25 Nov to Tue 8 Dec",
        "Acme Ltd (North): nobody on Thu 26 Nov; 1 on 9 days from Wed 25 Nov to Tue 8 Dec",
    ]
    assert deep.say("Bob", "coverage what if @Bob Roy 28 Nov") == (
        "No client falls below the minimum of 2 because of it."
    )
    assert lines(deep, "leave list", "Bob") == ["No leave is marked."]


@pytest.mark.parametrize(
    "line",
    [
        "coverage what if 25 Nov pm",
        "coverage what if <@U0BOB> 25 Nov pm",
        "coverage What if I am away on 25 Nov pm",
        "coverage what if: @Bob Roy is away 25 Nov in the afternoon",
        "coverage whatif bob@firm.example on leave from 25 Nov pm",
    ],
)
def test_what_if_is_said_in_many_ways(deep: World, line: str) -> None:
    assert lines(deep, line) == [
        "If Bob Roy is away on Wed 25 Nov, in the afternoon", "Acme Ltd (North): 1 on Wed 25 Nov",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("coverage what if @Bob Roy", "Which days?"),
        ("coverage what if @Bob Roy soon", "I find no date in “soon”."),
        ("coverage what if @Zoe 3 Aug", "I know nobody called “Zoe”."),
        ("coverage what if", "Whom?"),
        ("coverage what if 31 Feb", "There is no day 31"),
        ("coverage what if @Bob Roy 2026-11-01", "Those days are over."),
        ("coverage what if @Bob Roy 24 Nov - 2027-06-01", "That is more than three months."),
        ("coverage Zzyzx", "No client is called “Zzyzx”"),
    ],
)
def test_what_is_not_understood_is_said(deep: World, line: str, why: str) -> None:
    assert deep.refused("Bob", line).startswith(why)


def test_a_client_misspelled_is_offered_on_a_button(deep: World) -> None:
    reply = deep.reply("Bob", "coverage Acmee")

    assert is_refusal(reply)
    assert "coverage Acme Ltd" in commands_of(reply)
